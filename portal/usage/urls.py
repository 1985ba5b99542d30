"""Under /mijn/gebruik/."""

from django.urls import path

from . import views

app_name = "usage"

urlpatterns = [
    path("", views.time_line, name="timeline"),
    path("<uuid:use>/vraag/", views.ask, name="ask"),
    path("vraag/<uuid:question>/", views.question, name="question"),
]
