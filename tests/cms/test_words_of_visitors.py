"""What stands around a page speaks its language, wherever a visitor comes; what is Dutch still says so."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from cms.models import ContentPage, LibraryRoot
from cms.trees import LIBRARY, is_library, root_slug
from portal.mijn import errors
from portal.settings.environment import more_languages
from portal.usage.activities import TASKS
from tests.public_words import LANGUAGES
from tests.read_aloud import latin_words, left_in_dutch, read_aloud

from .conftest import ZANDMEER

pytestmark = pytest.mark.django_db
NAMES = {
    "Mijn",
    "DigiD",
    "Zandmeer",
    "BSN",
    "Atom",
    "JSON",
    "Autoriteit",
    "Persoonsgegevens",
    "Machtigen",
    "AB",
}

TYPED = {"qqqq", "paspoort", "pasport"}
PLACE = re.compile(r"/([^/]+)/(.*)")


@pytest.fixture(params=LANGUAGES)
def language(request, sites, settings) -> str:
    """An installation in which the library has this language too, without a page in it."""
    code = str(request.param)
    settings.LANGUAGES = [*settings.LANGUAGES, *more_languages(code)]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    settings.PUBLICATIONS_URL = "http://127.0.0.1:9/"
    call_command("library", stdout=StringIO())
    return code


@pytest.fixture
def walk(client, language):
    """All that the site says of its own: pages with status and text."""

    def get(path: str, **asked) -> tuple[str, str]:
        return path, client.get(f"/{language}{path}", asked, headers={"host": ZANDMEER}).content.decode()

    def post(path: str, **sent) -> tuple[str, str]:
        answer = client.post(f"/{language}{path}", sent, headers={"host": ZANDMEER})
        return path, answer.content.decode()

    def walk():
        page = ContentPage.objects.get(slug="verhuizen", locale__language_code="nl").translation_key
        request = client.get(f"/{language}/", headers={"host": ZANDMEER}).wsgi_request
        yield from (
            get("/"),
            get("/nieuws/"),
            get("/zoeken/"),
            get("/zoeken/", q="qqqq"),
            get("/zoeken/", q="paspoort"),
        )
        yield from (
            get("/zoeken/", q="pasport"),
            post("/zoeken/", q="999990019"),
            get("/nergens/"),
            get("/nieuws/feed.xml"),
        )
        yield from (post("/zoeken/terwijl-u-typt/", q="paspoort"), get(f"/was-dit-nuttig/{page}/waarom/"))
        yield from (
            get("/was-dit-nuttig/dank/"),
            get("/register/"),
            get(f"/register/taak/{TASKS[0].slug}/1/"),
        )
        yield from (
            get("/bekendmakingen/"),
            get("/bekendmakingen/", postcode="x", soort="x"),
            get("/bekendmakingen/feed.xml"),
        )
        yield from (get("/bekendmakingen/mail/"), post("/bekendmakingen/mail/", email="x", postcode="x"))
        yield from (get("/bekendmakingen/mail/gevraagd/"), get(f"/bekendmakingen/mail/{page}/"))
        yield get(f"/bekendmakingen/mail/{page}/stoppen/")
        with override(language):
            for made in (errors.server_error, errors.too_busy):
                yield made.__name__, made(request).content.decode()

    return walk


def test_no_text_of_ours_or_of_djangos_stays_dutch(walk, client, language):
    root = LibraryRoot.objects.get(slug=f"bibliotheek-{language}")
    kinds = {}
    for page in ContentPage.objects.filter(locale__language_code="nl", live=True).order_by("path"):
        if is_library(page.url_path):
            kinds.setdefault(page.specific_class, page)
    for page in kinds.values():  # as if translated: what its template says is looked at, not its content
        page.specific.copy(
            to=root, copy_revisions=False, reset_translation_key=False, recursive=False,
            update_attrs={"locale": root.locale, "slug": page.slug},
        )  # fmt: skip
    with left_in_dutch(language) as dutch:
        for path, html in walk():
            assert html, path
        for page in kinds.values():
            answer = client.get(f"/{language}/{page.slug}/", headers={"host": ZANDMEER})
            assert answer.status_code == 200, page.slug
    assert dutch == set()
    assert len(kinds) >= 4


@pytest.mark.parametrize("language", ["ar"], indirect=True)
def test_under_an_arabic_voice_no_dutch_word_stands_without_its_language(walk, client, language):
    own = root_slug("zandmeer", "nl")
    pages = ContentPage.objects.filter(locale__language_code="nl", live=True)
    places = [
        found[2] for page in pages if (found := PLACE.fullmatch(page.url_path)) and found[1] in (LIBRARY, own)
    ]
    fallen_back = [(path, client.get(f"/ar/{path}", headers={"host": ZANDMEER})) for path in places]
    shown = [(path, answer.content.decode()) for path, answer in fallen_back if answer.status_code == 200]
    assert len(shown) > 20
    for path, html in [*walk(), *shown]:
        if html.startswith("<?xml") or path.endswith("typt/"):
            continue
        for one in read_aloud(html):
            if one.language == "ar":
                assert latin_words(one.text) <= NAMES | TYPED, (path, one.text)
            elif one.language == "nl" and one.text != "Nederlands":
                assert one.direction == "ltr", (path, one.text)
