"""Who may change a municipality's connections."""

from django.contrib.auth.models import Group
from django.db import models

from portal.municipalities.models import Municipality


class Administration(models.Model):
    """The group of the administrators of one municipality; they edit no page and guard no purpose."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
