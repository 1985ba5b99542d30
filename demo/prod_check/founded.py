"""A municipality as an administrator would found it, with connections to this check's providers."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from cms.founding import give_site, lay_library
from demo.consumer import key_in, public_keys
from demo.content.connections import write_clients
from demo.content.keys import new_key, registration
from demo.content.municipalities import PLACES
from demo.content.purposes import message_by_email
from demo.desk.portal import SLUG
from demo.state import secrets_of
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.municipalities.founding import found
from portal.sharing import purposes
from portal.sharing.models import Consumer

from . import BRP, CMS, COUNTER, PROVIDER, SITE, ZAKEN
from .installation import IRMA_PORT, SCHEME

APP_LINK = "https://open.yivi.app/-/session#{pointer}"


def found_in(folder: Path) -> None:
    """All of it; `folder` is where the providers keep theirs."""
    place = PLACES[0]
    municipality = found(place.slug, place.name, SITE, place.code, place.slug, place.facts)
    lay_library()
    home = give_site(municipality)
    home.save_revision().publish()
    with acting_for(municipality), transaction.atomic():
        _connect(folder, place.code, place.facts["telefoon"])
        events = f"https://{SITE}/nergens"
        Consumer.objects.create(
            municipality=municipality,
            slug=SLUG,
            name="Balie",
            jwks=public_keys(key_in(folder / "desk")),
            events_url=events,
            purposes=["digitaal-bericht"],
        )
        purposes.publish("digitaal-bericht", message_by_email(place.name, place.facts["telefoon"]))


def _connect(folder: Path, code: str, phone: str) -> None:
    secrets = secrets_of(folder)
    purpose = {
        "doelbinding": "BRPACT-Totaal",
        "verwerking": "Mijn",
        "gebruiker": "BurgerZelf",
        "oin": "0" * 20,
    }
    connect("brp", "BRP", f"https://{BRP}/haalcentraal/api/brp/", {"api_key": secrets.brp_key}, purpose)
    shown = {
        "catalogi_url": f"https://{ZAKEN}/catalogi/api/v1/",
        "max_confidentiality": "zaakvertrouwelijk",
        "phone": phone,
    }
    token = {"client_id": f"mijn-{code}", "secret": secrets.zaken_secret}
    connect("zaken", "Zaaksysteem", f"https://{ZAKEN}/zaken/api/v1/", token, shown)
    irma = {
        "scheme": SCHEME,
        "host": SITE,
        "server_issuer": "portaal-irma",
        "server_public_key": (folder / "irma-public.pem").read_text(),
        "app_link": APP_LINK,
    }
    asks = {"requestor": "portaal", "hmac_key": (folder / "irma-portaal.key").read_text()}
    connect("irma", "IRMA-server", f"http://127.0.0.1:{IRMA_PORT}", asks, irma)
    pem = new_key()
    provider = {"client_id": "mijn-zandmeer", "private_key": pem}
    connect("oidc", "Inloggen", f"https://{PROVIDER}", provider, {"scope": "openid profile"})
    site = {"name": "Gemeente Zandmeer", **registration(pem, f"https://{SITE}")}
    staff = {
        **registration(settings.STAFF_OIDC["private_key"], f"https://{CMS}"),
        "name": "CMS",
        "people": "staff",
        "redirect_uris": [f"https://{host}/oidc/terug/" for host in (CMS, COUNTER)],
        "post_logout_redirect_uris": [f"https://{host}/oidc/uitgelogd/" for host in (CMS, COUNTER)],
        "backchannel_logout_uri": "",
    }
    write_clients(folder, {"mijn-zandmeer": site, "cms": staff})
