"""Help while writing: facts from a list, and what to look at again. It warns and keeps nothing."""

import json

import pytest

from cms.models import ContentPage
from cms.running_text import RunningText
from cms.writing.findings import findings_of

pytestmark = pytest.mark.django_db

FACTS = {"telefoon": "(0999) 12 34 56", "afval": "Milieustraat De Duinrand", "balie": "Ja"}


def page_with(*parts: tuple[str, dict], intro: str = "Bel ons.") -> ContentPage:
    return ContentPage(title="Grofvuil", slug="grofvuil", intro=intro, body=list(parts))


def section(text: str, title: str = "Zo gaat het") -> tuple[str, dict]:
    return "section", {"title": title, "text": text}


@pytest.mark.parametrize(
    ("part", "quote", "says"),
    [
        (section("<p>Wij halen het op indien u belt.</p>"), "indien", "“als”"),
        (section("<p>Helaas kan dat niet.</p>"), "helaas", "kan weg"),
        (section(f"<p>{'woord ' * 16}.</p>"), "woord woord", "16 woorden"),
        (section('<p>Kijk <a href="/x/">hier</a>.</p>'), "hier", "waar hij heen gaat"),
        (section('<p><a href="/x/"></a>.</p>'), "", "geen woorden"),
        (
            section('<p><a href="https://x.nl">https://x.nl</a></p>'),
            "https://x.nl",
            "in plaats van het adres",
        ),
        (section("<h5>Diep</h5>"), "Diep", "slaat een niveau over"),
        (section("<h3> </h3>"), "", "lege kop"),
        (section("<p>x</p>", "ALLES GROOT"), "ALLES GROOT", "hoofdletters"),
        (section("<p>Bel (0999) 12 34 56.</p>"), "(0999) 12 34 56", "Telefoonnummer"),
        (section("<p>Naar Milieustraat De Duinrand</p>"), "Milieustraat De Duinrand", "Milieustraat"),
    ],
)
def test_what_can_be_better_is_found_and_quoted(part, quote, says):
    found = findings_of(page_with(part), FACTS)
    assert [one for one in found if says in one.says and one.quote.startswith(quote)], found


def test_a_plain_text_has_nothing_to_look_at():
    text = (
        '<p>Bel [[telefoon]]. Lees over <a linktype="page" id="1">uw afval wegbrengen</a>. Ja, dat kan.</p>'
    )
    assert findings_of(page_with(section(text)), FACTS) == []


def test_two_headings_with_the_same_words_are_found():
    found = findings_of(page_with(section("<p>a</p>"), section("<p>b</p>")), {})
    assert [one.says for one in found] == ["Deze kop staat er twee keer."]


class TestTheEditorsPage:
    def form_of(self, joke, page) -> dict[str, str]:
        """What the editor's form holds, as a browser would send it."""
        raw = page.body.get_prep_value()
        form = {
            "title": page.title, "slug": page.slug, "intro": page.intro, "button_label": "", "button_url": "",
            "place": page.place, "body-count": str(len(raw)),
        }  # fmt: skip
        for at, part in enumerate(raw):
            form |= {f"body-{at}-deleted": "", f"body-{at}-order": str(at), f"body-{at}-type": part["type"],
                     f"body-{at}-id": part["id"]}  # fmt: skip
            for name, value in part["value"].items():
                typed = RunningText(features=["h3", "bold", "ul", "ol", "link", "fact"]).format_value(value)
                form[f"body-{at}-value-{name}"] = typed if name == "text" else str(value)
        return form

    def test_says_what_to_look_at_and_keeps_nothing(self, editor, sites):
        joke, page = editor("joke"), ContentPage.objects.get(slug="strand")
        before = page.latest_revision_id
        form = self.form_of(joke, page) | {"intro": "Bel (0999) 12 34 56 indien u komt."}
        text = joke.post(f"/admin/schrijven/{page.pk}/nakijken/", form).content.decode()
        assert "(0999) 12 34 56" in text
        assert "indien" in text
        page.refresh_from_db()
        assert page.latest_revision_id == before

    def test_makes_facts_of_what_was_written_by_hand_in_a_draft(self, editor, sites, visit):
        joke, page = editor("joke"), ContentPage.objects.get(slug="strand")
        form = self.form_of(joke, page) | {"intro": "Bel (0999) 12 34 56."}
        answer = joke.post(f"/admin/schrijven/{page.pk}/gegevens/", form)
        assert answer.status_code == 302
        draft = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert draft.intro == "Bel [[telefoon]]."
        assert "[[afval]]" in json.dumps(draft.body.get_prep_value())
        assert "Bel (0999)" not in visit("/strand/").content.decode()

    def test_the_list_of_facts_is_that_of_the_own_municipality(self, editor, sites):
        facts = {
            one["name"]: one["value"]
            for one in editor("joke").get("/admin/schrijven/gegevens/").json()["facts"]
        }
        assert facts["telefoon"] == "(0999) 12 34 56"
        assert facts["gemeente"] == "Zandmeer"

    def test_the_editor_of_the_library_sees_no_municipalitys_values(self, editor, sites):
        facts = editor("bram").get("/admin/schrijven/gegevens/").json()["facts"]
        assert {one["value"] for one in facts} == {""}

    def test_the_page_of_another_is_not_looked_at(self, editor, sites):
        page = ContentPage.objects.get(slug="dorpenteam")
        for what in ("nakijken", "gegevens"):
            assert (
                editor("joke").post(f"/admin/schrijven/{page.pk}/{what}/", {"title": "x"}).status_code == 404
            )


