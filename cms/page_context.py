"""What templates get besides the page: local facts, language, and the addresses for search engines."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from portal.municipalities.addresses import absolute

from .links import linked_in, look_up, texts_of
from .local import local
from .routing import Crumb, translations_of
from .shared_pages.filling import texts_for
from .structured import graph_of
from .trees import address


def context_of(
    page: Page, trail: Iterable[Crumb] = (), versions: Mapping[str, Page] | None = None
) -> dict[str, Any]:
    """For a page on the site of the municipality in force. At most three queries: for its `versions` when
    they are not known, for what the library left open, and for all that its texts lead to.
    """
    here = local()
    versions = translations_of(page) if versions is None else versions
    own_texts = texts_for(page)
    look_up(linked_in([*texts_of(page), *own_texts.values()]), here)
    language = page.locale.language_code
    canonical = absolute(address(page.url_path, language))
    above = tuple(trail)
    return {
        "trail": above,
        "known": here.facts,
        "left_out": here.choices.parts,
        "own_texts": own_texts,
        "language": language,
        "other_language": here.other_language(page),
        "only_dutch": here.is_missing(page),
        "canonical": canonical,
        "changed": page.last_published_at,
        "useful_url": reverse("cms_useful", args=[page.translation_key]),
        "graph": graph_of(page, here.facts, canonical, above),
        "alternates": {code: absolute(address(one.url_path, code)) for code, one in versions.items()}
        if len(versions) > 1
        else {},
    }
