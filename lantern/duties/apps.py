"""Registers the app with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The app `duties`."""

    name = "lantern.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
