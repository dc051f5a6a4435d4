from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The register as a Django app."""

    name = "goodstanding.register"
    label = "register"
