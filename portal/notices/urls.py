"""Under /mijn/berichten-aan-u/."""

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [path("", views.to_you, name="to_you")]
