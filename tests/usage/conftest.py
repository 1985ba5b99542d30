"""Ayse of Zandmeer, whose data is used."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.usage.models import Use
from tests.sharing.browser import Browser
from tests.sharing.conftest import desk, desk_at, helga, in_zandmeer, offering

__all__ = ["desk", "desk_at", "helga", "in_zandmeer", "offering"]

AYSE = BSN("999991747")


@pytest.fixture
def ayse(zandmeer: Municipality) -> Browser:
    return Browser(zandmeer, AYSE)


def used(here: Municipality, subject: UUID, days_ago: float = 0, **other: Any) -> Use:
    """Somebody used something of a resident."""
    at: datetime = timezone.now() - timedelta(days=days_ago)
    told = {
        "who": "Team Parkeren",
        "purpose": "Nieuw adres, zelfde vergunning",
        "ground": "Wet BRP, artikel 1.7",
        "what": ["address"],
        "labels": ["Adres"],
        "basis": "law",
        "activity": "http://zandmeer.localhost/register/adres-parkeren/1/",
        "consumer_id": uuid4(),
        "at": at,
    }
    with acting_for(here), transaction.atomic():
        return Use.objects.create(municipality=here, subject_id=subject, **told | other)
