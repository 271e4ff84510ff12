"""Registers the app with Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """The app `alerts`."""

    name = "lantern.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
