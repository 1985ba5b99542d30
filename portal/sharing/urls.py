"""Under /mijn/delen/."""

from django.urls import path

from . import overview, views, wallet_views
from .receipts import views as receipts

app_name = "sharing"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("starten/<slug:slug>/", views.explain, name="explain"),
    path("starten/<slug:slug>/niet/", views.nothing_shared, name="nothing_shared"),
    path("<uuid:sharing>/keuze/", views.choice, name="choice"),
    path("<uuid:sharing>/wallet/", wallet_views.wallet_page, name="wallet"),
    path("<uuid:sharing>/stand/", wallet_views.stand, name="stand"),
    path("<uuid:sharing>/terug/", wallet_views.back_from_app, name="back_from_app"),
    path("<uuid:sharing>/typen/", views.typing, name="typing"),
    path("<uuid:sharing>/controle/", views.check, name="check"),
    path("<uuid:sharing>/nee/", views.refuse, name="refuse"),
    path("<uuid:sharing>/niet-gedeeld/", views.refused, name="refused"),
    path("bewijs/<uuid:grant>/<slug:act>.<slug:ending>", receipts.download, name="receipt_file"),
    path("bewijs/<uuid:grant>/", overview.receipt, name="receipt"),
    path("stoppen/<uuid:grant>/", overview.stop, name="stop"),
    path("gestopt/<uuid:grant>/", overview.stopped, name="stopped"),
]
