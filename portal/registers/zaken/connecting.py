"""How administrators connect a case system, and how we find out what it can do. We ask about nobody."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..case_types import CaseTypeListed
from ..confidentiality import ORDER
from ..connecting import ConnectionKind, Fact, Probe, Setting, says_not_there
from ..errors import NoApiThere, NotThere, RegisterRefused, RegisterTooSlow, RegisterUnavailable
from ..zgw_token import headers
from . import lists
from .called import CALLED_WITH
from .capabilities import capabilities_of
from .records import Zaaktype

NOBODY = UUID(int=0)
LONG_PAGE = 500
NOT_KNOWN = frozenset({"400", "405", "501"})
"""What a register answers to a way of asking that it does not know, besides 404."""


async def catalogi(zaken: Caller) -> None:
    """The types of cases are no secret of anybody's. Raises RegisterUnavailable, RegisterRefused."""
    answer = await zaken.get("zaaktypen", headers(zaken), root=zaken.connection.parameters["catalogi_url"])
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise RegisterUnavailable("no list of types")


async def zaken_api(zaken: Caller) -> None:
    """A case that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(zaken.get(f"zaken/{NOBODY}", headers(zaken)))


async def documenten(zaken: Caller) -> None:
    """Likewise a document."""
    root = zaken.connection.parameters["documenten_url"]
    await says_not_there(zaken.get(f"enkelvoudiginformatieobjecten/{NOBODY}", headers(zaken), root=root))


async def besluiten(zaken: Caller) -> None:
    """Likewise a decision."""
    root = zaken.connection.parameters["besluiten_url"]
    await says_not_there(zaken.get(f"besluiten/{NOBODY}", headers(zaken), root=root))


async def find_out(zaken: Caller) -> Mapping[str, Any]:
    """What it can do, by searching for a case that is not there in several ways; four calls.

    Raises RegisterUnavailable, RegisterRefused: one that fails now is not an old one, which would put the BSN
    in addresses from then on.
    """
    if not await _searches(zaken, {}):
        await zaken_api(zaken)  # it cannot search, but answers
        return {"back_end": "old-1.0", "capabilities": {}}
    able: dict[str, Any] = {
        "expand": await _takes(zaken, {"expand": ["status"]}),
        "order": await _takes(zaken, {"ordering": ["-startdatum"]}),
        "page_size": LONG_PAGE if await _takes(zaken, {}, {"pageSize": str(LONG_PAGE)}) else None,
    }
    return {"back_end": "standard", "capabilities": able}


async def case_types(zaken: Caller) -> Sequence[CaseTypeListed]:
    """The kinds of cases in the catalogue, each once though it has many versions; by title.

    Raises RegisterUnavailable, RegisterRefused.
    """
    rows = await lists.read(zaken, "zaaktypen", {}, root=zaken.connection.parameters["catalogi_url"])
    kinds = {kind.key: kind for kind in map(Zaaktype.of, rows)}
    found = [CaseTypeListed(key, one.identification, one.title, one.external) for key, one in kinds.items()]
    return sorted(found, key=lambda one: (one.title.casefold(), one.key))


async def _takes(zaken: Caller, more: Mapping[str, Any], params: Mapping[str, str] | None = None) -> bool:
    try:
        return await _searches(zaken, more, params)
    except (RegisterTooSlow, RegisterRefused):
        raise
    except RegisterUnavailable:
        return False


async def _searches(zaken: Caller, more: Mapping[str, Any], params: Mapping[str, str] | None = None) -> bool:
    """Raises what `Caller.post` raises, but for an answer that it cannot be asked so."""
    body = {"uuid__in": [str(NOBODY)], **more}
    try:
        answer = await zaken.post("zaken/_zoek", headers(zaken), body, params)
    except RegisterUnavailable as fault:
        if isinstance(fault, NotThere | NoApiThere) or str(fault) in NOT_KNOWN:
            return False
        raise
    # A search that finds what is not there does not look at what it is asked.
    return isinstance(answer, dict) and answer.get("results") == []


def facts(parameters: Mapping[str, Any]) -> Sequence[Fact]:
    """What is known of what it can do."""
    can = capabilities_of(parameters)
    told = parameters.get("found") or {}
    found, chosen = told.get("capabilities") or {}, parameters.get("capabilities") or {}
    searches = None if not told else told.get("back_end") != "old-1.0"
    return [
        Fact("search", _("Zaken zoeken zonder BSN in het adres"), can.search, searches, chosen.get("search")),
        *(
            Fact(name, label, getattr(can, name), found.get(name), chosen.get(name))
            for name, label in (
                ("expand", _("Status en rollen in één antwoord geven")),
                ("order", _("Lijsten op volgorde geven")),
                ("informs", _("Zeggen bij welke status een inwoner bericht krijgt")),
            )
        ),
    ]


KIND = ConnectionKind(
    kind="zaken",
    title=_("Zaken"),
    address=_("Het adres van de Zaken API, zoals https://zaken.voorbeeld.nl/zaken/api/v1/"),
    secrets={
        "client_id": _("Naam van onze aansluiting (client ID)"),
        "secret": _("Sleutel (secret)"),
        CALLED_WITH: _("Sleutel waarmee Notificaties ons aanroept (de waarde van Authorization)"),
    },
    may_be_missing=frozenset({CALLED_WITH}),
    settings=[
        Setting("catalogi_url", _("Adres van Catalogi"), is_address=True, required=True),
        Setting("documenten_url", _("Adres van Documenten"), _("Leeg: geen documenten."), is_address=True),
        Setting("besluiten_url", _("Adres van Besluiten"), _("Leeg: geen besluiten."), is_address=True),
        Setting(
            "max_confidentiality",
            _("Tot welke vertrouwelijkheid inwoners zaken en documenten zien"),
            choices=[("", _("Alleen openbaar")), *((one, one.replace("_", " ")) for one in ORDER[1:])],
        ),
        Setting("team", _("Wie behandelt zaken waar geen team bij staat?")),
        Setting("phone", _("Telefoonnummer bij zaken")),
        Setting(
            "back_end",
            _("Wat het systeem kan"),
            _("Bij “esuite” en “oud” staat het BSN in het adres van onze vraag: die kennen geen andere weg."),
            choices=[
                ("", _("Laat het uitzoeken")),
                ("standard", _("Zaken 1.5")),
                ("openzaak", _("Open Zaak")),
                ("esuite", _("e-Suite")),
                ("old-1.0", _("Oud: Zaken 1.0")),
            ],
        ),
    ],
    probes=[
        Probe(_("Zaken"), zaken_api),
        Probe(_("Catalogi"), catalogi, "catalogi_url"),
        Probe(_("Documenten"), documenten, "documenten_url"),
        Probe(_("Besluiten"), besluiten, "besluiten_url"),
    ],
    find_out=find_out,
    case_types=case_types,
    facts=facts,
)
