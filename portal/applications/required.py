"""What every page of an own application needs: who is sure enough, and whose it is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.level import Level
from portal.accounts.required import MijnRequest

from .own import NotADraft, NotYours

NEEDED = Level.MIDDEN
P = ParamSpec("P")


def own_only(
    view: Callable[Concatenate[MijnRequest, P], HttpResponse],
) -> Callable[Concatenate[MijnRequest, P], HttpResponse]:
    """What is not this resident's is not there; what was sent cannot be filled in any more."""

    @wraps(view)
    def guarded(request: MijnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours:
            return render(request, "applications/not_yours.html", status=404)
        except NotADraft as sent:
            return redirect("applications:receipt", sent.application)

    return guarded
