"""Every address of a site that a search engine should know."""

from dataclasses import dataclass
from datetime import datetime

from portal.municipalities.addresses import absolute

from .local import Local, in_reach, own_tree
from .models import ContentPage, HomePage
from .trees import address, is_library


@dataclass(frozen=True, slots=True)
class Entry:
    """One address and when its page last changed."""

    url: str
    changed: datetime | None


def addresses(local: Local) -> list[Entry]:
    """Own pages, and those of the library that the municipality shows. Two queries."""
    homes = HomePage.objects.filter(own_tree(), live=True).select_related("locale").defer("tasks")
    pages = ContentPage.objects.filter(in_reach(), live=True).select_related("locale").defer("body", "intro")
    hidden = local.choices.left_out | local.choices.replaced.keys()
    shown = [page for page in pages if not (is_library(page.url_path) and page.translation_key in hidden)]
    return [
        Entry(absolute(address(page.url_path, page.locale.language_code)), page.last_published_at)
        for page in [*homes, *shown]
    ]
