"""Under /oidc/ of the CMS host, and before Wagtail's own pages under /admin/."""

from django.urls import path

from . import staff_views

app_name = "staff"

urlpatterns = [
    path("inloggen/", staff_views.ToProvider.as_view(), name="sign_in"),
    path("terug/", staff_views.FromProvider.as_view(), name="back"),
    path("niet-gelukt/", staff_views.refused, name="refused"),
    path("uitloggen/", staff_views.sign_out, name="sign_out"),
    path("uitgelogd/", staff_views.signed_out, name="signed_out"),
]

before_admin = [
    path("login/", staff_views.sign_in_page, name="wagtailadmin_login"),
    path("logout/", staff_views.sign_out, name="wagtailadmin_logout"),
]
