"""The connections of a municipality of the demo: where its registers, provider and wallet server listen."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from demo.irma.server import IrmaDemo
from demo.registers.notificaties import Subscription
from demo.registers.objecten import TASK_TYPE
from demo.registers.zgw_records import RSIN, Words
from demo.state import Ports, Secrets
from portal.municipalities.connections import connect, connections
from portal.registers.case_types import CHOICES, key_of
from portal.registers.zaken.called import CALLED_WITH

from .case_types import CASE_TYPES
from .keys import new_key, registration
from .mandates import SCOPE, SERVICES
from .municipalities import Place

TAKE_DOCUMENTS = ("dakkapel", "bijstand", "bijzondere-bijstand", "kwijtschelding")
"""Kinds of cases that residents may add documents to, as an administrator chose."""
APPLICATIONS = {"kwijtschelding": "kwijtschelding", "verbetering": "verbetering"}
"""What residents can ask for, with the identification of its case type."""
CHANNELS = (
    {"naam": "zaken", "filters": {"bronorganisatie": RSIN}},
    {"naam": "besluiten", "filters": {"verantwoordelijkeOrganisatie": RSIN}},
)
"""What we want to hear of, as docs/operators.md asks."""


def connect_registers(place: Place, ports: Ports, secrets: Secrets) -> dict[str, Subscription]:
    """BRP and case systems of the municipality in force; Zandmeer has two, as many have.

    Gives how we subscribe to the news of each system, by its name in the demo.
    """
    told: dict[str, Subscription] = {}
    auth = f"Bearer {secrets.token('notificaties', place.code)}"
    connect(
        "brp",
        "BRP",
        f"{ports.url('brp')}/haalcentraal/api/brp/",
        {"api_key": secrets.brp_key},
        {"doelbinding": "BRPACT-Totaal", "verwerking": "Mijn", "gebruiker": "BurgerZelf",
         "oin": f"0000000199{place.code}000000"},
    )  # fmt: skip
    systems = {"Zaaksysteem": "zaken"}
    if place.slug == "zandmeer":
        systems["Zaaksysteem Parkeren"] = "zaken-2"
    for name, process in systems.items():
        takes = APPLICATIONS if process == "zaken" else {}
        system = connect(
            "zaken",
            name,
            f"{ports.url(process)}/zaken/api/v1/",
            {"client_id": f"mijn-{place.code}", "secret": secrets.zaken_secret, CALLED_WITH: auth},
            {"catalogi_url": f"{ports.url(process)}/catalogi/api/v1/",
             "documenten_url": f"{ports.url(process)}/documenten/api/v1/", "rsin": RSIN,
             "besluiten_url": f"{ports.url(process)}/besluiten/api/v1/",
             "applications": takes, "back_end": "openzaak",
             CHOICES: _choices(place.code),
             "max_confidentiality": "zaakvertrouwelijk", "phone": place.facts["telefoon"]},
        )  # fmt: skip
        ours = f"http://{place.host}:{ports.first}/api/notificaties/{system.id}/"
        told[process] = Subscription(ours, auth, CHANNELS)
    return told


def _choices(code: str) -> dict[str, dict[str, Any]]:
    """By the keys of the kinds, of which a catalogue's address is no part but its id."""
    catalogue = Words("", date.min, code).catalogue("catalogussen")
    chosen: dict[str, dict[str, Any]] = {kind: {"upload": True} for kind in TAKE_DOCUMENTS}
    for kind in CASE_TYPES:
        if kind.key in APPLICATIONS.values():
            chosen.setdefault(kind.key, {})["team"] = kind.team
    return {key_of(catalogue, kind): choice for kind, choice in chosen.items()}


def connect_klantinteracties(place: Place, ports: Ports, secrets: Secrets) -> None:
    """How residents are reached, and the contacts they had."""
    connect(
        "klantinteracties",
        "Klantinteracties",
        f"{ports.url('klantinteracties')}/klantinteracties/api/v1/",
        {"token": secrets.token("klant", place.code)},
        {"notes": "shown"},
    )


