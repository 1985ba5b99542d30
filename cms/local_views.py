"""The editor's pages about their own municipality: its facts. What it shows of the library: `shared_pages`.

No municipality is in force on the CMS host: each view puts the editor's own in force, after looking at their
groups.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.municipalities.acting import acting_for

from .local_forms import FactsForm
from .models import HomePage
from .places import to_a_place
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
    return start_at(request, "cms_facts", _("Gegevens van uw gemeente"))


def useful_start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return start_at(request, "cms_useful_of", _("Was dit nuttig?"))


def facts_of(request: HttpRequest, slug: str) -> HttpResponse:
    """See and change the facts that all pages are filled in with."""
    with own(request, slug) as home:
        form = FactsForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Opgeslagen. De gegevens staan nu op de hele site."))
            return redirect("cms_facts", slug)
        return render(request, "cms/staff/facts.html", {"form": form, "municipality": home.municipality})


def start_at(request: HttpRequest, view: str, title: str) -> HttpResponse:
    """To that view of one's own municipality, or a choice where there are more."""
    return to_a_place(request, [home.municipality for home in homes_of(request.user)], view, title)
