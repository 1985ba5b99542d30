"""Letters as they are printed: the address in the window, the words, and the receipt that goes along."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from portal.notices import known, letters, wording
from portal.notices.kinds import Kind
from portal.notices.models import Letter
from portal.sharing.grants import rows
from portal.sharing.models import Receipt
from portal.sharing.receipts import pdf, record
from portal.usage import activities
from portal.usage.models import Basis, Use
from themes.compiled import paper

HERE = Path(__file__).parent
PURPOSE = "Een brief aan u printen en versturen"
"""As the resident reads it in the time line, which is in Dutch whatever the page."""
PRINT_ROOM = "Wie voor de gemeente brieven print"


def as_pdf(found: Iterable[Letter]) -> bytes:
    """These letters, each on sheets of its own. Call it outside a transaction: setting takes a while."""
    here = current_municipality()
    look = paper(theme_now(here))
    with transaction.atomic():
        pages = [_said(one) for one in found]
    said = {
        "title": _("Brieven van gemeente %(name)s") % {"name": here.name},
        "author": f"Gemeente {here.name}",
        "accent": look.accent,
        "logo": look.logo,
        "name_beside": look.name_beside,
        "letters": pages,
    }
    return pdf.typeset(HERE / "letter.typ", {"said": json.dumps(said)}, ["ua-1"])


def note_use(found: Iterable[Letter], who: str) -> None:
    """Whoever prints reads name and address: a use, that the resident sees. In the transaction of taking."""
    for letter in found:
        Use.objects.create(
            municipality=current_municipality(),
            subject_id=letter.subject_id,
            who=who,
            purpose=PURPOSE,
            ground=activities.POST.law,
            activity=activities.POST.address,
            what=["name", "address"],
            labels=["Naam", "Adres"],
            at=timezone.now(),
            basis=Basis.LAW,
        )


def _said(letter: Letter) -> Mapping[str, Any]:
    language = letter.notice.language or known.language(letter.subject_id)
    enclosed = _enclosed(letter.receipt) if letter.receipt else None
    words = wording.of_letter(
        Kind(letter.kind), letter.notice.answer_by, language, enclosed=enclosed is not None
    )
    lines = letters.address_of(letter)
    with override(language):
        date = date_format(timezone.localdate(), "j F Y")
    return {
        "language": language,
        "address": lines,
        "date": date,
        "subject": words.subject,
        "paragraphs": [one for one in words.text.split("\n\n") if one.strip()],
        "receipt": _on_paper(enclosed, lines[0] if lines else "") if enclosed else None,
    }


def _enclosed(receipt: UUID) -> record.Document | None:
    """The receipt, read back from what never changes; None when its term is over."""
    row = Receipt.objects.filter(id=receipt).first()
    grant = rows().filter(id=row.grant_id).first() if row else None
    found = record.of_grant(grant) if grant else []
    return next((one for one in found if row and one.act == row.act), None)


def _on_paper(document: record.Document, person: str) -> dict[str, Any]:
    """As `pdf.as_said`, without what is told of the file that a download holds."""
    said = pdf.as_said(document, person)
    return {name: value for name, value in said.items() if not name.startswith("attachment")}
