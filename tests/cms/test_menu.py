"""What stands in the menu and at the foot of each page: what a municipality chose, else what pages say."""

import re

import pytest

from cms.local import filled_in
from cms.menu import menu
from cms.models import ContentPage, HomePage, LeftOut, Required
from portal.municipalities.acting import acting_for

from .conftest import VELDRECHT, ZANDMEER
from .test_writing import TestTheEditorsPage as Editing

pytestmark = pytest.mark.django_db

MENU = re.compile(r'<ul class="mijn-nav__list">(.*?)</ul>', re.S)
CARDS = re.compile(r'<div class="mijn-cards"[^>]*>(.*?)<h2', re.S)
FOOT = re.compile(r'<ul class="mijn-footer__links">(.*?)</ul>', re.S)


def links_in(part: re.Pattern[str], answer) -> list[str]:
    found = part.search(answer.content.decode())
    return re.findall(r'href="([^"]*)"', found[1]) if found else []


@pytest.fixture
def home(sites) -> HomePage:
    return HomePage.objects.get(slug="zandmeer")


def page(slug: str) -> ContentPage:
    return ContentPage.objects.get(slug=slug, locale__language_code="nl")


def lines(*chosen: str | tuple[str, str]) -> list[tuple[str, dict[str, object]]]:
    """A page by its slug, something else by its label and address."""
    return [
        ("page", {"page": page(one)}) if isinstance(one, str) else ("link", {"label": one[0], "url": one[1]})
        for one in chosen
    ]


def form_of(home: HomePage, **chosen: list[ContentPage]) -> dict[str, str]:
    """What the editor's form of the front page holds, as a browser would send it."""
    form = {"title": home.title, "intro": home.intro, "picture": "", "action-publish": "1"}
    for name in ("tasks", "menu", "footer"):
        pages = chosen.get(name, [])
        form[f"{name}-count"] = str(len(pages))
        for at, one in enumerate(pages):
            start = f"{name}-{at}"
            form |= {f"{start}-deleted": "", f"{start}-order": str(at), f"{start}-type": "page"}
            form |= {f"{start}-id": "", f"{start}-value-page": str(one.pk)}
    return form


class TestNothingChosen:
    def test_the_librarys_pages_stand_there_and_then_own_ones(self, visit, home):
        there = links_in(MENU, visit("/"))
        shared = [one for one in there if page(one.strip("/")).url_path.startswith("/bibliotheek/")]
        assert there[: len(shared)] == shared
        assert 0 < len(shared) < len(there)

    def test_so_does_a_page_that_the_library_adds(self, visit, home):
        visit("/")
        new = page("overlijden")
        new.place = "menu"
        new.save_revision().publish()
        assert "/overlijden/" in links_in(MENU, visit("/"))


