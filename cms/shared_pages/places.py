"""Where an editor is busy: a municipality in force, and a page of the library or of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest
from wagtail.models import Page

from cms.local_views import own
from cms.models import HomePage
from cms.reach import edits_library
from cms.trees import LIBRARY, ROOT_DEPTH, is_library, root_slug


@contextmanager
def shared_page(request: HttpRequest, slug: str, page_id: int) -> Iterator[tuple[HomePage, Page]]:
    """A published page of the library, with a municipality of this editor in force. Raises Http404
    otherwise.
    """
    with own(request, slug) as home:
        page = Page.objects.filter(id=page_id, live=True, depth__gt=ROOT_DEPTH).specific().first()
        if page is None or not is_library(page.url_path):
            raise Http404
        yield home, page


@contextmanager
def own_page(request: HttpRequest, slug: str, page_id: int) -> Iterator[tuple[HomePage, Page]]:
    """A page of the municipality's own, which is in force. Raises Http404 otherwise."""
    with own(request, slug) as home:
        page = Page.objects.descendant_of(home).filter(id=page_id).specific().first()
        if page is None:
            raise Http404
        yield home, page


def library_page(request: HttpRequest, page_id: int) -> Page:
    """A page of the library, published or not, for who writes there. Raises Http404 otherwise."""
    for_library(request)
    page = Page.objects.filter(id=page_id, depth__gt=ROOT_DEPTH).specific().first()
    if page is None or not is_library(page.url_path):
        raise Http404
    return page


def for_library(request: HttpRequest) -> None:
    """Raises Http404 for who does not write for all municipalities."""
    if not edits_library(request.user):
        raise Http404


def root_of_library(language: str) -> Page:
    """Where the library's pages in a language stand."""
    return Page.objects.get(slug=root_slug(LIBRARY, language), depth=ROOT_DEPTH)
