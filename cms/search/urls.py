"""Under /admin/zoekwoorden/, in Wagtail's frame."""

from django.urls import path

from . import staff_views

urlpatterns = [
    path("", staff_views.start, name="cms_synonyms_start"),
    path("<slug:slug>/", staff_views.synonyms, name="cms_synonyms"),
    path("<slug:slug>/<int:synonym>/weg/", staff_views.away, name="cms_synonym_away"),
]
