"""The fence on the CMS host: a member of staff reaches the trees and files of their own groups, in any view.

Wagtail fences writing by its permissions; what it shows in choosers, searches, reports and messages it does
not. So, for all but superusers, an address of the CMS is closed unless it stands in `OPEN`, and every id in
an address, a question or a posted form must be one that this person may reach. A view that a new version of
Wagtail adds is closed by itself.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks

from portal.municipalities.middleware import GetResponse

from .broken_links.urls import OPEN as BROKEN_LINKS
from .importing.urls import OPEN as IMPORTING
from .reach import at_work
from .redirects.urls import OPEN as REDIRECTS
from .shared_pages.urls import OPEN as SHARED_PAGES
from .trees_in_reach import Kind, may_reach, pages_to_choose
from .writing.urls import OPEN as WRITING

PAGE, REFERENCE, PICTURE, DOCUMENT, OWN = Kind.PAGE, Kind.REFERENCE, Kind.PICTURE, Kind.DOCUMENT, Kind.OWN
PURPOSES, CONNECTIONS, STYLED = Kind.PURPOSES, Kind.CONNECTIONS, Kind.STYLED
ANNOUNCED = Kind.ANNOUNCED

OPEN: Mapping[str, Mapping[str, Kind]] = {
    "wagtailadmin_home": {},
    "wagtailadmin_login": {},
    "wagtailadmin_logout": {},
    "staff:sign_in": {},
    "staff:back": {},
    "staff:refused": {},
    "staff:sign_out": {},
    "staff:signed_out": {},
    "wagtailadmin_account": {},
    "wagtailadmin_sprite": {},
    "wagtailadmin_javascript_catalog": {},
    "wagtailadmin_dismissibles": {},
    "wagtailadmin_editing_sessions:ping": {"object_id": PAGE, "model_name": Kind.PAGE_TYPE},
    "wagtailadmin_editing_sessions:release": {},
    "wagtailadmin_api:pages:listing": {},
    "wagtailadmin_api:pages:detail": {"pk": PAGE},
    "wagtailadmin_explore_root": {},
    "wagtailadmin_explore": {"parent_page_id": PAGE},
    "wagtailadmin_explore_results": {"parent_page_id": PAGE},
    "wagtailadmin_pages:add": {"parent_page_id": PAGE},
    "wagtailadmin_pages:preview_on_add": {"parent_page_id": PAGE},
    "wagtailadmin_pages:add_subpage": {"parent_page_id": PAGE},
    "wagtailadmin_pages:edit": {"page_id": PAGE},
    "wagtailadmin_pages:preview_on_edit": {"page_id": PAGE},
    "wagtailadmin_pages:view_draft": {"page_id": PAGE},
    "wagtailadmin_pages:delete": {"page_id": PAGE},
    "wagtailadmin_pages:unpublish": {"page_id": PAGE},
    "wagtailadmin_pages:move": {"page_to_move_id": PAGE},
    "wagtailadmin_pages:move_confirm": {"page_to_move_id": PAGE, "destination_id": PAGE},
    "wagtailadmin_pages:set_page_position": {"page_to_move_id": PAGE},
    "wagtailadmin_pages:copy": {"page_id": PAGE},
    "wagtailadmin_pages:history": {"page_id": PAGE},
    "wagtailadmin_pages:history_results": {"page_id": PAGE},
    "wagtailadmin_pages:revisions_index": {"page_id": PAGE},
    "wagtailadmin_pages:revisions_view": {"page_id": PAGE},
    "wagtailadmin_pages:revisions_revert": {"page_id": PAGE},
    "wagtailadmin_pages:revisions_unschedule": {"page_id": PAGE},
    "wagtailadmin_pages:revisions_compare": {"pk": PAGE},
    "wagtailadmin_pages:workflow_action": {"page_id": PAGE, "task_state_id": Kind.WAITING},
    "wagtailadmin_pages:collect_workflow_action_data": {"page_id": PAGE, "task_state_id": Kind.WAITING},
    "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": PAGE},
    "wagtailadmin_pages:workflow_preview": {"page_id": PAGE, "task_id": Kind.TASK},
    "wagtailadmin_pages:workflow_history": {"page_id": PAGE},
    "wagtailadmin_pages:workflow_history_detail": {"page_id": PAGE},
    "wagtailadmin_pages:search": {},
    "wagtailadmin_pages:search_results": {},
    "wagtailadmin_choose_page": {},
    "wagtailadmin_choose_page_child": {"parent_page_id": REFERENCE},
    "wagtailadmin_choose_page_search": {},
    "wagtailadmin_choose_page_external_link": {},
    "wagtailadmin_choose_page_email_link": {},
    "wagtailadmin_choose_page_phone_link": {},
    "wagtailimages:index": {},
    "wagtailimages:index_results": {},
    "wagtailimages:add": {},
    "wagtailimages:edit": {"image_id": PICTURE},
    "wagtailimages:delete": {"image_id": PICTURE},
    "wagtailimages:add_multiple": {},
    "wagtailimages:edit_multiple": {"image_id": PICTURE},
    "wagtailimages:delete_multiple": {"image_id": PICTURE},
    "wagtailimages_chooser:choose": {},
    "wagtailimages_chooser:choose_results": {},
    "wagtailimages_chooser:chosen": {"pk": PICTURE},
    "wagtailimages_chooser:create": {},
    "wagtaildocs:index": {},
    "wagtaildocs:index_results": {},
    "wagtaildocs:add": {},
    "wagtaildocs:edit": {"document_id": DOCUMENT},
    "wagtaildocs:delete": {"document_id": DOCUMENT},
    "wagtaildocs:add_multiple": {},
    "wagtaildocs:edit_multiple": {"doc_id": DOCUMENT},
    "wagtaildocs:delete_multiple": {"doc_id": DOCUMENT},
    "wagtaildocs_chooser:choose": {},
    "wagtaildocs_chooser:choose_results": {},
    "wagtaildocs_chooser:chosen": {"pk": DOCUMENT},
    "wagtaildocs_chooser:create": {},
    "wagtaildocs_serve": {"document_id": DOCUMENT},
    "cms_picture": {},
    "cms_staff_start": {},
    "cms_facts_start": {},
    "cms_facts": {"slug": OWN},
    **BROKEN_LINKS,
    **IMPORTING,
    **REDIRECTS,
    **SHARED_PAGES,
    **WRITING,
    "cms_purposes_start": {},
    "cms_purposes": {"slug": PURPOSES},
    "cms_purpose_new": {"slug": PURPOSES},
    "cms_purpose_take": {"slug": PURPOSES},
    "cms_purpose_renew": {"slug": PURPOSES},
    "cms_purpose": {"slug": PURPOSES},
    "cms_purpose_step": {"slug": PURPOSES},
    "cms_purpose_published": {"slug": PURPOSES},
    "cms_purposes_uses": {"slug": PURPOSES},
    "cms_purposes_block": {"slug": PURPOSES},
    "cms_purposes_access": {"slug": PURPOSES},
    "cms_consumers": {"slug": PURPOSES},
    "cms_consumer_new": {"slug": PURPOSES},
    "cms_consumer": {"slug": PURPOSES},
    "cms_consumer_change": {"slug": PURPOSES},
    "cms_consumer_proposal": {"slug": PURPOSES},
    "cms_purposes_questions": {"slug": PURPOSES},
    "cms_purposes_question": {"slug": PURPOSES},
    "cms_connections_start": {},
    "cms_connections": {"slug": CONNECTIONS},
    "cms_connections_health": {"slug": CONNECTIONS},
    "cms_connections_log": {"slug": CONNECTIONS},
    "cms_connection_new": {"slug": CONNECTIONS},
    "cms_connection": {"slug": CONNECTIONS},
    "cms_connection_change": {"slug": CONNECTIONS},
    "cms_connection_test": {"slug": CONNECTIONS},
    "cms_connection_switch": {"slug": CONNECTIONS},
    "cms_connection_ask": {"slug": CONNECTIONS},
    "cms_connection_choose": {"slug": CONNECTIONS},
    "cms_connection_proposal": {"slug": CONNECTIONS},
    "cms_connection_proposal_test": {"slug": CONNECTIONS},
    "cms_connection_case_types": {"slug": CONNECTIONS},
    "cms_themes_start": {},
    "cms_themes_states": {},
    "cms_themes": {"slug": STYLED},
    "cms_themes_pick": {"slug": STYLED},
    "cms_themes_drop": {"slug": STYLED},
    "cms_themes_part": {"slug": STYLED},
    "cms_themes_beside": {"slug": STYLED},
    "cms_themes_page": {"slug": STYLED},
    "cms_useful_start": {},
    "cms_useful_of": {"slug": OWN},
    "cms_synonyms_start": {},
    "cms_synonyms": {"slug": Kind.WORDS},
    "cms_synonym_away": {"slug": Kind.WORDS},
    "cms_announcements_start": {},
    "cms_announcements": {"slug": ANNOUNCED},
    "cms_announcement_away": {"slug": ANNOUNCED},
}
"""The addresses that are open, with the kind of thing each of its ids names."""

NAMED: Mapping[str, Kind] = {
    "page": REFERENCE,
    "replaces": REFERENCE,
    "new_parent_page": PAGE,
    "parent_page_id": REFERENCE,
    "child_of": REFERENCE,
    "descendant_of": REFERENCE,
    "translation_of": REFERENCE,
    "ancestor_of": REFERENCE,
    "target_pages[]": REFERENCE,
    "picture": PICTURE,
    "next": Kind.ANYTHING,
}
"""Fields, also within lists (`body-0-value-picture`), whose value is an id."""

LINKS: Mapping[str, Kind] = {"LINK": REFERENCE, "DOCUMENT": DOCUMENT, "IMAGE": PICTURE}
"""What a link in running text refers to, in the editor's own notation."""

