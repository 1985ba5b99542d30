"""Many pages from a file: looked at first, then as drafts, all or nothing; and out again in the same form."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.importing.columns import NAMES
from cms.importing.files import LONGEST, Unreadable, as_csv, read_file
from cms.importing.texts import read_text
from cms.models import ContentPage, HomePage, ProductPage, QuestionPage, ReadIn
from portal.municipalities.acting import acting_for
from portal.municipalities.turns import take_turn

MINE, LIBRARY = "/admin/inlezen/zandmeer/", "/admin/inlezen/bibliotheek/"
PENNING = {
    "soort": "product",
    "adres": "/hondenpenning/",
    "titel": "Hondenpenning",
    "antwoord": "Vraag een penning aan.",
    "upl": "hondenpenning",
    "tekst": "<h2>Zo werkt het</h2><p>Bel <b>ons</b>.</p>",
}
KWIJT = {"soort": "vraag", "adres": "hondenpenning/kwijt", "titel": "Penning kwijt?", "antwoord": "Bel ons."}


def as_file(rows: list[dict], name: str = "paginas.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(rows).encode())


def send(browser, rows, where: str = MINE):
    """The answer to a file that was sent; where it could be read, what would happen."""
    file = rows if isinstance(rows, SimpleUploadedFile) else as_file(rows)
    return browser.post(where, {"file": file}, follow=True)


def latest(page):
    """Its newest draft, as its editor sees it."""
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def outcomes(answer) -> list[tuple[str, str, str]]:
    return [(str(row.outcome), row.column, row.reason) for row in answer.context["plan"].rows]


def press(browser, answer):
    """The second press."""
    return browser.post(answer.redirect_chain[-1][0], follow=True)


def read_in(browser, rows, where: str = MINE):
    return press(browser, send(browser, rows, where))


class TestFiles:
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252"])
    def test_a_csv_is_read_as_a_spreadsheet_saves_it(self, separator, code):
        text = (
            separator.join(("Soort", "titel")) + "\r\n" + separator.join(("pagina", '"Café €; x"')) + "\r\n"
        )
        sheet = read_file(text.encode(code))
        assert sheet.rows[0].cells == {"soort": "pagina", "titel": "Café €; x"}
        assert sheet.rows[0].number == 2
        assert sheet.guessed == (code == "cp1252")

    def test_a_spreadsheet_may_say_what_separates(self):
        assert (
            read_file(b"sep=;\r\nsoort;titel\r\npagina;Een, twee\r\n").rows[0].cells["titel"] == "Een, twee"
        )

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "leeg"),
            (b"soort;titel\r\n", "geen rijen"),
            (b"naam;adres\r\nx;y\r\n", "namen van de kolommen"),
            (b"soort;titel;titel\r\nx;y;z\r\n", "twee keer"),
            (b'soort;titel\r\npagina;"half\r\n', "aanhalingsteken"),
            ("soort;titel\r\nx;y".encode("utf-16"), "geen CSV"),
            (b"soort;titel\r\npagina;\x81\r\n", "letters"),
            (b"soort;titel\r\n" + b"pagina;x\r\n" * 1001, "1001 rijen"),
            (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
            (b"[" * 100_000, "geen goede JSON"),
            (b'[{"soort": 1' + b"9" * 5000 + b"}]", "geen goede JSON"),
            (b'["pagina"]', "lijst van pagina"),
        ],
    )
    def test_a_file_that_cannot_be_read_says_why(self, content, told):
        with pytest.raises(Unreadable, match=told):
            read_file(content)

    @pytest.mark.parametrize("cell", ["=1+1", "+31", "-5", "@x", "\t=1", "'=1", "''+", "'gewoon'", "5 - 3"])
    def test_a_cell_is_no_formula_and_comes_back_as_it_was(self, cell):
        written = as_csv([{"soort": "pagina", "titel": cell}])
        seen = next(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))["titel"]
        assert seen[0] not in "=+-@\t\r"
        assert read_file(written).rows[0].cells["titel"] == cell


class TestTexts:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("Eén.\n\nTwee\nregels.", "<p>Eén.</p><p>Twee<br/>regels.</p>"),
            ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
            ('<div style="x" onclick="y">a <strong>b</strong></div>', "<p>a <b>b</b></p>"),
            ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
            ("<p>a<b>b<p>c", "<p>a<b>b</b></p><p>c</p>"),
            ("<h1>Kop</h1><img src=x onerror=y>", "<h3>Kop</h3>"),
            ("1 &lt; 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
            ('<a href="/x/"><a href="/y/">z</a></a>', '<p><a href="/x/">z</a></p>'),
            ("<svg><a href='/x'></svg>", ""),
            ("<br><br>a<br>", "<p>a</p>"),
            ("1 < 2, <b", "<p>1 &lt; 2, &lt;b</p>"),
            ("a<!-- x > --> b <![if x]>c<![endif]><?xml y?>", "<p>a b c</p>"),
        ],
    )
    def test_only_what_the_editor_could_make_is_kept(self, typed, read):
        assert read_text(typed).before == read
        assert read_text(read).before == read

    def test_a_text_that_never_ends_takes_no_time(self):
        for piece in (
            "<b>",
            "<h2>",
            "<!--",
            "<a href='/'>",
            "<br>",
            "<li>",
            "<aside data-blok='x'>",
            "<![",
            "<?",
            "<a ",
        ):
            read_text(piece * (LONGEST // len(piece)), in_parts=True)


@pytest.mark.django_db
class TestReadingIn:
    def test_nothing_is_written_until_the_second_press(self, editor):
        pages = Page.objects.count()
        answer = send(editor("joke"), [KWIJT, PENNING])
        assert outcomes(answer) == [("made", "", ""), ("made", "", "")]
        assert "wordt gemaakt" in answer.content.decode()
        assert Page.objects.count() == pages

    def test_all_is_written_as_drafts_in_their_place_and_history_says_so(self, editor, visit):
        answer = read_in(editor("joke"), [KWIJT, PENNING])
        assert "van 2 pagina’s staat er een concept klaar" in answer.content.decode()
        product = ProductPage.objects.get(slug="hondenpenning")
        question = QuestionPage.objects.get(slug="kwijt")
        assert product.get_parent().slug == "zandmeer"
        assert question.get_parent().pk == product.pk
        assert not product.live
        assert visit("/hondenpenning/").status_code == 404
        history = editor("joke").get(f"/admin/pages/{product.pk}/history/").content.decode()
        assert "Ingelezen uit een bestand, als concept" in history
        assert PageLogEntry.objects.filter(
            page=product.pk, action="cms.read_in", user__username="joke"
        ).exists()
        assert editor("joke").get(f"/admin/pages/{product.pk}/edit/").status_code == 200
        product.get_latest_revision().publish()
        assert "Bel <b>ons</b>." in visit("/hondenpenning/").content.decode()

    def test_the_same_file_twice_changes_nothing(self, editor):
        joke = editor("joke")
        read_in(joke, [KWIJT, PENNING])
        written = Revision.objects.count()
        again = send(joke, [KWIJT, PENNING])
        assert [outcome for outcome, _, _ in outcomes(again)] == ["same", "same"]
        press(joke, again)
        assert Revision.objects.count() == written

    def test_what_is_on_the_site_stays_until_the_draft_is_published(self, editor, visit):
        row = {"soort": "pagina", "adres": "/strand/", "titel": "Strand, vernieuwd"}
        answer = send(editor("joke"), [row])
        assert [(row.outcome, row.changed) for row in answer.context["plan"].rows] == [
            ("changed", ("titel",))
        ]
        press(editor("joke"), answer)
        assert "Strand, vernieuwd" not in visit("/strand/").content.decode()
        page = ContentPage.objects.get(slug="strand")
        draft = page.get_latest_revision_as_object()
        assert (draft.title, draft.intro) == ("Strand, vernieuwd", page.intro)

    def test_a_product_is_known_by_its_name_in_the_national_list(self, editor):
        bram = editor("bram")
        row = {
            "soort": "product",
            "upl": "Paspoort",
            "titel": "Paspoort of reisdocument",
            "adres": "/reizen/",
        }
        answer = send(bram, [row], LIBRARY)
        assert [(one.outcome, one.address) for one in answer.context["plan"].rows] == [
            ("changed", "paspoort")
        ]

    def test_a_part_that_no_file_holds_is_kept_where_its_mark_stands(self, editor):
        bram = editor("bram")
        row = next(
            one for one in json.loads(bram.get(f"{LIBRARY}paginas.json").content) if "<aside" in one["tekst"]
        )
        page = ContentPage.objects.get(url_path=f"/bibliotheek{row['adres']}")
        before = [part["id"] for part in page.body.raw_data if part["type"] != "section"]
        read_in(bram, [{**row, "tekst": "<h2>Nieuw</h2><p>Eerst.</p>" + row["tekst"]}], LIBRARY)
        body = latest(page).body.raw_data
        assert body[0]["value"]["title"] == "Nieuw"
        assert [part["id"] for part in body if part["type"] != "section"] == before

    @pytest.mark.parametrize(
        ("row", "column", "told"),
        [
            ({"soort": "nieuws"}, "soort", "kies product"),
            ({"titel": ""}, "titel", "leeg"),
            ({"antwoord": "x" * 401}, "antwoord", "hoogstens 400"),
            ({"adres": "/hondenpenning/ x/"}, "adres", "kleine letters"),
            ({"adres": "/mijn/"}, "adres", "van de site zelf"),
            ({"adres": "/er-niet/x/"}, "adres", "bestaat niet"),
            ({"adres": "/strand/"}, "soort", "andere soort"),
            ({"knoptekst": "Ga", "knopadres": ""}, "knopadres", "de tekst én het adres"),
            ({"knoptekst": "Ga", "knopadres": "javascript:alert(1)"}, "knopadres", "Begin met /"),
            ({"tekst": "<p>zonder kop</p>"}, "tekst", "een kop"),
            ({"tekst": '<h2>a</h2><a href="java\tscript:x">b</a>'}, "tekst", "deze link kan niet"),
            ({"nodig": '<a href="//elders.example">b</a>'}, "nodig", "deze link kan niet"),
            ({"tekst": '<aside data-blok="x"></aside>'}, "tekst", "op deze pagina staat"),
            ({"tekst": "<h2>a</h2>[[bestaat-niet]]"}, "tekst", "[[bestaat-niet]]"),
            ({"wet": "Wet | ftp://x"}, "wet", "Begin met"),
            ({"upl_adres": "javascript:x"}, "upl_adres", "URL"),
            ({"titel": "a\u0000b"}, "titel", "geen letter"),
            ({"titel": "\ud800"}, "titel", "geen letter"),
            ({"tekst": "x" * (LONGEST + 1)}, "tekst", "te lang"),
            ({"kosten": 5}, "kosten", "moet tekst staan"),
            ({"kosten": ["x"]}, "kosten", "moet tekst staan"),
        ],
    )  # fmt: skip
    def test_a_row_that_cannot_be_read_in_says_why_and_where(self, editor, row, column, told):
        answer = send(editor("joke"), [{**PENNING, **row}])
        [(outcome, where, reason)] = outcomes(answer)
        assert (outcome, where) == ("wrong", column)
        assert told in reason
        assert f"bij kolom {column}" in answer.content.decode()
        press(editor("joke"), answer)
        assert not ProductPage.objects.filter(slug="hondenpenning").exists()

    def test_a_column_of_a_product_says_nothing_of_a_question(self, editor):
        assert outcomes(send(editor("joke"), [{**PENNING, **KWIJT, "adres": "x"}]))[0][:2] == ("wrong", "upl")

    def test_an_address_that_stands_there_twice_is_read_in_once(self, editor):
        found = outcomes(send(editor("joke"), [PENNING, {**PENNING, "adres": "hondenpenning"}]))
        assert [(outcome, column) for outcome, column, _ in found] == [("made", ""), ("wrong", "adres")]

    def test_a_file_that_cannot_be_read_is_told_on_the_screen_and_not_kept(self, editor):
        answer = send(editor("joke"), SimpleUploadedFile("x.csv", b"naam\r\nx\r\n"))
        assert answer.status_code == 422
        assert "staan de namen van de kolommen" in answer.content.decode()
        assert not ReadIn.objects.exists()

    def test_one_row_that_fails_while_writing_leaves_nothing_behind(self, editor, monkeypatch):
        joke = editor("joke")
        joke.raise_request_exception = False
        answer = send(joke, [PENNING, KWIJT])
        save = QuestionPage.save_revision

        def broken(self, *args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(QuestionPage, "save_revision", broken)
        assert press(joke, answer).status_code == 500
        assert not ProductPage.objects.filter(slug="hondenpenning").exists()
        monkeypatch.setattr(QuestionPage, "save_revision", save)
        press(joke, answer)
        assert QuestionPage.objects.filter(slug="kwijt").exists()


@pytest.mark.django_db
class TestBetweenTheTwoPresses:
    def test_a_second_time_the_same_press_does_nothing(self, editor):
        joke = editor("joke")
        answer = send(joke, [PENNING])
        press(joke, answer)
        assert "al ingelezen" in press(joke, answer).content.decode()
        assert ProductPage.objects.filter(slug="hondenpenning").count() == 1

    def test_after_half_an_hour_the_file_is_gone(self, editor, clock):
        joke = editor("joke")
        answer = send(joke, [PENNING])
        clock.move(minutes=31)
        assert "half uur" in press(joke, answer).content.decode()
        assert not ProductPage.objects.filter(slug="hondenpenning").exists()

    def test_the_worker_erases_it_then_and_no_sooner(self, editor, clock, sites):
        send(editor("joke"), [PENNING])
        with acting_for(sites["veldrecht"]):
            take_turn(timezone.now())
            assert ReadIn.objects.count() == 1
            clock.move(minutes=31)
            take_turn(timezone.now())
        assert ReadIn.objects.count() == 0

    def test_what_somebody_changed_meanwhile_is_shown_first(self, editor):
        joke = editor("joke")
        answer = send(joke, [{"soort": "pagina", "adres": "/strand/", "titel": "Van het bestand"}])
        page = ContentPage.objects.get(slug="strand")
        page.title = "Van een collega"
        page.save_revision()
        told = press(joke, answer)
        assert "Er is intussen iets veranderd" in told.content.decode()
        assert latest(page).title == "Van een collega"
        press(joke, answer)
        assert latest(page).title == "Van het bestand"

    def test_a_page_that_waits_for_a_second_person_is_not_changed_behind_their_back(self, editor):
        from django.contrib.auth import get_user_model

        from cms.second_person.switch import switch_on

        home = HomePage.objects.get(slug="zandmeer")
        switch_on(home)
        page = ContentPage.objects.get(slug="strand")
        page.save_revision()
        page.get_workflow().start(page, get_user_model().objects.get(username="joke"))
        row = {"soort": "pagina", "adres": "/strand/", "titel": "Anders"}
        assert outcomes(send(editor("joke"), [row])) == [
            ("wrong", "", "deze pagina wacht op een tweede persoon")
        ]


@pytest.mark.django_db
class TestFenced:
    @pytest.mark.parametrize(
        ("who", "where"),
        [("joke", "veldrecht"), ("joke", "bibliotheek"), ("bram", "zandmeer"), ("karim", "zandmeer")],
    )
    def test_nobody_reads_into_or_takes_out_of_anothers_tree(self, editor, who, where):
        browser = editor(who)
        assert send(browser, [PENNING], f"/admin/inlezen/{where}/").status_code == 404
        for path in ("", "paginas.csv", "paginas.json", "voorbeeld.csv"):
            assert browser.get(f"/admin/inlezen/{where}/{path}").status_code == 404
        assert not ReadIn.objects.exists()

    def test_the_file_of_somebody_else_is_not_there(self, editor):
        path = send(editor("joke"), [PENNING]).redirect_chain[-1][0]
        for mine in (path.replace("zandmeer", "veldrecht"), path):
            assert "Hondenpenning" not in editor("wim").get(mine, follow=True).content.decode()
        assert (
            "Hondenpenning"
            not in editor("bram").get(path.replace("zandmeer", "bibliotheek"), follow=True).content.decode()
        )

    def test_a_text_links_to_own_pages_and_the_library_only(self, editor):
        theirs, own = HomePage.objects.get(slug="veldrecht"), ContentPage.objects.get(slug="strand")
        for page, outcome in ((theirs, "wrong"), (own, "made")):
            text = f'<h2>a</h2><p><a linktype="page" id="{page.pk}">x</a></p>'
            assert outcomes(send(editor("joke"), [{**PENNING, "tekst": text}]))[0][0] == outcome

    def test_the_menu_leads_there_for_who_writes_pages(self, editor):
        assert "/admin/inlezen/" in editor("joke").get("/admin/").content.decode()
        assert "/admin/inlezen/" not in editor("karim").get("/admin/").content.decode()


@pytest.mark.django_db
class TestTakingOut:
    @pytest.mark.parametrize("form", ["csv", "json"])
    @pytest.mark.parametrize(
        ("who", "where"), [("joke", MINE), ("bram", LIBRARY), ("bram", "/admin/inlezen/bibliotheek-en/")]
    )
    def test_what_was_taken_out_and_read_in_again_stays_the_same(self, editor, who, where, form):
        browser = editor(who)
        content = browser.get(f"{where}paginas.{form}").content
        found = outcomes(send(browser, SimpleUploadedFile(f"paginas.{form}", content), where))
        assert found
        assert {outcome for outcome, _, _ in found} == {"same"}

    def test_it_is_what_one_sees_in_the_cms_also_drafts_and_nothing_of_others(self, editor):
        page = ContentPage.objects.get(slug="strand")
        page.title = "=Strand"
        page.save_revision()
        content = editor("joke").get(f"{MINE}paginas.csv").content.decode("utf-8-sig")
        rows = {row["adres"]: row for row in csv.DictReader(io.StringIO(content), delimiter=";")}
        assert tuple(next(iter(rows.values()))) == NAMES
        assert rows["/strand/"]["titel"] == "'=Strand"
        assert "/paspoort/" not in rows

    def test_the_example_can_be_read_in_as_it_is(self, editor):
        joke = editor("joke")
        example = joke.get(f"{MINE}voorbeeld.csv").content
        assert {one[0] for one in outcomes(send(joke, SimpleUploadedFile("voorbeeld.csv", example)))} == {
            "made"
        }


@pytest.mark.django_db
def test_looking_costs_as_many_queries_for_many_rows_as_for_few(editor):
    joke = editor("joke")
    home = HomePage.objects.get(slug="zandmeer")
    own = [json.loads(joke.get(f"{MINE}paginas.json").content)[0]]
    counted = []
    for number in (4, 40):
        rows = [
            {**PENNING, "adres": f"p{one}", "upl": f"p{one}",
             "tekst": f'<h2>a</h2><a linktype="page" id="{home.pk}">x</a> [[eigen-x{one}]]'}
            for one in range(number)
        ]  # fmt: skip
        path = send(joke, rows + own).redirect_chain[-1][0]
        with CaptureQueriesContext(connection) as seen:
            joke.get(path)
        counted.append(len([one for one in seen.captured_queries if one["sql"].startswith('SELECT "')]))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 20


NATIONAL = """URI,UniformeProductnaam,Burger,Bedrijf,Gemeente,Grondslaglabel,Grondslaglink
http://standaarden.overheid.nl/owms/terms/paspoort,paspoort,X,,X,Paspoortwet,https://wetten.overheid.nl/1
http://standaarden.overheid.nl/owms/terms/hondenpenning,hondenpenning,X,,X,Gemeentewet,http://wetten.overheid.nl/2
http://standaarden.overheid.nl/owms/terms/hondenpenning,hondenpenning,X,,X,Algemene wet,
http://standaarden.overheid.nl/owms/terms/terras,terras,,X,X,,
http://standaarden.overheid.nl/owms/terms/beurs,beurs,X,,,,
http://standaarden.overheid.nl/owms/terms/UPL-naam_nog_niet_beschikbaar,geen,X,,X,,
"""


@pytest.mark.django_db
class TestNationalList:
    def upl(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("UPL-actueel.csv", NATIONAL.encode())

    def test_it_shows_which_products_for_citizens_have_no_page(self, editor):
        answer = send(editor("bram"), self.upl(), LIBRARY)
        assert [one.name for one in answer.context["missing"]] == ["hondenpenning"]

    def test_what_is_ticked_becomes_a_draft_with_name_address_and_law(self, editor):
        bram = editor("bram")
        path = send(bram, self.upl(), LIBRARY).redirect_chain[-1][0]
        uris = ["http://standaarden.overheid.nl/owms/terms/hondenpenning", "http://elders.example/"]
        again = bram.post(path, {"product": uris}, follow=True)
        page = ProductPage.objects.get(slug="hondenpenning")
        assert (page.title, page.upl, page.upl_uri, page.live) == (
            "Hondenpenning",
            "hondenpenning",
            uris[0],
            False,
        )
        laws = [(law.value["name"], law.value["url"]) for law in page.laws]
        assert laws == [("Gemeentewet", "https://wetten.overheid.nl/2"), ("Algemene wet", "")]
        assert again.context["missing"] == []

    def test_it_is_of_the_library_only(self, editor):
        assert "redactie van de bibliotheek" in send(editor("joke"), self.upl()).content.decode()
