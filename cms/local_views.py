"""The editor's pages about their own municipality: its facts, and what it shows of the library.

No municipality is in force on the CMS host: each view puts the editor's own in force, after looking at their
groups.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.municipalities.acting import acting_for

from .library_choices import rows_for, shown_as
from .local_forms import FactsForm
from .models import ContentPage, HomePage, LeftOut
from .reach import homes_of


@contextmanager
def own(request: HttpRequest, slug: str) -> Iterator[HomePage]:
    """The home page of a municipality that this person edits, with it in force. Raises Http404 otherwise."""
    home = next((home for home in homes_of(request.user) if home.municipality.slug == slug), None)
    if home is None:
        raise Http404
    with acting_for(home.municipality):
        yield home


def facts_start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return _start(request, "cms_facts", _("Gegevens van uw gemeente"))


def library_start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return _start(request, "cms_library", _("Pagina’s van de bibliotheek"))


def facts_of(request: HttpRequest, slug: str) -> HttpResponse:
    """See and change the facts that all pages are filled in with."""
    with own(request, slug) as home:
        form = FactsForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Opgeslagen. De gegevens staan nu op de hele site."))
            return redirect("cms_facts", slug)
        return render(request, "cms/staff/facts.html", {"form": form, "municipality": home.municipality})


def library_of(request: HttpRequest, slug: str) -> HttpResponse:
    """All pages of the library, and what this municipality does with each."""
    with own(request, slug) as home:
        return render(
            request, "cms/staff/library.html", {"rows": rows_for(home), "municipality": home.municipality}
        )


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave out a page or a part of one, or show it again."""
    with own(request, slug) as home:
        page = get_object_or_404(
            ContentPage, translation_key=_uuid(request.POST.get("key", "")), locale=home.locale
        )
        block = request.POST.get("part", "")
        if not shown_as(page, block):
            raise Http404
        if request.POST.get("show") == "1":
            for left_out in LeftOut.objects.filter(home=home, page=page, block=block):
                left_out.delete()
            messages.success(request, _("Dit staat weer op uw site."))
        else:
            LeftOut.objects.get_or_create(home=home, page=page, block=block)
            messages.success(request, _("Dit staat niet meer op uw site."))
        return redirect("cms_library", slug)


def _start(request: HttpRequest, view: str, title: str) -> HttpResponse:
    homes = homes_of(request.user)
    if len(homes) == 1:
        return redirect(view, homes[0].municipality.slug)
    if not homes:
        raise Http404
    return render(request, "cms/staff/which.html", {"homes": homes, "view": view, "title": title})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
