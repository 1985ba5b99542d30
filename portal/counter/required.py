"""Pages of the counter: for an employee with one team, in whose municipality all of it happens."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override

from portal.municipalities.acting import acting_for, current_id
from portal.sharing.grants import NotYours

from .frame import frame_of
from .team import Worker, worker_of

View = Callable[..., HttpResponse]


class CounterRequest(HttpRequest):
    """A request of an employee at work."""

    worker: Worker


def at_counter(may: str = "") -> Callable[[View], View]:
    """Lets only employees in, of a team that `may` do this; asked anew each time.

    Runs outside a transaction, since some pages ask a register; each piece of work opens its own.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: UUID, **kwargs: UUID) -> HttpResponse:
            if not request.user.is_authenticated:
                back = urlencode({"next": request.path}) if request.method == "GET" else ""
                return redirect(f"{reverse('counter:sign_in')}?{back}")
            worker = worker_of(request.user)
            if worker is None:
                return page(request, "no_team", status=403)
            request.worker = worker  # type: ignore[attr-defined]
            with acting_for(worker.municipality), override(settings.LANGUAGE_CODE):
                if may and not getattr(worker, may):
                    return page(request, "not_allowed", status=403)
                try:
                    return view(request, *args, **kwargs)
                except NotYours:
                    return page(request, "not_yours", status=404)
                except Http404:
                    return page(request, "not_found", status=404)

        return transaction.non_atomic_requests(guarded)

    return decorate


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page in the frame of the employee's municipality; read from the database in a transaction."""
    # An error page comes after the view, when nobody is in force any more: it wears the neutral look.
    worker: Worker | None = getattr(request, "worker", None) if current_id() else None
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        known = {"frame": frame_of(request, worker), "worker": worker, **(context or {})}
        answer = render(request, f"counter/{name}.html", known, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
