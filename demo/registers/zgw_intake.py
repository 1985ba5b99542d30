"""The demo's case system takes new cases: the writes of Zaken and Documenten, and the lists to find them by.

As a real one does, it does not know that the same was asked before: only an identificatie and a document's
place in a case are unique. Roles, statuses and properties can be doubled by who does not look first.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from portal.municipalities.bsn import BSN

from . import zgw_large as large
from .notificaties import RESOURCES, Notifier, message
from .serving import Asked, Reply
from .zgw_answers import VERSION, one, paged, problem, unknown_parameter
from .zgw_kept import Kept
from .zgw_made import PARTIES, made_document, made_enclosure, made_fact, made_role, made_status, made_zaak
from .zgw_records import DOCUMENTEN, ZAKEN, Record
from .zgw_store import Store

NEEDED: Mapping[str, Sequence[str]] = {
    "zaken": ("bronorganisatie", "verantwoordelijkeOrganisatie", "zaaktype", "startdatum"),
    "rollen": ("zaak", "betrokkeneType", "roltype"),
    "statussen": ("zaak", "statustype", "datumStatusGezet"),
    "zaakeigenschappen": ("zaak", "eigenschap", "waarde"),
    "zaakinformatieobjecten": ("zaak", "informatieobject"),
    "enkelvoudiginformatieobjecten": (
        "bronorganisatie", "creatiedatum", "titel", "auteur", "taal", "informatieobjecttype",
    ),
}  # fmt: skip
"""What may not be left out, by list."""
LONGEST_OF_UNITS = {"identificatie": 24, "naam": 50, "isGehuisvestIn": 24}
"""Characters, of an organisational unit."""


class Wrong(Exception):
    """What is wrong with a record, as the API says it."""

    def __init__(self, name: str, code: str, reason: str) -> None:
        super().__init__(code)
        self.reply = problem(400, "invalid", "Invalid input.")
        self.reply.body["invalidParams"] = [{"name": name, "code": code, "reason": reason}]


class Closed(Wrong):
    """The case is over: without the right to force it, nothing is added."""

    def __init__(self) -> None:
        super().__init__("", "zaak-closed", "")
        self.reply = problem(403, "permission_denied", "U mag geen gesloten zaak bewerken.")


class Intake:
    """Writes, and what is read to find what was written. What is made is kept where a folder is given."""

    def __init__(
        self, root: str, stores: Mapping[str, Store], folder: Path | None, notifier: Notifier
    ) -> None:
        self._root, self.lock = root, Lock()

        def told(client: str, store: Store, what: str, record: Record, act: str) -> None:
            if what in RESOURCES:
                notifier.tell(client, message(store, what, record, act))

        self.kept = {
            client: Kept(store, folder, client, partial(told, client, store))
            for client, store in stores.items()
        }
        self._stores = stores

    def answer(self, asked: Asked, client: str) -> Reply | None:
        """The answer to a write, or to a list that helps to find one; None for all else."""
        base, _slash, path = next(
            ((base, *asked.path.removeprefix(base).partition("/")[1:]) for base in (ZAKEN, DOCUMENTEN)
             if asked.path.startswith(base + "/")),
            ("", "", ""),
        )  # fmt: skip
        parts = path.split("/")
        if len(parts) == 3 and parts[0] == "zaken" and parts[2] == "zaakeigenschappen":
            what = "zaakeigenschappen"
        elif len(parts) == 1 and parts[0] in NEEDED:
            what = parts[0]
        elif base == DOCUMENTEN and large.is_asked(asked.method, parts):
            with self.lock:
                return large.answer(asked, parts, self._stores[client], self.kept[client], self._root)
        elif base == DOCUMENTEN and len(parts) == 2 and asked.method == "GET":
            made = self._stores[client].documenten.get(self._root + asked.path)
            return one(asked, made, set()) if made else None
        else:
            return None
        if (base == DOCUMENTEN) != (what == "enkelvoudiginformatieobjecten"):
            return None
        if asked.method == "POST":
            with self.lock:
                return self._write(asked, what, client)
        return self._list(asked, what, self._stores[client]) if asked.method == "GET" else None

    def _list(self, asked: Asked, what: str, store: Store) -> Reply | None:
        if what not in {"enkelvoudiginformatieobjecten", "zaakeigenschappen"}:
            return None
        if what == "zaakeigenschappen":
            zaak = (self._root + asked.path).removesuffix("/zaakeigenschappen")
            if zaak not in store.zaken:
                return problem(404, "not_found", "Niet gevonden.")
            return Reply(200, [row for row in store.facts.values() if row["zaak"] == zaak], VERSION)
        if fault := unknown_parameter(asked, {"identificatie", "bronorganisatie", "page"}):
            return fault
        return paged(asked, self._root, _of(store.documenten, asked, "identificatie", "bronorganisatie"))

    def _write(self, asked: Asked, what: str, client: str) -> Reply:
        store, body = self._stores[client], asked.body
        if what == "zaken" and not {"accept-crs", "content-crs"} <= asked.headers.keys():
            return problem(412, "precondition_failed", "Precondition mislukt.")
        if not isinstance(body, dict):
            return problem(400, "parse_error", "Ongeldige JSON.")
        try:
            for name in NEEDED[what]:
                if not isinstance(body.get(name), str) or not body[name]:
                    raise Wrong(name, "required", "Dit veld is vereist.")
            record = _CHECKED[what](store, body, self._root)
        except Wrong as wrong:
            return wrong.reply
        self.kept[client].add(what, record, body.get("inhoud") if what.startswith("enkel") else None)
        # A document's own lock is told when it is made, and never again; what is whole has none.
        locks = [part["lock"] for part in record.get("bestandsdelen", ())]
        told = {**record, "lock": (locks or [""])[0]} if what == "enkelvoudiginformatieobjecten" else record
        return Reply(201, told, {**VERSION, "Location": record["url"]})


def _zaak(store: Store, body: Mapping[str, Any], root: str) -> Record:
    kind = store.types["zaaktypen"].get(body["zaaktype"])
    if kind is None:
        raise Wrong("zaaktype", "bad-url", "De URL kon niet gevonden worden.")
    if kind["concept"]:
        raise Wrong("zaaktype", "not-published", "Het zaaktype is niet gepubliceerd.")
    _unique(store.zaken, body)
    return made_zaak(root, body, kind)


def _role(store: Store, body: Mapping[str, Any], root: str) -> Record:
    zaak, kind = _zaak_of(store, body), store.types["roltypen"].get(body["roltype"])
    if kind is None or kind["zaaktype"] != zaak["zaaktype"]:
        raise Wrong("roltype", "zaaktype-mismatch", "Het roltype hoort niet bij het zaaktype.")
    who = body.get("betrokkeneIdentificatie")
    if body["betrokkeneType"] not in PARTIES or not isinstance(who, dict):
        raise Wrong("betrokkeneIdentificatie", "required", "Dit veld is vereist.")
    if body["betrokkeneType"] == "organisatorische_eenheid":
        for name, most in LONGEST_OF_UNITS.items():
            if len(str(who.get(name, ""))) > most:
                raise Wrong(f"betrokkeneIdentificatie.{name}", "max_length", "Dit is te lang.")
        return made_role(root, body, kind)
    try:
        BSN(str(who.get("inpBsn")))
    except ValueError:
        raise Wrong("betrokkeneIdentificatie.inpBsn", "invalid", "Ongeldig BSN.") from None
    return made_role(root, body, kind)


def _fact(store: Store, body: Mapping[str, Any], root: str) -> Record:
    zaak, kind = _zaak_of(store, body), store.types["eigenschappen"].get(body["eigenschap"])
    if kind is None or kind["zaaktype"] != zaak["zaaktype"]:
        raise Wrong("eigenschap", "zaaktype-mismatch", "De eigenschap hoort niet bij het zaaktype.")
    return made_fact(root, body, kind)


def _status(store: Store, body: Mapping[str, Any], root: str) -> Record:
    zaak, kind = _zaak_of(store, body), store.types["statustypen"].get(body["statustype"])
    if kind is None or kind["zaaktype"] != zaak["zaaktype"]:
        raise Wrong("statustype", "zaaktype-mismatch", "Het statustype hoort niet bij het zaaktype.")
    return made_status(root, body)


def _enclosure(store: Store, body: Mapping[str, Any], root: str) -> Record:
    zaak = _zaak_of(store, body)
    if zaak["einddatum"]:
        raise Closed
    if body["informatieobject"] not in store.documenten:
        raise Wrong("informatieobject", "bad-url", "De URL kon niet gevonden worden.")
    known = [one for one in store.enclosures.values() if one["zaak"] == zaak["url"]]
    if any(one["informatieobject"] == body["informatieobject"] for one in known):
        raise Wrong("nonFieldErrors", "unique", "Dit document hoort al bij deze zaak.")
    return made_enclosure(root, body)


def _document(store: Store, body: Mapping[str, Any], root: str) -> Record:
    size = body.get("bestandsomvang")
    if body.get("inhoud") is not None:
        try:
            content = base64.b64decode(body["inhoud"], validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise Wrong("inhoud", "incorrect-base64", "Dit is geen base64.") from None
        if size != len(content):
            raise Wrong("nonFieldErrors", "file-size", "De bestandsomvang klopt niet.")
    elif not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= 4_000_000_000:
        raise Wrong("nonFieldErrors", "file-size", "De bestandsomvang klopt niet.")
    known = {one["informatieobjecttype"] for one in store.types["zaaktype-informatieobjecttypen"].values()}
    if body["informatieobjecttype"] not in known:
        raise Wrong("informatieobjecttype", "bad-url", "De URL kon niet gevonden worden.")
    if len(str(body["taal"])) != 3:
        raise Wrong("taal", "max_length", "De taal heeft drie letters.")
    _unique(store.documenten, body)
    return made_document(root, body)


def _zaak_of(store: Store, body: Mapping[str, Any]) -> Record:
    try:
        return store.zaken[body["zaak"]]
    except KeyError:
        raise Wrong("zaak", "does_not_exist", "De URL kon niet gevonden worden.") from None


def _unique(known: Mapping[str, Record], body: Mapping[str, Any]) -> None:
    names = ("identificatie", "bronorganisatie")
    if any(all(one[name] == body.get(name) for name in names) for one in known.values()):
        raise Wrong("identificatie", "identificatie-niet-uniek", "Deze identificatie bestaat al.")


def _of(rows: Mapping[str, Record], asked: Asked, *names: str) -> list[Record]:
    wanted = {name: asked.query[name][0] for name in names if name in asked.query}
    return [row for row in rows.values() if all(row[name] == value for name, value in wanted.items())]


_CHECKED: Mapping[str, Callable[[Store, Mapping[str, Any], str], Record]] = {
    "zaken": _zaak,
    "rollen": _role,
    "statussen": _status,
    "zaakeigenschappen": _fact,
    "zaakinformatieobjecten": _enclosure,
    "enkelvoudiginformatieobjecten": _document,
}
