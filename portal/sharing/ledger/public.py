"""What anybody may ask of a municipality's act log: its head, proofs and keys. Hashes and numbers only.

Under /api/v1/logboek/ and /.well-known/. The answers are in the words of the API; bad questions get a problem
(RFC 9457). What can never change any more may be cached for ever.
"""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.accounts.limits import too_many, visitor
from portal.municipalities import signing
from portal.sharing.models import LedgerEntry

from . import heads, nodes

MOST = 240  # questions of one visitor in a minute; a page that checks a receipt asks five
FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=5"
CHECKER = Path(__file__).resolve().parents[3] / "docs" / "controleer.py"
"""Beside the explanation of how it works; the image takes it along."""

Answer = tuple[dict[str, Any], str]
"""The content, and how it may be cached."""


class Refused(Exception):
    """The question has no answer; said as a problem."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(kind)
        self.status, self.kind, self.detail = status, kind, detail


def public(question: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """A view for anybody, within limits."""

    @csrf_exempt  # nothing is changed here; else a wrong method would look like a forged form
    @require_safe
    @wraps(question)
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            if too_many("logboek", visitor(request), most=MOST):
                raise Refused(429, "te-veel-vragen", "U vraagt te veel in korte tijd. Wacht een minuut.")
            content, caching = question(request, **arguments)
        except Refused as refused:
            return _problem(refused)
        answer = JsonResponse(content)
        answer["API-Version"] = "1.0.0"
        answer["Cache-Control"] = caching
        return answer

    return view


@public
def head(_request: HttpRequest) -> Answer:
    """GET logboek/kop: the newest signed head."""
    return heads.shown(_newest()), A_MOMENT


@public
def inclusion(request: HttpRequest, entry: str) -> Answer:
    """GET logboek/bewijs/{id of the entry, or its leaf in hex}: the proof that it is in the log.

    Of the size that was asked for with `grootte`, else of the newest signed head.
    """
    found = _entry(entry)
    newest = _newest().size
    size = _number(request, "grootte", default=newest)
    if not found.position < size <= newest:
        raise Refused(404, "niet-onder-deze-kop", "Dit blad staat (nog) niet onder een kop van deze grootte.")
    content = {
        "blad": bytes(found.leaf).hex(),
        "plaats": found.position,
        "grootte": size,
        "pad": [one.hex() for one in nodes.inclusion(found.position, size)],
    }
    return content, FOR_EVER if "grootte" in request.GET else A_MOMENT


@public
def consistency(request: HttpRequest) -> Answer:
    """GET logboek/consistentie?van=&tot=: the proof that the log only grew."""
    newest = _newest().size
    earlier, later = _number(request, "van"), _number(request, "tot", default=newest)
    if not 0 < earlier <= later <= newest:
        raise Refused(400, "geen-goede-vraag", f"Vraag van 1 of meer, tot {newest} of minder.")
    path = [one.hex() for one in nodes.consistency(earlier, later)]
    return {"van": earlier, "tot": later, "pad": path}, FOR_EVER if "tot" in request.GET else A_MOMENT


@public
def keys(_request: HttpRequest) -> Answer:
    """GET /.well-known/logboek-sleutels.json: every key that ever signed, as a JWK set (RFC 8037)."""
    return signing.key_set(), "public, max-age=300"


@require_safe
def checker(_request: HttpRequest) -> HttpResponse:
    """GET logboek/controleer.py: the program that checks a proof without this site."""
    answer = HttpResponse(CHECKER.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="controleer.py"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _newest() -> Any:
    newest = heads.published()
    if newest is None:
        raise Refused(404, "nog-geen-kop", "Er is nog geen getekende kop van dit logboek.")
    return newest


def _entry(named: str) -> LedgerEntry:
    if re.fullmatch(r"[0-9a-f]{64}", named):
        found = LedgerEntry.objects.filter(leaf=bytes.fromhex(named)).first()
    else:
        try:
            found = LedgerEntry.objects.filter(id=UUID(named)).first()
        except ValueError:
            raise Refused(400, "geen-goede-vraag", "Noem een id, of een blad van 64 tekens hex.") from None
    if found is None:
        raise Refused(404, "onbekend", "Dit blad staat niet in het logboek.")
    return found


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    given = request.GET.get(name)
    if given is None and default is not None:
        return default
    if not re.fullmatch(r"[0-9]{1,15}", given or "", re.ASCII):
        raise Refused(400, "geen-goede-vraag", f"“{name}” moet een getal zijn.")
    return int(given or "")


def _problem(refused: Refused) -> HttpResponse:
    body = {
        "type": f"urn:problem:{refused.kind}",
        "title": refused.kind,
        "status": refused.status,
        "detail": refused.detail,
    }
    answer = JsonResponse(body, status=refused.status, content_type="application/problem+json")
    answer["API-Version"] = "1.0.0"
    answer["Cache-Control"] = "no-store"
    if refused.status == 429:
        answer["Retry-After"] = "60"
    return answer
