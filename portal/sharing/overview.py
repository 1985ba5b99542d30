"""“Wat deel ik?”: what is shared now and what was, receipts, and stopping in two clicks."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, Session, only_themselves, signed_in
from portal.usage import timeline

from . import acts, asked, given, grants, purposes, requests
from .receipts import record, words
from .receipts.record import Document
from .steps import language

A_PAGE = 20  # uses below a receipt


@require_GET
@signed_in(for_another=Reach.LOOK)
def overview(request: MijnRequest) -> HttpResponse:
    """Everything the resident shares or shared, and what can be shared."""
    shares = given.given_by(request.resident_session, language())
    now = {one.version.slug for one in shares if one.active}
    session = request.resident_session
    offered = [
        one for one in purposes.offered(language()) if one.has_a_yes and acts.may_say_yes(session, one)
    ]
    context = {
        "asked": asked.among_tasks(request.resident_session.subject, language())
        + asked.to_choose_again(shares),
        "may_ask_again": "weer-vragen" in request.GET,
        "muted": [] if session.for_another else asked.muted_by(session),
        "active": [one for one in shares if one.active],
        "ended": [one for one in shares if not one.active],
        "by_law": given.used_by_law(request.resident_session, language()),
        "offered": [one for one in offered if one.slug not in now],
        "renewable": {one.slug for one in offered},
        "decides_on": {one.id for one in shares if acts.may_say_yes(session, one.version)},
    }
    return render(request, "sharing/overview.html", context)


@require_GET
@signed_in(for_another=Reach.LOOK)
def receipt(request: MijnRequest, grant: UUID) -> HttpResponse:
    """The receipt of a yes; it can be seen again at any time."""
    try:
        shown = given.one_given(request.resident_session, grant, language())
        receipts = record.own(request.resident_session, grant)
        uses = Paginator(given.uses_of(request.resident_session, grant), A_PAGE)
        page = uses.get_page(request.GET.get("bladzijde"))
        back = requests.way_back(request.resident_session, shown.request)
    except grants.NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    of_the_yes = _of_the_yes(receipts)
    context = {
        "given": shown,
        "receipt": of_the_yes,
        "earlier": _earlier(request.resident_session, of_the_yes),
        "person": words.person(request.resident_session),
        "receipts": receipts,
        "page": page,
        "uses": timeline.shown(page.object_list),
        "back": back,
        "may_stop": shown.active and acts.may_say_yes(request.resident_session, shown.version),
    }
    return render(request, "sharing/receipt.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(for_another=Reach.SHARE)
def stop(request: MijnRequest, grant: UUID) -> HttpResponse:
    """What is destroyed and what stays, before the last click; the click works at once and asks no reason.

    For another only what they could also give again for them.
    """
    try:
        shown = given.one_given(request.resident_session, grant, language())
        if not acts.may_say_yes(request.resident_session, shown.version):
            return only_themselves(request)
        if request.method == "POST":
            grants.withdraw(request.resident_session, grant)
            return redirect("sharing:stopped", grant)
    except grants.NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    if not shown.active:
        return redirect("sharing:stopped", grant)
    return render(request, "sharing/stop.html", {"given": shown})


@require_GET
@signed_in(for_another=Reach.LOOK)
def stopped(request: MijnRequest, grant: UUID) -> HttpResponse:
    """The receipt of stopping, or of the end that came by itself."""
    try:
        shown = given.one_given(request.resident_session, grant, language())
        receipts = record.own(request.resident_session, grant)
    except grants.NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    if shown.active:
        return redirect("sharing:stop", grant)
    context = {
        "given": shown,
        "receipt": _of_the_end(receipts),
        "person": words.person(request.resident_session),
        "receipts": receipts,
        "confirmed": record.consumer_confirmed(grant),
    }
    return render(request, "sharing/stopped.html", context)


def _earlier(session: Session, receipt: Document | None) -> UUID | None:
    """The yes that this one replaced, unless its term is over and it is gone."""
    if receipt is None or receipt.supersedes is None:
        return None
    try:
        return grants.own_grant(session, receipt.supersedes).id
    except grants.NotYours:
        return None


def _of_the_yes(receipts: list[Document]) -> Document | None:
    return next((one for one in receipts if not one.ends), None)


def _of_the_end(receipts: list[Document]) -> Document | None:
    return next((one for one in receipts if one.ends), None)
