"""What the resident's app can answer, field by field, and how it is asked. Pure."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from portal.irma.following import BSN_CLAIM
from portal.irma.request import Attribute, DisclosureRequest, Wanted
from portal.irma.session import Outcome

OF_ITSELF: Mapping[str, str] = {
    "phone": "sidn-pbdf.mobilenumber.mobilenumber",
    "email": "sidn-pbdf.email.email",
}
"""What stands on a card of its own, and is nobody's in particular; by field."""
_PERSON, _ADDRESS = "gemeente.personalData", "gemeente.address"
OF_A_PERSON: Mapping[str, tuple[Attribute, ...]] = {
    "name": (
        Attribute(f"{_PERSON}.firstnames"),
        Attribute(f"{_PERSON}.prefix", may_be_empty=True),
        Attribute(f"{_PERSON}.familyname"),
    ),
    "address": (
        Attribute(f"{_ADDRESS}.street"),
        Attribute(f"{_ADDRESS}.houseNumber", may_be_empty=True),
        Attribute(f"{_ADDRESS}.zipcode"),
        Attribute(f"{_ADDRESS}.city"),
    ),
}
"""What tells who somebody is; asked with the BSN beside it. No date of birth: who signed in is known."""
PROVABLE = frozenset({*OF_ITSELF, *OF_A_PERSON})
OF_A_PERSON_AT_MOST = timedelta(days=365)
OF_ITSELF_AT_MOST = timedelta(days=3650)
"""How long ago a card may have been issued: people move, and keep their number."""


def request_for(fields: Collection[str]) -> DisclosureRequest:
    """Exactly what fills these fields, all of it."""
    of_person = [one for name in OF_A_PERSON if name in fields for one in OF_A_PERSON[name]]
    groups = [Wanted((Attribute(BSN_CLAIM), *of_person))] if of_person else []
    groups += [Wanted((Attribute(claim),)) for name, claim in OF_ITSELF.items() if name in fields]
    return DisclosureRequest(tuple(groups), OF_A_PERSON_AT_MOST if of_person else OF_ITSELF_AT_MOST)


def answers_in(found: Outcome, fields: Collection[str]) -> dict[str, str]:
    """What was given for these fields, as it would be typed."""
    told = {name: found.values[claim] for name, claim in OF_ITSELF.items() if name in fields}
    for name, attributes in OF_A_PERSON.items():
        if name in fields:
            told[name] = " ".join(found.values[one.name] for one in attributes if one.name in found.values)
    return told
