"""How often a page was called useful; nothing of who said so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.municipalities.models import TenantModel


class Answer(models.TextChoices):
    """What a visitor can say of a page: yes, no, and of a no why."""

    YES = "ja", _("Ja")
    NO = "nee", _("Nee")
    NOT_FOUND = "niet-gevonden", _("Ik vond niet wat ik zocht")
    UNCLEAR = "onduidelijk", _("Ik begreep de tekst niet")
    WRONG = "klopt-niet", _("Er klopt iets niet")
    BROKEN = "werkt-niet", _("Een link, knop of formulier werkte niet")


REASONS = tuple(one for one in Answer if one not in (Answer.YES, Answer.NO))


class UsefulCount(TenantModel):
    """How often one answer was given about one page on one day."""

    page = models.UUIDField()
    """The page's translation key: the same page in every language."""
    day = models.DateField()
    answer = models.CharField(max_length=14, choices=Answer)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "useful_count"  # a table of a municipality, where those of pages are of no one
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "page", "day", "answer"], name="one_count_an_answer_a_day"
            )
        ]
