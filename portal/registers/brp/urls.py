"""Under /mijn/."""

from django.urls import path

from . import pages

app_name = "brp"

urlpatterns = [
    path("gegevens/", pages.own_data, name="own_data"),
    path("gegevens/adres/", pages.address, name="address"),
]
