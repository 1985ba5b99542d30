"""A municipality's own pages as plain data, for the export: running text as HTML, all else as it is kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from cms.local import own_tree
from cms.trees import address

OF_EVERY_PAGE = {field.name for field in Page._meta.get_fields()}


def own_pages() -> Iterator[Mapping[str, Any]]:
    """Of the municipality in force, from the top of the tree down."""
    for row in Page.objects.filter(own_tree()).select_related("locale").order_by("path").iterator(200):
        page = row.specific
        language = row.locale.language_code
        yield {
            "address": address(page.url_path, language),
            "language": language,
            "type": page._meta.model_name,
            "live": page.live,
            "published": page.last_published_at,
            **_content(page),
            "draft": _content(page.get_latest_revision_as_object()) if page.has_unpublished_changes else None,
        }


def as_html(value: Any) -> Any:
    """Text with the addresses of what it links to, however deep it lies; anything else as it is."""
    if isinstance(value, dict):
        return {name: as_html(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_html(one) for one in value]
    if isinstance(value, str) and ("linktype=" in value or "embedtype=" in value):
        return expand_db_html(value)
    return value


def _content(page: Page) -> dict[str, Any]:
    said = {"title": page.title, "slug": page.slug, "search_description": page.search_description}
    for field in page._meta.concrete_fields:
        if field.name not in OF_EVERY_PAGE and not getattr(field.remote_field, "parent_link", False):
            said[field.name] = _value(page, field)
    return said


def _value(page: Page, field: Any) -> Any:
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        return as_html(_with_addresses(field.stream_block, list(value.get_prep_value())))
    if isinstance(field, RichTextField):
        return as_html(value)
    if isinstance(value, Page):
        return value.url_path
    return str(value.pk) if field.is_relation and value is not None else value


def _with_addresses(block: blocks.Block, value: Any) -> Any:
    """A page that was chosen, such as for the menu, by where it stands: its number says nothing elsewhere."""
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [
            {**one, "value": _with_addresses(known[one["type"]], one["value"])}
            if one["type"] in known
            else one
            for one in value
        ]
    if isinstance(block, blocks.StructBlock):
        named = {name: _with_addresses(child, value.get(name)) for name, child in block.child_blocks.items()}
        return {**value, **named}
    if isinstance(block, blocks.PageChooserBlock):
        return Page.objects.filter(pk=value).values_list("url_path", flat=True).first()
    return value
