"""Under /mijn/."""

from django.urls import path

from . import case_pages, download, pages, running

app_name = "zaken"

urlpatterns = [
    path("zaken/", pages.overview, name="cases"),
    path("zaken/lopend/", running.running, name="running"),
    path("zaken/<uuid:connection>/<uuid:zaak>/", case_pages.one, name="case"),
    path(
        "zaken/<uuid:connection>/<uuid:zaak>/documenten/<uuid:document>/",
        download.download,
        name="document",
    ),
    path(
        "zaken/<uuid:connection>/<uuid:zaak>/besluiten/<uuid:decision>/agenda.ics",
        case_pages.calendar,
        name="calendar",
    ),
]
