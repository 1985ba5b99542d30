"""“Controleer zelf”: the resident's page of proof, and the same proof as a file to keep."""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.sharing.grants import NotYours
from portal.sharing.receipts.words import happened

from . import proof

IS_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@require_GET
@signed_in(for_another=Reach.LOOK)
def check(request: MijnRequest, grant: UUID) -> HttpResponse:
    """What the browser is going to prove, and what it proves it of; with another way where it cannot."""
    try:
        proven = proof.of(request.resident_session, grant)
    except NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    acts = [
        {"name": happened(act["handeling"], facts), **_by_team(facts), **act}
        for act in proven["handelingen"]
        for facts in [json.loads(act["tekst"])]
    ]
    context = {"grant": grant, "acts": acts, "proven": proven, "file_name": file_name(grant)}
    return render(request, "sharing/check_yourself.html", context)


def _by_team(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a leaf. Older ones name an employee: the page has the team instead, the file the leaf."""
    employee = str(facts.get("employee", ""))
    named = bool(employee) and not IS_ID.fullmatch(employee)
    team = {"employee": facts.get("team") or _("Een medewerker van de gemeente")} if named else {}
    return {"facts": {**facts, **team}.items(), "named": named}


@require_GET
@signed_in(for_another=Reach.LOOK)
def file(request: MijnRequest, grant: UUID) -> HttpResponse:
    """The proof as a file, for `docs/controleer.py`; the page's script reads it too."""
    try:
        proven = proof.of(request.resident_session, grant)
    except NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    answer = JsonResponse(proven, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{file_name(grant)}"'
    return answer


def file_name(grant: UUID) -> str:
    """As the browser keeps it, and as it is named to the program that checks it."""
    return f"logboekbewijs-{str(grant)[:8]}.json"
