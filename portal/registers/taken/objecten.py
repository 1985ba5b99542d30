"""Tasks as objects: Objecten 2 with the community's object type "taak" (open-objecten, 2025).

The search takes its questions in a body, so that no BSN stands in an address.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.municipalities.bsn import BSN

from ..about_case import NamedCase
from ..caller import Caller
from ..dates import day_here, moment
from ..errors import NotThere
from ..paged import all_pages
from .records import AskedForm, Kind, Payment, State, Task, Whose, amount_of

KINDS = {"url": Kind.LINK, "portaalformulier": Kind.FORM, "ogonebetaling": Kind.PAYMENT}
OLDER_KINDS = {"formtaak": "portaalformulier", "betaling": "ogonebetaling"}
"""As the schema's own example still says."""
STATES = {
    "open": State.OPEN,
    "afgerond": State.SENT,
    "verwerkt": State.DONE,
    "gesloten": State.FILED,
}
Record = Mapping[str, Any]


async def find(register: Caller, bsn: BSN, only_open: bool) -> Sequence[Record]:
    """A person's tasks, of the connection's type of object."""
    asked = ["identificatie__type__exact__bsn", f"identificatie__value__exact__{bsn.reveal()}"]
    asked += ["status__exact__open"] if only_open else []
    body = {"type": _type(register), "data_attrs": ",".join(asked)}

    async def page(number: int) -> Any:
        params = {"page": str(number), "pageSize": "100"}
        return await register.post("objects/search", headers(register), body, params)

    # Objects of another kind are none of ours, whatever the filter did.
    return [one for one in await all_pages(page) if one["type"] == _type(register)]


async def one(register: Caller, id: UUID) -> Record:
    """One object. Raises NotThere also when it is no task."""
    found: Record = await register.get(f"objects/{id}", headers(register))
    if found["type"] != _type(register):
        raise NotThere
    return found


async def form(register: Caller, address: str) -> Record:
    """A form that is kept as an object beside the tasks."""
    data = (await register.get(address, headers(register)))["record"]["data"]
    definition: Record = data.get("formDefinition", data)
    return definition


async def finish(register: Caller, task: Task, answers: Record) -> Record:
    """A new record of the object; Objecten puts what we send over what there was."""
    data = {"status": "afgerond", "portaalformulier": {"verzonden_data": answers}}
    record = {"typeVersion": task.version, "startAt": timezone.localdate().isoformat(), "data": data}
    written: Record = await register.write(
        "PATCH", f"objects/{task.id}", headers(register), {"record": record}
    )
    return written


def sent(told: Record) -> Record:
    """What was filled in."""
    return told["record"]["data"]["portaalformulier"].get("verzonden_data") or {}


def read(told: Record) -> Task:
    """A task out of an object. Raises LookupError, TypeError or ValueError for what is none."""
    record = told["record"]
    data = record["data"]
    sort = OLDER_KINDS.get(data["soort"], data["soort"])
    kind, whose = KINDS[sort], data["identificatie"]
    return Task(
        id=UUID(str(told.get("uuid") or told["url"].rstrip("/").rpartition("/")[2])),
        title=str(data["titel"]),
        why="",
        purpose="",
        kind=kind,
        state=STATES[data["status"]],
        starts=None,
        until=_day(data.get("verloopdatum")),
        case=_case(data.get("koppeling") or {}),
        link=str(data["url"]["uri"]) if kind is Kind.LINK else "",
        form=_form(data["portaalformulier"]) if kind is Kind.FORM else None,
        payment=_payment(data["ogonebetaling"]) if kind is Kind.PAYMENT else None,
        whose=Whose(str(whose["type"]), str(whose["value"])),
        version=int(record["typeVersion"]),
        came=_plain_day(record.get("registrationAt") or record.get("startAt")),
    )


def headers(register: Caller) -> Mapping[str, str]:
    """Objecten knows a fixed token, and wants to hear of coordinates though tasks have none."""
    return {
        "Authorization": f"Token {register.connection.credentials['token']}",
        "Accept": "application/json",
        "Accept-Crs": "EPSG:4326",
        "Content-Crs": "EPSG:4326",
    }


def _type(register: Caller) -> str:
    return str(register.connection.parameters["objecttype"])


def _day(told: str | None) -> date | None:
    return day_here(moment(told)) if told else None


def _plain_day(told: Any) -> date | None:
    """Of use for what is new only, so what is no day costs nothing else."""
    try:
        return date.fromisoformat(told) if told else None
    except (TypeError, ValueError):
        return None


def _case(tied: Record) -> NamedCase | None:
    return NamedCase(id=UUID(str(tied["uuid"]))) if tied.get("registratie") == "zaak" else None


def _form(told: Record) -> AskedForm:
    kept = told["formulier"]
    value = str(kept["value"])
    return AskedForm(
        definition=None,
        named=value if kept["soort"] == "id" else "",
        address=value if kept["soort"] == "url" else "",
        known=dict(told.get("data") or {}),
    )


def _payment(told: Record) -> Payment:
    return Payment(amount_of(told["bedrag"]), "EUR", str(told["betaalkenmerk"]), iban="", to="")
