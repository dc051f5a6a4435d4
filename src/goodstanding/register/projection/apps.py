from django.apps import AppConfig


class ProjectionConfig(AppConfig):
    """The projection as a Django app of its own, so that its tables live in a database of their own."""

    name = "goodstanding.register.projection"
    label = "projection"
