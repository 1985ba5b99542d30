"""Calls of browsers, at every address of the three kinds of host: no cookie, another's, or a forged one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from random import Random
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from portal.accounts.middleware import COOKIE

from . import junk
from .watch import CANARY
from .wire import Call
from .world import World

SAFE = ("GET", "HEAD")
UNSAFE = tuple(one for one in junk.METHODS if one.upper() not in SAFE)


@dataclass(frozen=True)
class Place:
    """An address with open places in it, as the product's own URLs name them."""

    route: str
    converters: Mapping[str, Any]


@cache
def places(urlconf: str) -> tuple[Place, ...]:
    """Every address of a host; one that is added later is there by itself."""
    return tuple(_below("", {}, import_module(urlconf).urlpatterns))


def _below(prefix: str, known: Mapping[str, Any], patterns: Any) -> Iterator[Place]:
    for one in patterns:
        pattern = one.pattern
        if isinstance(pattern, RoutePattern):
            route, converters = prefix + str(pattern._route), {**known, **pattern.converters}
        else:  # a language before it, or an expression: what it finds is junk anyway
            route, converters = prefix, known
        if isinstance(one, URLResolver):
            yield from _below(route, converters, one.url_patterns)
        elif isinstance(one, URLPattern):
            yield Place(route, converters)


def _address(world: World, chance: Random, place: Place) -> bytes:
    """The open places filled in: with what is there, what could be, and what cannot."""
    route = place.route
    for name, converter in place.converters.items():
        kinds: dict[type, Any] = {
            UUIDConverter: world.ids,
            IntConverter: (0, 1, 2**31, 2**63, 10**40),
            SlugConverter: ("digitaal-bericht", "maatje-18", "given", CANARY, "x" * 300),
        }
        fitting = next((known for kind, known in kinds.items() if isinstance(converter, kind)), None)
        filled = str(chance.choice(fitting or (CANARY, "x", "0" * 400, "a/b", "../x", "é\u202e")))
        found = next(
            (part for part in (f"<{_kind}{name}>" for _kind in _prefixes(route, name)) if part in route), ""
        )
        route = route.replace(found, filled) if found else route
    return b"/" + route.encode()


def _prefixes(route: str, name: str) -> Iterator[str]:
    """What stands before the name of an open place, as in `<uuid:grant>`."""
    before = route.partition(f"{name}>")[0].rpartition("<")[2]
    yield before


def visits(world: World, chance: Random, host: str, urlconf: str) -> Iterator[Call]:
    """To every address of a host, the order by chance."""
    known = places(urlconf)
    while True:
        address = _address(world, chance, chance.choice(known))
        if chance.random() < 0.1:
            cut = chance.randrange(1, len(address) + 1)
            address = address[:cut] + chance.choice(junk.BYTES) + address[cut:]
        if chance.random() < 0.15:
            address = b"/en" + address
        cookies, is_there = _cookies(world, chance, host)
        reading = () if is_there else (*SAFE, "get")  # what residents read is theirs
        method = chance.choice(("POST", "POST", "POST", *UNSAFE, *reading))
        body, kind = junk.body(chance) if method not in SAFE else (b"", None)
        query = quote(chance.choice((junk.text(chance), CANARY)), safe="=&%")[:3000].encode()
        what = f"{'of a resident, without the form’s own secret' if is_there else 'of nobody'}"
        yield Call(what, method, address, host, query=query, body=body, kind=kind or None,
                   headers={**cookies, **_headers(chance, host)}, may_be_answered=True)  # fmt: skip


def _cookies(world: World, chance: Random, host: str) -> tuple[dict[str, str], bool]:
    """A Cookie header, and whether it is a resident's own."""
    csrf, staff = settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME
    forged = junk.flipped(chance, world.cookie.encode()).decode("latin-1")
    nobody = (
        "", f"{COOKIE}={forged}", f"{COOKIE}={world.far_cookie}", f"{COOKIE}={CANARY}",
        f"{staff}={world.cookie}",
        f"{COOKIE}=; {COOKIE}=\xff", f"{COOKIE}={'x' * 5000}", "a" * 200 + "; ;;=;", f"{csrf}={CANARY}",
        f"{staff}={'a' * 32}", f'{COOKIE}="\\777\\000"', f"{COOKIE}={world.cookie}x", f"{COOKIE}=\u00e9",
    )  # fmt: skip
    mine = (
        f"{COOKIE}={world.cookie}",
        f"{COOKIE}={world.cookie}; {csrf}={'a' * 32}",
        f"{COOKIE}={world.cookie}; {csrf}={CANARY}",
    )
    if host == world.here.host and chance.random() < 0.5:
        return {"Cookie": chance.choice(mine)}, True
    return {"Cookie": chance.choice(nobody)}, False


def _headers(chance: Random, host: str) -> dict[str, str]:
    """Headers that some products believe, and wrong ones of those that ours reads."""
    return chance.choice(
        (
            {},
            {"Origin": "null", "X-CSRFToken": CANARY},
            {"Origin": f"http://{host}", "X-CSRFToken": "b" * 64},
            {"Referer": f"http://{host}/", "X-CSRFToken": "a" * 32},
            {"X-HTTP-Method-Override": "DELETE", "X-Forwarded-Host": "veldrecht.localhost"},
            {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": CANARY},
            {"Accept-Language": "\xff" * 50, "Accept": CANARY},
            {"Accept-Language": "en-" * 900, "User-Agent": "\xe9" * 300},
            {"X-Automatic": "1", "If-None-Match": '"' * 50, "If-Modified-Since": CANARY},
            {"Range": "bytes=0-,-1,9-1", "Accept-Encoding": "gzip;q=x, \xff"},
        )
    )
