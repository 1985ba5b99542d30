"""Which editors were told that a page is to be looked at again."""

from django.db import models
from wagtail.models import Page


class Told(models.Model):
    """That the editors of a page were told of its day. Another day is told anew."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    day = models.DateField()
