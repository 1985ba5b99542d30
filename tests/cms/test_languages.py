"""The public site in more languages: Frisian, Arabic from right to left, Ukrainian; one without our words."""

import re
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from cms.models import ContentPage, LibraryRoot
from cms.phone_numbers import with_phone_links
from cms.slots import fill_in_text
from portal.settings.environment import more_languages
from tests.read_aloud import read_aloud

from .conftest import DAY, VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db
ONLY_DUTCH = {
    "fy": "Dizze side is der allinnich yn it Nederlânsk",
    "ar": "هذه الصفحة متوفرة باللغة الهولندية فقط",
    "uk": "Ця сторінка є лише нідерландською мовою",
}
TITLES = {"fy": "Ferhúzje", "ar": "الانتقال إلى منزل جديد"}


@pytest.fixture
def translated(sites, settings) -> dict[str, ContentPage]:
    """An installation with more languages, and one page in Frisian and Arabic."""
    settings.LANGUAGES = [*settings.LANGUAGES, *more_languages("fy ar uk pl")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    call_command("library", stdout=StringIO())
    dutch = ContentPage.objects.get(slug="verhuizen")
    made = {}
    for code, title in TITLES.items():
        root = LibraryRoot.objects.get(slug=f"bibliotheek-{code}")
        made[code] = type(dutch.specific)(
            title=title, slug=f"moving-{code}", intro=f"{title}: [[telefoon]]", locale=root.locale,
            translation_key=dutch.translation_key,
        )  # fmt: skip
        root.add_child(instance=made[code])
    return made


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def said(html: str, words: str) -> tuple[str, str]:
    """In which language a text that begins so stands on a page, and in which direction."""
    return next((one.language, one.direction) for one in read_aloud(html) if one.text.startswith(words))


@pytest.mark.parametrize(("code", "direction"), [("fy", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("host", [ZANDMEER, VELDRECHT])
def test_a_translation_stands_on_every_site_with_its_language_and_direction(
    visit, translated, host, code, direction
):
    html = text(visit(f"/{code}/moving-{code}/", host))

    assert f'<html lang="{code}" dir="{direction}"' in html
    assert f"<h1>{TITLES[code]}" in html
    assert said(html, TITLES[code]) == (code, direction)
    assert ONLY_DUTCH[code] not in html
    assert f'hreflang="{code}"' in html
    assert ("(0999) 12 34 56" in html) == (host == ZANDMEER)


def test_the_words_around_it_are_called_what_they_are(visit, translated):
    """Of Polish we have no words, so menu and footer speak Dutch there; a screen reader must know."""
    html = text(visit("/pl/"))
    assert '<html lang="nl" dir="ltr"' in html
    assert "Hulp nodig?" in html
    assert '<html lang="en" dir="ltr"' in text(visit("/en/moving/"))


@pytest.mark.parametrize(
    ("code", "help_needed"),
    [("fy", "Help nedich?"), ("ar", "هل تحتاج إلى مساعدة؟"), ("uk", "Потрібна допомога?")],
)
def test_where_it_is_missing_the_page_is_dutch_and_says_so_in_the_readers_own_language(
    visit, translated, code, help_needed
):
    html = text(visit(f"/{code}/rondkomen/"))
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}"' in html
    assert said(html, ONLY_DUTCH[code]) == said(html, help_needed) == (code, direction)
    assert said(html, "Laatst gewijzigd op") == said(html, "Rondkomen met weinig geld") == ("nl", "ltr")
    assert "Deze pagina is er alleen" not in html


@pytest.mark.parametrize("code", ["fy", "ar"])
def test_the_dutch_address_leads_to_the_translation_and_back(visit, translated, code):
    assert visit(f"/{code}/verhuizen/")["Location"] == f"/{code}/moving-{code}/"
    assert visit(f"/moving-{code}/")["Location"] == "/verhuizen/"
    assert f'hreflang="{code}" href="http://zandmeer.localhost/{code}/moving-{code}/"' in text(
        visit("/verhuizen/")
    )


def test_a_translation_that_is_not_published_gives_dutch_with_the_notice(visit, translated):
    translated["ar"].unpublish()
    assert visit("/ar/moving-ar/").status_code == 404
    assert ONLY_DUTCH["ar"] in text(visit("/ar/verhuizen/"))


def test_an_english_page_speaks_english_around_a_dutch_text(visit, sites):
    html = text(visit("/en/rondkomen/"))
    assert '<html lang="en" dir="ltr"' in html
    assert said(html, "Rondkomen met weinig geld") == ("nl", "ltr")


@pytest.mark.parametrize("path", ["/", "/strandopgang-3-dicht/"])
def test_all_news_stays_in_the_readers_language_also_below_a_dutch_text(visit, sites, path):
    assert 'href="/en/nieuws/">' in visit(f"/en{path}").content.decode()
    assert 'href="/nieuws/">' in visit(path).content.decode()


def test_mijn_speaks_dutch_and_english_so_any_other_language_leads_to_dutch(visit, client, translated):
    asked = "/ar/mijn/inloggen/?naar=/ar/mijn/delen/"
    assert visit(asked)["Location"] == "/mijn/inloggen/?naar=/ar/mijn/delen/"
    assert client.post("/ar/mijn/delen/", headers={"host": ZANDMEER})["Location"] == "/mijn/delen/"
    assert visit("/fy/bewijs/")["Location"] == "/bewijs/"
    assert visit("/ar//elsewhere.example/mijn/").status_code == 404
    assert '<html lang="en"' in visit("/en/mijn/inloggen/").content.decode()

    offered = re.findall(r'hreflang="(\w+)"', visit("/mijn/inloggen/").content.decode())
    assert offered == ["en"]
    assert re.findall(r'href="([^"]*/mijn/)"', text(visit("/ar/"))) == ["/mijn/"]


def test_an_editor_of_the_library_begins_a_translation_as_a_draft_of_the_same_page(editor, visit, translated):
    dutch = ContentPage.objects.get(slug="rondkomen")
    screen = f"/admin/bibliotheek/{dutch.pk}/"
    bram = editor("bram")
    assert "Maak een vertaling in het Fries" in text(bram.get(screen))

    answer = bram.post(screen, {"do": "translate", "language": "fy"})

    draft = ContentPage.objects.get(locale__language_code="fy", translation_key=dutch.translation_key)
    assert answer["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert text(bram.get(answer["Location"]))
    assert (draft.url_path, draft.live) == ("/bibliotheek-fy/rondkomen/", False)
    assert ONLY_DUTCH["fy"] in text(visit("/fy/rondkomen/"))
    assert bram.post(screen, {"do": "translate", "language": "fy"})["Location"] == answer["Location"]

    draft.title = "Rûnkomme"
    draft.save_revision().publish()
    assert "<h1>Rûnkomme" in text(visit("/fy/rondkomen/", VELDRECHT))
    assert ONLY_DUTCH["fy"] not in text(visit("/fy/rondkomen/"))
    assert f'href="{answer["Location"]}">Rûnkomme' in text(bram.get(screen))


def test_only_who_writes_for_all_translates_and_only_into_a_language_that_is_on(editor, translated):
    screen = f"/admin/bibliotheek/{ContentPage.objects.get(slug='rondkomen').pk}/"
    assert editor("joke").post(screen, {"do": "translate", "language": "fy"}).status_code == 404
    assert editor("bram").post(screen, {"do": "translate", "language": "de"}).status_code == 404
    assert not ContentPage.objects.filter(slug="rondkomen", locale__language_code="fy").exists()


def test_no_page_stands_where_a_language_begins(translated):
    page = ContentPage.objects.get(slug="strand")
    page.slug = "fy"
    with pytest.raises(ValidationError, match=re.escape(gettext("Dit adres is van de site zelf."))):
        page.full_clean()


def test_a_language_that_nobody_knows_is_named_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="xx"):
        list(more_languages("fy xx"))


def test_a_fact_that_an_editor_typed_says_that_it_is_dutch_in_a_text_of_another_language():
    known = {
        "openingstijden": "maandag van 9 tot 12",
        "telefoon": "(0999) 12 34 56",
        "e-mail": "info@zandmeer.example",
    }
    html = '<a href="/[[openingstijden]]">[[openingstijden]]</a> [[telefoon]] [[e-mail]]'
    with override("ar"):
        said = fill_in_text(html, known)
        assert said == (
            '<a href="/maandag van 9 tot 12"><span lang="nl" dir="ltr">maandag van 9 tot 12</span></a>'
            " (0999) 12 34 56 info@zandmeer.example"
        )
        assert with_phone_links("(0999) 12 34 56") == '<a href="tel:0999123456" dir="ltr">(0999) 12 34 56</a>'
    with override("nl"):
        assert "lang=" not in fill_in_text(html, known)
        assert with_phone_links("(0999) 12 34 56") == '<a href="tel:0999123456">(0999) 12 34 56</a>'


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("nl", "maandag 2 maart"),
        ("fy", "moandei 2 maart"),
        ("uk", "понеділок 2 березня"),
        ("ar", "الاثنين 2 مارس"),
    ],
)
def test_a_day_is_written_as_it_stands_in_a_date(code, day):
    with override(code):
        assert date_format(DAY, "l j E").lower() == day
