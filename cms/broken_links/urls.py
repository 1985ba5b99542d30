"""Under /admin/links/; and what the fence asks of each address."""

from collections.abc import Mapping

from django.urls import path

from cms.trees_in_reach import Kind

from . import views

urlpatterns = [
    path("", views.start, name="cms_broken_links_start"),
    path("<slug:slug>/", views.report, name="cms_broken_links"),
]

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "cms_broken_links_start": {},
    "cms_broken_links": {"slug": Kind.OWN},
}
