"""Under /api/v1/, for consumers."""

from django.urls import path

from . import api

urlpatterns = [
    path("toestemmingen/<uuid:grant>/gebruik", api.read, name="use_of_grant"),
    path("toestemmingen/<uuid:grant>/gewist", api.erased, name="grant_erased"),
]
