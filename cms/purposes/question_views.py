"""A privacy officer answers what residents asked about a use of their data.

The officer reads which use it is about and what was asked, and learns nobody's name or number: a number that
a resident typed all the same is left out.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.municipalities.bsn import holds_one, left_out
from portal.sharing.models import Consumer
from portal.usage import questions
from portal.usage.models import Basis
from portal.usage.questions import LONGEST_ANSWER, Question

from .places import guarding


class AnswerForm(forms.Form):
    """What the resident reads."""

    answer = forms.CharField(
        label=gettext_lazy("Uw antwoord aan de inwoner"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy(
            "Schrijf wie keek, en waarom. Noem een team, geen naam van een medewerker. "
            "De inwoner krijgt bericht dat het antwoord klaarstaat."
        ),
    )

    def clean_answer(self) -> str:
        """The number of nobody is written down here."""
        text = str(self.cleaned_data["answer"])
        if holds_one(text):
            raise forms.ValidationError(_("Hier staat een burgerservicenummer in. Haal dat weg."))
        return text


@never_cache
@require_GET
def open_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, the first to be answered first, and what was answered."""
    with guarding(request, slug) as place:
        context = {
            "place": place,
            "number": questions.number_open(),
            "waiting": [_shown(one) for one in questions.open_questions()],
            "answered": [_shown(one) for one in questions.answered_lately()],
        }
        return render(request, "cms/purposes/questions.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, question: UUID) -> HttpResponse:
    """One question with the use it is about; POST answers it, once."""
    with guarding(request, slug) as place:
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                questions.answer(question, form.cleaned_data["answer"], place.me.name)
            except questions.NotOpen:
                messages.error(request, _("Deze vraag was al beantwoord. Er is niets veranderd."))
                return redirect("cms_purposes_question", slug, question)
            messages.success(request, _("Verstuurd. De inwoner krijgt bericht en leest uw antwoord in Mijn."))
            return redirect("cms_purposes_questions", slug)
        try:
            asked = questions.for_officer(question)
        except questions.NotOpen:
            raise Http404 from None
        context = {"place": place, "question": _shown(asked), "form": form, "system": _system(asked)}
        return render(request, "cms/purposes/question.html", context)


def _shown(asked: Question) -> dict[str, Any]:
    """As an officer reads it, without a number of anybody in the text."""
    return {
        "id": asked.id,
        "number": asked.number,
        "use": asked.use,
        "what": asked.use.labels or asked.use.what,
        "by_yes": asked.use.basis == Basis.GRANT,
        "text": left_out(asked.text, _("[nummer weggelaten]")),
        "asked": asked.asked,
        "answer_by": asked.answer_by,
        "days": asked.days,
        "late": asked.late,
        "answer": asked.answer,
        "answered": asked.answered,
        "answered_by": asked.answered_by,
    }


def _system(asked: Question) -> str:
    """The system that read, by the name it has here; empty for what no system read."""
    if asked.use.consumer_id is None:
        return ""
    names = Consumer.objects.filter(id=asked.use.consumer_id).values_list("name", flat=True)
    return names.first() or ""
