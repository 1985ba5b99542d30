"""The list on a site: chosen by area, kind and word, and honest about what it does not know."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.content.publications import PUBLISHED, Published
from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from portal.publications import fetching, views
from portal.settings.environment import more_languages
from tests.conftest import Clock
from tests.read_aloud import latin_words, read_aloud

from .conftest import fetched

pytestmark = pytest.mark.django_db
LIST, ATOM = "/bekendmakingen/", "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def visit(zandmeer: Municipality, source: Register) -> Callable[..., Any]:
    browser = Client(headers={"host": zandmeer.host})
    return lambda path=LIST: browser.get(path)


@pytest.fixture
def filled(zandmeer: Municipality, source: Register, monkeypatch: pytest.MonkeyPatch) -> Municipality:
    monkeypatch.setattr(fetching, "WINDOW", fetching.KEPT + timedelta(days=1))  # one call
    fetched(zandmeer)
    return zandmeer


def shown(answer: Any) -> list[str]:
    """The titles in the list."""
    text = unescape(answer.content.decode())
    return sorted(
        [one.title for stories in PUBLISHED.values() for one in stories if f">{one.title} <span" in text],
        key=lambda title: text.index(f">{title} <span"),
    )


def of(slug: str) -> list[str]:
    return [one.title for one in PUBLISHED[slug]]


def test_the_newest_stands_first_with_kind_day_place_and_a_link_to_the_official_text(
    filled: Municipality, visit: Callable[..., Any], source: Register
) -> None:
    answer = visit()
    text = answer.content.decode()

    assert shown(answer) == of("zandmeer")
    first = PUBLISHED["zandmeer"][0]
    assert f'href="{source.url}/gmb-' in text
    assert f'{first.title} <span lang="nl">(andere site)</span></a>' in text
    assert "Bouwen, slopen en kappen" in text
    assert "1996\u00a0AB Zandmeer" in text
    assert "13 bekendmakingen, van het laatste half jaar." in text


def test_no_page_waits_for_the_source(
    filled: Municipality, visit: Callable[..., Any], source: Register
) -> None:
    source.calls.clear()
    source.misbehave("hang")
    assert shown(visit()) == of("zandmeer")
    assert source.calls == []


def test_nothing_of_another_municipality_is_there(
    filled: Municipality, veldrecht: Municipality, visit: Callable[..., Any]
) -> None:
    fetched(veldrecht)
    there = Client(headers={"host": veldrecht.host}).get(LIST)

    assert shown(there) == of("veldrecht")
    assert "zandmeer" not in there.content.decode().lower()
    assert shown(visit()) == of("zandmeer")
    assert shown(visit(f"{LIST}?plaats=Oosterwal")) == []
    assert "Oosterwal" not in visit().content.decode()


CHOICES = {
    "postcode=1996AB": ["Duinroosstraat 12"],
    "postcode=1996 ab": ["Duinroosstraat 12"],
    "postcode=1996": 9,
    "plaats=Zandmeer-Bad": ["Duinweg 40", "Duinweg 12", "Duinrand"],
    "soort=verkeer": ["Zeewindhof", "strandopgang 3"],
    "soort=regels": ["toeristenbelasting", "strandhuisjes"],
    "woord=KAPEL": ["dakkapel"],
    "woord=omgevingsvergunning duinweg": ["Duinweg 40", "Duinweg 12"],
    "postcode=1996BD&soort=plan": ["Duinrand"],
    "woord=100%25": [],
}
"""What is asked, and words of the titles that are found, or how many."""


@pytest.mark.parametrize("asked", CHOICES)
def test_a_visitor_chooses_by_area_kind_and_word(
    filled: Municipality, visit: Callable[..., Any], asked: str
) -> None:
    found, wanted = shown(visit(f"{LIST}?{asked}")), CHOICES[asked]

    if isinstance(wanted, int):
        assert len(found) == wanted
    else:
        assert len(found) == len(wanted)
        assert all(words in title for title, words in zip(found, wanted, strict=True))


def test_what_is_typed_is_sent_and_only_then_gets_an_address(
    filled: Municipality, zandmeer: Municipality
) -> None:
    browser = Client(headers={"host": zandmeer.host})
    typed = {"postcode": " 1996 ab ", "plaats": "", "soort": "bouwen", "woord": "  dak  kapel "}
    answer = browser.post(LIST, typed)

    assert answer.status_code == 303
    assert answer["Location"] == f"{LIST}?postcode=1996AB&soort=bouwen&woord=dak+kapel"
    assert browser.post(LIST, {})["Location"] == LIST
    assert not browser.cookies


@pytest.mark.parametrize("field", ["woord", "postcode", "plaats"])
def test_a_citizen_service_number_gets_no_address_and_is_not_shown_again(
    filled: Municipality, zandmeer: Municipality, visit: Callable[..., Any], field: str
) -> None:
    browser = Client(headers={"host": zandmeer.host})
    answer = browser.post(LIST, {field: "999970458"})

    assert answer.status_code == 422
    assert "999970458" not in answer.content.decode()
    assert visit(f"{LIST}?{field}=999970458")["Location"] == LIST


@pytest.mark.parametrize("typed", ["12", "0123AB", "1996ABC", "hier"])
def test_what_is_no_postcode_is_told_in_words(
    filled: Municipality, zandmeer: Municipality, typed: str
) -> None:
    answer = Client(headers={"host": zandmeer.host}).post(LIST, {"postcode": typed})

    assert answer.status_code == 422
    assert "Dit is geen postcode. Vul hem zo in: 1234 AB of 1234" in answer.content.decode()


def test_a_street_where_nothing_is_leads_to_its_quarter(
    filled: Municipality, visit: Callable[..., Any]
) -> None:
    text = visit(f"{LIST}?postcode=1996ZZ").content.decode()

    assert "Wij vonden geen bekendmakingen die hierbij passen" in text
    assert '<a href="?postcode=1996">Toon alles in 1996</a>' in text


def test_long_lists_have_pages_that_keep_the_choice(
    filled: Municipality, visit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "A_PAGE", 4)
    first = visit(f"{LIST}?postcode=1996")
    assert '<a href="?postcode=1996&amp;bladzijde=2">Ouder</a>' in first.content.decode()
    second = visit(f"{LIST}?postcode=1996&bladzijde=2")

    assert len(shown(first)) == len(shown(second)) == 4
    assert not set(shown(first)) & set(shown(second))
    assert visit(f"{LIST}?bladzijde=-7").status_code == 200
    assert visit(f"{LIST}?bladzijde=x").status_code == 200


def test_before_anything_was_fetched_it_is_not_called_empty(
    visit: Callable[..., Any], source: Register
) -> None:
    text = visit().content.decode()

    assert "De bekendmakingen zijn hier nog niet te zien" in text
    assert f'<a href="{source.url}/">Kijk op officielebekendmakingen.nl</a>' in text


def test_a_list_that_is_still_coming_says_so(
    zandmeer: Municipality, visit: Callable[..., Any], publish: Callable[..., None]
) -> None:
    publish("gmb-2026-1", "Zandmeer", timezone.localdate() - fetching.KEPT, Published(0, "", "Een oude", ""))
    fetching.fetch_due(zandmeer)
    text = visit().content.decode()

    assert "Een oude" in text
    assert "Deze lijst is nog niet compleet." in text


def test_a_list_that_is_old_says_of_when_it_is(
    filled: Municipality, visit: Callable[..., Any], source: Register, clock: Clock
) -> None:
    assert "kunnen wij nu niet ophalen" not in visit().content.decode()
    source.misbehave("500")
    clock.move(hours=7)
    fetched(filled)
    answer = visit()

    assert answer.status_code == 200
    assert shown(answer) == of("zandmeer")
    assert "Nieuwere bekendmakingen kunnen wij nu niet ophalen." in answer.content.decode()


def test_a_municipality_that_published_nothing_reads_so(
    zandmeer: Municipality, visit: Callable[..., Any], source: Register
) -> None:
    source.respond.records.clear()  # type: ignore[attr-defined]
    fetched(zandmeer)

    assert "In het laatste half jaar zijn er geen bekendmakingen." in visit().content.decode()


def test_a_title_is_text_and_never_markup(
    zandmeer: Municipality, visit: Callable[..., Any], publish: Callable[..., None]
) -> None:
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), Published(0, "", "<script>alert(1)</script>", ""))
    fetched(zandmeer)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visit().content.decode()


def test_where_no_source_is_set_there_is_no_list_and_no_link_to_it(
    zandmeer: Municipality, visit: Callable[..., Any], settings: Any
) -> None:
    assert f'href="{LIST}"' in visit("/zoeken/").content.decode()
    settings.PUBLICATIONS_URL = ""
    from portal.mijn import site

    site.forget()
    assert visit().status_code == 404
    assert f'href="{LIST}"' not in visit("/zoeken/").content.decode()


def test_the_list_asks_as_little_for_many_as_for_few(
    filled: Municipality, visit: Callable[..., Any], publish: Callable[..., None], clock: Clock
) -> None:
    visit()
    with CaptureQueriesContext(
        connection,
    ) as few:
        visit()
    for number in range(60):
        publish(f"gmb-2026-{number}", "Zandmeer", timezone.localdate(), PUBLISHED["zandmeer"][0])
    clock.move(hours=1)
    fetched(filled)
    with CaptureQueriesContext(connection) as many:
        visit()

    assert len(many) == len(few) <= 10


def test_in_english_the_words_are_english_and_titles_stay_dutch(
    filled: Municipality, visit: Callable[..., Any]
) -> None:
    text = visit(f"/en{LIST}").content.decode()

    assert '<li lang="nl">' in text
    assert PUBLISHED["zandmeer"][0].title in text


def test_in_arabic_what_is_dutch_in_a_row_stays_so_from_left_to_right(
    filled: Municipality, visit: Callable[..., Any], settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, *more_languages("ar")]

    said = read_aloud(visit(f"/ar{LIST}").content.decode())
    first = next(at for at, one in enumerate(said) if one.text == PUBLISHED["zandmeer"][0].title)
    title, elsewhere, kind, day, where = said[first : first + 5]

    assert [(one.language, one.direction) for one in (title, where)] == [("nl", "ltr")] * 2
    assert where.text == ", 1996\u00a0AB Zandmeer"
    assert [(one.language, one.direction) for one in (elsewhere, kind, day)] == [("ar", "rtl")] * 3
    assert not any(latin_words(one.text) for one in (elsewhere, kind, day))


def test_who_searches_without_end_is_asked_to_wait(
    filled: Municipality, visit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    assert visit(f"{LIST}?woord=dak").status_code == 200
    assert visit(f"{LIST}?woord=dak").status_code == 429
    assert visit().status_code == 200


def test_a_feed_has_what_was_chosen_and_nothing_else(
    filled: Municipality, visit: Callable[..., Any], source: Register
) -> None:
    there = f"{LIST}feed.xml?soort=verkeer"
    assert f'href="{there}"' in visit(f"{LIST}?soort=verkeer").content.decode()
    answer = visit(there)
    root = fromstring(answer.content)
    entries = root.findall(ATOM + "entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    wanted = [one.title for one in PUBLISHED["zandmeer"] if "verkeer" in (one.rubric + one.title).lower()]
    assert [one.findtext(ATOM + "title") for one in entries] == wanted
    assert all(str(one.findtext(ATOM + "id")).startswith(f"{source.url}/gmb-") for one in entries)
    assert root.findtext(ATOM + "id") == f"http://zandmeer.localhost{there}"


@pytest.mark.parametrize("asked", ["soort=geheim", "postcode=hier", "woord=999970458"])
def test_a_feed_of_what_cannot_be_chosen_is_not_there(
    filled: Municipality, visit: Callable[..., Any], asked: str
) -> None:
    assert visit(f"{LIST}feed.xml?{asked}").status_code == 404


def test_who_searches_the_site_can_go_on_among_publications(
    filled: Municipality, visit: Callable[..., Any], settings: Any
) -> None:
    page = unescape(visit("/zoeken/?q=dakkapel").content.decode())

    assert f'<a href="{LIST}?woord=dakkapel">Zoek “dakkapel” in de officiële bekendmakingen</a>' in page
    assert LIST + "?woord" not in visit("/zoeken/").content.decode()
    settings.PUBLICATIONS_URL = ""
    assert LIST + "?woord" not in visit("/zoeken/?q=dakkapel").content.decode()
