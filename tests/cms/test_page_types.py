"""Products, questions, guides, places, news, kinds of cases: on every site, filled in."""

import json
import re
from datetime import date, time
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from cms.models import CaseTypePage, LocationPage, NewsPage, ProductPage
from cms.opening import exceptions_from, on_day, week_of
from portal.municipalities.acting import acting_for
from portal.municipalities.middleware import municipality_of_host

from .conftest import OEVERSTAD, VELDRECHT, ZANDMEER
from .test_page_cache import queries_of


def data_of(answer) -> dict:
    """What the page says to machines, by its type."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.S)
    return {one["@type"]: one for one in json.loads(found[1])["@graph"]}


@pytest.mark.django_db
class TestOnTheSite:
    @pytest.mark.parametrize(
        "path",
        ["/paspoort/", "/paspoort/paspoort-gestolen/", "/kind-krijgen/", "/gemeentehuis/", "/nieuws/",
         "/nieuws/feed.xml", "/strandopgang-3-dicht/", "/zo-gaat-uw-zaak/zaak-dakkapel/"],
    )  # fmt: skip
    def test_each_costs_at_most_ten_queries_and_from_store_one(self, visit, path):
        visit(path)  # what is made once: content types in memory
        cache.clear()
        assert len(queries_of(visit, path)) <= 10
        assert len(queries_of(visit, path)) <= 1

    def test_a_product_says_what_it_costs_here(self, visit):
        assert "€ 82,50" in visit("/paspoort/").content.decode()
        assert "€ 83,10" in visit("/paspoort/", VELDRECHT).content.decode()

    def test_a_product_lists_the_questions_below_it(self, visit):
        assert 'href="/paspoort/paspoort-geldig/"' in visit("/paspoort/").content.decode()

    def test_the_residents_own_case_is_asked_apart_and_never_stands_in_the_stored_page(self, visit):
        text = visit("/kwijtschelding/").content.decode()
        assert 'data-own-case="/mijn/zaken/lopend/?soort=kwijtschelding"' in text
        assert visit("/mijn/zaken/lopend/?soort=kwijtschelding").status_code == 204

    def test_a_place_says_when_it_is_open_and_which_days_differ(self, visit):
        text = visit("/stadhuis/", VELDRECHT).content.decode()
        assert "9.00–12.30" in text
        assert visit("/stadhuis/").status_code == 404

    def test_a_page_for_a_hard_moment_asks_no_opinion(self, visit):
        assert "Was dit nuttig?" in visit("/verhuizen/").content.decode()
        assert "Was dit nuttig?" not in visit("/overlijden/").content.decode()


@pytest.mark.django_db
class TestForMachines:
    @pytest.mark.parametrize(
        ("path", "kind", "name", "value"),
        [
            ("/paspoort/", "GovernmentService", "serviceType", "paspoort"),
            ("/paspoort/paspoort-geldig/", "FAQPage", "name", "Hoe lang is een paspoort geldig?"),
            ("/kind-krijgen/", "HowTo", "name", "U krijgt een kind"),
            ("/gemeentehuis/", "GovernmentOffice", "url", "http://zandmeer.localhost/gemeentehuis/"),
            ("/strandopgang-3-dicht/", "NewsArticle", "inLanguage", "nl"),
            ("/", "WebSite", "name", "Zandmeer"),
        ],
    )
    def test_a_page_says_what_it_is(self, visit, path, kind, name, value):
        found = data_of(visit(path))
        assert found[kind][name].replace("https:", "http:").replace(":8000", "") == value
        assert found["GovernmentOrganization"]["telephone"] == "(0999) 12 34 56"

    def test_nothing_in_the_data_can_end_its_element(self, visit):
        page = ProductPage.objects.get(slug="paspoort")
        page.title = "</script><script>alert(1)</script>"
        page.save_revision().publish()
        text = visit("/paspoort/").content.decode()
        assert "<script>alert(1)" not in text
        assert data_of(visit("/paspoort/"))["GovernmentService"]["name"] == page.title

    def test_the_feed_is_atom_with_whole_addresses_of_this_site(self, visit):
        answer = visit("/nieuws/feed.xml", OEVERSTAD)
        feed = ElementTree.fromstring(answer.content)
        atom = "{http://www.w3.org/2005/Atom}"
        links = [one.find(f"{atom}link").get("href") for one in feed.iter(f"{atom}entry")]
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert any("oeverstad" in link and link.endswith("/hoogwater/") for link in links)
        assert not any("zandmeer" in link for link in links)


@pytest.mark.django_db
class TestNews:
    def test_the_library_tells_all_and_a_municipality_its_own(self, visit, sites):
        home = NewsPage.objects.get(slug="hoogwater").get_parent()
        library = ProductPage.objects.get(slug="paspoort").get_parent()
        for parent, slug in ((home, "eigen"), (library, "van-allen")):
            parent.add_child(
                instance=NewsPage(
                    title=f"Nieuws {slug}",
                    slug=slug,
                    intro="Kort.",
                    day=date(2027, 1, 1),
                    locale=parent.locale,
                )
            )
        shown = {
            host: [
                slug
                for slug in ("eigen", "van-allen")
                if f"Nieuws {slug}" in visit(path, host).content.decode()
            ]
            for host in (ZANDMEER, OEVERSTAD)
            for path in ("/nieuws/",)
        }
        assert shown == {ZANDMEER: ["van-allen"], OEVERSTAD: ["eigen", "van-allen"]}
        assert "Nieuws van-allen" in visit("/").content.decode()


@pytest.mark.django_db
class TestWordsOfACase:
    def words(self):
        from cms.case_words import case_words

        with acting_for(municipality_of_host(ZANDMEER)):
            return case_words()

    def test_mijn_reads_the_librarys_words_once_for_each_state_of_the_site(
        self, sites, django_assert_num_queries
    ):
        words = self.words()["parkeren"]
        assert words.steps[2].name == "U staat op de wachtlijst"
        assert words.url == "/zo-gaat-uw-zaak/zaak-parkeren/"
        with acting_for(municipality_of_host(ZANDMEER)), django_assert_num_queries(0):
            from cms.case_words import case_words

            case_words()

    def test_a_change_is_seen_at_once_and_facts_are_filled_in(self, sites):
        self.words()
        page = CaseTypePage.objects.get(identification="parkeren")
        page.steps[2].value["do"] = "Betaal [[prijs-parkeervergunning]]."
        page.save_revision().publish()
        assert self.words()["parkeren"].steps[3].do == "Betaal € 36 per jaar."

    def test_the_same_kind_is_not_described_twice_in_one_tree(self, sites):
        page = CaseTypePage.objects.get(identification="parkeren")
        page.identification = "melding"
        with pytest.raises(ValidationError):
            page.clean()


def hours(*days):
    return [
        SimpleNamespace(value={"day": str(day), "opens": opens, "closes": closes})
        for day, opens, closes in days
    ]


def differing(first, last=None, span=(None, None), why=""):
    value = {"first": first, "last": last, "opens": span[0], "closes": span[1], "why": why}
    return SimpleNamespace(value=value)


class TestOpen:
    WEEK = hours((0, time(13), time(17)), (0, time(9), time(12)), (4, time(9), time(12)))
    MONDAY, TUESDAY = date(2026, 12, 21), date(2026, 12, 22)

    def test_a_day_may_have_two_spans_in_order_and_a_day_without_is_closed(self):
        week = week_of(self.WEEK)
        assert [(span.opens, span.closes) for span in week[0].spans] == [
            (time(9), time(12)), (time(13), time(17)),
        ]  # fmt: skip
        assert week[1].spans == []
        assert len(week) == 7

    def test_nothing_filled_in_is_not_the_same_as_closed(self):
        assert week_of([]) == ()
        assert on_day([], [], self.MONDAY) is None
        assert on_day(self.WEEK, [], self.TUESDAY) == []

    def test_a_day_that_differs_goes_before_the_week(self):
        shut = differing(self.MONDAY, why="Kerst")
        late = differing(self.TUESDAY, span=(time(18), time(20)))
        assert on_day(self.WEEK, [shut], self.MONDAY) == []
        assert on_day(self.WEEK, [late], self.TUESDAY)[0].opens == time(18)

    def test_what_is_over_is_not_shown_and_what_lasts_still_is(self):
        over = differing(date(2026, 12, 1))
        lasts = differing(date(2026, 12, 1), self.MONDAY)
        found = exceptions_from([over, lasts], self.MONDAY)
        assert [one.last for one in found] == [self.MONDAY]


@pytest.mark.django_db
def test_what_the_site_itself_serves_is_no_address_for_a_page(sites):
    page = LocationPage.objects.get(slug="stadhuis")
    page.slug = "zoeken"
    with pytest.raises(ValidationError):
        page.full_clean()
