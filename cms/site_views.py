"""What a municipality's host serves besides Mijn: pages, pictures, documents, files for search engines."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_file

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute

from .files import PLACE
from .local import filled_in
from .page_cache import stored_whole
from .page_context import around, context_of
from .routing import Elsewhere, find
from .routing import old_address as led_from
from .sitemap import addresses
from .trees import LIBRARY, address

PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
"""What may be shown in a page; SVG and HTML can run script and are never served."""


@require_safe
@stored_whole
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at a path of this site; one that exists in the language asked leads to that version."""
    with filled_in() as local:
        found = find(path.strip("/"), request.path, local)
        if isinstance(found, Elsewhere):
            return redirect(found.url, permanent=found.permanent)
        near = around(found.page)
        if local.is_missing(found.page) and (asked := near.versions.get(local.language)):
            return redirect(address(asked.url_path, local.language))
        context = {**found.page.get_context(request), **context_of(found.page, near, found.trail)}
        return render(request, found.page.template, context)


@require_safe
def old_address(request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001
    """An address with signs that no page's has, such as `/oud.aspx` of an earlier site."""
    found = led_from(request.path)
    return redirect(found.url, permanent=found.permanent)


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:  # noqa: ARG001
    """A picture of this municipality or of the library; nobody else's."""
    return serve_picture(path, (current_municipality().slug, LIBRARY))


def serve_picture(path: str, folders: tuple[str, ...]) -> FileResponse:
    """A picture that lies in one of these folders itself. Raises Http404 for anything else."""
    kind = PICTURES.get("." + path.rsplit(".", 1)[-1].lower())
    # Compared whole, not by how the path starts: `…/zandmeer/../veldrecht/…` is Veldrecht's.
    folder, _slash, name = path.rpartition("/")
    if kind is None or not name or folder not in {f"{PLACE}/{one}" for one in folders}:
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, ValueError, SuspiciousFileOperation):
        raise Http404 from None
    answer = FileResponse(file, content_type=kind)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A document of this municipality or of the library, as a file to keep; PDF may open in the browser."""
    found = get_object_or_404(get_document_model().objects.select_related("collection"), id=document_id)
    if found.collection.name not in (current_municipality().slug, LIBRARY):
        raise Http404
    answer: HttpResponse = serve_file(request, document_id, filename)
    return answer


@require_safe
@stored_whole
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages of this site in all languages, the library's included."""
    with filled_in() as local:
        return render(request, "cms/sitemap.xml", {"pages": addresses(local)}, content_type="application/xml")


@require_safe
@stored_whole
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Search engines may read the site, not Mijn; nothing at all of a made-up municipality."""
    rules = (
        ["Disallow: /"]
        if current_municipality().fictional
        else [
            f"Disallow: {'' if code == settings.LANGUAGE_CODE else '/' + code}/mijn/"
            for code, _ in settings.LANGUAGES
        ]
    )
    lines = ["User-agent: *", *rules, f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
