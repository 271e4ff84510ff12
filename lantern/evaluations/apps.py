"""Registers the app with Django."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """The app `evaluations`."""

    name = "lantern.evaluations"
    label = "evaluations"
    default_auto_field = "django.db.models.BigAutoField"
