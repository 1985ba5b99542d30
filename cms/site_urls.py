"""The site on a municipality's host. Pages carry the language in their path, files do not."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from . import site_views
from .themes import public

files = [
    path("media/<path:path>", site_views.picture, name="cms_picture"),
    path("documents/<int:document_id>/<str:filename>", site_views.document, name="wagtaildocs_serve"),
    *(path(f"theme/{name}", public.given, {"name": name}, name=f"theme_{name}") for name in public.KINDS),
    path("sitemap.xml", site_views.sitemap, name="cms_sitemap"),
    path("robots.txt", site_views.robots, name="cms_robots"),
]

pages = [re_path(serve_pattern, site_views.page, name="wagtail_serve")]
