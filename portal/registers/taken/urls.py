"""Under /mijn/."""

from django.urls import path

from . import pages, task_pages

app_name = "taken"

urlpatterns = [
    path("taken/", pages.overview, name="tasks"),
    path("taken/<uuid:connection>/<uuid:id>/", task_pages.one, name="task"),
]
