"""Registers the app with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app `ui`."""

    name = "lantern.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
