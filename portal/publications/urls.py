"""Under /bekendmakingen/, on each municipality's site."""

from django.urls import path

from . import views

app_name = "publications"

urlpatterns = [path("", views.all_of_them, name="all")]
