from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "goodstanding.web"
    label = "web"
