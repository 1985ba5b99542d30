"""A municipality's host: Mijn under /mijn/, the register of purposes under /register/, official
publications under /bekendmakingen/, the consumers' API under /api/v1/, the rest is the site.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from cms import site_urls
from portal.registers.zaken.called import called
from portal.sharing.api_urls import nothing_here
from portal.sharing.ledger import public
from portal.sharing.receipts import views as receipts

mijn: list[URLPattern | URLResolver] = [
    path("", include("portal.accounts.urls")),
    path("delen/starten/bellen-eenmalig/", RedirectView.as_view(pattern_name="at_counter:choose")),
    path("delen/balie/", include("portal.counter.mijn_urls")),
    path("delen/", include("portal.sharing.urls")),
    path("aanvragen/", include("portal.applications.urls")),
    path("documenten/", include("portal.uploads.urls")),
    path("gebruik/", include("portal.usage.urls")),
    path("berichten-aan-u/", include("portal.notices.urls")),
    path("", include("portal.mijn.urls")),
]

urlpatterns = [
    path("api/v1/logboek/", include("portal.sharing.ledger.public_urls")),
    path("api/notificaties/<uuid:connection>/", called, name="notificaties"),
    path("bewijs/sleutels.json", receipts.keys, name="receipt_keys"),
    path("api/v1/", include("portal.sharing.api_urls")),
    re_path(r"^api(?:/|$)", nothing_here),
    path(".well-known/logboek-sleutels.json", public.keys, name="ledger_keys"),
    *site_urls.files,
    *i18n_patterns(
        path("mijn/", include(mijn)),
        path("bewijs/", include("portal.sharing.receipts.urls")),
        path("register/", include("portal.sharing.register_urls")),
        path("bekendmakingen/", include("portal.publications.urls")),
        path("", include(site_urls.pages)),
        prefix_default_language=False,
    ),
]

handler403 = "portal.mijn.errors.forbidden"
handler404 = "portal.mijn.errors.not_found"
handler500 = "portal.mijn.errors.server_error"
