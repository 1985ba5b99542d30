"""What a tree holds now, read at once: however many pages there are, the number of questions is the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState

from cms.models import ContentPage

from .columns import ADDRESS, COLUMNS, KIND, KINDS, PRODUCT, Stored, page_field, stored


@dataclass(frozen=True)
class Held:
    """A page as its editor sees it: the latest draft, or where there is none the page itself."""

    id: int
    address: str
    """Below the root, without strokes at its ends."""
    kind: str
    """As in a file; empty for a page that no file can hold."""
    type_name: str
    holds_pages: bool
    locked: bool
    waits: bool
    revision: int | None
    content: Mapping[str, Any]

    @cached_property
    def stored(self) -> Mapping[str, Stored]:
        """What each column is read into."""
        return {column.name: stored(column, self.content) for column in COLUMNS}

    @cached_property
    def cells(self) -> Mapping[str, str]:
        """As a file gives it out."""
        cells = {KIND: self.kind, ADDRESS: f"/{self.address}/"}
        for column in COLUMNS:
            if self.kind in column.kinds:
                cells[column.name] = column.show(self.stored[column.name])
        return cells


def held_below(root: Page) -> list[Held]:
    """All pages of a tree, the root first, parents before children. Three queries."""
    waits = WorkflowState.objects.active().filter(object_id=Cast(OuterRef("pk"), CharField()))
    below = Page.objects.filter(path__startswith=root.path)
    pages = list(below.annotate(waits=Exists(waits)).order_by("path"))
    types = ContentType.objects.get_for_models(*KINDS.values())
    kinds = {types[model].pk: kind for kind, model in KINDS.items()}
    ours = [page for page in pages if page.content_type_id in kinds]
    latest = [page.latest_revision_id for page in ours if page.has_unpublished_changes]
    drafts = dict(Revision.objects.filter(pk__in=latest).values_list("pk", "content"))
    contents = {
        page.pk: drafts[page.latest_revision_id] for page in ours if page.latest_revision_id in drafts
    }
    contents |= _as_they_stand([page.pk for page in ours if page.pk not in contents], kinds)
    found = []
    for page in pages:
        model = page.cached_content_type.model_class()
        found.append(
            Held(
                id=page.pk,
                address=page.url_path[len(root.url_path) :].strip("/"),
                kind=kinds.get(page.content_type_id, ""),
                type_name=str(model._meta.verbose_name),
                holds_pages=bool(model.subpage_types),
                locked=page.locked,
                waits=page.waits,
                revision=page.latest_revision_id,
                content=contents.get(page.pk, {}),
            )
        )
    return found


def _as_they_stand(ids: Iterable[int], kinds: Mapping[int, str]) -> dict[int, dict[str, Any]]:
    """The fields of pages without a draft, as a revision would hold them. One query for all kinds."""
    found = {}
    for page in ContentPage.objects.filter(pk__in=ids).select_related("productpage"):
        kind = kinds[page.content_type_id]
        specific = page.productpage if kind == PRODUCT else page
        fields = [page_field(column, kind) for column in COLUMNS if kind in column.kinds]
        found[page.pk] = {field.name: field.value_to_string(specific) for field in fields}
    return found
