"""What every page of an own application needs: who is sure enough, and whose it is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.level import Level
from portal.accounts.required import MijnRequest, View, answers_to

from .own import NotADraft, NotYours

NEEDED = Level.MIDDEN


def own_only(view: View) -> View:
    """What is not this resident's is not there; what was sent cannot be filled in any more."""
    return answers_to(NotYours, _not_yours)(answers_to(NotADraft, _sent)(view))


def _not_yours(request: MijnRequest, _fault: NotYours) -> HttpResponse:
    return render(request, "applications/not_yours.html", status=404)


def _sent(_request: MijnRequest, sent: NotADraft) -> HttpResponse:
    return redirect("applications:receipt", sent.application)
