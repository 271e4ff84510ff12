"""Registers the app with Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The app `record`."""

    name = "lantern.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
