"""Registers the app with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The app `access`."""

    name = "lantern.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
