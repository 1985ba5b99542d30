"""Under /mijn/."""

from django.urls import path

from . import pages

app_name = "zaken"

urlpatterns = [
    path("zaken/", pages.overview, name="cases"),
    path("zaken/<uuid:connection>/<uuid:zaak>/", pages.one, name="case"),
]
