"""How long a session still is, the warning before its end, and staying."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from . import sessions, sign_in
from .required import Session

WARNED = 120  # seconds before the end


@require_GET
def session_state(request: HttpRequest) -> HttpResponse:
    """How many seconds are left, for the script; asking does not count as being there."""
    session = _session(request)
    if session is None:
        return JsonResponse({"seconds": 0, "can_stay": False})
    return JsonResponse({"seconds": _seconds_left(session), "can_stay": _can_stay(session)})


@require_http_methods(["GET", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """The warning for who has no script, and the button to stay."""
    session = _session(request)
    by_script = request.headers.get("X-Automatic") == "1"
    if session is None:
        if by_script:
            return HttpResponse(status=401)
        return redirect(f"{reverse('accounts:signed_out')}?idle=1")
    wanted = sign_in.safe_path(request.POST.get("naar") or request.GET.get("naar", ""))
    if request.method == "POST":
        sessions.keep_alive(session)
        return HttpResponse(status=204) if by_script else redirect(wanted)
    left = _seconds_left(session)
    page = {"naar": wanted, "can_stay": _can_stay(session), "over_after": left + 2}
    return render(request, "accounts/stay.html", page)


def warning_after(request: HttpRequest) -> dict[str, object]:
    """For the frame: when a page without script must go to the warning, two minutes before the end."""
    session: Session | None = getattr(request, "resident_session", None)
    if session is None:
        return {}
    left = _seconds_left(session)
    return {"stay_after": left - WARNED if left > WARNED else left + 2, "stay_url": reverse("accounts:stay")}


def _session(request: HttpRequest) -> Session | None:
    session: Session | None = request.resident_session  # type: ignore[attr-defined]
    return session


def _seconds_left(session: Session) -> int:
    return max(0, int((session.idle_ends_at - timezone.now()).total_seconds()))


def _can_stay(session: Session) -> bool:
    """Nobody stays longer than two hours, whatever they do."""
    return session.idle_ends_at < session.ends_at
