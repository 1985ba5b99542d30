"""Tasks of Open VTB: Taken API 0.1.0 (beta), whose `externetaken` are of three kinds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..paged import all_pages
from ..urns import PERSON, case_among, urn_of
from .records import AskedForm, Kind, Payment, State, Task, Whose, amount_of

KINDS = {"urltaak": Kind.LINK, "formuliertaak": Kind.FORM, "betaaltaak": Kind.PAYMENT}
STATES = {
    "open": State.OPEN,
    "uitgevoerd": State.SENT,
    "verwerkt": State.DONE,
    "afgebroken": State.NEEDLESS,
    "niet_uitgevoerd": State.NOT_DONE,
}
Record = Mapping[str, Any]


async def find(register: Caller, bsn: BSN, only_open: bool) -> Sequence[Record]:
    """A person's tasks; the BSN is in the address, since there is no other way to ask."""
    asked = {"isToegewezenAan": urn_of(bsn), "pageSize": "100", **({"status": "open"} if only_open else {})}

    async def page(number: int) -> Any:
        return await register.get("externetaken", headers(register), {**asked, "page": str(number)})

    return await all_pages(page)


async def one(register: Caller, id: UUID) -> Record:
    """One task."""
    found: Record = await register.get(f"externetaken/{id}", headers(register))
    return found


async def finish(register: Caller, task: Task, answers: Record) -> Record:
    """That it was done, and with what. `details` goes whole: it comes in place of what there was."""
    assert task.form is not None
    details = {"formulierDefinitie": task.form.definition, "ontvangenGegevens": answers}
    if task.form.known:
        details["voorinvullenGegevens"] = task.form.known
    body = {"status": "uitgevoerd", "details": details}
    written: Record = await register.write("PATCH", f"formuliertaken/{task.id}", headers(register), body)
    return written


def sent(told: Record) -> Record:
    """What was filled in."""
    return told["details"].get("ontvangenGegevens") or {}


def read(told: Record) -> Task:
    """A task. Raises LookupError, TypeError or ValueError for what is none."""
    kind, details = KINDS[told["taakSoort"]], told["details"]
    return Task(
        id=UUID(str(told["uuid"])),
        title=str(told["titel"]),
        why=str(told.get("toelichting") or ""),
        purpose=str(told.get("handelingsPerspectief") or ""),
        kind=kind,
        state=STATES[told["status"]],
        starts=_day(told.get("startdatum")),
        until=_day(told.get("einddatumHandelingsTermijn")),
        case=case_among(str(one["urn"]) for one in told.get("isGerelateerdAan") or []),
        link=str(details["uitvraagLink"]) if kind is Kind.LINK else "",
        form=_form(details) if kind is Kind.FORM else None,
        payment=_payment(details) if kind is Kind.PAYMENT else None,
        whose=_whose(str(told.get("isToegewezenAan") or "")),
        came=_day(told.get("startdatum")),
    )


def headers(register: Caller) -> Mapping[str, str]:
    """Open VTB knows a fixed token."""
    return {
        "Authorization": f"Token {register.connection.credentials['token']}",
        "Accept": "application/json",
    }


def _whose(urn: str) -> Whose:
    if urn[: len(PERSON)].lower() != PERSON:
        return Whose("other", "")
    return Whose("bsn", urn[len(PERSON) :])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _form(details: Record) -> AskedForm:
    return AskedForm(
        definition=dict(details["formulierDefinitie"]),
        named="",
        address="",
        known=dict(details.get("voorinvullenGegevens") or {}),
    )


def _payment(details: Record) -> Payment:
    account = details["doelrekening"]
    return Payment(
        amount=amount_of(details["bedrag"]),
        currency=str(details.get("valuta") or "EUR"),
        reference=str(details["transactieomschrijving"]),
        iban=str(account.get("iban") or ""),
        to=str(account.get("naam") or ""),
    )
