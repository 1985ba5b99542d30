"""What professionals ask a resident: the open questions, each on a page of its own, and asking no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, Session, signed_in
from portal.municipalities.acting import current_municipality
from portal.registers.asked_beside import AlsoAsked

from . import acts, grants, requests
from .given import Given
from .grants import Standing
from .models import Consumer, Muted, Request
from .purposes import Version
from .purposes import read as read_version
from .steps import language


@dataclass(frozen=True, slots=True)
class Asked:
    """A professional's question as its resident sees it."""

    id: UUID
    version: Version
    who: str
    """The team or organisation that asks."""
    consumer: UUID
    zaak: str
    created: datetime
    deadline: str
    is_open: bool
    became: str
    """Where it stands, of `RequestState`."""

    @property
    def number(self) -> str:
        """Its id as text, for an address."""
        return str(self.id)


def among_tasks(subject: UUID, language: str) -> list[AlsoAsked]:
    """What may still be answered, oldest first; nothing of who the resident muted. One query."""
    return [_to_answer(row, language) for row in requests.open_to(subject)]


def among_all_tasks(subject: UUID) -> list[AlsoAsked]:
    """Both kinds, in the language of the page; for the page of all tasks. Two queries."""
    at, shared = timezone.now(), grants.rows().filter(subject_id=subject, values__isnull=False)
    outdated = [one for one in shared if grants.standing(one, at) is Standing.OUTDATED]
    again = [_to_choose(read_version(one.version, language())) for one in outdated]
    return among_tasks(subject, language()) + again


def to_choose_again(shared: Sequence[Given]) -> list[AlsoAsked]:
    """Of what the resident shares, what they are asked to choose anew. No query."""
    return [_to_choose(one.version) for one in shared if one.standing is Standing.OUTDATED]


def muted_by(session: Session) -> Sequence[Consumer]:
    """Who may ask this resident no more."""
    muted = Muted.objects.filter(subject_id=session.subject).values("consumer_id")
    return list(Consumer.objects.filter(id__in=muted).order_by("name"))


@require_GET
@signed_in(for_another=Reach.LOOK)
def asked(request: MijnRequest, question: UUID) -> HttpResponse:
    """One question; also where a professional's system sends the resident.

    An open one now counts as seen, by who may answer it.
    """
    session = request.resident_session
    rows = Request.objects.select_related("version__purpose", "consumer")
    row = rows.filter(id=question, subject_id=session.subject).first()
    if row is None:
        return render(request, "sharing/not_yours.html", status=404)
    is_open = requests.open_for(session).filter(id=question).exists()
    shown = _asked(row, language(), is_open=is_open)
    may_answer = acts.may_say_yes(session, shown.version)
    if is_open and may_answer:
        requests.presented(row)
    muted = Muted.objects.filter(subject_id=session.subject, consumer=row.consumer).exists()
    context = {
        "question": shown,
        "muted": muted,
        "may_answer": may_answer,
        "back": None if is_open else requests.way_back(session, row.id),
    }
    return render(request, "sharing/asked.html", context)


@require_POST
@signed_in()
def mute(request: MijnRequest, question: UUID) -> HttpResponse:
    """“Ik wil geen vragen meer van dit team”: none of this consumer is shown any more. It is not told."""
    session = request.resident_session
    row = Request.objects.filter(id=question, subject_id=session.subject).first()
    if row is None:
        return render(request, "sharing/not_yours.html", status=404)
    Muted.objects.get_or_create(
        subject_id=session.subject,
        consumer_id=row.consumer_id,
        defaults={"municipality": current_municipality(), "since": timezone.now()},
    )
    return redirect("sharing:asked", question)


@require_POST
@signed_in()
def unmute(request: MijnRequest, consumer: UUID) -> HttpResponse:
    """They may ask again; what they asked meanwhile and still stands is shown."""
    Muted.objects.filter(subject_id=request.resident_session.subject, consumer_id=consumer).delete()
    return redirect(f"{reverse('sharing:overview')}?weer-vragen=1")


def until(expires: datetime) -> str:
    """The end of a question in words: a whole day, or the moment where the consumer gave one."""
    last = localtime(expires - timedelta(microseconds=1))
    if last.date() != localtime(expires).date():
        return _("tot en met %(day)s") % {"day": date_format(last, "j F Y")}
    return _("tot %(moment)s uur") % {"moment": date_format(localtime(expires), "j F Y, H:i")}


def _to_answer(row: Request, language: str) -> AlsoAsked:
    version = read_version(row.version, language)
    return AlsoAsked(
        title=_("%(who)s vraagt u iets te delen") % {"who": row.consumer.name},
        url=reverse("sharing:asked", args=[row.id]),
        about=version.title,
        language=version.language,
        deadline=_("U kunt antwoorden %(until)s. Het hoeft niet.") % {"until": until(row.expires)},
        came=row.created,
    )


def _to_choose(version: Version) -> AlsoAsked:
    return AlsoAsked(
        title=_("Kies opnieuw wat u deelt"),
        url=reverse("sharing:explain", args=[version.slug]),
        about=version.title,
        language=version.language,
        deadline=_("Er is geen laatste dag. Tot u kiest, leest niemand wat u gaf."),
    )


def _asked(row: Request, language: str, *, is_open: bool) -> Asked:
    return Asked(
        id=row.id,
        version=read_version(row.version, language),
        who=row.consumer.name,
        consumer=row.consumer_id,
        zaak=row.zaak,
        created=row.created,
        deadline=until(row.expires),
        is_open=is_open,
        became=row.state,
    )
