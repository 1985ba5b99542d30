"""The news of a site: its own and the library's, the newest first, each in the best language there is."""

from collections.abc import Sequence

from cms.listings import Card
from cms.local import best_in_language, in_reach, is_shown, local
from cms.models import NewsPage
from cms.slots import fill

MOST = 500
"""Items that are looked at; older news is found by searching."""


def latest(most: int, skip: int = 0) -> Sequence[Card]:
    """One query."""
    here = local()
    found = NewsPage.objects.filter(in_reach(), live=True).select_related("locale").order_by("-day", "-path")
    best = best_in_language(found.defer("body")[:MOST], here.language).values()
    shown = [page for page in best if is_shown(page, here.choices)]
    shown.sort(key=lambda page: (page.day, page.path), reverse=True)
    return [
        Card(
            str(fill(page.title, here.facts)),
            here.address_of(page) or "",
            str(fill(page.intro, here.facts)),
            page.locale.language_code,
            page.day,
            page.last_published_at,
        )
        for page in shown[skip : skip + most]
    ]