class TestChosen:
    def test_by_an_editor_it_is_on_every_page_of_the_own_site_at_once_and_on_no_other(
        self, editor, visit, home
    ):
        before = links_in(MENU, visit("/verhuizen/", VELDRECHT))
        visit("/verhuizen/")
        chosen = [page("strand"), page("overlijden"), page("verhuizen")]
        answer = editor("joke").post(f"/admin/pages/{home.pk}/edit/", form_of(home, menu=chosen))
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == "/admin/paginas/zandmeer/"  # above it stands what is nobody's
        assert links_in(MENU, visit("/verhuizen/")) == ["/strand/", "/overlijden/", "/verhuizen/"]
        assert links_in(MENU, visit("/mijn/inloggen/")) == ["/strand/", "/overlijden/", "/verhuizen/"]
        assert links_in(MENU, visit("/verhuizen/", VELDRECHT)) == before

    def test_emptied_it_is_the_librarys_again(self, visit, home):
        before = links_in(MENU, visit("/"))
        home.menu = lines("strand")
        home.save_revision().publish()
        assert links_in(MENU, visit("/")) == ["/strand/"]
        home.menu = []
        home.save_revision().publish()
        assert links_in(MENU, visit("/")) == before

    def test_another_address_stands_there_by_its_own_name(self, visit, home):
        home.menu = lines(("Nieuws", "/nieuws/"), "verhuizen")
        home.save_revision().publish()
        answer = visit("/")
        assert links_in(MENU, answer) == ["/nieuws/", "/verhuizen/"]
        assert ">Nieuws<" in answer.content.decode()

    def test_in_another_language_the_translation_stands_there(self, visit, home):
        home.menu = lines("strand", "verhuizen", ("Nieuws", "/nieuws/"))
        home.save_revision().publish()
        answer = visit("/en/")
        english = ContentPage.objects.get(
            translation_key=page("verhuizen").translation_key, locale__language_code="en"
        )
        assert links_in(MENU, answer) == ["/en/strand/", f"/en/{english.slug}/", "/nieuws/"]
        assert re.search(r'href="/nieuws/"[^>]*lang="nl"', answer.content.decode())

    def test_what_is_not_on_the_site_any_more_is_passed_over(self, visit, home):
        home.menu = lines("strand", "overlijden", "verhuizen")
        home.save_revision().publish()
        page("strand").unpublish()
        LeftOut.objects.create(home=home, page=page("overlijden"))
        assert links_in(MENU, visit("/")) == ["/verhuizen/"]

    def test_what_was_replaced_stands_there_as_what_replaces_it(self, visit, sites):
        home = HomePage.objects.get(slug="veldrecht")
        home.menu = lines("dakkapel")
        home.save_revision().publish()
        assert links_in(MENU, visit("/", VELDRECHT)) == ["/bouwen-in-de-vesting/"]

    def test_a_menu_of_which_nothing_is_left_is_the_librarys(self, visit, home):
        before = links_in(MENU, visit("/"))
        home.menu = lines("overlijden")
        home.save_revision().publish()
        LeftOut.objects.create(home=home, page=page("overlijden"))
        assert links_in(MENU, visit("/")) == before

    def test_a_draft_is_on_no_site_and_in_the_preview(self, editor, visit, home):
        before = links_in(MENU, visit("/"))
        home.menu = lines("overlijden", "strand")
        home.save_revision()
        assert links_in(MENU, visit("/")) == before
        shown = editor("joke").get(f"/admin/pages/{home.pk}/view_draft/")
        assert links_in(MENU, shown) == ["/overlijden/", "/strand/"]
        assert links_in(MENU, visit("/mijn/inloggen/")) == before

    def test_where_no_tasks_were_chosen_the_preview_has_the_menu_that_is_tried_among_its_cards(
        self, editor, visit, home
    ):
        home.tasks = []
        home.save_revision().publish()
        home.menu = lines("overlijden", "strand")
        home.save_revision()
        shown = editor("joke").get(f"/admin/pages/{home.pk}/view_draft/")
        assert links_in(CARDS, shown) == ["/overlijden/", "/strand/"]
        assert links_in(CARDS, visit("/")) == links_in(MENU, visit("/"))

    def test_a_line_that_was_only_begun_is_no_link(self, editor, home):
        home.menu = [*lines("strand"), ("page", {"page": None}), ("link", {"label": "", "url": ""})]
        home.save_revision(clean=False)
        shown = editor("joke").get(f"/admin/pages/{home.pk}/view_draft/")
        assert links_in(MENU, shown) == ["/strand/"]

    def test_a_page_stands_there_once(self, editor, home):
        form = form_of(home, menu=[page("verhuizen"), page("verhuizen")])
        answer = editor("joke").post(f"/admin/pages/{home.pk}/edit/", form)
        assert answer.status_code == 200
        assert "Deze pagina staat er al in." in answer.content.decode()

    def test_a_page_of_another_municipality_cannot_be_chosen_nor_seen(self, editor, visit, home):
        theirs = page("dorpenteam")
        answer = editor("joke").post(f"/admin/pages/{home.pk}/edit/", form_of(home, menu=[theirs]))
        assert answer.status_code == 404
        home.menu = [("page", {"page": theirs}), ("page", {"page": page("strand")})]
        home.save_revision().publish()
        assert links_in(MENU, visit("/")) == ["/strand/"]

    @pytest.mark.parametrize("url", ["//elders.example/", "javascript:alert(1)", "http://elders.example/"])
    def test_an_address_that_could_lead_astray_is_refused(self, editor, home, url):
        form = form_of(home) | {
            "menu-count": "1", "menu-0-deleted": "", "menu-0-order": "0", "menu-0-type": "link",
            "menu-0-id": "", "menu-0-value-label": "Elders", "menu-0-value-url": url,
        }  # fmt: skip
        answer = editor("joke").post(f"/admin/pages/{home.pk}/edit/", form)
        assert answer.status_code == 200
        assert "Begin met / of met https://." in answer.content.decode()

    def test_it_is_one_query_however_many_lines_there_are(self, home, django_assert_num_queries):
        home.menu = lines("strand", "overlijden", "verhuizen")
        home.footer = lines("strand", "privacy", ("Nieuws", "/nieuws/"))
        home.save_revision().publish()
        with acting_for(home.municipality), filled_in(), django_assert_num_queries(1):
            assert len(menu("nl").menu) == 3

    def test_a_page_that_says_it_belongs_there_is_told_to_be_passed_over(self, editor, home):
        joke, own = editor("joke"), page("strand")
        form = Editing().form_of(joke, own) | {"place": "menu", "action-publish": "1"}
        told = "kiest het menu zelf"
        assert told not in joke.post(f"/admin/pages/{own.pk}/edit/", form, follow=True).content.decode()
        home.menu = lines("verhuizen")
        home.save_revision().publish()
        assert told in joke.post(f"/admin/pages/{own.pk}/edit/", form, follow=True).content.decode()
        home.menu = lines("verhuizen", "strand")
        home.save_revision().publish()
        assert told not in joke.post(f"/admin/pages/{own.pk}/edit/", form, follow=True).content.decode()


class TestTheFoot:
    def test_what_was_chosen_stands_first_and_what_the_law_asks_for_stays(self, visit, home):
        before = links_in(FOOT, visit("/"))
        home.footer = lines("strand", "privacy")
        home.save_revision().publish()
        there = links_in(FOOT, visit("/"))
        assert there[:2] == ["/strand/", "/privacy/"]
        asked = Required.objects.values_list("page__slug", flat=True)
        assert {one for one in before if one.strip("/") in asked} <= set(there)
        assert len(there) == len(set(there))

    def test_what_the_law_comes_to_ask_for_comes_back_at_once(self, visit, home):
        gone = ContentPage.objects.filter(place="legal", url_path__startswith="/bibliotheek/")
        gone = gone.exclude(pk__in=Required.objects.values("page_id")).first()
        if gone is None:
            gone = ContentPage.objects.filter(pk__in=Required.objects.values("page_id")).first()
            Required.objects.get(page=gone).delete()
        home.footer = lines("strand")
        home.save_revision().publish()
        assert f"/{gone.slug}/" not in links_in(FOOT, visit("/"))
        Required.objects.create(page=gone, law="Wet")
        assert f"/{gone.slug}/" in links_in(FOOT, visit("/"))

    def test_the_menu_is_still_the_librarys(self, visit, home):
        before = links_in(MENU, visit("/", ZANDMEER))
        home.footer = lines("strand")
        home.save_revision().publish()
        assert links_in(MENU, visit("/")) == before
