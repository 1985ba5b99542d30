"""What a municipality does with a page of the library, and what the library tells and takes over.

Everything hangs on `wagtailcore.Page`, so that it holds for every page type. Nothing in these tables is
about a
resident.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

WRITER = settings.AUTH_USER_MODEL


class FilledIn(models.Model):
    """What a municipality wrote in a place that the library left open on a page."""

    home = models.ForeignKey("cms.HomePage", on_delete=models.CASCADE, related_name="filled_in")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=36)
    """The id of the part."""
    text = models.TextField()
    """Running text, as Wagtail keeps it; slots may be in it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "page", "block"], name="filled_in_once")]


class Required(models.Model):
    """A page of the library that the law asks for: it may be filled in or replaced, never left out."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    law = models.CharField(_("Welke wet vraagt deze pagina?"), max_length=200)


class Copied(models.Model):
    """An own page that began as a copy of one of the library, and how the original was when last looked
    at.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    original = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    looked_at = models.JSONField()
    """For each piece of the original (`shared_pages.pieces`) what it held, in the order of then."""


class Change(models.Model):
    """A change to a page of the library that local editors are asked to look at. One row for all of them."""

    class Kind(models.TextChoices):
        """What happened."""

        CHANGED = "changed", _("Veranderd")
        NEW = "new", _("Nieuw")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CHANGED)
    what = models.CharField(_("Wat is er veranderd, en wat vraagt u van gemeenten?"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="latest_changes")]


class LookedAt(models.Model):
    """That a municipality's editor has looked at such a change."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    home = models.ForeignKey("cms.HomePage", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(WRITER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "home"], name="looked_at_once")]


class Offer(models.Model):
    """A page that a municipality offers to all others, until the library takes or declines it."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Aangeboden")
        TAKEN = "taken", _("Overgenomen, nog niet gepubliceerd")
        SHARED = "shared", _("Voor alle gemeenten gepubliceerd")
        DECLINED = "declined", _("Niet overgenomen")
        WITHDRAWN = "withdrawn", _("Ingetrokken")

    home = models.ForeignKey("cms.HomePage", on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(_("Waarom is deze pagina ook goed voor andere gemeenten?"), max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("Antwoord van de bibliotheek"), max_length=500, blank=True)
    shared_as = models.OneToOneField(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    """The page of the library that came of it: the giver stays named there."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state__in=("open", "taken")), name="one_open_offer_a_page"
            )
        ]
