"""A visitor without a browser; Python does not resolve *.localhost, so the host goes in a header."""

from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx


def visitor(site: str, cookie: str = "") -> httpx.Client:
    """Somebody at a municipality's site, signed in when a cookie is given."""
    parts = urlsplit(site)
    headers = {"Host": parts.netloc, **({"Cookie": f"__Host-mijn={cookie}"} if cookie else {})}
    return httpx.Client(base_url=f"http://127.0.0.1:{parts.port}", headers=headers, timeout=20)


def site_of(urls: dict[str, Any], slug: str) -> str:
    """The address of a municipality's site."""
    return next(str(one["url"]) for one in urls["municipalities"] if one["slug"] == slug)


def seconds_to_get(client: httpx.Client, path: str) -> float:
    """From asking to the last byte. Raises httpx.HTTPStatusError."""
    began = monotonic()
    client.get(path).raise_for_status()
    return monotonic() - began