def connect_tasks(place: Place, ports: Ports, secrets: Secrets) -> None:
    """What residents must do: Zandmeer keeps it in Objecten, the others in Open VTB."""
    if place.slug == "zandmeer":
        objecten = f"{ports.url('objecten')}/api/v2/"
        connect(
            "taken",
            "Taken (Objecten)",
            objecten,
            {"token": secrets.token("objecten", place.code)},
            {"back_end": "objecten", "objecttype": f"{objecten}objecttypes/{TASK_TYPE}",
             "pay_url": f"https://betalen.{place.slug}.example/?kenmerk={{reference}}"},
        )  # fmt: skip
        return
    connect(
        "taken",
        "Taken (Open VTB)",
        f"{ports.url('taken')}/taken/api/v1/",
        {"token": secrets.token("taken", place.code)},
        {"back_end": "open-vtb"},
    )


def connect_own_data(place: Place, ports: Ports, secrets: Secrets) -> None:
    """Travel documents, what houses are worth, and businesses."""
    known = connections("brp")[0].parameters
    connect(
        "reisdocumenten",
        "Reisdocumenten",
        f"{ports.url('reisdocumenten')}/haalcentraal/api/reisdocumenten/",
        {"api_key": secrets.reisdocumenten_key},
        known,
    )
    connect(
        "woz", "WOZ", f"{ports.url('woz')}/woz/api/v1/", {"api_key": secrets.token("woz", place.code)}, {}
    )
    trade = f"{ports.url('kvk')}/api/"
    connect("kvk", "Handelsregister", trade, {"api_key": secrets.kvk_key}, {})


def connect_messages(place: Place, ports: Ports, secrets: Secrets) -> None:
    """What the municipality writes to residents; attachments lie with the documents of its case system."""
    connect(
        "berichten",
        "Berichten (Open VTB)",
        f"{ports.url('berichten')}/berichten/api/v1/",
        {"token": secrets.token("berichten", place.code),
         "client_id": f"mijn-{place.code}", "secret": secrets.zaken_secret},
        {"documenten_url": f"{ports.url('zaken')}/documenten/api/v1/",
         "max_confidentiality": "zaakvertrouwelijk"},
    )  # fmt: skip


def connect_sociaal(ports: Ports, secrets: Secrets) -> None:
    """The municipality's own register of who gets which help."""
    connect("sociaal", "Sociaal domein", f"{ports.url('sociaal')}/", {"token": secrets.sociaal_token}, {})


def connect_sms(ports: Ports, secrets: Secrets) -> None:
    """Text messages go to the desk's page, where a presenter without a phone reads them."""
    connect("sms", "Sms-dienst", f"{ports.url('desk')}/sms", {"token": secrets.sms_token}, {})


def connect_irma(place: Place, ports: Ports, irma: IrmaDemo) -> None:
    """The irma server, met by the wallet under the municipality's own host name."""
    link = f"{ports.url('wallet')}/scan?qr={{pointer}}"
    connect("irma", "IRMA-server", irma.url, irma.credentials, irma.parameters(link, place.slug))


def connect_provider(place: Place, ports: Ports) -> dict[str, Any]:
    """The identity provider; gives what the provider must know of us as its client."""
    known = connections("oidc")
    pem = known[0].credentials["private_key"] if known else new_key()
    client = f"mijn-{place.slug}-demo"
    connect(
        "oidc",
        "Inloggen (demo)",
        ports.url("identity-provider"),
        {"client_id": client, "private_key": pem},
        {
            "scope": "openid profile",
            "minimum_level": "midden",
            "representee_bsn_claim_path": ["representee_bsn"],
            "mandate_services": dict(SERVICES),
            "mandate_request": {"scope": f"openid profile {SCOPE}"},
        },
    )
    site = registration(pem, f"http://{place.host}:{ports.first}")
    return {client: {"name": f"Gemeente {place.name}", "people": "residents", **site}}


def write_clients(state: Path, clients: Mapping[str, Any]) -> None:
    """Tell the identity provider who its clients are; whole or not at all."""
    file = state / "identity" / "clients.json"
    file.parent.mkdir(exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(clients, indent=1))
    part.replace(file)
