"""Pages that need somebody signed in, at a level that is enough."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from .level import Level
from .mandates import Reach
from .sessions import Session

__all__ = ["MijnRequest", "Session", "answers_to", "only_themselves", "signed_in"]


class MijnRequest(HttpRequest):
    """A request of somebody who is signed in."""

    resident_session: Session


View = Callable[..., HttpResponse]
Fault = TypeVar("Fault", bound=Exception)


def signed_in(level: Level = Level.BASIS, *, for_another: Reach | None = None) -> Callable[[View], View]:
    """Lets only residents in; others go to the sign-in page and come back where they wanted to be.

    Who acts for somebody else gets in only where the page says how far their mandate must reach: a page that
    says nothing is closed to them. Who may only look sends nothing, whatever the page says.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            session: Session | None = getattr(request, "resident_session", None)
            if session is None:
                back = request.get_full_path() if request.method == "GET" else ""
                return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'naar': back})}")
            if session.level < level:
                return render(request, "accounts/level_too_low.html", {"needed": level}, status=403)
            looks = request.method in ("GET", "HEAD")
            needed = for_another if looks else for_another and Reach.SHARE
            if session.for_another and not (needed and session.reaches(needed)):
                return only_themselves(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def answers_to(
    fault: type[Fault], answer: Callable[[MijnRequest, Fault], HttpResponse]
) -> Callable[[View], View]:
    """What a page raises to say how it ends, such as that something is not this resident's."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MijnRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except fault as raised:
                return answer(request, raised)

        return guarded

    return decorate


def only_themselves(request: HttpRequest) -> HttpResponse:
    """What somebody who acts for another reads where a mandate does not reach, and whom to call."""
    return render(request, "accounts/only_themselves.html", status=403)
