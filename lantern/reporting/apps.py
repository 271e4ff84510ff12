"""Registers the app with Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The app `reporting`."""

    name = "lantern.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
