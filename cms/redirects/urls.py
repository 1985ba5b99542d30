"""Under /admin/doorverwijzingen/; and what the fence asks of each address."""

from collections.abc import Mapping

from django.urls import path

from cms.trees_in_reach import Kind

from . import views

urlpatterns = [
    path("", views.start, name="cms_redirects_start"),
    path("<slug:slug>/", views.listed, name="cms_redirects"),
    path("<slug:slug>/<int:redirect_id>/weg/", views.away, name="cms_redirect_away"),
]

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "cms_redirects_start": {},
    "cms_redirects": {"slug": Kind.OWN},
    "cms_redirect_away": {"slug": Kind.OWN},
}
