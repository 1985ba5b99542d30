"""What a resident reads before anything begins: the explanation, the no to it, or that it is over."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, Session, signed_in

from . import acts, carried, purposes, requests
from .asked import until
from .forms import ChoiceForm
from .grants import NotYours
from .models import Request, Sharing
from .register import activities_of
from .states import Answer, NotNow
from .steps import language
from .views import give
from .ways import again, has_a_choice
from .word_of_now import without_word_of_now


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in(for_another=Reach.LOOK)
def explain(request: MijnRequest, slug: str) -> HttpResponse:
    """Who asks, what, what for, how long, what happens on no; nothing is asked of a wallet yet.

    Going on carries which text was read: when a newer one was published meanwhile, that one is shown first.
    Who was further already (`eerder`) comes back here, reads it, and does not prove again what still fits.
    Where a law is the ground there is nothing to answer: the page explains the law and the right that fits.
    """
    goes_on = request.method == "POST" and request.POST.get("answer") != "no"
    if goes_on and (stopped := without_word_of_now(request)):
        return stopped
    with transaction.atomic():
        version = purposes.newest(slug, language())
        if version is None:
            return _no_longer_offered(request, slug)
        if not version.has_a_yes:
            return render(request, "sharing/law.html", {"version": version, **_title_in(version)})
        if not acts.may_say_yes(request.resident_session, version):
            return render(request, "sharing/not_for_another.html", {"version": version}, status=403)
        version = acts.as_offered(request.resident_session, version)
        earlier = _number(request.GET.get("eerder", ""))
        if request.method == "POST" and request.POST.get("answer") == "no":
            _refuse(request.resident_session, earlier)
            return _no(slug, _asked(request.resident_session, version, request.POST.get("asked", "")))
        number = request.GET.get("verzoek", "")
        if request.method == "GET" and (over := _over(request.resident_session, number)):
            return redirect("sharing:asked", over)
        asked = _asked(request.resident_session, version, number)
        asked = asked or requests.open_about(request.resident_session.subject, slug)
        read = request.POST.get("read") == version.content_hash and version.can_be_given_in_mijn
        if request.method != "POST" or not read:
            return _explanation(request, version, asked)
        begun = acts.begin(request.resident_session, version, asked)
        if earlier and carried.carry(request.resident_session, earlier, begun):
            return redirect("sharing:check", begun.id)
        already = acts.shares_already(request.resident_session, slug)
        known = acts.known_again(already, begun.version)
    return _first_step(request, begun, version, known)


@require_GET
@signed_in(for_another=Reach.LOOK)
def nothing_shared(request: MijnRequest, slug: str) -> HttpResponse:
    """The no before anything began: what happens now, and the other way."""
    version = purposes.newest(slug, language())
    if version is None:
        return _no_longer_offered(request, slug)
    session, question = request.resident_session, _number(request.GET.get("verzoek", ""))
    context = {
        "version": version,
        "already": acts.shares_already(session, slug),
        "back": requests.way_back(session, question),
        "was_asked": question is not None,
    }
    return render(request, "sharing/refused.html", context)


def _explanation(request: MijnRequest, version: purposes.Version, asked: Request | None) -> HttpResponse:
    if asked:
        requests.presented(asked)
    changed = request.method == "POST" or "eerder" in request.GET
    already = acts.shares_already(request.resident_session, version.slug)
    ends = requests.asked_end(asked, version, timezone.now())
    context = {"version": version, "changed": changed, "already": already, "asked": asked, "ends": ends}
    context |= _title_in(version) | {"asked_until": until(asked.expires) if asked else ""}
    return render(request, "sharing/explain.html", context, status=409 if request.method == "POST" else 200)


def _title_in(version: purposes.Version) -> dict[str, str]:
    """For the frame: the page is called as the purpose is, which may not be there in the page's language."""
    return {"other_language": version.language} if version.language != language() else {}


def _refuse(session: Session, earlier: UUID | None) -> None:
    """The no to a text that was replaced meanwhile is also one to what was proven for the text before it."""
    if earlier:
        with suppress(NotYours, NotNow, acts.TooLate):
            acts.refuse(session, earlier)


def _no(slug: str, asked: Request | None) -> HttpResponse:
    requests.answer(asked.id if asked else None, Answer.REJECT)
    address = reverse("sharing:nothing_shared", args=[slug])
    return redirect(f"{address}?verzoek={asked.id}" if asked else address)


def _first_step(
    request: MijnRequest, begun: Sharing, version: purposes.Version, earlier: Sequence[str] | None
) -> HttpResponse:
    """The choice; or at once the only way, where there is nothing to choose."""
    if has_a_choice(version, again=again(version, earlier)):
        return redirect("sharing:choice", begun.id)
    form = ChoiceForm(version, {}, on_phone=False, earlier=earlier)
    form.full_clean()
    return give(request, begun, version, form)


def _no_longer_offered(request: MijnRequest, slug: str) -> HttpResponse:
    """Taken back or offered no more: since when, why, and what now. Raises Http404 for what never was."""
    newest = next(iter(activities_of(slug, language())), None)
    if newest is None:
        raise Http404
    return render(request, "sharing/no_longer_offered.html", {"activity": newest}, status=410)


def _asked(session: Session, version: purposes.Version, request: str) -> Request | None:
    """The open question of this id, if it is about this purpose; None for one that is over."""
    number = _number(request)
    if number is None:
        return None
    return requests.open_for(session).filter(id=number, version__purpose__slug=version.slug).first()


def _over(session: Session, request: str) -> UUID | None:
    """An own question that can be answered no more: its own page says what became of it."""
    number = _number(request)
    if number is None:
        return None
    own = Request.objects.filter(id=number, subject_id=session.subject)
    return own.exclude(id__in=requests.open_for(session).values("id")).values_list("id", flat=True).first()


def _number(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
