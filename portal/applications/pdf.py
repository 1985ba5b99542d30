"""The application as a PDF: what was asked and what was answered, as it was sent. In Dutch, for the case."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from portal.sharing.receipts.pdf import typeset
from themes.compiled import paper

from . import content
from .kinds import kinds
from .models import Application

HERE = Path(__file__).parent
LANGUAGE = "nl"


def as_pdf(application: Application) -> bytes:
    """Accessible (PDF/UA-1) and made to be kept (PDF/A-3a); holds no BSN."""
    with override(LANGUAGE):
        said = {"said": json.dumps(_said(application))}
    return typeset(HERE / "application.typ", said, ["a-3a", "ua-1"])


def _said(application: Application) -> dict[str, Any]:
    here = current_municipality()
    look = paper(theme_now(here))
    assert application.sent is not None
    sent = timezone.localtime(application.sent)
    return {
        "title": kinds()[application.kind].case_title,
        "author": f"Gemeente {here.name}",
        "language": LANGUAGE,
        "made": list(application.sent.timetuple()[:6]),
        "accent": look.accent,
        "logo": look.logo,
        "name_beside": look.name_beside,
        "number_line": f"Zaak {application.number}",
        "sent_line": f"Verstuurd op {date_format(sent, 'j F Y')} om {date_format(sent, 'H.i')} uur in Mijn.",
        "page_of": "Pagina %(page)s van %(pages)s",
        "groups": content.read(application)["groups"],
    }
