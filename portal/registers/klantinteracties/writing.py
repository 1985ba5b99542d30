"""What is written to Klantinteracties: an address, a preference, a question; each harmless to send twice."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NotAccepted, RegisterUnavailable
from .client import contact_with_number, headers, identified, partij
from .records import AddressKind, Partij, mark_of

FORM = "contactformulier"
"""The channel of what is asked here, unless the connection's `channel` names another."""


class Outcome(Enum):
    """What became of a write that the register answered."""

    WRITTEN = auto()
    NOT_ACCEPTED = auto()
    """The register finds that the address cannot be right."""
    CHANGED_MEANWHILE = auto()
    """It is not what was on screen any more: another tab or an employee was first. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new address of a kind, or none; only in place of the one that was on screen."""

    kind: AddressKind
    text: str = field(repr=False)
    """Empty takes the address away."""
    was: str
    """The mark of what was on screen."""
    verified: date | None = None


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question of a resident."""

    number: str
    """Digits, at most ten: two questions with one number are one question."""
    subject: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime
    language: str
    """Three letters, as ISO 639-2 has them."""
    case: UUID | None


async def write_address(klant: Caller, bsn: BSN, change: Change) -> Outcome:
    """Change, add or take away an address; who is not known yet is made known.

    Raises NoPerson, RegisterUnavailable, RegisterRefused. After RegisterTooSlow it may have been written.
    """
    known = await partij(klant, bsn)
    now = known.address(change.kind) if known else None
    if mark_of(now) != change.was:
        return Outcome.CHANGED_MEANWHILE
    if not change.text:
        if now:
            await klant.write("DELETE", f"digitaleadressen/{now.id}", headers(klant))
        return Outcome.WRITTEN
    told = {
        "adres": change.text,
        "soortDigitaalAdres": change.kind.value,
        "isStandaardAdres": True,
        "verificatieDatum": change.verified.isoformat() if change.verified else None,
    }
    try:
        if now:
            await klant.write("PATCH", f"digitaleadressen/{now.id}", headers(klant), told)
        else:
            owner = known or await _made_known(klant, bsn)
            new = {
                **told,
                "verstrektDoorPartij": {"uuid": str(owner.id)},
                "verstrektDoorBetrokkene": None,
                "omschrijving": "Mijn",
            }
            await klant.write("POST", "digitaleadressen", headers(klant), new)
    except NotAccepted as refused:
        if "adres" in refused.fields:
            return Outcome.NOT_ACCEPTED
        raise RegisterUnavailable("400") from None
    return Outcome.WRITTEN


async def prefer(klant: Caller, bsn: BSN, kind: AddressKind | None) -> Outcome:
    """Say at which address the resident wants to be told of things; None for none, so by post.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    known = await partij(klant, bsn)
    address = known.address(kind) if known and kind else None
    if kind and address is None:
        return Outcome.CHANGED_MEANWHILE
    if known:
        wanted = {"uuid": str(address.id)} if address else None
        told = {"soortPartij": "persoon", "voorkeursDigitaalAdres": wanted}
        try:
            await klant.write("PATCH", f"partijen/{known.id}", headers(klant), told)
        except NotAccepted:
            return Outcome.CHANGED_MEANWHILE  # the address went in between
    return Outcome.WRITTEN


async def ask(klant: Caller, bsn: BSN, question: NewQuestion) -> bool:
    """Ask it; False when somebody else's contact has that number already, and nothing was asked.

    The register itself keeps numbers apart, so a question that is sent twice, even at once, is there once.
    Raises NoPerson, RegisterUnavailable, RegisterRefused. After RegisterTooSlow it may be there.
    """
    if await contact_with_number(klant, bsn, question.number):
        return True
    owner = await partij(klant, bsn) or await _made_known(klant, bsn)
    told = {
        "klantcontact": {
            "referentienummer": question.number,
            "kanaal": str(klant.connection.parameters.get("channel", FORM)),
            "onderwerp": question.subject,
            "inhoud": question.text,
            "indicatieContactGelukt": True,
            "taal": question.language,
            "vertrouwelijk": False,
            "plaatsgevondenOp": question.at.isoformat(),
        },
        "betrokkene": {"wasPartij": {"uuid": str(owner.id)}, "rol": "klant", "initiator": True},
    }
    if question.case:
        told["onderwerpobject"] = {"onderwerpobjectidentificator": _case(question.case)}
    try:
        await klant.write("POST", "maak-klantcontact", headers(klant), told)
    except NotAccepted as refused:
        if "klantcontact.referentienummer" not in refused.fields:
            raise RegisterUnavailable("400") from None
        return await contact_with_number(klant, bsn, question.number) is not None
    return True


def _case(case: UUID) -> dict[str, str]:
    return {
        "objectId": str(case),
        "codeObjecttype": "zgw-Zaak",
        "codeRegister": "openzaak",
        "codeSoortObjectId": "uuid",
    }


async def _made_known(klant: Caller, bsn: BSN) -> Partij:
    """Make a partij of who is not known yet; when another tab was first, theirs is it.

    Only the number goes in it. The municipality has names in the BRP; a copy here would grow old.
    """
    told = {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "voorkeurstaal": "nld",
        "digitaleAdressen": [],
        "voorkeursDigitaalAdres": None,
        "rekeningnummers": [],
        "voorkeursRekeningnummer": None,
        "partijIdentificatoren": [{"partijIdentificator": identified(bsn)}],
        "partijIdentificatie": {"contactnaam": None},
    }
    try:
        made = Partij.of(await klant.write("POST", "partijen", headers(klant), told))
    except NotAccepted:
        found = await partij(klant, bsn)
        if found is None:
            raise RegisterUnavailable("400") from None
        return found
    if not made.is_person(bsn):
        raise RegisterUnavailable("made somebody else")
    return made
