"""The desk's page: what arrived, what is gone, and the demo's post."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from .shelf import Item

CSS = """
:root { color-scheme: light; --ink: #1b2430; --line: #c4ccd6; --accent: #14536b }
* { box-sizing: border-box }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: var(--ink); background: #f4f6f8 }
main, header { max-inline-size: 60rem; margin-inline: auto; padding: 1rem }
h1 { margin-block: .5rem; font-size: 1.75rem } h2 { font-size: 1.25rem; margin-block: 1.5rem .5rem }
ul { list-style: none; padding: 0; display: grid; gap: 1rem }
li.item { background: #fff; border: 1px solid var(--line); border-inline-start: .375rem solid var(--accent);
  border-radius: .25rem; padding: 1rem; overflow-wrap: anywhere }
li.gone { border-inline-start-color: #8a8f98 }
dl { margin: 0; display: grid; gap: .25rem 1rem } dt { font-weight: 600 } dd { margin: 0 }
@media (min-width: 40rem) { dl { grid-template-columns: 14rem 1fr } }
p { margin-block: .25rem } .what { color: #45505e }
pre { white-space: pre-wrap; font: inherit; margin: 0 }
"""

STATES = {
    "ingetrokken": "De inwoner is gestopt met delen. Wij hebben de gegevens gewist.",
    "verlopen": "De tijd is om. Wij hebben de gegevens gewist.",
    "niet gelezen": "Wij konden dit niet lezen. De inwoner deelt het niet (meer).",
}


@dataclass(frozen=True)
class Message:
    """A mail or text message the demo sent."""

    to: str
    subject: str
    text: str


def messages_in(folder: Path) -> list[Message]:
    """The newest mails of the demo, at most ten."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:10]
    found = []
    for file in files:
        parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        body = parsed.get_body(("plain",))
        text = str(body.get_content()).split("-" * 40)[0].strip() if body else ""
        found.append(Message(str(parsed["To"]), str(parsed["Subject"]), text))
    return found


def page(items: Sequence[Item], names: dict[str, str], messages: Sequence[Message]) -> str:
    """The whole page as HTML; everything that came from outside is escaped."""
    cards = "".join(_card(item, names) for item in items) or "<li>Er is nog niets gedeeld.</li>"
    post = "".join(
        f'<li class="item"><p><strong>{escape(one.subject)}</strong></p>'
        f'<p class="what">Aan {escape(one.to)}</p><pre>{escape(one.text)}</pre></li>'
        for one in messages
    )
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Balie van de demo</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="refresh" content="5"><link rel="stylesheet" href="/desk.css"></head><body>'
        "<header><h1>Balie van de demo</h1><p>Zo ziet een team bij de gemeente wat inwoners delen. "
        "Deze pagina ververst vanzelf.</p></header><main>"
        f"<h2>Gedeelde gegevens</h2><ul>{cards}</ul>"
        f"<h2>Mail en sms van de demo</h2><ul>{post or '<li>Er is nog niets verstuurd.</li>'}</ul>"
        "<p>Dit is een demo. Alle mensen en gemeenten zijn verzonnen.</p></main></body></html>"
    )


def _card(item: Item, names: dict[str, str]) -> str:
    facts = "".join(
        f"<dt>{escape(item.labels.get(name, name))}</dt><dd>{escape(value)}</dd>"
        for name, value in item.values.items()
    )
    state = STATES.get(item.state, "")
    return (
        f'<li class="item{"" if item.values else " gone"}" data-grant="{escape(item.grant)}">'
        f"<p><strong>{escape(item.purpose or 'Gedeeld gegeven')}</strong></p>"
        f'<p class="what">Gemeente {escape(names.get(item.municipality, item.municipality))}</p>'
        f"<dl>{facts}</dl><p>{escape(state)}</p></li>"
    )
