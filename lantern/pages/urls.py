"""Every address of Lantern."""

from django.urls import include, path

urlpatterns = [
    path("", include("lantern.access.sign_in.urls")),
]
