"""Under /mijn/."""

from django.urls import path

from . import staying, views

app_name = "accounts"

urlpatterns = [
    path("inloggen/", views.start, name="sign_in"),
    path("inloggen/terug/", views.back, name="back"),
    path("uitloggen/", views.sign_out, name="sign_out"),
    path("uitgelogd/", views.signed_out, name="signed_out"),
    path("uitloggen/vanuit-aanbieder/", views.back_channel_sign_out, name="back_channel"),
    path("sessie/", staying.session_state, name="session_state"),
    path("sessie/verlengen/", staying.stay, name="stay"),
]
