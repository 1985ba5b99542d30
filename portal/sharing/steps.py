"""What every page of a sharing under way has in common: whose it is, whether it is in time, where it stands.

Whoever is elsewhere in the flow (back button, second tab, reload) is brought to where the sharing is.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in

from . import acts
from .grants import NotYours
from .models import Disclosure, Sharing
from .purposes import Version
from .states import NotNow, State

Step = Callable[..., HttpResponse]

PAGES = {
    State.BEGUN: "sharing:choice",
    State.CHOSEN: "sharing:choice",
    State.AT_WALLET: "sharing:wallet",
    State.AT_REGISTER: "sharing:choice",
    State.AT_CODE: "sharing:check",
    State.PROVEN: "sharing:check",
    State.REFUSED: "sharing:refused",
}
NEEDS_PROOF = {State.AT_WALLET, State.AT_CODE, State.PROVEN}


def language() -> str:
    """The language of this page, without region."""
    return (get_language() or "nl").split("-")[0]


def step(view: Step) -> Step:
    """A page of a sharing under way: signed in, in the session that began it, in time, in the right order.

    Runs outside a transaction, since some steps ask someone outside; each piece of work opens its own.
    """

    @signed_in(for_another=Reach.SHARE)
    @wraps(view)
    def guarded(request: MijnRequest, sharing: UUID) -> HttpResponse:
        try:
            try:
                return view(request, sharing)
            except acts.TextReplaced:
                return _read_anew(sharing)
            except (NotNow, acts.NothingProven, acts.NotShown):
                return redirect(where_now(request, sharing))
        except NotYours:
            return render(request, "sharing/not_yours.html", status=404)
        except acts.NoLongerAsked:
            return _too_late(request, sharing, "sharing/no_longer_asked.html")
        except acts.TooLate:
            return _too_late(request, sharing, "sharing/too_late.html")

    return transaction.non_atomic_requests(guarded)


def at(request: MijnRequest, sharing: UUID) -> tuple[Sharing, Version, Disclosure | None]:
    """Where the sharing is. Raises NotYours, TooLate (also when what was proven is swept away already)."""
    with transaction.atomic():
        row = acts.own(request.resident_session, sharing)
        disclosure = Disclosure.objects.filter(sharing=row).first()
        if disclosure is None and row.state in NEEDS_PROOF:
            row = acts.own(request.resident_session, sharing, lock=True)  # or somebody just chose anew
            disclosure = Disclosure.objects.filter(sharing=row).first()
            if disclosure is None and row.state in NEEDS_PROOF:
                raise acts.TooLate
        return row, acts.as_offered(request.resident_session, acts.version_of(row)), disclosure


def where_now(request: MijnRequest, sharing: UUID) -> str:
    """The page that fits the state the sharing is in. Raises NotYours, TooLate."""
    row, _version, _disclosure = at(request, sharing)
    if row.state == State.AGREED:
        with transaction.atomic():
            return reverse("sharing:receipt", args=[acts.agreed(row).id])
    return reverse(PAGES[State(row.state)], args=[row.id])


def _read_anew(sharing: UUID) -> HttpResponse:
    """To the new text, which then asks; with what was begun, so that nothing is given twice."""
    with transaction.atomic():
        row = Sharing.objects.select_related("version__purpose").get(id=sharing)
    told = {"eerder": row.id} | ({"verzoek": row.request_id} if row.request_id else {})
    return redirect(f"{reverse('sharing:explain', args=[row.version.purpose.slug])}?{urlencode(told)}")


def _too_late(request: HttpRequest, sharing: UUID, page: str) -> HttpResponse:
    with transaction.atomic():
        row = Sharing.objects.select_related("version__purpose").get(id=sharing)
        Disclosure.objects.filter(sharing=row).delete()
        slug = row.version.purpose.slug
    return render(request, page, {"slug": slug}, status=410)
