"""Which page stands at a path of a municipality's site."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.models import ContentPage, HomePage, LeftOut

from .conftest import OEVERSTAD, VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db


def test_the_home_page_shows_the_name_and_what_people_come_for(visit):
    text = visit("/").content.decode()
    assert "Welkom in Zandmeer" in text
    assert 'href="/hulp-thuis/"' in text


def test_a_library_page_stands_on_every_site_with_local_facts(visit):
    assert "Milieustraat De Duinrand" in visit("/verhuizen/").content.decode()
    assert "Recyclepunt Haven" in visit("/verhuizen/", OEVERSTAD).content.decode()


def test_no_slot_is_left_open_on_any_page(visit, sites):
    for page in ContentPage.objects.filter(live=True):
        path = "/" + page.url_path.split("/", 2)[2]
        for host in (ZANDMEER, VELDRECHT, OEVERSTAD):
            answer = visit(path, host)
            if answer.status_code == 200:
                assert "[[" not in answer.content.decode(), path
                assert "vraag het ons" not in answer.content.decode(), path


def test_an_own_page_stands_on_its_own_site_only(visit):
    assert visit("/strand/").status_code == 200
    assert visit("/strand/", VELDRECHT).status_code == 404


def test_a_replaced_page_leads_to_the_page_in_its_place(visit):
    answer = visit("/dakkapel/", VELDRECHT)
    assert answer.status_code == 302
    assert answer["Location"] == "/bouwen-in-de-vesting/"
    assert visit("/dakkapel/").status_code == 200


def test_cards_and_menu_point_at_the_page_in_its_place(visit):
    text = visit("/", VELDRECHT).content.decode()
    assert 'href="/bouwen-in-de-vesting/"' in text
    assert 'href="/dakkapel/"' not in text


def test_a_page_left_out_is_gone_from_that_site_only(visit):
    home = HomePage.objects.get(slug="zandmeer")
    LeftOut.objects.create(home=home, page=ContentPage.objects.get(slug="overlijden"))
    assert visit("/overlijden/").status_code == 404
    assert 'href="/overlijden/"' not in visit("/").content.decode()
    assert visit("/overlijden/", VELDRECHT).status_code == 200


def test_a_part_left_out_is_gone_from_that_site_only(visit):
    assert "parkeervergunning" in visit("/verhuizen/").content.decode()
    assert "parkeervergunning" not in visit("/verhuizen/", VELDRECHT).content.decode()


def test_an_own_page_comes_before_the_librarys_at_the_same_path(visit):
    home = HomePage.objects.get(slug="zandmeer")
    home.add_child(
        instance=ContentPage(title="Zelf verhuizen", slug="verhuizen", intro="Anders.", locale=home.locale)
    )
    assert "Zelf verhuizen" in visit("/verhuizen/").content.decode()
    assert "Zelf verhuizen" not in visit("/verhuizen/", VELDRECHT).content.decode()


def test_an_own_redirect_comes_before_the_library_page(visit, sites):
    Redirect.add_redirect("/verhuizen", "/strand/", is_permanent=False, site=sites["zandmeer"].site)
    assert visit("/verhuizen/")["Location"] == "/strand/"
    assert visit("/verhuizen/", VELDRECHT).status_code == 200


def test_a_library_redirect_comes_after_the_library_page(visit):
    Redirect.objects.create(old_path="/verhuizen", redirect_link="https://example.org/")
    Redirect.objects.create(old_path="/verhuisd", redirect_page=ContentPage.objects.get(slug="verhuizen"))
    assert visit("/verhuizen/").status_code == 200
    assert visit("/verhuisd/")["Location"] == "/verhuizen/"


def test_a_library_page_with_a_new_address_is_found_at_the_old_one_on_every_site(visit):
    page = ContentPage.objects.get(slug="hulp-thuis").specific
    page.slug = "hulp-in-huis"
    page.save_revision().publish()
    for host in (ZANDMEER, VELDRECHT):
        assert visit("/hulp-thuis/", host)["Location"] == "/hulp-in-huis/"


def test_a_page_that_is_not_published_is_not_there(visit):
    page = ContentPage.objects.get(slug="strand")
    page.unpublish()
    assert visit("/strand/").status_code == 404


def test_an_english_page_stands_under_en(visit):
    text = visit("/en/moving/").content.decode()
    assert "Are you moving?" in text
    assert '<html lang="en"' in text


def test_a_page_without_translation_is_shown_in_dutch_and_says_so(visit):
    text = visit("/en/rondkomen/").content.decode()
    assert 'lang="nl"' in text.split("<main", 1)[1]
    assert "Rondkomen met weinig geld" in text


def test_the_path_of_one_language_leads_to_the_page_in_the_other(visit):
    assert visit("/en/verhuizen/")["Location"] == "/en/moving/"
    assert visit("/moving/")["Location"] == "/verhuizen/"


def test_a_page_names_its_own_address_and_its_translations(visit):
    text = visit("/verhuizen/").content.decode()
    assert '<link rel="canonical" href="http://zandmeer.localhost/verhuizen/">' in text
    assert 'hreflang="en" href="http://zandmeer.localhost/en/moving/"' in text


def test_links_in_a_text_are_relative_and_stay_on_the_site(visit):
    text = visit("/digitaal-bereikbaar/").content.decode()
    assert '<a href="/storing/">' in text
    assert "None" not in text


def test_the_sitemap_names_own_and_library_pages_but_not_what_is_replaced(visit):
    text = visit("/sitemap.xml", VELDRECHT).content.decode()
    assert "<loc>http://veldrecht.localhost/bouwen-in-de-vesting/</loc>" in text
    assert "<loc>http://veldrecht.localhost/en/moving/</loc>" in text
    assert "/dakkapel/" not in text
    assert "strand" not in text


def test_search_engines_stay_away_from_a_fictional_municipality(visit):
    assert "Disallow: /\n" in visit("/robots.txt").content.decode()
