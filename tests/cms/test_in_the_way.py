"""What stands in the way of what at one address is told to who publishes it."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.models import ContentPage, HomePage, LibraryRoot

from .test_writing import TestTheEditorsPage as Editing

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(editor):
    """Publishes a page by hand; gives the screen that follows."""

    def publish(who: str, page: ContentPage) -> str:
        form = Editing().form_of(editor(who), page) | {"action-publish": "1"}
        form["replaces"] = str(page.replaces_id or "")
        answer = editor(who).post(f"/admin/pages/{page.pk}/edit/", form, follow=True)
        assert answer.redirect_chain, answer.content.decode()
        return answer.content.decode()

    return publish


def below(root, title: str, slug: str, **more: object) -> ContentPage:
    page = ContentPage(title=title, slug=slug, intro="Zo gaat dat.", locale=root.locale, live=False, **more)
    root.add_child(instance=page)
    return page


def own_page(slug: str, **more: object) -> ContentPage:
    return below(HomePage.objects.get(slug="zandmeer"), "Van ons", slug, **more)


def library_page(slug: str) -> ContentPage:
    return below(LibraryRoot.objects.get(slug="bibliotheek"), "Voor allen", slug)


def test_an_own_page_that_hides_one_of_the_library(publish, editor, visit):
    shared = ContentPage.objects.get(slug="boom-kappen")
    assert f"staat ook “{shared.title}” van de bibliotheek" in publish("joke", own_page("boom-kappen"))
    assert "Van ons" in visit("/boom-kappen/").content.decode()
    rows = editor("joke").get("/admin/paginas/zandmeer/").context["rows"].paginator.object_list
    marks = {row.id: str(row.mark) for row in rows if row.address == "/boom-kappen/"}
    assert marks.pop(shared.pk) == "vervangen"
    assert list(marks.values()) == ["eigen"]


def test_not_one_that_was_made_to_replace_it(publish):
    page = own_page("boom-kappen", replaces=ContentPage.objects.get(slug="boom-kappen"))
    assert "staat ook" not in publish("joke", page)


def test_an_own_page_where_an_own_redirect_led_on(publish, sites):
    strand, told = ContentPage.objects.get(slug="strand"), "Die werkt niet meer"
    Redirect.objects.create(old_path="/zee", redirect_page=strand, site=sites["zandmeer"].site)
    assert told in publish("joke", own_page("zee"))
    Redirect.objects.create(old_path="/meer", redirect_page=strand, site=sites["veldrecht"].site)
    assert told not in publish("joke", own_page("meer"))


def test_a_page_of_the_library_that_stands_on_some_sites_only(publish, sites, visit):
    own_page("honden").save_revision().publish()
    Redirect.objects.create(old_path="/honden", redirect_link="/x/", site=sites["oeverstad"].site)
    assert "staat iets anders in: Oeverstad, Zandmeer." in publish("bram", library_page("honden"))
    assert "Van ons" in visit("/honden/").content.decode()


def test_where_nothing_stands_in_the_way_nothing_is_told(publish):
    assert "Op dit adres" not in publish("bram", library_page("katten"))
    assert "Op dit adres" not in publish("joke", own_page("vogels"))
