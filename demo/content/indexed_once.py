"""Wagtail's own indexes follow each save of a page. While a whole demo is made, once at the end is enough."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_once() -> Iterator[None]:
    """For the block pages are not indexed for editors; after it all of them are."""
    kinds = [kind for kind in get_indexed_models() if issubclass(kind, Page)]
    for kind in kinds:
        post_save.disconnect(post_save_signal_handler, sender=kind)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for kind in kinds:
            post_save.connect(post_save_signal_handler, sender=kind)
    by_kind: dict[type[Page], list[Page]] = defaultdict(list)
    for page in Page.objects.filter(depth__gt=1).specific():
        by_kind[type(page)].append(page)
        ReferenceIndex.create_or_update_for_object(page)
    for kind, pages in by_kind.items():
        get_search_backend().add_bulk(kind, pages)
