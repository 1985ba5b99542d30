"""The overview of Mijn: what is known comes at once, what registers tell follows in the same answer."""

from collections.abc import Sequence

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.middleware import is_automatic
from portal.accounts.required import MijnRequest, signed_in
from portal.applications.arrange import to_arrange
from portal.registers.earlier import Memory
from portal.registers.gather import ask_each, gather
from portal.registers.streamed import MARK, Turn, in_pieces
from portal.sharing.asked import among_tasks, to_choose_again
from portal.sharing.given import given_by

from .frame import frame_of
from .overview import BUDGET, Drawing, Part, parts_of, questions, told

MOST_ASKED = 3  # questions on the overview; the rest is behind the link


@require_GET
@signed_in(for_another=Reach.LOOK)  # type: ignore[arg-type]  # a streamed answer is an answer too
def overview(request: MijnRequest) -> HttpResponseBase:
    """Everything that is read from the database is read here, before the first byte; the rest is streamed."""
    parts = parts_of(request.resident_session)
    frame_of(request).sections = [part.section for part in parts]
    drawing = _drawing(request)
    return in_pieces(
        ask=lambda: gather(questions(parts), BUDGET),
        around=lambda: _shell(request, parts),
        tell=lambda asking: told(parts, asking, drawing),
        memory=drawing.memory,
    )


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def part(request: MijnRequest, kind: str) -> HttpResponse:
    """One part of the overview, for the script that asks again for what did not come."""
    if not is_automatic(request):
        return redirect("mijn:overview")
    with transaction.atomic():
        found = [one for one in parts_of(request.resident_session) if one.section.kind == kind]
        drawing = _drawing(request)
    if not found:
        raise Http404
    asked = [question for _connection, question in found[0].asked]
    for (connection, _question), answer in zip(found[0].asked, ask_each(asked, BUDGET), strict=True):
        if answer is not None:
            found[0].answers[str(connection.id)] = answer
    drawn = drawing.draw(found[0])
    drawing.memory.write()
    return HttpResponse(drawn)


def _drawing(request: MijnRequest) -> Drawing:
    return Drawing(
        turn=Turn.now(),
        contact=frame_of(request).contact,
        again_url=reverse("mijn:overview"),
        memory=Memory(request.resident_session),
        since=request.resident_session.previous_visit,
    )


def _shell(request: MijnRequest, parts: Sequence[Part]) -> str:
    language = get_language() or "nl"
    session = request.resident_session
    given = [one for one in given_by(session, language) if one.active]
    asked = among_tasks(session.subject, language) + to_choose_again(given)
    known = [connection for part in parts for connection, _question in part.asked]
    context = {
        "parts": [part.section for part in parts],
        "given": given,
        "asked": asked[:MOST_ASKED],
        "more": max(0, len(asked) - MOST_ASKED),
        "mark": MARK,
        "arrange": []
        if request.resident_session.for_another
        else [*to_arrange(known), *frame_of(request).menu],
    }
    return render_to_string("mijn/overview.html", context, request)
