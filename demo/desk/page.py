"""The desk's page: what arrived, what is gone, and the demo's post."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from .portal import TEAMS
from .shelf import Item

STATIC = Path(__file__).resolve().parent / "static"

NOTHING_SHARED = '<li class="none">Er is nog niets gedeeld.</li>'
NOTHING_SENT = '<li class="none">Er is nog niets verstuurd.</li>'
WORDS = {"yes": "Ja", "no": "Nee"}
"""Values as a wallet has them, in words of the desk."""
READ_ONCE = (
    "<p>Dit mag één keer gelezen worden. Daarna is het voorbij. Lees het pas als u het nodig heeft.</p>"
    '<form method="post" action="/read"><input type="hidden" name="grant" value="{grant}">'
    "<button>Lees nu, één keer</button></form>"
)
ENDED = {
    "ingetrokken": "De inwoner is gestopt met delen. Wij hebben de gegevens gewist.",
    "verlopen": "De tijd is om. Wij hebben de gegevens gewist.",
    "verbruikt": "Eén keer gelezen. Wij hebben de gegevens gewist.",
    "niet gelezen": "Wij konden dit niet lezen. De inwoner deelt het niet meer.",
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
    cards = "".join(_card(item, names) for item in items)
    post = "".join(_letter(one) for one in messages)
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Balie van de demo</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<noscript><meta http-equiv="refresh" content="5"></noscript>'
        '<link rel="stylesheet" href="/desk.css"><script type="module" src="/desk.js"></script></head><body>'
        '<p role="status"></p><main><header><div><h1>Balie van de demo</h1>'
        "<p>Zo ziet een team bij de gemeente wat inwoners delen. Deze pagina ververst vanzelf.</p>"
        "</div></header>"
        f'<div class="inside"><h2>Gedeelde gegevens</h2><ul>{cards or NOTHING_SHARED}</ul>'
        f"<h2>Mail en sms van de demo</h2><ul>{post or NOTHING_SENT}</ul>"
        "</div></main><footer><p>Dit is een demo. Alle mensen en gemeenten zijn verzonnen.</p></footer>"
        "</body></html>"
    )


def _card(item: Item, names: dict[str, str]) -> str:
    facts = "".join(
        f"<dt>{escape(item.labels.get(name, name))}</dt><dd>{escape(WORDS.get(value.lower(), value))}</dd>"
        for name, value in item.values.items()
    )
    ended = ENDED.get(item.state, "")
    what = f"<p>{escape(ended)}</p>" if ended else f"<dl>{facts}</dl>"
    if item.state == "wacht":
        what = READ_ONCE.format(grant=escape(item.grant))
    who = f"{TEAMS.get(item.team, item.team)}, gemeente {names.get(item.municipality, item.municipality)}"
    return (
        f'<li class="{"gone" if ended else "here"}" data-grant="{escape(item.grant)}"'
        f' data-state="{escape(item.state)}"><h3>{escape(item.purpose or "Gedeeld gegeven")}</h3>'
        f'<p class="what">{escape(who)}</p>{what}</li>'
    )


def _letter(one: Message) -> str:
    return (
        f'<li><h3>{escape(one.subject)}</h3><p class="what">Aan {escape(one.to)}</p>'
        f"<pre>{escape(one.text)}</pre></li>"
    )
