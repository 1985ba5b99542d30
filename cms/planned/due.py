"""Pages that were planned are published, and taken away, when it is time: in the worker's turn.

Publishing is the same as by hand: the page raises its generation in the transaction, so no stored page
outlives it. What another worker or an editor is busy with waits for the next turn.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from cms.trees import is_library, languages, root_slug, tree_of
from portal.municipalities.acting import current_municipality
from portal.municipalities.turns import at_each_turn

log = logging.getLogger(__name__)


def publish_due(at: datetime) -> None:
    """Of the municipality in force and of the library. One bad page holds up no other."""
    for page, revision in _due(at):
        try:
            with transaction.atomic():
                held = Page.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=page.pk)
                still = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
                if held and still.exists():
                    revision.publish(log_action="wagtail.publish.scheduled")
        except Exception as fault:
            log.error("planned page %s is not published: %s", page.pk, type(fault).__name__)
    for page in Page.objects.filter(live=True, expire_at__lt=at):
        if _ours(page):
            try:
                with transaction.atomic():
                    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except Exception as fault:
                log.error("page %s is not taken away: %s", page.pk, type(fault).__name__)


def _due(at: datetime) -> Iterator[tuple[Page, Revision]]:
    planned = Revision.objects.page_revisions().filter(approved_go_live_at__lt=at)
    revisions = list(planned.order_by("approved_go_live_at"))
    pages = Page.objects.in_bulk([int(revision.object_id) for revision in revisions])
    for revision in revisions:
        page = pages.get(int(revision.object_id))
        if page is not None and _ours(page):
            yield page, revision


def _ours(page: Page) -> bool:
    """Whether it is of the municipality in force, or of the library: whoever comes first publishes that."""
    if is_library(page.url_path):
        return True
    slug = current_municipality().slug
    return tree_of(page.url_path) in {root_slug(slug, code) for code in languages()}


def listen() -> None:
    """Called once all models are there."""
    at_each_turn(publish_due)
