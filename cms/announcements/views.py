"""What stands above a site, putting something there, and taking it away."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.places import Place, place_named, to_a_place
from portal.municipalities.models import Announcement

from .forms import AnnouncementForm
from .places import places_of

KEPT = timedelta(days=365)
"""How long one can look back at what stood there and who put it there."""
LOOKED_BACK = 20


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the one place where one may, or a choice."""
    return to_a_place(
        request,
        places_of(request.user),
        "cms_announcements",
        _("Crisis en mededelingen"),
        _("Op welke site?"),
    )


@never_cache
def announcements(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and below it what stands there, what comes, and what was."""
    place = place_named(slug, places_of(request.user))
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _put(request, place, form)
        return redirect("cms_announcements", slug)
    now = timezone.now()
    own = Announcement.objects.filter(municipality=place.municipality)
    context = {
        "place": place,
        "form": form,
        "now": own.filter(begins__lte=now, ends__gt=now).order_by("kind", "-begins"),
        "coming": own.filter(begins__gt=now).order_by("begins"),
        "been": own.filter(ends__lte=now).order_by("-ends")[:LOOKED_BACK],
        "of_all": Announcement.objects.filter(municipality=None, begins__lte=now, ends__gt=now)
        if place.municipality
        else (),
    }
    return render(request, "cms/announcements/place.html", context, status=422 if form.errors else 200)


@require_POST
def take_away(request: HttpRequest, slug: str, announcement: UUID) -> HttpResponse:
    """End one at once; what has not begun yet never comes."""
    place, now = place_named(slug, places_of(request.user)), timezone.now()
    found = get_object_or_404(Announcement, id=announcement, municipality=place.municipality, ends__gt=now)
    if found.begins > now:
        found.delete()
    else:
        found.ends = now
        found.save(update_fields=["ends"])
    messages.success(request, _("Weggehaald. Het staat nergens meer."))
    return redirect("cms_announcements", slug)


def _put(request: HttpRequest, place: Place, form: AnnouncementForm) -> None:
    values = form.cleaned_data
    user: Any = request.user
    Announcement.objects.filter(ends__lt=timezone.now() - KEPT).delete()
    Announcement.objects.create(
        municipality=place.municipality,
        kind=values["kind"],
        text=values["text"],
        url=values["url"],
        begins=values["begins"],
        ends=values["ends"],
        made_by=user.get_full_name() or user.get_username(),
    )
    if values["begins"] > timezone.now():
        messages.success(request, _("Het staat klaar, en komt op tijd vanzelf op de site."))
    else:
        messages.success(request, _("Het staat op de site, ook in Mijn."))
