"""What a municipality does with the library, and what the library hears of it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.blocks import FEATURES
from cms.models import Change, ContentPage, Copied, FilledIn, HomePage, LeftOut, Offer
from cms.shared_pages.comparing import outdated_copies

from .conftest import OEVERSTAD, VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db

SITE = "/admin/paginas/zandmeer/"


@pytest.fixture
def hulp(sites) -> ContentPage:
    """The library's page that leaves one place open."""
    return ContentPage.objects.get(slug="hulp-thuis").specific


def place_of(page: ContentPage) -> str:
    return next(block.id for block in page.body if block.block_type == "fill_in")


def written(text: str) -> str:
    """Running text as the editor sends it."""
    line = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [line], "entityMap": {}})


class TestTheListOfPages:
    def test_own_and_library_pages_stand_in_one_list_each_with_its_mark(self, editor):
        wim = editor("wim")
        for title, mark in (
            ("Het Dorpenteam bij u in de buurt", "Eigen"),
            ("Verhuizen", "Gedeeld"),
            ("Dakkapel bouwen", "Vervangen"),
        ):
            text = wim.get("/admin/paginas/veldrecht/", {"q": title}).content.decode()
            row = next(row for row in text.split("<tr>") if f">{title}</a>" in row)
            assert f'"cms-mark">{mark}<' in row, title

    def test_what_is_filled_in_says_so(self, editor):
        text = editor("fatima").get("/admin/paginas/oeverstad/?soort=ingevuld").content.decode()
        assert ">Hulp thuis</a>" in text
        assert ">Verhuizen</a>" not in text

    def test_a_draft_of_the_library_is_not_in_it(self, editor, hulp):
        hulp.unpublish()
        assert ">Hulp thuis</a>" not in editor("joke").get(SITE).content.decode()
        assert editor("joke").get(f"{SITE}{hulp.pk}/").status_code == 404

    def test_it_costs_as_many_queries_for_more_pages(self, editor, hulp):
        joke = editor("joke")

        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert joke.get(SITE).status_code == 200
            return len(seen)

        queries()
        before = queries()
        root = hulp.get_parent()
        for number in range(10):
            root.add_child(
                instance=ContentPage(
                    title=f"Pagina {number}", slug=f"p-{number}", intro="x", locale=hulp.locale
                )
            )
            root.refresh_from_db()
        assert queries() == before

    def test_the_address_leads_to_ones_own_municipality(self, editor):
        assert editor("joke").get("/admin/paginas/")["Location"] == SITE


class TestLeavingOut:
    def test_a_page_is_left_out_and_had_back(self, editor, visit):
        page, joke = ContentPage.objects.get(slug="overlijden"), editor("joke")
        joke.post(f"{SITE}{page.pk}/kies/")
        assert visit("/overlijden/").status_code == 404
        assert visit("/overlijden/", VELDRECHT).status_code == 200
        assert "Haal terug" in joke.get(f"{SITE}{page.pk}/").content.decode()
        joke.post(f"{SITE}{page.pk}/kies/", {"show": "1"})
        assert visit("/overlijden/").status_code == 200

    @pytest.mark.parametrize(
        "slug", ["toegankelijkheid", "privacy", "kwetsbaarheid-melden", "digitaal-bereikbaar", "klacht"]
    )
    def test_a_page_that_the_law_asks_for_stays(self, editor, visit, slug):
        page = ContentPage.objects.get(slug=slug, locale__language_code="nl")
        assert "Laat “" not in editor("joke").get(f"{SITE}{page.pk}/").content.decode()
        editor("joke").post(f"{SITE}{page.pk}/kies/")
        assert visit(f"/{slug}/").status_code == 200

    def test_a_page_left_out_comes_back_when_the_law_asks_for_it(self, editor, visit):
        page = ContentPage.objects.get(slug="overlijden")
        editor("joke").post(f"{SITE}{page.pk}/kies/")
        editor("bram").post(f"/admin/bibliotheek/{page.pk}/", {"law": "Wet op de lijkbezorging"})
        assert visit("/overlijden/").status_code == 200

    def test_a_part_is_left_out(self, editor, visit):
        page = ContentPage.objects.get(slug="verhuizen")
        part = next(block.id for block in page.body if block.block_type == "optional")
        editor("joke").post(f"{SITE}{page.pk}/kies/", {"part": part})
        assert "parkeervergunning" not in visit("/verhuizen/").content.decode()

    def test_a_part_that_must_stay_cannot_be_left_out(self, editor, hulp):
        part = next(block.id for block in hulp.body if block.block_type == "section")
        before = LeftOut.objects.count()
        assert editor("joke").post(f"{SITE}{hulp.pk}/kies/", {"part": part}).status_code == 404
        assert LeftOut.objects.count() == before

    def test_an_own_page_cannot_be_left_out(self, editor):
        page = ContentPage.objects.get(slug="strand")
        assert editor("joke").post(f"{SITE}{page.pk}/kies/").status_code == 404


