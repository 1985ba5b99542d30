"""What a caseworker does in the demo's case system, on its own page: the next step, a letter, a decision.

Each goes the way of all writes, so it is kept, and whoever subscribed hears of it.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from threading import Lock
from typing import Any

from demo.content.papers import Paper
from demo.content.residents import CODES, RESIDENTS
from demo.day import today

from .letters import letter
from .zgw_beside import KINDS
from .zgw_kept import Kept
from .zgw_made import made_decision, made_document, made_enclosure, made_result, made_status
from .zgw_records import RSIN, Record
from .zgw_store import Store

NAMES = dict(CODES.values())
PEOPLE = {one.bsn: one.name for one in RESIDENTS}
LINES = ("Wij werken aan uw zaak.", "Heeft u een vraag? Stel die dan in Mijn, of bel ons.")


class Casework:
    """The cases of all municipalities in one system, as whoever works on them sees them."""

    def __init__(self, root: str, stores: Mapping[str, Store], kept: Mapping[str, Kept], lock: Lock) -> None:
        self._root, self._stores, self._kept, self._lock = root, stores, kept, lock
        self._done = ""

    def page(self, form: Mapping[str, str] | None) -> str:
        """The page, after what its form asks; raises KeyError for what there is not."""
        if form is not None:
            with self._lock:
                self._done = self.do(form["client"], form["zaak"], form["doe"])
            return ""
        done, self._done = self._done, ""
        parts = [self._of(client, store) for client, store in self._stores.items()]
        return PAGE.format(done=f'<p role="status">{escape(done)}</p>' if done else "", parts="".join(parts))

    def do(self, client: str, id: str, act: str) -> str:
        """One act in one case, and what to say of it. Raises KeyError."""
        store, kept = self._stores[client], self._kept[client]
        zaak = next((one for one in running(store) if one["uuid"] == id), None)
        if zaak is None:
            raise KeyError(id)
        return ACTS[act](self._root, store, kept, zaak)

    def _of(self, client: str, store: Store) -> str:
        rows = [_case(client, store, one) for one in running(store)]
        name = NAMES[client.removeprefix("mijn-")]
        return f"<h2>{escape(name)}</h2>{''.join(rows)}" if rows else ""


def running(store: Store) -> list[Record]:
    """The cases that residents may see and that are not over, by number."""
    kinds = store.types["zaaktypen"]
    shown = [
        one
        for one in store.zaken.values()
        if one["einddatum"] is None
        and one["status"]
        and kinds[one["zaaktype"]]["indicatieInternOfExtern"] == "extern"
        and one["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    ]
    return sorted(shown, key=lambda one: str(one["identificatie"]))


def coming(store: Store, zaak: Record) -> Record | None:
    """The step after the one where a case is; None at the last."""
    steps = sorted(store.types_of("statustypen", zaak["zaaktype"]), key=lambda one: int(one["volgnummer"]))
    now = store.statussen[zaak["status"]]["statustype"]
    later = iter(steps)
    any(one["url"] == now for one in later)
    return next(later, None)


def next_step(root: str, store: Store, kept: Kept, zaak: Record) -> str:
    """Let a case go on: it stands still no longer, and at the last step it gets a result and is over."""
    step = coming(store, zaak)
    if step is None:
        raise KeyError(zaak["uuid"])
    if zaak["opschorting"]["indicatie"]:
        runs = {"indicatie": False, "eerdereOpschorting": True, "reden": ""}
        kept.add("zaken", {**zaak, "opschorting": runs})
    if step["isEindstatus"] and zaak["resultaat"] is None:
        kept.add("resultaten", made_result(root, zaak, store.types_of("resultaattypen", zaak["zaaktype"])[0]))
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    body = {"zaak": zaak["url"], "statustype": step["url"], "datumStatusGezet": now}
    kept.add("statussen", made_status(root, body))
    return f"{zaak['identificatie']} staat nu op: {step['statustekst']}"


def send_letter(root: str, store: Store, kept: Kept, zaak: Record) -> str:
    """Put a letter of the municipality in a case."""
    words, day = store.beside.words, today()
    sent = sum(one["zaak"] == zaak["url"] for one in store.enclosures.values())
    title = f"Brief over uw zaak ({sent + 1})"
    content = letter(Paper(title, 0, LINES), day, NAMES[words.code])
    body: dict[str, Any] = {
        "bronorganisatie": RSIN, "creatiedatum": day.isoformat(), "titel": title,
        "auteur": "A. Behandelaar", "taal": "nld", "status": "definitief", "formaat": "application/pdf",
        "informatieobjecttype": words.catalogue("informatieobjecttypen", "stuk"),
        "bestandsnaam": f"{title}.pdf", "bestandsomvang": len(content),
        "inhoud": base64.b64encode(content).decode(), "indicatieGebruiksrecht": False,
    }  # fmt: skip
    document = made_document(root, body)
    kept.add("enkelvoudiginformatieobjecten", document, body["inhoud"])
    enclosed = {"zaak": zaak["url"], "informatieobject": document["url"]}
    kept.add("zaakinformatieobjecten", made_enclosure(root, enclosed))
    return f"Bij {zaak['identificatie']} zit nu een brief: {title}"


def send_decision(root: str, store: Store, kept: Kept, zaak: Record) -> str:
    """Send the decision that waits in a case, or else decide and send."""
    known = [one for one in store.beside.decisions() if one["zaak"] == zaak["url"]]
    waits = next((one for one in known if one["verzenddatum"] is None), None)
    if waits:
        decided = {**waits, "verzenddatum": today().isoformat()}
    else:
        on_objection = store.types["zaaktypen"][zaak["zaaktype"]]["identificatie"] == "bezwaar"
        kind = store.beside.words.catalogue("besluittypen", KINDS[on_objection])
        decided = made_decision(root, zaak, f"B-{zaak['identificatie']}-{len(known) + 1}", kind)
    kept.add("besluiten", decided)
    return f"Bij {zaak['identificatie']} is besluit {decided['identificatie']} verstuurd."


ACTS: Mapping[str, Callable[[str, Store, Kept, Record], str]] = {
    "stap": next_step,
    "brief": send_letter,
    "besluit": send_decision,
}


def _case(client: str, store: Store, zaak: Record) -> str:
    kind, step = store.types["zaaktypen"][zaak["zaaktype"]], coming(store, zaak)
    now = store.types["statustypen"][store.statussen[zaak["status"]]["statustype"]]
    who = ", ".join(_people(store.parts("rollen", zaak["url"])))
    buttons = [("stap", f"Zet de volgende stap: {step['omschrijving']}")] if step else []
    buttons += [("brief", "Stuur een brief"), ("besluit", "Verstuur een besluit")]
    number = escape(str(zaak["identificatie"]))
    return (
        f'<section aria-labelledby="{number}">'
        f'<h3 id="{number}">{number} · {escape(kind["omschrijving"])}</h3>'
        f"<p>Van {escape(who)}. Staat op: {escape(now['omschrijving'])}.</p>"
        f'<form method="post"><input type="hidden" name="client" value="{escape(client)}">'
        f'<input type="hidden" name="zaak" value="{escape(zaak["uuid"])}">'
        + "".join(f'<button name="doe" value="{act}">{escape(words)}</button>' for act, words in buttons)
        + "</form></section>"
    )


def _people(roles: Sequence[Record]) -> list[str]:
    """Who asked, by name; a BSN stands on no page."""
    bsns = [str(one["betrokkeneIdentificatie"].get("inpBsn") or "") for one in roles]
    return [PEOPLE.get(one, "een inwoner") for one in bsns if one]


PAGE = (
    '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>Behandelaar van de demo</title>'
    '<link rel="stylesheet" href="/_faults?css"></head><body><main><h1>Behandelaar van de demo</h1>'
    "<p>Werk hier aan een zaak, en kijk wat de inwoner ervan ziet in Mijn. Koos de inwoner voor e-mail? "
    "Dan komt er binnen een minuut een mail. U leest die op de balie van de demo.</p>{done}{parts}"
    "</main></body></html>"
)
