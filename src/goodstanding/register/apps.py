from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "goodstanding.register"
    label = "register"
