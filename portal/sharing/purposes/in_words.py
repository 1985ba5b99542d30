"""How purposes are worded in a language, for who knows no more of them than their addresses."""

import re
from collections.abc import Iterable, Mapping

from portal.sharing.models import PurposeVersion
from portal.usage.known import Words

_ADDRESS = re.compile(r"/register/([a-z0-9-]+)/(\d{1,9})/$")


def in_words(activities: Iterable[str], language: str) -> Mapping[str, Words]:
    """By the address of the version; without those that are not in that language. One query."""
    parts = {activity: found.groups() for activity in activities if (found := _ADDRESS.search(activity))}
    slugs = {slug for slug, _number in parts.values()}
    rows = PurposeVersion.objects.select_related("purpose").filter(purpose__slug__in=slugs)
    known = {
        (row.purpose.slug, str(row.number)): _words(row.content["texts"][language])
        for row in rows
        if language in row.content["texts"]
    }
    return {activity: known[named] for activity, named in parts.items() if named in known}


def _words(texts: Mapping[str, object]) -> Words:
    labels = texts.get("labels")
    return Words(str(texts["title"]), str(texts["law"]), dict(labels) if isinstance(labels, Mapping) else {})
