"""Registers the app with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `intake`."""

    name = "lantern.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
