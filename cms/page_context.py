"""What templates get besides the page: local facts, language, and the addresses for search engines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from portal.municipalities.addresses import absolute

from .links import linked_in, look_up, look_up_documents, texts_of
from .listings import cards_of_questions
from .local import is_own, local
from .page_types import ProductPage, QuestionPage
from .routing import Crumb
from .shared_pages.filling import texts_for
from .structured import graph_of
from .trees import address, is_library


@dataclass(frozen=True, slots=True)
class Around:
    """What a page shows of other pages, and what the municipality wrote on it."""

    own_texts: Mapping[str, str]
    """In the places that the library left open."""
    versions: Mapping[str, Page]
    """The live versions of the page on this site, by language."""
    questions: list[Page]
    """What stands below a product."""


def around(page: Page) -> Around:
    """Read for a page on the site of the municipality in force. One query for all that its texts lead to, its
    versions and its questions, one for documents, and one where the library left something open.
    """
    here, own_texts = local(), texts_for(page)
    texts = [*texts_of(page), *own_texts.values()]
    look_up_documents(linked_in(texts, "document"), here)
    found = look_up(linked_in(texts), here, Q(pk=page.pk), *_questions_below(page))
    same = (one for one in found if one.translation_key == page.translation_key)
    versions = [one for one in same if is_library(page.url_path) or is_own(one.url_path)]
    return Around(
        own_texts,
        {one.locale.language_code: one for one in versions},
        [one for one in found if one.specific_class is QuestionPage and one.is_child_of(page)],
    )


def _questions_below(page: Page) -> list[Q]:
    if not isinstance(page, ProductPage):
        return []
    kind = ContentType.objects.get_for_model(QuestionPage)
    return [Q(path__startswith=page.path, depth=page.depth + 1, content_type=kind)]


def context_of(page: Page, near: Around, trail: Iterable[Crumb] = ()) -> dict[str, Any]:
    """For a page on the site of the municipality in force, with what was read around it."""
    here = local()
    language = page.locale.language_code
    canonical = absolute(address(page.url_path, language))
    above = tuple(trail)
    return {
        "trail": above,
        "known": here.facts,
        "left_out": here.choices.parts,
        "own_texts": near.own_texts,
        "questions": cards_of_questions(near.questions),
        "language": language,
        "other_language": here.other_language(page),
        "only_dutch": here.is_missing(page),
        "canonical": canonical,
        "changed": page.last_published_at,
        "useful_url": reverse("cms_useful", args=[page.translation_key]),
        "graph": graph_of(page, here.facts, canonical, above),
        "alternates": {code: absolute(address(one.url_path, code)) for code, one in near.versions.items()}
        if len(near.versions) > 1
        else {},
    }
