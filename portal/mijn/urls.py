"""Under /mijn/: the overview, and the pages of each register that is there."""

from django.urls import include, path

from portal.registers.sections import sections

from . import own_data, views

app_name = "mijn"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("gegevens/meenemen/", own_data.own_data_file, name="own_data_file"),
    path("onderdeel/<slug:kind>/", views.part, name="part"),
    *(path("", include(section.urls)) for section in sections()),
]
