"""Under /admin/mededelingen/, in Wagtail's frame."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="cms_announcements_start"),
    path("<slug:slug>/", views.announcements, name="cms_announcements"),
    path("<slug:slug>/<uuid:announcement>/weg/", views.take_away, name="cms_announcement_away"),
]
