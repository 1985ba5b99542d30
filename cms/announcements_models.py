"""Who may put something above every page of a site."""

from django.contrib.auth.models import Group
from django.db import models

from portal.municipalities.models import Municipality


class DutyOffice(models.Model):
    """The group of those on duty for one municipality, or for all; they edit no page."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+", null=True)
    """None: for all sites."""
