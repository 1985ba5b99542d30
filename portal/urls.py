"""A municipality's host: Mijn under /mijn/, everything else is the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    *i18n_patterns(
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
