"""The demo's sites, so that tests look at what visitors see."""

from collections.abc import Iterator
from datetime import date

import pytest

from portal.municipalities.models import Municipality

PASSWORD = "kade-molen-zwaan-vuurtoren"
DAY = date(2026, 3, 2)


@pytest.fixture
def media(settings: object, tmp_path: object) -> Iterator[None]:
    """Pictures in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    yield


@pytest.fixture
def sites(db: None, media: None) -> dict[str, Municipality]:
    """The three municipalities of the demo with the library, their own pages and their editors."""
    from demo.content import pages

    pages.load(PASSWORD, DAY)
    return {one.slug: one for one in Municipality.objects.all()}
