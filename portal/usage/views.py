"""“Wie gebruikte mijn gegevens?” and a question about one use. POST, redirect, GET."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.limits import too_many
from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in

from . import questions, timeline
from .forms import QuestionForm, WhichForm

A_PAGE = 20
MOST_QUESTIONS = 20
"""A day; the officer's list must stay one that can be answered."""


@require_GET
@signed_in(for_another=Reach.LOOK)
def time_line(request: MijnRequest) -> HttpResponse:
    """The newest first, of all or of one purpose and time. Four queries, however many there are."""
    subject = request.resident_session.subject
    form = WhichForm(timeline.purposes_of(subject), request.GET)
    page = Paginator(timeline.of(subject, form.purpose, form.since), A_PAGE).get_page(
        request.GET.get("bladzijde")
    )
    context = {
        "form": form,
        "page": page,
        "uses": timeline.shown(list(page.object_list)),
        "chosen": bool(form.chosen),
        "kept": urlencode(form.chosen),
    }
    return render(request, "usage/timeline.html", context)


@require_http_methods(["GET", "POST"])
@signed_in()
def ask(request: MijnRequest, use: UUID) -> HttpResponse:
    """Ask the privacy officer about a use; a second time shows the question that is there."""
    subject = request.resident_session.subject
    try:
        about = questions.own_use(subject, use)
    except questions.NotYours:
        return render(request, "usage/not_yours.html", status=404)
    (shown,) = timeline.shown([about])
    if shown.question:
        return redirect("usage:question", shown.question)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    too_often = False
    if request.method == "POST" and form.is_valid():
        too_often = too_many("use-questions", str(subject), most=MOST_QUESTIONS, seconds=86_400)
        if not too_often:
            return redirect("usage:question", questions.ask(subject, use, form.cleaned_data["text"]))
    context = {"form": form, "use": shown, "too_often": too_often}
    status = 429 if too_often else 422 if form.errors else 200
    return render(request, "usage/ask.html", context, status=status)


@require_GET
@signed_in()
def question(request: MijnRequest, question: UUID) -> HttpResponse:
    """The receipt of a question, and its answer once it is there."""
    try:
        asked = questions.own(request.resident_session.subject, question)
    except questions.NotYours:
        return render(request, "usage/not_yours.html", status=404)
    (shown,) = timeline.shown([asked.use])
    return render(request, "usage/question.html", {"question": asked, "use": shown})
