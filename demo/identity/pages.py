"""Renders the provider's pages; Django's templates alone, for their escaping."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.template import Context, Engine

from demo.content.residents import CODES

from .clients import Client
from .memory import Session
from .people import LEVELS, Person, in_groups
from .provider import Provider

FOLDER = Path(__file__).parent


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER / "templates")])


def _page(template: str, **values: Any) -> str:
    return _engine().get_template(template).render(Context(values, use_l10n=False, use_tz=False))


def start(provider: Provider, session: Session | None) -> str:
    """For who comes by itself: what this is, and who is signed in here."""
    people = list(provider.people_for(None).values())
    return _page("start.html", groups=in_groups(people, ""), **_signed_in(provider, session))


def choose(
    provider: Provider,
    client: Client,
    people: Mapping[str, Person],
    *,
    key: str,
    looking_for: str,
    level: str,
    session: Session | None,
) -> str:
    """Everyone who can be chosen; those of the municipality that asks come first."""
    found = [person for person in people.values() if person.is_like(looking_for)]
    host = urlsplit(client.redirect_uris[0]).hostname or ""
    first = CODES.get(host.partition(".")[0], ("", ""))[1]
    return _page(
        "choose.html",
        client=client,
        question=key,
        looking_for=looking_for,
        found=len(found),
        groups=in_groups(found, first),
        levels=[(value, name) for value, (name, _acr) in LEVELS.items()],
        level=level,
        **_signed_in(provider, session),
    )


def sign_out(provider: Provider, session: Session | None, fields: Mapping[str, str]) -> str:
    """Asks whether to sign out here, or says that it was done."""
    kept = [
        (name, fields[name]) for name in ("client_id", "post_logout_redirect_uri", "state") if name in fields
    ]
    return _page("sign_out.html", kept=kept, **_signed_in(provider, session))


def message(title: str, text: str) -> str:
    """A page with one message, for addresses that lead nowhere."""
    return _page("message.html", title=title, text=text)


def _signed_in(provider: Provider, session: Session | None) -> Mapping[str, str]:
    if session is None:
        return {"who": ""}
    return {"who": provider.person(session.person).name, "who_level": LEVELS[session.level][0]}
