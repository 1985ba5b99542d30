"""What a resident may see of cases and their decisions (facts/zgw.md §3). Pure; any doubt means no."""

from collections.abc import Sequence
from datetime import date

from portal.municipalities.bsn import BSN

from ..case_types import NO_CHOICE, CaseTypeChoice
from ..confidentiality import open_enough
from ..documenten import Document, document_is_shown
from .decisions import Decision
from .records import Rol, Zaak, Zaaktype

OWN = frozenset({"initiator", "mede_initiator"})
"""Roles that make a case one's own. An interested party (a neighbour who objects) does not own it."""


def visible_to_resident(
    zaak: Zaak,
    zaaktype: Zaaktype,
    roles: Sequence[Rol],
    bsn: BSN,
    limit: str,
    choice: CaseTypeChoice = NO_CHOICE,
) -> bool:
    """Whether this resident may see this case at all."""
    return may_be_shown(zaak, zaaktype, limit, choice) and owned_by(zaak, roles, bsn)


def may_be_shown(zaak: Zaak, zaaktype: Zaaktype, limit: str, choice: CaseTypeChoice = NO_CHOICE) -> bool:
    """Whether a case is one for residents, whosever it is; `choice` is the municipality's for its kind."""
    return (
        choice.shown
        and zaaktype.url == zaak.zaaktype
        and zaaktype.external
        and open_enough(zaak.confidentiality, limit)
        and zaak.has_status
    )


def owned_by(zaak: Zaak, roles: Sequence[Rol], bsn: BSN) -> bool:
    """Whether these roles, of this very case, make it this resident's own, who signed in surely enough."""
    theirs = _roles_of(zaak, roles, bsn)
    return any(map(_owns, theirs)) and all(rol.level <= bsn.proven for rol in theirs)


def needs_surer_sign_in(zaak: Zaak, roles: Sequence[Rol], bsn: BSN) -> bool:
    """Whether it is this resident's own, and hidden only because they did not sign in surely enough."""
    return any(map(_owns, _roles_of(zaak, roles, bsn))) and not owned_by(zaak, roles, bsn)


def businesses_beside(zaak: Zaak, roles: Sequence[Rol]) -> list[str]:
    """The businesses that asked in a case of a resident's own, as its initiators; by their KVK number."""
    named = [rol.business for rol in roles if rol.business and rol.zaak == zaak.url and rol.role in OWN]
    return list(dict.fromkeys(named))


def owners(zaak: Zaak, roles: Sequence[Rol]) -> list[BSN]:
    """Whose own this case is, by these roles of it; how surely they sign in is for when they come to look."""
    people = [rol.person for rol in roles]
    return [bsn for bsn in people if bsn and any(map(_owns, _roles_of(zaak, roles, bsn)))]


def takes_documents(zaak: Zaak, choice: CaseTypeChoice) -> bool:
    """Whether residents may add documents to a case of their own: it runs, and the municipality says so."""
    return choice.upload and zaak.ended is None


def decision_is_told(decision: Decision, zaak: Zaak, today: date) -> bool:
    """Whether a decision of a case that may be seen may be seen itself: of this case, and sent."""
    return decision.zaak == zaak.url and decision.sent is not None and decision.sent <= today


def document_is_news(document: Document, limit: str) -> bool:
    """Whether a document of a case that may be seen is news to its resident, who mostly sent what came in."""
    return document_is_shown(document, limit) and document.received is None


def _roles_of(zaak: Zaak, roles: Sequence[Rol], bsn: BSN) -> list[Rol]:
    return [rol for rol in roles if rol.zaak == zaak.url and rol.is_person(bsn)]


def _owns(rol: Rol) -> bool:
    # A representative sees a case by a mandate (a later room), not by a role alone.
    return rol.role in OWN and rol.mandate != "gemachtigde"
