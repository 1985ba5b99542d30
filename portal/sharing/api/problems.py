"""Problems and headers of every answer under /api/, whoever made the answer."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

VERSION = "1.0.0"
KIND = "application/problem+json"

WORDS = {
    400: ("ongeldig-verzoek", "Dit verzoek is niet goed gevormd."),
    401: ("niet-bekend", "Wij kunnen niet vaststellen wie dit vraagt."),
    403: ("niet-toegestaan", "Dit mag niet."),
    404: ("onbekend", "Dit kennen wij niet."),
    405: ("methode-niet-toegestaan", "Dit adres kent deze methode niet."),
    413: ("te-groot", "Dit verzoek is te groot."),
    415: ("mediatype-niet-ondersteund", "Dit adres leest dit mediatype niet."),
    429: ("te-vaak", "Dit wordt te vaak gevraagd. Probeer het later opnieuw."),
    500: ("fout-bij-ons", "Er ging bij ons iets mis."),
    503: ("nu-niet", "Dit kan nu niet. Probeer het later opnieuw."),
}
"""What is said when nothing better is known."""


def problem(status: int, kind: str = "", detail: str = "", *, wait: int = 60) -> HttpResponse:
    """A problem with members that the API rules allow, and no other; `wait`: seconds until one may try again.

    Without `instance`: then what is another's and what never was get the same answer, byte for byte.
    """
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    name = kind or title
    body = {"type": f"urn:problem:{name}", "title": name, "status": status, "detail": detail or words}
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=KIND)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        answer["Retry-After"] = str(wait)
    return answer


def answers_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Under /api/: the version on each answer, nothing stored by default, and every fault a problem."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if not request.path_info.startswith("/api/"):
            return answer
        if answer.status_code >= 400 and not _speaks_json(answer):
            allow = answer.get("Allow")
            answer = problem(answer.status_code)
            if allow:
                answer["Allow"] = allow
        answer["API-Version"] = VERSION
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return middleware


def _speaks_json(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "").startswith(("application/json", KIND))
