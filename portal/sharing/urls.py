"""Under /mijn/delen/."""

from django.urls import path

from . import asked, explaining, overview, views, wallet_views
from .ledger import pages as ledger_pages
from .receipts import views as receipts

app_name = "sharing"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("vragen/<uuid:question>/", asked.asked, name="asked"),
    path("vragen/<uuid:question>/niet-meer/", asked.mute, name="mute"),
    path("weer-vragen/<uuid:consumer>/", asked.unmute, name="unmute"),
    path("starten/<slug:slug>/", explaining.explain, name="explain"),
    path("starten/<slug:slug>/niet/", explaining.nothing_shared, name="nothing_shared"),
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
    path("bewijs/<uuid:grant>/controleer/", ledger_pages.check, name="proof_check"),
    path("bewijs/<uuid:grant>/controleer/bewijs.json", ledger_pages.file, name="proof_file"),
    path("stoppen/<uuid:grant>/", overview.stop, name="stop"),
    path("gestopt/<uuid:grant>/", overview.stopped, name="stopped"),
]
