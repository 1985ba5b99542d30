"""A logo is drawn once before a theme passes, by what sets letters and receipts: all of those carry it.

What cannot be drawn there would leave a municipality without its logo on paper. And only who draws a logo
knows whether anything of it is to be seen: there are too many ways to hide all of it.
"""

import io
from functools import cache
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from .refusal import ThemeRefused

SHEET = Path(__file__).parent / "drawn.typ"
PALEST = 232
"""Of 255, how light the darkest of a logo may be: bright yellow is still seen on white, a whisper is not."""


def drawn(drawing: str, where: str, *, on_dark: bool = False) -> str:
    """The same drawing, now that it is known to print and to show on what it lies on. Raises ThemeRefused."""
    try:
        _set(drawing, "pdf", pdf_standards=["a-3a", "ua-1"])
        shows = _set(drawing, "png") != _set(drawing.partition(">")[0] + "/>", "png")  # the frame alone
        on_its_ground = _set(drawing, "png", ground="black" if on_dark else "white")
    except BaseException as fault:
        # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
        if not isinstance(fault, typst.TypstError) and type(fault).__name__ != "PanicException":
            raise
        raise ThemeRefused(
            [f"{where} is niet af te drukken. Bewaar hem opnieuw, in een ander programma."]
        ) from None
    if not shows:
        raise ThemeRefused([f"{where} is leeg: er is niets op te zien."])
    darkest, lightest = _greys(on_its_ground)
    if on_dark and lightest < 255 - PALEST:
        raise ThemeRefused([f"{where} is zo donker dat u hem op donker niet ziet. Neem lichtere kleuren."])
    if not on_dark and darkest > PALEST:
        raise ThemeRefused(
            [
                f"{where} is zo licht dat u hem op wit niet ziet, ook niet op papier. Neem de gekleurde "
                "uitvoering; de witte kunt u logo-dark noemen."
            ]
        )
    return drawing


def _greys(picture: Any) -> tuple[int, int]:
    """How dark and how light a picture gets, of 255."""
    with Image.open(io.BytesIO(picture)) as image:
        darkest, lightest = image.convert("RGB").convert("L").getextrema()
    return int(darkest), int(lightest)  # type: ignore[arg-type]


def _set(drawing: str, form: Any, ground: str = "none", **how: Any) -> object:
    compiler = typst.Compiler(SHEET, font_paths=_no_typefaces(), ignore_system_fonts=True)
    return compiler.compile(format=form, sys_inputs={"logo": drawing, "ground": ground}, **how)


@cache
def _no_typefaces() -> typst.Fonts:
    """A logo has no text; looking for a machine's typefaces takes longer than drawing it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
