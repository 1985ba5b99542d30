"""The site's descriptions of kinds of cases, as Mijn shows them at a resident's own case.

Read once for each state of the site: kept under the numbers that stored pages are kept under.
"""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from portal.municipalities.acting import current_municipality
from portal.municipalities.hosts import numbers_of
from portal.registers.zaken.objecting import Way
from portal.registers.zaken.plain_words import PlainWords, StepText

from .local import best_in_language, choices, in_reach, is_shown
from .slots import fill, local_facts
from .trees import address, is_library

if TYPE_CHECKING:
    from .models import CaseTypePage

log = logging.getLogger(__name__)
KEPT = 3600
"""Seconds; a bound on memory, not on freshness."""


def case_words() -> Mapping[str, PlainWords]:
    """All of the municipality in force, by identification; own before the library's. No query when kept."""
    key = _key()
    try:
        found: Mapping[str, PlainWords] | None = cache.get(key) if key else None
    except (RedisError, OSError) as fault:
        log.error("no kept descriptions: %s", type(fault).__name__)
        found = None
    if found is None:
        found = _read()
        if key:
            _keep(key, found)
    return found


def _keep(key: str, found: Mapping[str, PlainWords]) -> None:
    try:
        cache.set(key, found, KEPT)
    except (RedisError, OSError) as fault:
        log.error("no descriptions kept: %s", type(fault).__name__)


def _key() -> str:
    """Empty for a municipality that was not found by its host: its numbers were not read."""
    municipality = current_municipality()
    numbers = numbers_of(municipality)
    return f"case-words:{municipality.id}:{numbers[0]}.{numbers[1]}" if numbers else ""


@transaction.atomic
def _read() -> Mapping[str, PlainWords]:
    """Three queries."""
    from .models import CaseTypePage

    chosen, known = choices(), local_facts()
    pages = CaseTypePage.objects.filter(in_reach(), live=True).select_related("locale")
    best = best_in_language(pages, settings.LANGUAGE_CODE).values()
    words: dict[str, PlainWords] = {}
    for page in sorted(best, key=lambda page: is_library(page.url_path)):
        if is_shown(page, chosen):
            words.setdefault(page.identification, _words(page, known))
    return words


def _words(page: "CaseTypePage", known: Mapping[str, str]) -> PlainWords:
    def text(value: str) -> str:
        return str(fill(value, known)).replace("&amp;", "&")

    steps = {
        number: StepText(text(block.value["do"]), text(block.value["expect"]), text(block.value["name"]))
        for number, block in enumerate(page.steps, 1)
    }
    return PlainWords(page.title, address(page.url_path, page.locale.language_code), steps, Way(page.way))
