"""Was dit nuttig? Counted without knowing who said it, and seen by the editors of that municipality alone."""

import pytest
from django.core.cache import cache

from cms.feedback_models import UsefulCount
from cms.models import ContentPage
from portal.municipalities.acting import acting_for

from .conftest import VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(client, sites):
    """A visitor's answer about a page of the library, as a browser without script sends it."""
    cache.clear()

    def say(answer: str, host: str = ZANDMEER, slug: str = "verhuizen", **headers: str):
        key = ContentPage.objects.get(slug=slug).translation_key
        headers = {"host": host, **headers}
        return client.post(f"/was-dit-nuttig/{key}/", {"antwoord": answer}, headers=headers)

    return say


def counted(sites, slug: str = "zandmeer") -> dict[str, int]:
    with acting_for(sites[slug]):
        return dict(UsefulCount.objects.values_list("answer", "count"))


def test_a_yes_and_a_no_are_counted_and_a_no_is_asked_why(say, sites, client):
    assert say("ja")["Location"] == "/was-dit-nuttig/dank/"
    say("ja")
    asked = say("nee")["Location"]
    assert "Ik begreep de tekst niet" in client.get(asked, headers={"host": ZANDMEER}).content.decode()
    say("onduidelijk")
    assert counted(sites) == {"ja": 2, "nee": 1, "onduidelijk": 1}
    assert counted(sites, "veldrecht") == {}


def test_editors_see_what_was_said_in_their_own_municipality_and_no_other(say, editor):
    say("nee")
    say("onduidelijk")
    shown = editor("joke").get("/admin/nuttig/zandmeer/").content.decode()
    assert "Verhuizen" in shown
    assert "Ik begreep de tekst niet: 1" in shown
    assert "Verhuizen" not in editor("wim").get("/admin/nuttig/veldrecht/").content.decode()
    assert editor("wim").get("/admin/nuttig/zandmeer/").status_code == 404


@pytest.mark.parametrize("slug", ["verhuizen", "strand"])
def test_each_page_leads_to_where_an_editor_can_better_it(say, editor, slug):
    say("nee", slug=slug)
    joke = editor("joke")
    shown = joke.get("/admin/nuttig/zandmeer/").content.decode()
    page = ContentPage.objects.get(slug=slug)
    way = {"verhuizen": f"/admin/paginas/zandmeer/{page.pk}/", "strand": f"/admin/pages/{page.pk}/edit/"}[
        slug
    ]
    assert f'<a href="{way}">{page.title}</a>' in shown
    assert joke.get(way).status_code == 200


@pytest.mark.parametrize(
    ("answer", "slug", "host"), [("x" * 20, "verhuizen", ZANDMEER), ("ja", "strand", VELDRECHT)]
)
def test_what_is_no_answer_or_no_page_of_this_site_is_not_counted(say, sites, answer, slug, host):
    assert say(answer, host, slug).status_code == 404
    assert counted(sites) == counted(sites, "veldrecht") == {}


def test_another_site_cannot_answer_for_a_visitor(say, sites):
    assert say("ja", **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert counted(sites) == {}


def test_one_connection_counts_so_often_in_an_hour(say, sites):
    answers = {say("ja").status_code for _ in range(32)}
    assert answers == {302, 429}
    assert counted(sites)["ja"] == 30


def test_it_needs_no_cookie_so_the_page_that_asks_is_stored(visit):
    answer = visit("/verhuizen/")
    assert "Was dit nuttig?" in answer.content.decode()
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert answer["ETag"]
