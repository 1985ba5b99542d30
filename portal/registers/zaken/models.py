"""What a case system told us has changed; it says where to look, and is never believed."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class HeardOf(TenantModel):
    """Something new in a case that Notificaties called us about."""

    class What(models.TextChoices):
        """What is new."""

        STATUS = "status"
        DOCUMENT = "document"
        """That a document belongs to the case now."""
        DECISION = "decision"

    connection = models.UUIDField()
    zaak = models.UUIDField(null=True)
    """None while it is not known: of a decision only the decision itself is told."""
    what = models.CharField(max_length=8, choices=What, default=What.STATUS)
    news = models.UUIDField()
    """Its id."""
    heard = models.DateTimeField()
    """When; of a decision that is sent later, on that day."""
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    """When who may see the case was told, or it turned out that nobody needs to be."""

    class Meta:
        constraints = [
            # Notificaties delivers at least once.
            models.UniqueConstraint(
                fields=["municipality", "connection", "news"], name="news_is_heard_of_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due"], condition=models.Q(done=None), name="heard_of_to_look_at"
            ),
            models.Index(fields=["municipality", "heard"], name="heard_of_by_age"),
        ]


class CaseNews(TenantModel):
    """That a document or decision came into a case, for the mark in its resident's list.

    Of steps the case itself says when. Written once it was asked anew, and is one that the resident may see.
    """

    resident = tenant_key("accounts.Resident")
    connection = models.UUIDField()
    zaak = models.UUIDField()
    came = models.DateTimeField()
    """When the newest of them was seen to be there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "resident", "connection", "zaak"], name="newest_of_a_case_once"
            )
        ]
        indexes = [models.Index(fields=["municipality", "came"], name="case_news_by_age")]
