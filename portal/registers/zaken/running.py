"""A resident's own running cases of one kind, for the page of a product on the site.

That page is stored and the same for everyone, so its script asks for this apart. It counts as nothing the
resident did. Who is not signed in gets nothing, and no register is asked.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from portal.accounts.middleware import is_automatic
from portal.accounts.required import Session
from portal.municipalities.connections import connections

from ..answers import Found
from ..gather import ask_each
from .listing import Row, merged
from .plain_words import plain_words
from .section import ask_all
from .words import card_in_words

MOST = 3


@transaction.non_atomic_requests
@require_GET
def running(request: HttpRequest) -> HttpResponse:
    """Cards of those cases; 204 where there is nothing to show, or nobody to show it to."""
    session: Session | None = getattr(request, "resident_session", None)
    if session is None or session.for_another:
        return HttpResponse(status=204)
    if not is_automatic(request):
        return redirect("mijn:zaken:cases")
    kind = request.GET.get("soort", "")[:80]
    with transaction.atomic():
        systems, known = connections("zaken"), plain_words()
    answers = ask_each([ask_all(one, session.bsn) for one in systems])
    rows = [
        Row(system, case)
        for system, answer in zip(systems, answers, strict=True)
        if isinstance(answer, Found)
        for case in answer.value.cases
        if case.zaaktype.identification == kind and case.zaak.ended is None
    ]
    cards = [card_in_words(entry.rows[0], known=known) for entry in merged(rows)][:MOST]
    return render(request, "zaken/running.html", {"cards": cards}) if cards else HttpResponse(status=204)
