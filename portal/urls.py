"""A municipality's host: Mijn under /mijn/, the consumers' API under /api/v1/, the rest is the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from cms import site_urls
from portal.sharing.api_urls import nothing_here

mijn = [
    path("", include("portal.accounts.urls")),
    path("delen/", include("portal.sharing.urls")),
    path("", include("portal.mijn.urls")),
]

urlpatterns = [
    path("api/v1/", include("portal.sharing.api_urls")),
    re_path(r"^api(?:/|$)", nothing_here),
    *site_urls.files,
    *i18n_patterns(
        path("mijn/", include(mijn)),
        path("", include(site_urls.pages)),
        prefix_default_language=False,
    ),
]

handler403 = "portal.mijn.errors.forbidden"
handler404 = "portal.mijn.errors.not_found"
handler500 = "portal.mijn.errors.server_error"
