"""A municipality's host: Mijn under /mijn/, the register of purposes under /register/, the consumers' API
under /api/v1/, the rest is the site.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cms import site_urls
from portal.sharing.receipts import views as receipts

mijn = [
    path("", include("portal.accounts.urls")),
    path("delen/", include("portal.sharing.urls")),
    path("", include("portal.mijn.urls")),
]

urlpatterns = [
    path("bewijs/sleutels.json", receipts.keys, name="receipt_keys"),
    path("api/v1/", include("portal.sharing.api_urls")),
    *site_urls.files,
    *i18n_patterns(
        path("mijn/", include(mijn)),
        path("bewijs/", include("portal.sharing.receipts.urls")),
        path("register/", include("portal.sharing.register_urls")),
        path("", include(site_urls.pages)),
        prefix_default_language=False,
    ),
]

handler403 = "portal.mijn.errors.forbidden"
handler404 = "portal.mijn.errors.not_found"
handler500 = "portal.mijn.errors.server_error"
