"""Who can sign in here: the demo's residents with their stories, and staff with their groups."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from demo.content.mandates import MANDATES
from demo.content.residents import CODES, RESIDENTS, Resident
from demo.day import today

LEVELS = {
    "basis": ("Basis", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"),
    "midden": ("Midden", "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"),
    "substantieel": ("Substantieel", "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"),
    "hoog": ("Hoog", "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"),
}
"""Name on screen and word in the token, as the national provider words it, lowest first."""
USUAL_LEVEL = "substantieel"
SPECIAL = "Bijzondere gevallen"


@dataclass(frozen=True, slots=True)
class Person:
    """One person who can be chosen; the key stands in forms, never a number."""

    key: str
    name: str
    group: str
    story: str
    try_this: str
    claims: Mapping[str, Any] = field(repr=False)
    """What the ID token says of this person, besides the name."""

    def is_like(self, text: str) -> bool:
        """Whether every word of the text is in the name, whatever the accents."""
        known = _plain(self.name)
        return all(word in known for word in _plain(text).split())


def residents() -> Sequence[Person]:
    """The residents whom the demo offers; the special cases have a group of their own."""
    return [
        Person(
            key=_slug(resident.name),
            name=resident.name,
            group=SPECIAL if _is_special(resident) else CODES[resident.municipality][1],
            story=resident.story,
            try_this=_where(resident) + resident.try_this,
            claims={"bsn": resident.bsn},
        )
        for resident in RESIDENTS
        if resident.listed
    ]


def representatives() -> Sequence[Person]:
    """Those who come for somebody else; the token names both, and what the mandate is for."""
    return [
        Person(
            key=f"{_slug(one.actor.name)}-voor-{_slug(one.subject.name)}",
            name=one.actor.name,
            group=CODES[one.subject.municipality][1],
            story=f"Voor {one.subject.name}. {one.story}",
            try_this=_where(one.actor) + one.try_this,
            claims={
                "bsn": one.actor.bsn,
                "representee_bsn": one.subject.bsn,
                "representee_name": one.subject.name,
                "mandate_service_id": one.service,
            },
        )
        for one in MANDATES
    ]


def staff() -> Sequence[Person]:
    """People who work at the municipalities, with the groups that their organisation puts them in."""
    return [
        _colleague("Noor Duinker", "Zandmeer", "Redacteur", "zandmeer-redacteuren"),
        _colleague("Bas Akkerman", "Veldrecht", "Redacteur", "veldrecht-redacteuren"),
        _colleague("Samira Kade", "Oeverstad", "Redacteur", "oeverstad-redacteuren"),
        _colleague("Ilse Boekhout", "Bibliotheek", "Redacteur van de bibliotheek", "bibliotheek-redacteuren"),
        _colleague("Joris Beheer", "Beheer", "Beheerder van alle sites", "beheerders"),
        _colleague("Wim Zonderling", SPECIAL, "Werkt hier niet als redacteur"),
    ]


def in_groups(people: Sequence[Person], first: str) -> list[tuple[str, list[Person]]]:
    """By group, with the group that somebody came from in front and the special cases at the end."""
    names = sorted(
        {person.group for person in people}, key=lambda name: (name == SPECIAL, name != first, name)
    )
    return [(name, [person for person in people if person.group == name]) for name in names]


def _colleague(name: str, group: str, role: str, *groups: str) -> Person:
    mail = f"{_slug(name).replace('-', '.')}@werk.example"
    claims = {"email": mail, "groups": list(groups)}
    return Person(_slug(name), name, group, role, "Wijzig een pagina en publiceer die.", claims)


def _where(resident: Resident) -> str:
    if not _is_special(resident):
        return ""
    return f"Ga naar {CODES[resident.municipality][1]}. "


def _is_special(resident: Resident) -> bool:
    unusual = {"indicatieCurateleRegister", "opschortingBijhouding", "registered_in"}
    adult = resident.older_than(18, today())
    return bool(unusual & set(resident.flags)) or not adult


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
