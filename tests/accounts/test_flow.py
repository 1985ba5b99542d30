"""Signing in and out as a resident does, over HTTP, with the demo's own identity provider beside the site."""

from portal.accounts.models import ResidentSession
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .browser import Browser
from .conftest import Site, signs_in

COOKIE = "__Host-mijn"


def sessions_of(municipality: Municipality) -> int:
    from django.db import transaction

    with acting_for(municipality), transaction.atomic():
        return ResidentSession.objects.count()


def test_a_resident_comes_in_and_sees_name_and_level(town: Site, visitor: Browser) -> None:
    page = signs_in(visitor, town)

    assert page.status_code == 200
    assert str(page.url) == town.url("/mijn/")
    assert "Helga Huisman" in page.text
    assert "Substantieel" in page.text
