"""The demo's documents as small, tagged PDFs, set when somebody first asks for them."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import typst

from demo.content.municipalities import MONTHS
from demo.content.papers import Paper

FONTS = Path(__file__).resolve().parents[2] / "portal" / "sharing" / "receipts" / "fonts"
LETTER = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title, author: said.sender, date: datetime(
  year: said.date.at(0), month: said.date.at(1), day: said.date.at(2)))
#set text(font: "Noto Sans", lang: "nl", size: 11pt)
#set page(paper: "a4", margin: 28mm)
#text(weight: "bold", size: 14pt, said.sender)
#v(14mm)
#said.day
#v(8mm)
= #said.title
#for one in said.lines [ #par(one) #v(2mm) ]
#v(10mm)
#said.greeting
"""


@lru_cache(maxsize=500)
def letter(paper: Paper, day: date, municipality: str) -> bytes:
    """One document as PDF/UA; the same bytes each time."""
    said = {
        "title": paper.title,
        "sender": "Aan de gemeente " + municipality if paper.received else "Gemeente " + municipality,
        "date": [day.year, day.month, day.day],
        "day": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "lines": paper.lines,
        "greeting": "Een inwoner van de demo"
        if paper.received
        else f"Met vriendelijke groet, {municipality}",
    }
    compiler = typst.Compiler(LETTER, font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(format="pdf", sys_inputs={"said": json.dumps(said)}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
