"""What all page types share: their address, how they are rendered, and that a change is seen at once."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from wagtail.models import COMMENTS_RELATION_NAME, Page

from portal.municipalities.acting import acting_for, current_id, current_municipality
from portal.municipalities.addresses import origin

from .generations import raise_for
from .moved_pages import leave_redirects
from .search.indexing import put
from .second_person.permissions import ByTwo
from .trees import LIBRARY, address, is_library

DRAFT = {
    COMMENTS_RELATION_NAME,
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
}
"""What saving a draft writes on the page itself; no visitor sees it."""


class Served:
    """Mixed into each page type, before Wagtail's `Page`."""

    template = ""

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:  # noqa: ARG002
        """The site, its origin and the path there.

        Of the municipality in force, whatever the request; on the CMS host of the page's own municipality, or
        for a library page of the editor's, so that editors have somewhere to look and see no other's address.
        """
        from .reach import municipality_of_page

        municipality = current_municipality() if current_id() else municipality_of_page(self)
        if municipality is None or municipality.site_id is None:
            return None
        path = address(self.url_path, self.locale.language_code)  # type: ignore[attr-defined]
        return municipality.site_id, origin(municipality.host), path

    def get_url(self, request: HttpRequest | None = None, current_site: object = None) -> str | None:  # noqa: ARG002
        """Relative on a site, whole on the CMS host. (Wagtail's own asks for every site there is.)"""
        parts = self.get_url_parts(request)
        if parts is None:
            return None
        return parts[2] if current_id() else parts[1] + parts[2]

    @property
    def url(self) -> str | None:
        """As `get_url`; Wagtail reads it as a property too."""
        return self.get_url()

    def permissions_for_user(self, user: Any) -> ByTwo:
        """What this person may do with the page; where two people publish, nobody does alone."""
        return ByTwo(user, self)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """For a page of the library, on which of the sites that this person may see; one's own for an own
        page.
        """
        from .reach import sites_to_look_at

        if not is_library(self.url_path or f"/{LIBRARY}/"):  # type: ignore[attr-defined]
            return [("", gettext("Op uw site"))]
        return [(one.slug, one.name) for one in sites_to_look_at()]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Wagtail's, on the host of the site that was chosen; of no site that this person may not see."""
        from .reach import sites_to_look_at

        arguments = (original_request, preview_mode, extra_request_attrs)
        chosen = {one.slug: one for one in sites_to_look_at()}.get(preview_mode or "")
        if chosen is None or current_id():
            return super().make_preview_request(*arguments)  # type: ignore[misc,no-any-return]
        with acting_for(chosen):
            return super().make_preview_request(*arguments)  # type: ignore[misc,no-any-return]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        """The page in the frame of the editor, who may show it in a frame of the CMS and nowhere else."""
        from .local import filled_in
        from .page_context import around, context_of

        with filled_in():
            context = {**self.get_context(request), **context_of(self, around(self))}  # type: ignore[attr-defined]
            return render(request, self.template, context)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and in the same transaction leave a redirect at an old address, raise the generation, index.

        So no stored page outlives the change, and no crash comes between.
        """
        before = Page.objects.filter(pk=self.pk).values_list("url_path", flat=True).first()  # type: ignore[attr-defined]
        super().save(*args, **kwargs)  # type: ignore[misc]
        if before:
            leave_redirects(self, before)
        if not DRAFT.issuperset(kwargs.get("update_fields") or ["all"]):
            raise_for(self.path)  # type: ignore[attr-defined]
            put(self)
