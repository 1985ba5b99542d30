"""A logo is drawn once before a theme passes, by what sets letters and receipts: all of those carry it.

What cannot be drawn there would leave a municipality without its logo on paper.
"""

from functools import cache
from pathlib import Path

import typst

from .refusal import ThemeRefused

SHEET = Path(__file__).parent / "drawn.typ"


def drawn(drawing: str, where: str) -> str:
    """The same drawing, now that it is known to print. Raises ThemeRefused."""
    try:
        compiler = typst.Compiler(SHEET, font_paths=_no_typefaces(), ignore_system_fonts=True)
        compiler.compile(format="pdf", sys_inputs={"logo": drawing}, pdf_standards=["a-3a", "ua-1"])
    except BaseException as fault:
        # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
        if not isinstance(fault, typst.TypstError) and type(fault).__name__ != "PanicException":
            raise
        raise ThemeRefused(
            [f"{where} is niet af te drukken. Bewaar hem opnieuw, in een ander programma."]
        ) from None
    return drawing


@cache
def _no_typefaces() -> typst.Fonts:
    """A logo has no text; looking for a machine's typefaces takes longer than drawing it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