Named = Iterator[tuple[Kind, Any]]


def fence_middleware(get_response: GetResponse) -> GetResponse:
    """Only what is open, and only what this person may reach; all else is not there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.on_cms_host:  # type: ignore[attr-defined]
            return get_response(request)
        with at_work(request.user):
            return get_response(request)

    def process_view(
        request: HttpRequest, _view: Any, _args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if not request.on_cms_host or getattr(request, "is_dummy", False):  # type: ignore[attr-defined]
            return
        user = request.user
        if not user.is_authenticated or user.is_superuser:
            return
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in OPEN:
            raise Http404
        named = [*_in_address(OPEN[name], kwargs), *_in_form(request)]
        if not all(may_reach(user, kind, value) for kind, value in named):
            raise Http404

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


@hooks.register("construct_page_chooser_queryset")
def choosable(pages: Any, request: HttpRequest) -> Any:
    """A page chooser offers what one may choose, and no more."""
    return pages if request.user.is_superuser else pages.filter(pages_to_choose(request.user))


def _in_address(kinds: Mapping[str, Kind], kwargs: Mapping[str, Any]) -> Named:
    for name, kind in kinds.items():
        if kwargs.get(name) not in (None, ""):
            yield kind, kwargs[name]


def _in_form(request: HttpRequest) -> Named:
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            kind = NAMED.get(name.rsplit("-", 1)[-1])
            for value in values:
                if kind and value:
                    yield kind, value
                elif str(value).lstrip().startswith("{"):
                    yield from _in_text(str(value))


def _in_text(value: str) -> Named:
    """What a running text refers to, read as Wagtail reads it: the same can be spelled in many ways."""
    try:
        text = json.loads(value)
    except (ValueError, RecursionError):
        return  # no running text, for Wagtail neither
    try:
        for entity in (text.get("entityMap") or {}).values():
            kind, data = LINKS.get(entity.get("type")), entity.get("data") or {}
            if kind and data.get("id"):
                yield kind, data["id"]
    except AttributeError:
        yield Kind.NOTHING, value
