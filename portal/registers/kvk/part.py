"""The part on businesses of the page of own data."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..earlier import Keeps
from ..gather import Question
from ..own_data import Known, Needs, OwnData
from .client import businesses
from .records import Business
from .visible import groups

KIND = "kvk"


def ask(kvk: Connection, _bsn: BSN, known: Known) -> Question:
    """The question for the businesses that another register named; no number of a person is in it."""
    return Question(kvk, lambda caller: businesses(caller, known.businesses))


def _fit(found: Sequence[Business]) -> Sequence[Business] | None:
    return found or None


PART = OwnData(
    kind=KIND,
    place=30,
    title=_("Ondernemingen in uw zaken"),
    ask=ask,
    groups=groups,
    keeps=Keeps(KIND, Sequence[Business], _fit),
    needs=Needs.BUSINESSES,
    about=_(
        "Deze onderneming staat naast u in een zaak. Of zij van u is, zegt het Handelsregister ons niet."
    ),
    wrong=_("Klopt hier iets niet? De eigenaar laat het verbeteren bij de Kamer van Koophandel (KVK)."),
)
