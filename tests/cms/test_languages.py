"""A page of the library in languages that we have no words in: Frisian, and Arabic from right to left."""

import re
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.utils.translation import gettext

from cms.models import ContentPage, LibraryRoot
from portal.settings.environment import more_languages

from .conftest import VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db
ONLY_DUTCH = "Deze pagina is er alleen in het Nederlands"
TITLES = {"fy": "Ferhúzje", "ar": "الانتقال إلى منزل جديد"}


@pytest.fixture
def translated(sites, settings) -> dict[str, ContentPage]:
    """An installation with Frisian and Arabic, and one page in both."""
    settings.LANGUAGES = [*settings.LANGUAGES, *more_languages("fy ar")]
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


def around(html: str, words: str) -> str:
    """The nearest tag before these words that says a language."""
    before = html[: html.index(words)]
    return re.findall(r"<[^>]* lang=[^>]*>", before)[-1]


@pytest.mark.parametrize(("code", "direction"), [("fy", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("host", [ZANDMEER, VELDRECHT])
def test_a_translation_stands_on_every_site_with_its_language_and_direction(
    visit, translated, host, code, direction
):
    html = text(visit(f"/{code}/moving-{code}/", host))

    assert around(html, f"<h1>{TITLES[code]}") == f'<div class="mijn-flow" lang="{code}" dir="{direction}">'
    assert ONLY_DUTCH not in html
    assert f'hreflang="{code}"' in html
    assert ("(0999) 12 34 56" in html) == (host == ZANDMEER)


@pytest.mark.parametrize("code", ["fy", "ar"])
def test_the_words_around_it_are_called_what_they_are(visit, translated, code):
    """We have no words in these languages yet, so menu and footer speak Dutch; a screen reader must know."""
    html = text(visit(f"/{code}/moving-{code}/"))
    assert '<html lang="nl" dir="ltr"' in html
    assert 'lang="en" dir="ltr"' not in html
    assert '<html lang="en" dir="ltr"' in text(visit("/en/moving/"))


@pytest.mark.parametrize("code", ["fy", "ar"])
def test_where_it_is_missing_the_page_is_dutch_and_says_so(visit, translated, code):
    html = text(visit(f"/{code}/rondkomen/"))
    assert ONLY_DUTCH in html
    assert "Rondkomen met weinig geld" in html
    assert '<html lang="nl" dir="ltr"' in html
    assert 'lang="ar"' not in html.split("<main", 1)[1]


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
    assert ONLY_DUTCH in text(visit("/ar/verhuizen/"))


def test_an_english_page_speaks_english_around_a_dutch_text(visit, sites):
    html = text(visit("/en/rondkomen/"))
    assert '<html lang="en" dir="ltr"' in html
    assert around(html, "<h1>Rondkomen") == '<div class="mijn-flow" lang="nl" dir="ltr">'


def test_mijn_speaks_dutch_where_there_are_no_words_and_says_so(visit, translated):
    html = visit("/ar/mijn/inloggen/").content.decode()
    assert '<html lang="nl" dir="ltr"' in html


def test_an_editor_of_the_library_begins_a_translation_as_a_draft_of_the_same_page(editor, visit, translated):
    dutch = ContentPage.objects.get(slug="rondkomen")
    screen = f"/admin/bibliotheek/{dutch.pk}/"
    bram = editor("bram")
    assert "Maak een vertaling in het fries" in text(bram.get(screen))

    answer = bram.post(screen, {"do": "translate", "language": "fy"})

    draft = ContentPage.objects.get(locale__language_code="fy", translation_key=dutch.translation_key)
    assert answer["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert text(bram.get(answer["Location"]))
    assert (draft.url_path, draft.live) == ("/bibliotheek-fy/rondkomen/", False)
    assert ONLY_DUTCH in text(visit("/fy/rondkomen/"))
    assert bram.post(screen, {"do": "translate", "language": "fy"})["Location"] == answer["Location"]

    draft.title = "Rûnkomme"
    draft.save_revision().publish()
    assert "<h1>Rûnkomme" in text(visit("/fy/rondkomen/", VELDRECHT))
    assert ONLY_DUTCH not in text(visit("/fy/rondkomen/"))
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
