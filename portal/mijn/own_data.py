"""A resident's own data as a file: everything that the page shows, asked anew, as JSON or as tagged PDF.

Nothing of it is stored. What did not come is in it by name. What a session fetched earlier is not in it:
a file outlives the session.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.limits import too_many
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from portal.registers.forms import TakeAlongForm
from portal.registers.own_data import Group
from portal.registers.own_page import OwnPage, Told
from portal.sharing.receipts.pdf import typeset
from themes.compiled import paper

HERE = Path(__file__).parent
KINDS = {"json": "application/json", "pdf": "application/pdf"}
MOST = 10  # files an hour; each asks all registers, and a PDF is work
PIECE = 65_536  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """One part of the file."""

    title: str
    at: datetime
    groups: Sequence[Group]
    missing: str
    """Why it is not there; empty where it is."""
    note: str
    """What else a reader must know."""


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()  # type: ignore[arg-type]  # a streamed answer is an answer too
def own_data_file(request: MijnRequest) -> HttpResponseBase:
    """Only a click makes it: no link, history or other tab does."""
    kind, form = request.POST.get("soort", ""), TakeAlongForm(request.POST)
    if request.method == "GET" or kind not in KINDS:
        return redirect("mijn:brp:own_data")
    session = request.resident_session
    if too_many("own data as a file", str(session.subject), most=MOST, seconds=3600):
        return render(request, "mijn/too_many_files.html", status=429)
    with transaction.atomic():
        page = OwnPage(session.bsn, None)
    with_address = form.is_valid() and form.cleaned_data["with_address"]
    found = sources(page.ask(), with_address=with_address)
    with transaction.atomic():
        content = as_json(found) if kind == "json" else as_pdf(found)
    answer = StreamingHttpResponse(_pieces(content), content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(kind)}"'
    answer["Content-Length"] = str(len(content))
    return answer


def sources(told: Sequence[Told], *, with_address: bool) -> list[Source]:
    """What the file says of each register, in the order of the page."""
    return [_source(one, with_address=with_address) for one in told]


def file_name(kind: str) -> str:
    """Says whose it is only as far as that it is of the reader."""
    return f"mijn-gegevens-{timezone.localdate():%Y-%m-%d}.{kind}"


def as_json(found: Sequence[Source]) -> bytes:
    """For computers."""
    document = {
        "titel": _("Uw gegevens"),
        "gemeente": current_municipality().name,
        "gemaakt_op": timezone.localtime().isoformat(timespec="seconds"),
        "taal": get_language() or "nl",
        "bronnen": [
            {
                "onderdeel": one.title,
                "opgehaald": not one.missing,
                "opgehaald_op": None if one.missing else _moment(one.at).isoformat(timespec="seconds"),
                "opmerking": one.missing or one.note or None,
                "gegevens": [
                    {
                        "groep": group.title or None,
                        "naam": fact.label,
                        "waarde": fact.value,
                        "bron": fact.source,
                        "in_onderzoek": fact.in_doubt,
                    }
                    for group in one.groups
                    for fact in group.facts
                ],
            }
            for one in found
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def as_pdf(found: Sequence[Source]) -> bytes:
    """Accessible (PDF/UA-1) and made to be kept (PDF/A-3a)."""
    here, now = current_municipality(), timezone.localtime()
    look = paper(theme_now(here))
    said = {
        "title": _("Uw gegevens"),
        "author": f"Gemeente {here.name}",
        "language": get_language() or "nl",
        "made": list(now.timetuple()[:6]),
        "accent": look.accent,
        "logo": look.logo,
        "name_beside": look.name_beside,
        "made_line": _("Opgehaald op %(day)s om %(time)s uur in Mijn.") % _when(now),
        "page_of": _("Pagina %(page)s van %(pages)s"),
        "sources": [
            {
                "title": one.title,
                "note": one.missing or one.note,
                "groups": [
                    {"title": group.title, "rows": [_row(fact) for fact in group.facts]}
                    for group in one.groups
                ],
            }
            for one in found
        ],
    }
    return typeset(HERE / "own_data.typ", {"said": json.dumps(said)}, ["a-3a", "ua-1"])


def _source(told: Told, *, with_address: bool) -> Source:
    title = str(told.part.title)
    if fault := told.fault:
        missing = _("Dit ontbreekt. %(why)s Probeer het later nog eens.") % {"why": fault.happened}
        return Source(title, told.at, [], missing, "")
    groups, everything = told.groups, told.all_groups
    left_out = len(everything) > len(groups)
    note = "" if groups else str(told.part.empty)
    if left_out and not with_address:
        note = _("Uw adres staat hier niet in, want u vroeg om geheimhouding.")
    return Source(title, told.at, everything if with_address else groups, "", note)


def _row(fact: Any) -> list[str]:
    source = _("Bron: %(source)s") % {"source": fact.source}
    return [fact.label, fact.value, f"{source}. {_('In onderzoek')}." if fact.in_doubt else f"{source}."]


def _moment(at: datetime) -> datetime:
    return timezone.localtime(at)


def _when(at: datetime) -> dict[str, str]:
    return {"day": date_format(at, "j F Y"), "time": date_format(at, "H.i")}


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
