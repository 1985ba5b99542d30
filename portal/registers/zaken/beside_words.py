"""What lies beside a case in words: its decisions, and its documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from ..documenten import Document, document_is_shown
from ..naming import short_kind
from ..since import news
from .client import WholeCase
from .course_words import day
from .decisions import Decision
from .objecting import Remedy, Way, remedy
from .visible import decision_is_told, document_is_news


@dataclass(frozen=True, slots=True)
class DecisionInWords:
    """A decision as the page shows it."""

    id: UUID
    number: str
    kind: str
    sent: date
    starts: date | None
    ends: date | None
    title: str
    """What one can do who does not agree."""
    says: Sequence[str]
    how: Sequence[str]
    """What to do, step by step; empty where it is too late."""
    by_letter: bool
    """The letter goes to the municipality itself."""
    then: Sequence[str]
    for_calendar: bool
    """There is a last day that can still be put in a calendar."""


@dataclass(frozen=True, slots=True)
class DocumentInWords:
    """A document as the page shows it, as a link in a list."""

    url: str
    label: str
    about: str
    """Its day, whose it is, its kind and size, in a line."""
    news: str
    """That it came since the resident's previous visit; empty where it did not."""
    label_language: str = "nl"
    """Titles are the register's own."""


def told_decisions(whole: WholeCase, today: date) -> list[Decision]:
    """Those that the resident may see; an unread part is no decision."""
    return [one for one in whole.decisions or () if decision_is_told(one, whole.case.zaak, today)]


def decisions_in_words(whole: WholeCase, way: Way, today: date) -> list[DecisionInWords]:
    """The decisions that were sent, with what can be done against each."""
    return [_decision(one, remedy(one, way, today)) for one in told_decisions(whole, today)]


def documents_in_words(whole: WholeCase, connection: UUID, since: datetime | None) -> list[DocumentInWords]:
    """The documents that the resident may have; `since` is their previous visit."""
    found = whole.documents.found if whole.documents else ()
    shown = [one for one in found if document_is_shown(one, whole.limit)]

    def address(one: Document) -> str:
        return reverse("mijn:zaken:document", args=[connection, whole.case.zaak.id, one.id])

    def new(one: Document) -> str:
        return news(one.added, since) if document_is_news(one, whole.limit) else ""

    return [DocumentInWords(address(one), one.title, _facts(one), new(one)) for one in shown]


def _decision(one: Decision, against: Remedy) -> DecisionInWords:
    title = _("Bent u het er niet mee eens? U kunt bezwaar maken")
    if against.way is Way.APPEAL:
        title = _("Bent u het er niet mee eens? U kunt in beroep gaan")
    if against.over:
        title = _("De tijd om bezwaar te maken is voorbij")
        if against.way is Way.APPEAL:
            title = _("De tijd om in beroep te gaan is voorbij")
    assert one.sent
    objects = against.way is Way.OBJECTION and not against.over
    return DecisionInWords(
        id=one.id,
        number=one.number,
        kind=one.kind,
        sent=one.sent,
        starts=one.starts,
        ends=one.ends,
        title=title,
        says=_until(against),
        how=[] if against.over else _how(one, against.way),
        by_letter=objects,
        then=[_("Bezwaar maken kost niets. Bel ons eerst, als u wilt. Misschien is het zo op te lossen.")]
        if objects
        else [],
        for_calendar=against.until is not None and not against.over,
    )


def _until(against: Remedy) -> list[str]:
    if against.until is None:
        return [_("Tot wanneer dat kan, staat in de brief met het besluit.")]
    if against.over:
        return [
            _("Dat kon tot en met %(date)s.") % {"date": day(against.until)},
            _("Was u te laat en kon u daar niets aan doen? Bel ons. Wij kijken wat nog kan."),
        ]
    return [_("Dat kan tot en met %(date)s.") % {"date": day(against.until)}]


def _how(one: Decision, way: Way) -> list[str]:
    about = _("het nummer van het besluit (%(number)s)") % {"number": one.number} if one.number else ""
    about = about or _("over welk besluit het gaat")
    if way is Way.APPEAL:
        return [
            _("Ga naar de rechtbank. Welke rechtbank dat is, staat in de brief met het besluit."),
            _("Schrijf op: uw naam en adres, de datum, %(about)s en waarom u het er niet mee eens bent.")
            % {"about": about},
            _("Doe een kopie van het besluit erbij. De rechtbank vraagt geld voor een beroep."),
        ]
    return [
        _(
            "Schrijf een brief met uw naam en adres, de datum, %(about)s en waarom u het er niet mee "
            "eens bent."
        )
        % {"about": about},
        _("Zet uw handtekening onder de brief."),
    ]


def _facts(one: Document) -> str:
    whose = _("Aan ons gestuurd") if one.received else _("Van de gemeente")
    size = filesizeformat(one.size) if one.size is not None else ""
    facts = [day(one.received or one.made), whose, short_kind(one), size]
    return ", ".join(fact for fact in facts if fact)
