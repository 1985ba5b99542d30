"""A file of pages that somebody of the staff had looked at, kept until it is read in or half an hour old."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone


class ReadIn(models.Model):
    """One file of one person for one tree; a next one takes its place. Never taken from the browser again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tree = models.CharField(max_length=255)
    """The slug of the tree's root."""
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    shown = models.CharField(max_length=64, default="")
    """The fingerprint of what was shown to be going to happen; when it changes, it is shown anew."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "tree"], name="one_file_to_read_in")]
