"""A municipality's host: Mijn under /mijn/, the consumers' API under /api/v1/, the rest is the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from cms import site_urls

mijn: list[URLPattern | URLResolver] = [
    path("", include("portal.accounts.urls")),
    path("delen/starten/bellen-eenmalig/", RedirectView.as_view(pattern_name="at_counter:choose")),
    path("delen/balie/", include("portal.counter.mijn_urls")),
    path("delen/", include("portal.sharing.urls")),
    path("", include("portal.mijn.urls")),
]

urlpatterns = [
    path("api/v1/", include("portal.sharing.api_urls")),
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
