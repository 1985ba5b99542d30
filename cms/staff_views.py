"""What the CMS host serves besides Wagtail: the way in, and the files that editors look at."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.home import HomeView
from wagtail.documents.views.serve import serve as serve_file

from .announcements.places import places_of as announced_by
from .connections.places import administered_by
from .files import folder_of
from .purposes.places import places_of as purposes_of
from .reach import roots_of
from .site_views import serve_picture
from .themes.places import styled_by
from .trees_in_reach import collections_of


@require_safe
def start(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """There is nothing here but the CMS."""
    return redirect("wagtailadmin_home")


@require_admin_access
def first_screen(request: HttpRequest) -> HttpResponse:
    """Wagtail's own; for who is only on duty the one screen there is, which is needed in a hurry."""
    others = (roots_of, purposes_of, administered_by, styled_by)
    if announced_by(request.user) and not any(places(request.user) for places in others):
        return redirect("cms_announcements_start")
    answer: HttpResponse = HomeView.as_view()(request)
    return answer


@require_safe
@require_admin_access
def picture(request: HttpRequest, path: str) -> FileResponse:
    """A picture of a collection that this editor may choose from."""
    answer = serve_picture(path, tuple(folder_of(name) for name in collections_of(request.user)))
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


@require_safe
@require_admin_access
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A document that the fence let through."""
    answer: HttpResponse = serve_file(request, document_id, filename)
    return answer


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001
    """The same for what does not exist and for what is somebody else's."""
    return render(request, "cms/staff_not_found.html", status=404)
