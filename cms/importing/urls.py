"""Under /admin/inlezen/; and what the fence asks of each address."""

from collections.abc import Mapping

from django.urls import path

from cms.trees_in_reach import Kind

from . import views

urlpatterns = [
    path("", views.start, name="cms_importing_start"),
    path("<slug:slug>/", views.files, name="cms_importing"),
    path("<slug:slug>/voorbeeld.csv", views.template, name="cms_importing_template"),
    path("<slug:slug>/paginas.csv", views.out, {"form": "csv"}, name="cms_importing_csv"),
    path("<slug:slug>/paginas.json", views.out, {"form": "json"}, name="cms_importing_json"),
    path("<slug:slug>/<uuid:file>/", views.look, name="cms_importing_look"),
]

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "cms_importing_start": {},
    "cms_importing": {"slug": Kind.TREE},
    "cms_importing_template": {"slug": Kind.TREE},
    "cms_importing_csv": {"slug": Kind.TREE},
    "cms_importing_json": {"slug": Kind.TREE},
    "cms_importing_look": {"slug": Kind.TREE},
}
"""A file is looked up once more by whose it is and for which tree."""
