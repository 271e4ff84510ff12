"""Every address is a page's: see lantern/pages/urls.py."""

from django.urls import include, path

urlpatterns = [path("", include("lantern.pages.urls"))]

handler403 = "lantern.pages.errors.view.refused"
handler404 = "lantern.pages.errors.view.not_found"
handler500 = "lantern.pages.errors.view.failed"
