"""The index of what sites can find, and the words that editors say mean something else."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.municipalities.models import Municipality


class IndexedPage(models.Model):
    """One published page as it is found; written in the transaction that publishes it."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    tree = models.CharField(max_length=40, db_index=True)
    """The slug of the municipality, or of the library."""
    lead = models.TextField()
    """The line below its title, with its slots still in it."""
    words = ArrayField(models.TextField())
    """Each word of it once, as `words_of` gives it."""
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="cms_indexed_vector")]


class Synonym(models.Model):
    """What people type, and the words that pages use for it; for all sites, or for one."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", null=True)
    """None: for all."""
    typed = models.CharField(_("Wat mensen typen"), max_length=60)
    means = models.CharField(_("Hoe het op de pagina heet"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "typed"], name="one_meaning_a_word", nulls_distinct=False
            )
        ]
