"""Registers the app with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The app `pages`."""

    name = "lantern.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