class TestFillingIn:
    def test_what_is_filled_in_is_on_the_own_site_only_and_at_once(self, editor, visit, hulp):
        visit("/hulp-thuis/")
        answer = editor("joke").post(
            f"{SITE}{hulp.pk}/invullen/", {place_of(hulp): written("U betaalt € 19,00. Bel [[telefoon]].")}
        )
        assert answer.status_code == 302
        text = visit("/hulp-thuis/").content.decode()
        assert "U betaalt € 19,00" in text
        assert "(0999) 12 34 56" in text
        assert "€ 19,00" not in visit("/hulp-thuis/", VELDRECHT).content.decode()
        assert "€ 21,60" in visit("/hulp-thuis/", OEVERSTAD).content.decode()

    def test_until_then_stands_there_what_the_library_wrote(self, visit):
        assert "elke maand een vast bedrag" in visit("/hulp-thuis/").content.decode()

    def test_emptied_it_is_the_librarys_again(self, editor, visit, hulp):
        editor("fatima").post(f"/admin/paginas/oeverstad/{hulp.pk}/invullen/", {place_of(hulp): ""})
        assert not FilledIn.objects.exists()
        assert "elke maand een vast bedrag" in visit("/hulp-thuis/", OEVERSTAD).content.decode()

    def test_a_slot_that_does_not_exist_is_refused_and_what_was_typed_stays(self, editor, hulp):
        answer = editor("joke").post(
            f"{SITE}{hulp.pk}/invullen/", {place_of(hulp): written("Bel [[telefon]].")}
        )
        assert answer.status_code == 200
        assert "[[telefon]]" in answer.content.decode()
        assert FilledIn.objects.count() == 1

    def test_it_is_seen_in_the_preview_before_it_is_on_the_site(self, editor, visit, hulp):
        answer = editor("joke").post(
            f"{SITE}{hulp.pk}/voorbeeld/", {place_of(hulp): written("Straks € 20,00.")}
        )
        text = answer.content.decode()
        assert "Straks € 20,00." in text
        assert 'class="zandmeer-theme' in text
        assert "Straks" not in visit("/hulp-thuis/").content.decode()

    def test_what_the_library_asks_there_is_read_by_editors_only(self, editor, visit, hulp):
        asked = "Noem het bedrag van de eigen bijdrage"
        assert asked in editor("joke").get(f"{SITE}{hulp.pk}/").content.decode()
        assert asked not in visit("/hulp-thuis/").content.decode()


