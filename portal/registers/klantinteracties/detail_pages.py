"""The page of contact details, and changing all but the e-mail address. POST, redirect, GET."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in
from portal.notices.kinds import IN_WORDS, Kind

from .changing import Trouble, change_address, changed, just_changed, known_of, opened, trouble_with
from .forms import ChannelForm, PhoneForm, RemoveForm
from .pages import asked
from .records import AddressKind, Partij
from .writing import Change, prefer

POST = "post"
PLACES = {"e-mail": AddressKind.EMAIL, "telefoon": AddressKind.PHONE}
"""The kinds as they stand in a page's address."""


@transaction.non_atomic_requests
@require_GET
@signed_in()
def details(request: MijnRequest) -> HttpResponse:
    """All of it, each with a way to change it."""
    known, fault = known_of(request.resident_session)
    channel = _channel_of(known)
    context = {
        "fault": fault,
        "email": known.address(AddressKind.EMAIL) if known else None,
        "phone": known.address(AddressKind.PHONE) if known else None,
        "channel": channel,
        "channel_words": dict(_channels(known, every=True))[channel],
        "kinds": [words for kind, words in IN_WORDS.items() if kind is not Kind.CASE],
        "changed": just_changed(request),
    }
    return render(request, "klantinteracties/details.html", context, status=503 if fault else 200)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def phone(request: MijnRequest) -> HttpResponse:
    """A new telephone number; nothing is sent to it, since it may be one that takes no messages."""
    page = opened(request, AddressKind.PHONE, PhoneForm)
    form = page.form
    if page.typed and form.is_valid():
        change = Change(AddressKind.PHONE, form.cleaned_data["phone"], form.cleaned_data["was"])
        page.trouble = change_address(request.resident_session, change)
        if page.trouble is None:
            return changed(request.resident_session, "telefoon")
        if page.trouble.kind == "not_accepted":
            form.add_error("phone", _("Dit nummer klopt niet. Vul het zo in: 06 12 34 56 78"))
    return page.shown(request, "klantinteracties/phone.html")


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def remove(request: MijnRequest, what: str) -> HttpResponse:
    """Take an address away, after a second look."""
    if what not in PLACES:
        raise Http404
    page = opened(request, PLACES[what], RemoveForm)
    if page.typed and page.form.is_valid():
        gone = Change(PLACES[what], "", page.form.cleaned_data["was"])
        page.trouble = change_address(request.resident_session, gone)
        if page.trouble is None:
            return changed(request.resident_session, f"{what}-weg")
    return page.shown(request, "klantinteracties/remove.html", what=what)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def channel(request: MijnRequest) -> HttpResponse:
    """How to be told of one's cases: at one of the addresses, or by post."""
    known, fault = known_of(request.resident_session)
    typed = request.POST if request.method == "POST" else None
    form = ChannelForm(_channels(known), _channel_of(known), typed)
    trouble = Trouble("fault", fault) if fault else None
    if request.method == "POST" and not fault and form.is_valid():
        bsn, wanted = request.resident_session.bsn, form.cleaned_data["channel"]
        kind = None if wanted == POST else AddressKind(wanted)
        trouble = trouble_with(*asked(lambda caller: prefer(caller, bsn, kind)))
        if trouble is None:
            return changed(request.resident_session, "bericht")
    context = {"form": form, "trouble": trouble}
    status = trouble.status if trouble else 422 if form.errors else 200
    return render(request, "klantinteracties/channel.html", context, status=status)


def _channel_of(known: Partij | None) -> str:
    """What is preferred now; by post where nothing is, or something that Mijn does not show."""
    preferred = [one.kind for one in known.addresses if one.id == known.preferred] if known else []
    return next((kind for kind in preferred if kind in list(AddressKind)), POST)


def _channels(known: Partij | None, *, every: bool = False) -> list[tuple[str, str]]:
    """What can be chosen, with its words; without an address there is nothing to mail or to text."""
    words = {
        AddressKind.EMAIL.value: _("Per e-mail"),
        AddressKind.PHONE.value: _("Per telefoon"),
        POST: _("Per brief, met de post"),
    }
    there = [kind for kind in words if kind == POST or every or (known and known.address(kind))]
    return [(kind, words[kind]) for kind in there]
