"""A receipt on paper: a tagged PDF (PDF/UA-1, PDF/A-3a) with a QR code and the signed linked data inside.

Set by Typst, which reads no file but the template and opens no connection. Typefaces are our own: a machine's
are never looked at, so a receipt looks the same everywhere.
"""

import io
import json
import logging
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.brand import theme_now
from themes.compiled import paper

from . import jsonld, signed, words
from .record import Document

HERE = Path(__file__).parent
PORTAL = HERE.parents[1]
"""What templates may take from each other, and all that they can read."""
STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
log = logging.getLogger(__name__)


def as_pdf(document: Document, person: str) -> bytes:
    """The receipt as PDF, in the language that was read. `person` is how its resident is called."""
    said = {"said": json.dumps(as_said(document, person))}
    said["jsonld"] = signed.as_file(jsonld.linked_data(document)).decode()
    return typeset(HERE / "receipt.typ", said, STANDARDS)


def typeset(template: Path, said: dict[str, str], standards: "list[typst.PDFStandard]") -> bytes:
    """A PDF of a template, in our own typefaces, and to these standards.

    A document never fails because of a picture or a sign: it goes without the logo first, and keeps to no
    standard if it must.
    """
    plain = {**said, "said": json.dumps({**json.loads(said["said"]), "logo": ""})}
    tries = [(said, standards, "its logo"), (plain, standards, "standards of PDF"), (said, [], "its logo")]
    for told, kept, without in tries:
        try:
            return _set(template, told, kept)
        except BaseException as fault:
            # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
            kind = type(fault).__name__
            if not isinstance(fault, typst.TypstError) and kind != "PanicException":
                raise
            # Its message may quote a sign of a resident's name, so only the kind of fault is logged.
            log.warning("%s is not to be set; next without %s: %s", template.name, without, kind)
    return _set(template, plain, [])


def file_name(document: Document, ending: str) -> str:
    """The name of a downloaded receipt; it says nothing of what is shared."""
    return f"bewijs-{document.spoken}.{ending}"


def as_said(document: Document, person: str) -> dict[str, Any]:
    """What a template shows of a receipt, in the language that was read."""
    with override(document.version.language):
        return _said(document, person)


def _set(template: Path, said: dict[str, str], standards: "list[typst.PDFStandard]") -> bytes:
    compiler = typst.Compiler(font_paths=_typefaces(), ignore_system_fonts=True, root=PORTAL)
    made = compiler.compile(template, format="pdf", sys_inputs=said, pdf_standards=standards)
    assert isinstance(made, bytes)
    return made


def _said(document: Document, person: str) -> dict[str, Any]:
    name = f"Gemeente {current_municipality().name}"
    look = paper(theme_now(current_municipality()))
    address = absolute(f"/bewijs/{document.spoken}/")
    language = document.version.language
    return {
        "title": words.title(document),
        "author": name,
        "about": document.version.title,
        "language": language,
        "made": list(document.at.astimezone(UTC).timetuple()[:6]),
        "accent": look.accent,
        "logo": look.logo,
        "name_beside": look.name_beside,
        "facts": [
            {"term": one.term, "value": one.value, "language": one.language or language}
            for one in words.facts(document, person)
        ],
        "number_line": _("Bewijs %(number)s") % {"number": document.spoken},
        "page_of": _("Pagina %(page)s van %(pages)s"),
        "qr": _qr(address),
        "qr_alt": _("QR-code. Die brengt u naar de pagina waar u dit bewijs controleert."),
        "check_title": _("Is dit bewijs echt?"),
        "check_text": _("Scan de code. Of ga naar deze pagina en vul het nummer in:"),
        "check_url": address,
        "check_shown": absolute("/bewijs/").partition("://")[2],
        "check_limit": _("De pagina zegt alleen “echt” of “niet echt”. Er staat niets over u."),
        "facts_title": _("Wat dit bewijs zegt"),
        "text_title": _("Voor wie het precies wil weten"),
        "text_read": _("Controlecode van de tekst die u las"),
        "text_hash": document.version.content_hash,
        "attachment": file_name(document, "json"),
        "attachment_about": _("Dit bewijs voor computers, met handtekening van de gemeente"),
        "attachment_text": _(
            "In deze pdf zit een bestand met dezelfde feiten voor computers. "
            "De gemeente heeft het ondertekend."
        ),
        "contact": document.version.contact,
    }


def _qr(address: str) -> str:
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", border=4, xmldecl=False, svgns=True)
    return image.getvalue().decode()


@cache
def _typefaces() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )
