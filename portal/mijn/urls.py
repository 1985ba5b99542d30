"""Under /mijn/."""

from django.urls import path

from . import views

app_name = "mijn"

urlpatterns = [
    path("", views.overview, name="overview"),
]
