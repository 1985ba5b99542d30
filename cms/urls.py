"""The CMS host: the editors' side, and nothing of Mijn."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from portal.accounts.staff_urls import before_admin

from . import staff_views

urlpatterns = [
    path("oidc/", include("portal.accounts.staff_urls")),
    path("admin/", include(before_admin)),
    path("", staff_views.start, name="cms_staff_start"),
    path("admin/", staff_views.first_screen, name="wagtailadmin_home"),
    path("admin/", include(wagtailadmin_urls)),
    path("media/<path:path>", staff_views.picture, name="cms_picture"),
    path("documents/<int:document_id>/<str:filename>", staff_views.document, name="wagtaildocs_serve"),
]

handler404 = "cms.staff_views.not_found"