def test_a_slot_is_a_chip_in_the_editor_and_a_slot_again_when_stored():
    widget = RunningText(features=["bold", "fact"])
    shown = widget.format_value("<p>Bel [[telefoon]] of [[bestaat-niet]].</p>")
    entities = json.loads(shown)["entityMap"]
    assert [one["data"] for one in entities.values()] == [{"name": "telefoon"}]
    assert "Bel Telefoonnummer of [[bestaat-niet]]." in shown
    stored = widget.value_from_datadict({"x": shown}, {}, "x")
    assert "Bel [[telefoon]] of [[bestaat-niet]]." in stored


class TestFactsOfItsOwn:
    @pytest.fixture
    def pool(self, editor, sites):
        """Zandmeer's own fact: the phone number of its swimming pool."""
        form = {
            "telefoon": "(0999) 12 34 56",
            "new_label": "Telefoon zwembad",
            "new_value": "(0999) 55 55 55",
        }
        assert editor("joke").post("/admin/gegevens/zandmeer/", form).status_code == 302
        return "eigen-telefoon-zwembad"

    def own_page(self, editor, slot: str):
        """What is told of a page of Zandmeer's with this slot, by the form of the editor."""
        page = ContentPage.objects.get(slug="strand")
        form = TestTheEditorsPage().form_of(editor("joke"), page) | {"intro": f"Bel [[{slot}]]."}
        return editor("joke").post(f"/admin/pages/{page.pk}/edit/", {**form, "action-publish": "1"})

    def test_is_picked_from_the_list_and_stands_on_the_site(self, editor, pool, visit):
        names = [one["name"] for one in editor("joke").get("/admin/schrijven/gegevens/").json()["facts"]]
        assert pool in names
        assert self.own_page(editor, pool).status_code == 302
        assert "(0999) 55 55 55" in visit("/strand/").content.decode()

    def test_is_nobody_elses(self, editor, pool):
        for who in ("wim", "bram"):
            listed = editor(who).get("/admin/schrijven/gegevens/").content.decode()
            assert "zwembad" not in listed

    def test_one_that_was_never_made_is_refused(self, editor, pool, visit):
        assert self.own_page(editor, "eigen-sauna").status_code == 200
        assert "Bel [[" not in visit("/strand/").content.decode()

    def test_emptied_it_is_gone(self, editor, pool):
        editor("joke").post("/admin/gegevens/zandmeer/", {"telefoon": "(0999) 12 34 56", pool: ""})
        assert pool not in editor("joke").get("/admin/schrijven/gegevens/").content.decode()

    @pytest.mark.parametrize("new", [{"new_label": "Sauna"}, {"new_label": "!!!", "new_value": "x"}])
    def test_half_of_one_is_refused(self, editor, sites, new):
        answer = editor("joke").post("/admin/gegevens/zandmeer/", {"telefoon": "(0999) 12 34 56", **new})
        assert answer.status_code == 200
