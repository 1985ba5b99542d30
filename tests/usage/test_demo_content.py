"""The demo: Ayse has fourteen uses, one of which she does not recognise."""

import pytest
from django.db import transaction
from django.utils import timezone

from demo.content import uses
from portal.municipalities.acting import acting_for
from tests.sharing.browser import Browser
from tests.usage.conftest import AYSE

pytestmark = pytest.mark.django_db(transaction=True)


def test_ayse_has_fourteen_uses_however_often_the_demo_starts(zandmeer):
    for _start in range(2):
        with acting_for(zandmeer), transaction.atomic():
            uses.load(timezone.localdate())
    ayse = Browser(zandmeer, AYSE).goes("/mijn/gebruik/")
    assert len([label for label in ayse.page.links if label.startswith("Vraag hierover")]) >= 1
    assert ayse.page.html.count("/vraag/") == 14
    ayse.goes("/mijn/gebruik/?doel=Nieuw+adres%2C+zelfde+vergunning")
    assert ayse.page.html.count("/vraag/") == 1
    assert "Team Parkeren" in ayse.text
