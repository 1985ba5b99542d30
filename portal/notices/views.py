"""“Mails en brieven aan u”: what the resident was told, when, by which way, and whether it arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in

from .kinds import IN_WORDS, NOT_BY_POST, Kind
from .models import Letter, Notice, State

A_PAGE = 20
ON_PAPER = (State.BY_LETTER, State.BOUNCED, State.DEAD)
"""A letter goes, unless there was nowhere to send it."""
SHARING = ("sharing:overview", gettext_lazy("Naar Wat deel ik?"))
USES = ("usage:timeline", gettext_lazy("Naar wie uw gegevens gebruikte"))
PLACES: Mapping[Kind, tuple[str, Promise]] = {
    Kind.CASE: ("mijn:zaken:cases", gettext_lazy("Naar uw zaken")),
    Kind.OVERVIEW: USES,
    Kind.INSIGHT: USES,
    Kind.ANSWER: USES,
}
"""Every other kind is about what is shared."""


@dataclass(frozen=True, slots=True)
class ToYou:
    """One notice as its resident sees it."""

    kind: str | Promise
    when: datetime
    answer_by: date | None
    stands: str
    """By which way, and whether it arrived."""
    trouble: bool
    place: str
    """Where in Mijn it stands; a notice knows its kind and no more."""
    place_words: str | Promise


@require_GET
@signed_in()
def to_you(request: MijnRequest) -> HttpResponse:
    """The newest first. Three queries, however many there are."""
    rows = _of(request.resident_session.subject)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"page": page, "notices": _shown(page)}
    return render(request, "notices/to_you.html", context)


def _of(subject: UUID) -> QuerySet[Notice]:
    """What was told; what is for later is not told yet."""
    later = Q(state=State.QUEUED, due__gt=timezone.now(), attempts=0)
    return Notice.objects.filter(subject_id=subject).exclude(later).order_by("-due", "id")


def _shown(page: Page[Notice]) -> list[ToYou]:
    notices = list(page.object_list)
    posted = Letter.objects.filter(notice__in=[one.id for one in notices]).order_by("queued")
    letters = {one.notice_id: one for one in posted}
    return [
        ToYou(
            kind=IN_WORDS[Kind(one.kind)],
            when=one.sent or one.made,
            answer_by=one.answer_by,
            stands=_stands(one, letters.get(one.id)),
            trouble=one.state in (State.BOUNCED, State.DEAD),
            place=reverse(place),
            place_words=place_words,
        )
        for one in notices
        for place, place_words in [PLACES.get(Kind(one.kind), SHARING)]
    ]


def _stands(notice: Notice, letter: Letter | None) -> str:
    no_letter = "" if notice.kind in NOT_BY_POST else _("Er is geen brief verstuurd.")
    on_paper = _of_letter(letter) if letter else no_letter if notice.state in ON_PAPER else ""
    words = {
        State.QUEUED: _("Dit bericht gaat zo weg."),
        State.SENT: _("Per e-mail verstuurd op %(when)s.") % {"when": _moment(notice.sent)},
        State.BOUNCED: _("De e-mail kwam terug op %(when)s. Klopt uw e-mailadres nog?")
        % {"when": _moment(notice.came_back)},
        State.DEAD: _("De e-mail kon niet weg."),
        State.BY_LETTER: "",
    }
    return " ".join(filter(None, (words[State(notice.state)], on_paper)))


def _of_letter(letter: Letter) -> str:
    if letter.sent:
        return _("De brief is op de post gedaan op %(when)s.") % {"when": _moment(letter.sent)}
    if letter.handed_over:
        return _("De brief wordt nu geprint.")
    return _("U krijgt een brief.")


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "j F Y, H:i") if at else ""
