"""Faults that the presenter can switch on in a register, on a page or by JSON."""

import json
from html import escape
from typing import Any
from urllib.parse import parse_qs

FAULTS = {
    "none": "Werkt gewoon",
    "delay": "Traag: antwoordt na een paar seconden",
    "hang": "Hangt: antwoordt nooit",
    "500": "Kapot: fout 500",
    "404": "Kapot: fout 404",
    "page": "Kapot: een webpagina die 404 zegt",
    "broken": "Kapot: onleesbaar antwoord",
    "drip": "Druppelt: een byte per keer",
    "401": "Weigert: fout 401",
    "schema": "Vreemd: een antwoord in een andere vorm",
    "huge": "Vreemd: een antwoord dat te groot is",
    "truncated": "Kapot: breekt halverwege af",
    "elsewhere": "Vreemd: verwijst naar een andere computer",
    "foreign": "Vreemd: geeft ook wat van anderen is",
}
SLOW = frozenset({"hang", "drip"})
"""Those that end only when whoever asks has waited long enough."""
LONGEST = 600.0  # seconds
HUGE = 6_000_000  # bytes
CSS = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-inline-size:40rem;margin:2rem auto;padding:0 1rem}"
    "button{font:inherit;padding:.5rem 1rem;margin:.25rem 0;display:block;inline-size:100%;text-align:start}"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'",
    "Cache-Control": "no-store",
}


def spoiled(fault: str, body: Any) -> bytes:
    """What a register sends of an answer, with some of the faults in it."""
    if fault == "schema":
        body = {"anders": [{"dan": "beloofd"}]}
    if fault == "elsewhere" and isinstance(body, dict) and "next" in body:
        body = {**body, "count": len(body["results"]) + 1, "next": "http://elsewhere.invalid/?page=2"}
    if isinstance(body, bytes):
        content = body
    else:
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    if fault == "broken":
        return content[: len(content) // 2] + b"<"
    return content + b" " * HUGE if fault == "huge" else content


def wanted(body: bytes, content_type: str) -> tuple[str, float] | None:
    """The fault that a form or JSON asks for, with its seconds; None when it is not one of ours."""
    try:
        if "json" in content_type:
            asked = json.loads(body)
        else:
            asked = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        kind, seconds = str(asked["kind"]), float(asked.get("seconds", 2))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return (kind, seconds) if kind in FAULTS and 0 <= seconds <= LONGEST else None


def page(name: str, current: str) -> str:
    """The presenter's page; works without JavaScript."""
    buttons = "".join(
        f'<button name="kind" value="{kind}">{escape(words)}{" ✓" if kind == current else ""}</button>'
        for kind, words in FAULTS.items()
    )
    return (
        '<!doctype html><html lang="nl"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{escape(name)}</title><link rel="stylesheet" href="/_faults?css">'
        f"<main><h1>{escape(name)}</h1>"
        "<p>Laat dit register iets anders doen, en kijk wat Mijn ervan maakt.</p>"
        f'<form method="post">{buttons}</form></main></html>'
    )
