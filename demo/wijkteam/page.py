"""The team's page; everything that came from outside is escaped."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from demo.content.residents import RESIDENTS

from . import NAME, PLACE
from .work import Question

STATIC = Path(__file__).resolve().parent / "static"
STATES = {
    "aangemaakt": "Wacht op de inwoner.",
    "gegeven": "De inwoner deelt.",
    "geweigerd": "De inwoner deelt niet. De hulp gaat gewoon door.",
    "teruggenomen": "Het team vraagt dit niet meer.",
    "ingetrokken": "Het delen is gestopt. Het team heeft de gegevens gewist.",
    "verlopen": "De tijd is om.",
}
PEOPLE = {one.bsn: one.name for one in RESIDENTS if one.listed and one.municipality == PLACE}


def page(questions: Sequence[Question], wrong: str = "") -> str:
    """The whole page as HTML."""
    options = "".join(f'<option value="{bsn}">{escape(name)}</option>' for bsn, name in PEOPLE.items())
    cards = "".join(_card(one) for one in questions)
    trouble = f'<p role="alert">{escape(wrong)}</p>' if wrong else ""
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{NAME}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/wijkteam.css"><script type="module" src="/wijkteam.js"></script>'
        "</head><body>"
        f"<header><h1>{NAME}</h1><p>Zo vraagt een team van gemeente Oeverstad een inwoner om iets te delen. "
        f"De antwoorden komen vanzelf.</p></header><main>{trouble}"
        '<form method="post" action="/ask"><label for="who">Wie vraagt u?</label>'
        f'<select id="who" name="bsn">{options}</select><button>Vraag wie er al helpt</button></form>'
        '<p role="status" id="news"></p><noscript><p><a href="/">Kijk of er antwoord is</a></p></noscript>'
        f"<h2>Vragen</h2><ul>{cards or '<li>Er is nog niets gevraagd.</li>'}</ul></main>"
        "<footer><p>Dit is een demo. Alle mensen en gemeenten zijn verzonnen.</p></footer></body></html>"
    )


def answered() -> str:
    """Where a resident comes back to, whatever they answered."""
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{NAME}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/wijkteam.css"></head><body>'
        f"<header><h1>{NAME}</h1></header><main><p>Bedankt. Wij zien vanzelf wat u antwoordde. "
        "U hoeft niets meer te doen. Sluit dit venster maar.</p></main>"
        "<footer><p>Dit is een demo. Alle mensen en gemeenten zijn verzonnen.</p></footer></body></html>"
    )


def _card(one: Question) -> str:
    facts = "".join(
        f"<dt>{escape(one.labels.get(name, name))}</dt><dd>{escape(value)}</dd>"
        for name, value in one.values.items()
    )
    told = f'<p role="status">{escape(one.answer)}</p>' if one.answer else ""
    buttons = ""
    if one.grant:
        buttons += f'<button formaction="/read">Lees{"" if not one.values else " opnieuw"}</button>'
    if one.state in ("aangemaakt", "gegeven"):
        buttons += '<button formaction="/give-up">Niet meer nodig</button>'
    return (
        f'<li data-state="{escape(one.state)}"><h3>{escape(one.resident)}</h3>'
        f"<p>{escape(STATES.get(one.state, one.state))}</p>{f'<dl>{facts}</dl>' if facts else ''}{told}"
        f'<form method="post"><input type="hidden" name="id" value="{escape(one.id)}">{buttons}</form></li>'
    )
