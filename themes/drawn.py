"""A logo is drawn once before a theme passes, by what sets letters and receipts: all of those carry it.

What cannot be drawn there would leave a municipality without its logo on paper. And only who draws a logo
knows whether anything of it is to be seen: there are too many ways to hide all of it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import typst

from .refusal import ThemeRefused

SHEET = Path(__file__).parent / "drawn.typ"


def drawn(drawing: str, where: str) -> str:
    """The same drawing, now that it is known to print and to show something. Raises ThemeRefused."""
    try:
        _set(drawing, "pdf", pdf_standards=["a-3a", "ua-1"])
        shows = _set(drawing, "png") != _set(drawing.partition(">")[0] + "/>", "png")  # the frame alone
    except BaseException as fault:
        # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
        if not isinstance(fault, typst.TypstError) and type(fault).__name__ != "PanicException":
            raise
        raise ThemeRefused(
            [f"{where} is niet af te drukken. Bewaar hem opnieuw, in een ander programma."]
        ) from None
    if not shows:
        raise ThemeRefused([f"{where} is leeg: er is niets op te zien."])
    return drawing


def _set(drawing: str, form: Any, **how: Any) -> object:
    compiler = typst.Compiler(SHEET, font_paths=_no_typefaces(), ignore_system_fonts=True)
    return compiler.compile(format=form, sys_inputs={"logo": drawing}, **how)


@cache
def _no_typefaces() -> typst.Fonts:
    """A logo has no text; looking for a machine's typefaces takes longer than drawing it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
