"""The receipt of a document: what we received, when, and its SHA-256, by which it can be compared later."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from portal.municipalities.facts import facts as local_facts
from portal.municipalities.facts import people_to_reach
from portal.sharing.receipts.pdf import typeset
from themes.compiled import paper

from . import held, kinds
from .models import Upload
from .words import in_words, moment

HERE = Path(__file__).parent


def facts(upload: Upload) -> Sequence[tuple[str, str]]:
    """What it says, in order."""
    about = held.read(upload)
    assert upload.sent is not None
    told = [
        (_("Nummer van dit bewijs"), upload.number),
        (_("Document"), about.title),
        (_("Bestand"), about.name),
        (_("Soort"), kinds.BY_FORMAT[about.format].word),
        (_("Grootte"), _("%(size)s (%(bytes)s bytes)") % _sizes(upload)),
        (_("Ontvangen op"), moment(upload.sent)),
        (_("Bij zaak"), f"{about.case_number}, {about.case_title}"),
        (_("Controlecode (SHA-256)"), _grouped(about.sha256)),
    ]
    return [one for one in told if one[1]]


def as_pdf(upload: Upload) -> bytes:
    """Accessible (PDF/UA-1) and made to be kept (PDF/A-3a), in the language in force."""
    return typeset(HERE / "receipt.typ", {"said": json.dumps(_said(upload))}, ["a-3a", "ua-1"])


def _said(upload: Upload) -> dict[str, Any]:
    here = current_municipality()
    look = paper(theme_now(here))
    assert upload.sent is not None
    phone = people_to_reach(local_facts()).phone
    return {
        "title": _("Bewijs van ontvangst"),
        "author": f"Gemeente {here.name}",
        "language": get_language() or "nl",
        "made": list(upload.sent.timetuple()[:6]),
        "accent": look.accent,
        "logo": look.logo,
        "name_beside": look.name_beside,
        "lead": _("Wij ontvingen dit document van u in Mijn."),
        "facts": [{"term": term, "value": value} for term, value in facts(upload)],
        "state_line": _("Hoe het stond toen dit bewijs gemaakt werd: %(state)s.")
        % {"state": _lowered(in_words(upload).state)},
        "code_line": _(
            "De controlecode hoort bij precies dit bestand. Verandert er één teken, dan is de code anders. "
            "Zo kunt u later laten zien welk bestand u stuurde."
        ),
        "contact": _("Heeft u een vraag? Bel %(phone)s en noem het nummer van dit bewijs.") % {"phone": phone}
        if phone
        else "",
        "number_line": _("Bewijs %(number)s") % {"number": upload.number},
        "page_of": _("Pagina %(page)s van %(pages)s"),
    }


def _sizes(upload: Upload) -> dict[str, str]:
    return {"size": filesizeformat(upload.received), "bytes": str(upload.received)}


def _grouped(digest: str) -> str:
    """In groups of eight, so that it can be compared by eye and breaks on a narrow screen."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
