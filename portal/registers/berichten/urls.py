"""Under /mijn/."""

from django.urls import path

from . import message_pages, pages

app_name = "berichten"

urlpatterns = [
    path("berichten/", pages.overview, name="messages"),
    path("berichten/<uuid:connection>/<uuid:id>/", message_pages.one, name="message"),
    path(
        "berichten/<uuid:connection>/<uuid:id>/bijlagen/<uuid:document>/",
        message_pages.attachment,
        name="attachment",
    ),
]
