"""Writing what was planned: as drafts, in one transaction. What stands on the site stays as it is."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from .columns import COLUMNS, KINDS
from .places import Tree
from .planning import Outcome, Plan, Planned
from .wagtail_hooks import READ_IN

STREAMS = {"body", "laws"}


def wait_for_turn(tree: Tree) -> None:
    """Until no other file is being read into this tree, within a transaction."""
    Page.objects.select_for_update().get(pk=tree.root.pk)


@transaction.atomic
def write(plan: Plan, tree: Tree, user: Any) -> int:
    """A draft of each page that is new or differs; how many there are.

    A draft may lack something: it is checked, as any, when somebody publishes it.
    """
    parents: dict[str, Page] = {"": Page.objects.get(pk=tree.root.pk).specific}
    drafts = [row for row in plan.rows if row.outcome in (Outcome.MADE, Outcome.CHANGED)]
    for row in sorted(drafts, key=lambda one: one.address.count("/")):
        page = _changed(row) if row.held else _made(row, tree, parents, user)
        with LogContext(user=user, generate_uuid=False):  # history tells one page of a turn
            page.save_revision(user=user, log_action=READ_IN, clean=False)
    return len(drafts)


def _made(row: Planned, tree: Tree, parents: dict[str, Page], user: Any) -> Page:
    page = KINDS[row.kind](
        slug=row.slug, live=False, has_unpublished_changes=True, owner=user, locale=tree.root.locale
    )
    _fill(page, row)
    page.draft_title = page.title
    parent = parents.get(row.parent)
    if parent is None:
        url_path = f"{tree.root.url_path}{row.parent}/"
        parent = Page.objects.get(url_path=url_path, path__startswith=tree.root.path)
        parents[row.parent] = parent
    with disable_reference_index_auto_update():  # its draft is looked at in a moment
        parent.add_child(instance=page)
    parents[row.address] = page
    return page


def _changed(row: Planned) -> Page:
    assert row.held is not None
    page = Page.objects.get(pk=row.held.id).specific.get_latest_revision_as_object()
    _fill(page, row)
    return page


def _fill(page: Any, row: Planned) -> None:
    for column in COLUMNS:
        if column.field not in row.values:
            continue
        value = row.values[column.field]
        if column.field in STREAMS:
            value = page._meta.get_field(column.field).stream_block.to_python(value)
        setattr(page, column.field, value)
