"""The site on a municipality's host. Pages carry the language in their path, files do not."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.urls import serve_pattern

from . import site_views
from .feedback import views as feedback
from .news import views as news
from .search import views as search
from .themes import public

files = [
    path("media/<path:path>", site_views.picture, name="cms_picture"),
    path("documents/<int:document_id>/<str:filename>", site_views.document, name="wagtaildocs_serve"),
    *(path(f"theme/{name}", public.given, {"name": name}, name=f"theme_{name}") for name in public.KINDS),
    path("sitemap.xml", site_views.sitemap, name="cms_sitemap"),
    path("robots.txt", site_views.robots, name="cms_robots"),
]

useful = [
    path("dank/", feedback.thanks, name="cms_useful_thanks"),
    path("<uuid:page>/", feedback.answer, name="cms_useful"),
    path("<uuid:page>/waarom/", feedback.why, name="cms_useful_why"),
]

pages: list[URLPattern | URLResolver] = [
    path("nieuws/", news.news, name="cms_news"),
    path("nieuws/feed.xml", news.feed, name="cms_news_feed"),
    path("was-dit-nuttig/", include(useful)),
    path("zoeken/", search.search, name="cms_search"),
    path("zoeken/terwijl-u-typt/", search.suggestions, name="cms_suggestions"),
    re_path(serve_pattern, site_views.page, name="wagtail_serve"),
    re_path(r"^(?P<path>(?=.*[^\w\-/]).+)$", site_views.old_address, name="cms_old_address"),
]
