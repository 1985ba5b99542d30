"""Links that lead nowhere are reported, and a municipality makes its own redirects."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.models import ContentPage, FilledIn, HomePage, LeftOut, LibraryRoot

from .conftest import VELDRECHT

pytestmark = pytest.mark.django_db

REPORT = "/admin/links/zandmeer/"
REDIRECTS = "/admin/doorverwijzingen/zandmeer/"


@pytest.fixture
def write(sites):
    """Publishes a page of Zandmeer with this text."""

    def write(text: str) -> ContentPage:
        page = ContentPage.objects.get(slug="strand")
        page.body = [("section", {"title": "Kijk", "text": text})]
        page.save_revision().publish()
        return page

    return write


def test_a_site_as_the_demo_has_it_has_no_broken_link(editor, sites):
    for who, slug in (("joke", "zandmeer"), ("wim", "veldrecht"), ("fatima", "oeverstad")):
        assert "geen gebroken links" in editor(who).get(f"/admin/links/{slug}/").content.decode()


@pytest.mark.parametrize("kind", ["page", "document"])
@pytest.mark.parametrize("id_", ["0", "-1", "²", "٣", "9" * 18, "9" * 19, "9" * 5000], ids=len)
def test_a_link_with_an_id_that_nothing_can_have_is_only_its_words(visit, write, kind, id_):
    write(f'<p><a linktype="{kind}" id="{id_}">daar</a></p>')
    assert "<a>daar</a>" in visit("/strand/").content.decode()


class TestBrokenLinks:
    def test_a_page_that_is_left_out(self, editor, write):
        shared = ContentPage.objects.get(slug="overlijden")
        write(f'<p><a linktype="page" id="{shared.pk}">als iemand overlijdt</a></p>')
        assert "geen gebroken links" in editor("joke").get(REPORT).content.decode()
        LeftOut.objects.create(home=HomePage.objects.get(slug="zandmeer"), page=shared)
        text = editor("joke").get(REPORT).content.decode()
        assert "als iemand overlijdt" in text
        assert "heeft u weggelaten" in text

    def test_a_page_that_is_gone_or_not_published(self, editor, write):
        gone = ContentPage.objects.get(slug="maatje-worden")
        page = write(
            f'<p><a linktype="page" id="{gone.pk}">maatje</a> <a linktype="page" id="99999">weg</a></p>'
        )
        gone.unpublish()
        text = editor("joke").get(REPORT).content.decode()
        assert "staat niet op de site" in text
        assert "is er niet meer" in text
        assert f"/admin/pages/{page.pk}/edit/" in text

    def test_a_page_of_another_municipality_is_gone_and_not_named(self, editor, write):
        theirs = ContentPage.objects.get(slug="dorpenteam")
        write(f'<p><a linktype="page" id="{theirs.pk}">daar</a></p>')
        text = editor("joke").get(REPORT).content.decode()
        assert "Deze pagina is er niet meer." in text
        assert theirs.title not in text

    def test_a_neighbour_whose_name_begins_as_ours_is_another_too(self, editor, write):
        theirs = ContentPage.objects.get(slug="dorpenteam")
        ContentPage.objects.filter(pk=theirs.pk).update(url_path="/zandmeer-oost/dorpenteam/", live=False)
        write(f'<p><a linktype="page" id="{theirs.pk}">daar</a></p>')
        text = editor("joke").get(REPORT).content.decode()
        assert "Deze pagina is er niet meer." in text
        assert theirs.title not in text

    @pytest.mark.parametrize(
        "address", ["/bestaat-niet/", "http://zandmeer.localhost/ook-niet/", "/mijn/niets-hier/"]
    )
    def test_a_path_where_nothing_stands(self, editor, write, address):
        write(f'<p><a href="{address}">kijk</a></p>')
        assert "staat niets" in editor("joke").get(REPORT).content.decode()

    @pytest.mark.parametrize(
        "address", ["/verhuizen/", "/mijn/", "https://elders.example/x", "mailto:a@b.nl", "/en/moving/"]
    )
    def test_a_path_where_something_stands_or_that_is_elsewhere_is_not_told(self, editor, write, address):
        write(f'<p><a href="{address}">kijk</a></p>')
        assert "geen gebroken links" in editor("joke").get(REPORT).content.decode()

    def test_what_was_filled_in_on_a_page_of_the_library(self, editor, sites):
        shared = ContentPage.objects.get(slug="hulp-thuis")
        place = next(block.id for block in shared.body if block.block_type == "fill_in")
        FilledIn.objects.create(
            home=HomePage.objects.get(slug="zandmeer"),
            page=shared,
            block=place,
            text='<p><a href="/weg/">bedragen</a></p>',
        )
        text = editor("joke").get(REPORT).content.decode()
        assert f"/admin/paginas/zandmeer/{shared.pk}/" in text
        assert "geen gebroken links" in editor("wim").get("/admin/links/veldrecht/").content.decode()

    @pytest.mark.parametrize("address", ["/weg-ermee/", "/oud.aspx"])
    def test_a_form_a_button_and_a_line_of_the_menu(self, editor, sites, address):
        page, home = ContentPage.objects.get(slug="strand"), HomePage.objects.get(slug="zandmeer")
        page.body = [("form", {"label": "Strandhuisje huren", "url": address})]
        page.save_revision().publish()
        home.menu = [("link", {"label": "Zwemwater", "url": address})]
        home.save_revision().publish()
        text = editor("joke").get(REPORT).content.decode()
        assert "Strandhuisje huren" in text
        assert "Zwemwater" in text
        Redirect.objects.create(old_path=address.rstrip("/"), redirect_page=page, site=sites["zandmeer"].site)
        assert "geen gebroken links" in editor("joke").get(REPORT).content.decode()


class TestRedirects:
    def test_an_editor_makes_a_short_address_for_the_own_site_and_takes_it_away(self, editor, visit):
        page, joke = ContentPage.objects.get(slug="strand"), editor("joke")
        joke.post(REDIRECTS, {"old_path": "/Zee/", "page": str(page.pk)})
        made = Redirect.objects.get(old_path="/Zee")
        assert visit("/Zee/")["Location"] == "/strand/"
        assert visit("/Zee/", VELDRECHT).status_code == 404
        assert "/Zee" in joke.get(REDIRECTS).content.decode()
        joke.post(f"{REDIRECTS}{made.pk}/weg/")
        assert visit("/Zee/").status_code == 404

    @pytest.mark.parametrize(
        "old",
        ["/oud.aspx", "/oud/pagina,3.html", "/inwoners/~jan", "/mijnbouw", "/nieuws/2019/zee", "/en/old"],
    )
    def test_an_address_of_an_earlier_site_leads_on(self, editor, visit, old):
        page = ContentPage.objects.get(slug="strand")
        asked = old if "." in old or "~" in old else f"{old}/"
        assert visit(asked).status_code == 404
        editor("joke").post(REDIRECTS, {"old_path": old, "page": str(page.pk)})
        answer = visit(asked)
        assert answer.status_code == 302
        assert answer["Location"].endswith("/strand/")
        assert visit(asked, VELDRECHT).status_code == 404

    @pytest.mark.parametrize("path", ["/wp-login.php", "/favicon.ico", "/a b/", "/en/oud.aspx"])
    def test_such_an_address_that_leads_nowhere_is_not_there(self, visit, path):
        assert visit(path).status_code == 404

    def test_where_an_own_page_stands_none_is_made(self, editor, visit):
        page = ContentPage.objects.get(slug="gemeentehuis")
        answer = editor("joke").post(REDIRECTS, {"old_path": "/strand", "page": str(page.pk)})
        assert "die gaat voor" in answer.content.decode()
        assert not Redirect.objects.filter(old_path="/strand").exists()

    def test_where_a_page_of_the_library_stands_it_is_told(self, editor, visit):
        page, told = ContentPage.objects.get(slug="strand"), "van de bibliotheek. Die ziet een inwoner daar"
        posted = {"old_path": "/boom-kappen", "page": str(page.pk)}
        assert told in editor("joke").post(REDIRECTS, posted, follow=True).content.decode()
        assert visit("/boom-kappen/")["Location"] == "/strand/"
        posted = {"old_path": "/zee", "page": str(page.pk)}
        assert told not in editor("joke").post(REDIRECTS, posted, follow=True).content.decode()

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "zee",
                "/mijn/zaken",
                "/",
                "/zee?x=1",
                "https://elders.example/",
                "/zoeken",
                "/nieuws/feed.xml",
            ),
            *("/en", "/bekendmakingen", "/en/mijn/zaken", "/sitemap.xml", "/api/v1/x"),
        ],
    )
    def test_an_address_that_would_not_work_is_refused(self, editor, sites, path):
        page = ContentPage.objects.get(slug="strand")
        before = Redirect.objects.count()
        assert editor("joke").post(REDIRECTS, {"old_path": path, "page": str(page.pk)}).status_code == 200
        assert Redirect.objects.count() == before

    def test_it_leads_to_a_page_and_not_to_the_shelf_that_pages_of_the_library_stand_on(self, editor, sites):
        shelf = LibraryRoot.objects.get(slug="bibliotheek")
        answer = editor("joke").post(REDIRECTS, {"old_path": "/zwembad", "page": shelf.pk})
        assert answer.status_code == 200
        assert not Redirect.objects.filter(old_path="/zwembad").exists()

    def test_it_leads_to_no_page_of_another_municipality(self, editor, sites):
        page = ContentPage.objects.get(slug="dorpenteam")
        assert editor("joke").post(REDIRECTS, {"old_path": "/x", "page": str(page.pk)}).status_code == 404

    def test_a_redirect_of_another_is_neither_seen_nor_taken_away(self, editor, sites):
        theirs = Redirect.objects.create(
            old_path="/geheim", redirect_link="/x/", site=sites["veldrecht"].site
        )
        assert "geheim" not in editor("joke").get(REDIRECTS).content.decode()
        assert editor("joke").post(f"{REDIRECTS}{theirs.pk}/weg/").status_code == 404
        assert Redirect.objects.filter(pk=theirs.pk).exists()
