"""Every address is a page's: see lantern/pages/urls.py."""

from django.urls import include, path

urlpatterns = [path("", include("lantern.pages.urls"))]