class TestReplacing:
    @pytest.fixture
    def own(self, editor, hulp) -> ContentPage:
        """Zandmeer's own version of a page of the library, just begun."""
        editor("joke").post(f"{SITE}{hulp.pk}/vervangen/")
        return ContentPage.objects.get(slug="hulp-thuis", replaces=hulp).specific

    def test_it_starts_as_a_draft_that_reads_as_the_page_did_here(self, own, hulp, visit):
        assert not own.live
        assert [block.id for block in own.body] == [block.id for block in hulp.body]
        assert {block.block_type for block in own.body} & {"optional", "fill_in"} == set()
        assert visit("/hulp-thuis/").status_code == 200

    def test_published_it_stands_in_its_place_at_the_same_address(self, own, visit):
        own.title = "Hulp van Zandmeer Helpt"
        own.save_revision().publish()
        assert "Hulp van Zandmeer Helpt" in visit("/hulp-thuis/").content.decode()
        assert "Hulp van Zandmeer Helpt" not in visit("/hulp-thuis/", VELDRECHT).content.decode()

    def test_asked_for_twice_it_is_made_once(self, own, editor, hulp):
        answer = editor("joke").post(f"{SITE}{hulp.pk}/vervangen/")
        assert answer["Location"] == f"/admin/pages/{own.pk}/edit/"
        assert ContentPage.objects.filter(replaces=hulp).count() == 1

    def test_what_changes_in_the_original_is_told_and_taken_over_piece_by_piece(
        self, own, editor, hulp, visit
    ):
        joke, compare = editor("joke"), f"{SITE}{own.pk}/verschil/"
        own.intro = "Bel Zandmeer Helpt."
        own.save_revision().publish()
        assert "niets veranderd" in joke.get(compare).content.decode()
        parts = list(hulp.body.get_prep_value())
        parts[0]["value"]["title"] = "Wat kan hulp zijn?"
        parts.insert(
            1,
            {
                "type": "section",
                "value": {"title": "Nieuw deel", "text": "<p>Over vervoer.</p>"},
                "id": "n-1",
            },
        )
        gone = parts.pop()["id"]
        hulp.intro = "Vraag hulp."
        hulp.body = hulp.body.stream_block.to_python(parts)
        hulp.save_revision().publish()

        told = joke.get(compare).content.decode()
        for words in ("Vraag hulp", "Nieuw deel", "weggehaald", "Bel Zandmeer Helpt."):
            assert words in told
        assert "veranderd" in joke.get(SITE).content.decode()
        first = f"body:{parts[0]['id']}"
        for key, do in ((first, "take"), ("body:n-1", "take"), (f"body:{gone}", "take"), ("intro", "leave")):
            assert joke.post(compare, {"key": key, "do": do}).status_code == 302
        assert "niets veranderd" in joke.get(compare).content.decode()

        draft = ContentPage.objects.get(pk=own.pk).get_latest_revision_as_object()
        assert [block.id for block in draft.body][:2] == [parts[0]["id"], "n-1"]
        assert gone not in [block.id for block in draft.body]
        assert draft.body[0].value["title"] == "Wat kan hulp zijn?"
        assert draft.intro == "Bel Zandmeer Helpt."
        assert "Nieuw deel" not in visit("/hulp-thuis/").content.decode()

    def test_what_only_went_through_the_editor_is_not_told_as_a_change(self, own, editor, hulp):
        rich = ContentstateConverter(FEATURES)
        parts = json.loads(json.dumps(list(hulp.body.get_prep_value())))
        for one in parts:
            if text := one["value"].get("text"):
                one["value"]["text"] = rich.to_database_format(rich.from_database_format(text))
        hulp.body = hulp.body.stream_block.to_python(parts)
        hulp.save_revision().publish()
        assert "data-block-key" in str(hulp.body.get_prep_value())
        assert outdated_copies(HomePage.objects.get(slug="zandmeer")) == []
        assert "niets veranderd" in editor("joke").get(f"{SITE}{own.pk}/verschil/").content.decode()

    def test_running_text_is_told_in_its_words_and_not_in_marks(self, own, editor, hulp):
        hulp.needed = "<p>Een <b>legitimatie</b>.</p>"
        hulp.save_revision().publish()
        told = editor("joke").get(f"{SITE}{own.pk}/verschil/").content.decode()
        assert "Een legitimatie." in told
        assert "&lt;p&gt;" not in told

    def test_who_replaced_a_page_finds_there_what_changed_and_not_the_words_of_the_site(self, editor):
        page = ContentPage.objects.get(slug="dakkapel", replaces=None)
        text = editor("wim").get(f"/admin/paginas/veldrecht/{page.pk}/").content.decode()
        assert "Wat veranderde in de bibliotheek?" in text
        assert "Zo ziet het eruit op uw site" not in text

    def test_nobody_compares_the_page_of_another(self, own, editor):
        assert editor("wim").get(f"/admin/paginas/veldrecht/{own.pk}/verschil/").status_code == 404

    def test_deleting_the_original_leaves_the_own_page(self, own, hulp):
        own.save_revision().publish()
        hulp.delete()
        assert ContentPage.objects.filter(pk=own.pk).exists()
        assert not Copied.objects.filter(page=own).exists()


