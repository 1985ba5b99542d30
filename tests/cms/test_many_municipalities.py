"""What the library costs does not grow with the number of municipalities.

Here at three and at fifteen; `python -m tests.benchmarks.many_municipalities` does 342 with 500 pages.
"""

import pytest
from django.core.cache import cache
from wagtail.models import Site

from cms.models import ContentPage

from .many import READS, WRITES, municipality_added, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def twelve_more(sites) -> None:
    for _ in range(12):
        municipality_added()


def hosts() -> list[str]:
    return list(Site.objects.order_by("hostname").values_list("hostname", flat=True))


def published(text: str) -> int:
    """How many writes it takes to put a new text on a page of the library."""
    page = ContentPage.objects.get(slug="verhuizen").specific
    page.intro = text
    revision = page.save_revision()
    with statements(*WRITES) as writes:
        revision.publish()
    return len(writes)


def test_publishing_a_page_of_the_library_is_on_every_site_at_the_next_request_for_few_writes(
    visit, twelve_more
):
    for host in hosts():
        visit("/verhuizen/", host)
    assert published("Alles is anders.") <= 10

    with statements(*WRITES) as writes:
        shown = [host for host in hosts() if b"Alles is anders." in visit("/verhuizen/", host).content]

    assert len(shown) == 15
    assert shown == hosts()
    assert writes == []


def test_publishing_costs_no_work_for_each_municipality(sites):
    published("Warm.")
    few = published("Drie gemeenten.")
    for _ in range(12):
        municipality_added()
    assert published("Vijftien gemeenten.") == few


def test_a_page_costs_as_many_questions_on_the_last_site_as_on_the_first(visit, sites):
    last = municipality_added().host

    def costs(host: str) -> list[int]:
        found = []
        for path in ("/", "/verhuizen/", "/en/moving/", "/nieuws/"):
            cache.clear()
            for _ in ("made", "kept"):
                with statements(*READS, *WRITES) as asked:
                    assert visit(path, host).status_code == 200
                found.append(len(asked))
        return found

    costs(last)  # what is made once: content types in memory
    few = costs(last)
    for _ in range(12):
        municipality_added()
    assert costs(last) == few
    assert max(few[::2]) <= 10
    assert max(few[1::2]) <= 1


def test_where_all_trees_begin_is_one_question(twelve_more, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Site.get_site_root_paths()
    assert {one.site_id for one in found} == set(Site.objects.values_list("pk", flat=True))
    assert ("/zandmeer/", "http://zandmeer.localhost") in [(one.root_path, one.root_url) for one in found]
