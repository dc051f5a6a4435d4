from django.apps import AppConfig


class ProjectionConfig(AppConfig):
    name = "goodstanding.register.projection"
    label = "projection"
