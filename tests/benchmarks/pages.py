"""Public pages: from the store, and made anew."""

from typing import Any

from .figures import Figure, middle
from .visitor import seconds_to_get, site_of, visitor

TIMES = 200


def figures(urls: dict[str, Any]) -> list[Figure]:
    with visitor(site_of(urls, "zandmeer")) as client:
        seconds_to_get(client, "/verhuizen/")
        cached = [seconds_to_get(client, "/verhuizen/") for _ in range(TIMES)]
        # An unlisted query parameter is never stored, so each of these is made anew.
        made = [seconds_to_get(client, f"/verhuizen/?anders={number}") for number in range(TIMES // 4)]
    return [
        middle("anonymous page from the store", cached, None),
        middle("anonymous page made anew", made, None),
    ]