class TestTheLibraryKnowsWhoUsesIt:
    def test_before_a_change_it_sees_who_does_what(self, editor, hulp):
        editor("joke").post(f"{SITE}{hulp.pk}/kies/")
        text = editor("bram").get(f"/admin/bibliotheek/{hulp.pk}/").content.decode()
        uses = {
            part.split("<")[0]: part.split("<dd>")[1].split("<")[0]
            for part in text.split("<strong>")[1:]
            if "<dd>" in part
        }
        assert uses["Gedeeld en ingevuld"] == "Oeverstad"
        assert uses["Weggelaten"] == "Zandmeer"
        assert uses["Gedeeld"] == "Veldrecht"
        assert (
            "Deze pagina staat op 2 sites"
            in editor("bram").get(f"/admin/pages/{hulp.pk}/edit/").content.decode()
        )

    def test_a_draft_stands_on_no_site(self, editor, hulp):
        hulp.unpublish()
        bram = editor("bram")
        assert "nog op geen enkele site" in bram.get(f"/admin/pages/{hulp.pk}/edit/").content.decode()
        text = bram.get("/admin/bibliotheek/", {"q": "Hulp thuis"}).content.decode()
        assert "<td>0</td>" in text.split(">Hulp thuis</a>")[1].split("</tr>")[0][:60]

    def test_the_list_counts_for_every_page(self, editor, hulp):
        text = editor("bram").get("/admin/bibliotheek/").content.decode()
        row = next(row for row in text.split("<tr>") if ">Dakkapel bouwen</a>" in row)
        assert row.count("<td>") == 4
        assert "<td>2</td><td>0</td><td>1</td><td>0</td>" in row

    def test_nobody_else_sees_it(self, editor, hulp):
        for who in ("joke", "karim", "ingrid"):
            for path in ("/admin/bibliotheek/", f"/admin/bibliotheek/{hulp.pk}/"):
                assert editor(who).get(path).status_code == 404

    def test_a_change_that_matters_is_asked_of_all_in_one_row_until_they_looked(self, editor, hulp):
        editor("bram").post(f"/admin/bibliotheek/{hulp.pk}/", {"do": "ask", "what": "Het bedrag is nieuw."})
        assert Change.objects.count() == 1
        joke = editor("joke")
        assert "Het bedrag is nieuw." in joke.get("/admin/").content.decode()
        assert "Het bedrag is nieuw." in joke.get(f"{SITE}{hulp.pk}/").content.decode()
        joke.post(f"{SITE}{hulp.pk}/gezien/")
        assert "Het bedrag is nieuw." not in joke.get("/admin/").content.decode()
        assert "Het bedrag is nieuw." in editor("wim").get("/admin/").content.decode()

    def test_publishing_a_page_is_at_most_ten_writes(self, sites, hulp):
        hulp.intro = "Anders."
        revision = hulp.save_revision()
        with CaptureQueriesContext(connection) as seen:
            revision.publish()
        sqls = [one["sql"] for one in seen.captured_queries]
        writes = [sql for sql in sqls if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
        assert len(writes) <= 10, "\n".join(writes)


class TestGivingAPage:
    @pytest.fixture
    def offer(self, editor, sites) -> Offer:
        page = ContentPage.objects.get(slug="recyclepunt-haven").specific
        parts = list(page.body.get_prep_value())
        parts[1]["value"]["text"] = "<p>Bel (0997) 12 34 56.</p>"
        page.body = page.body.stream_block.to_python(parts)
        page.save_revision().publish()
        editor("fatima").post(
            f"/admin/paginas/oeverstad/{page.pk}/aanbieden/", {"why": "Iedereen heeft een milieustraat."}
        )
        return Offer.objects.get()

    def taken(self, editor, offer) -> ContentPage:
        hours = next(
            raw
            for raw in offer.page.specific.body.get_prep_value()
            if raw["value"]["title"] == "Wanneer is het open?"
        )
        bram = editor("bram")
        assert (
            "Iedereen heeft een milieustraat."
            in bram.get(f"/admin/bibliotheek/aanbod/{offer.pk}/").content.decode()
        )
        bram.post(f"/admin/bibliotheek/aanbod/{offer.pk}/", {"do": "take", f"body:{hours['id']}": "open"})
        offer.refresh_from_db()
        return offer.shared_as.specific

    def test_the_library_takes_it_as_a_draft_with_facts_for_what_was_written_by_hand(
        self, editor, offer, visit
    ):
        shared = self.taken(editor, offer)
        draft = shared.get_latest_revision_as_object()
        assert not shared.live
        assert "[[telefoon]]" in str(draft.body.get_prep_value())
        assert "(0997)" not in str(draft.body.get_prep_value())
        assert "[[afval]]" in draft.intro
        assert visit("/recyclepunt-haven/", OEVERSTAD).status_code == 200

    def test_published_it_is_everybodys_and_reads_as_before_with_the_giver(self, editor, offer, visit):
        self.taken(editor, offer).get_latest_revision().publish()
        assert not ContentPage.objects.get(pk=offer.page_id).live
        giver = visit("/recyclepunt-haven/", OEVERSTAD).content.decode()
        assert "van 8.00 tot 17.00 uur" in giver
        assert "(0997) 12 34 56" in giver
        other = visit("/recyclepunt-haven/", ZANDMEER).content.decode()
        assert "Milieustraat De Duinrand" in other
        assert "17.00 uur" not in other.split("<main")[1].split("</main")[0]
        assert "gemaakt door gemeente Oeverstad" in editor("joke").get("/admin/").content.decode()
        assert (
            "Gemaakt door gemeente Oeverstad"
            in editor("joke").get(f"{SITE}{offer.__class__.objects.get().shared_as_id}/").content.decode()
        )

    def test_declined_the_giver_reads_why(self, editor, offer):
        editor("bram").post(
            f"/admin/bibliotheek/aanbod/{offer.pk}/", {"do": "decline", "answer": "Wij hebben er al een."}
        )
        text = editor("fatima").get(f"/admin/paginas/oeverstad/{offer.page_id}/aanbieden/").content.decode()
        assert "Wij hebben er al een." in text
        assert ContentPage.objects.get(pk=offer.page_id).live

    def test_nobody_but_the_library_reads_what_is_offered(self, editor, offer):
        for who in ("joke", "fatima", "karim"):
            assert editor(who).get(f"/admin/bibliotheek/aanbod/{offer.pk}/").status_code == 404

    def test_what_was_withdrawn_is_not_read_any_more(self, editor, offer):
        editor("fatima").post(f"/admin/paginas/oeverstad/{offer.page_id}/aanbieden/", {"do": "withdraw"})
        assert editor("bram").get(f"/admin/bibliotheek/aanbod/{offer.pk}/").status_code == 404


def test_the_own_site_in_the_list_is_the_one_that_is_edited(editor):
    assert HomePage.objects.filter(slug="veldrecht").exists()
    assert editor("joke").get("/admin/paginas/veldrecht/").status_code == 404
