"""What an editor changes is on the site at once, and looks in the preview as it will."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import ContentPage, HomePage, LeftOut

from .conftest import VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db

PNG = "images/zandmeer/"

TYPED = {
    **dict.fromkeys(("button_label", "button_url", "place", "replaces", "search_description"), ""),
    **dict.fromkeys(("checked_on", "review_on"), ""),
    "title": "Nog nergens te zien", "slug": "nergens", "intro": "Bel [[telefoon]].",
    "body": streamfield([("section", {"title": "Meer", "text": rich_text("<p>Ja.</p>")})]),
    "comments": inline_formset([]),
}  # fmt: skip
STEP = {"title": "Bel", "when": "", "text": rich_text("<p>Ja.</p>"), "button_label": "", "button_url": ""}
TYPED_MORE = {
    "contentpage": {},
    "questionpage": {},
    "newspage": {"day": "2026-03-02"},
    "guidepage": {"steps": streamfield([("step", STEP), ("step", STEP)])},
    "productpage": {
        **dict.fromkeys(("costs", "term", "upl", "upl_uri", "case_type"), ""),
        "needed": rich_text("<p>Ja.</p>"),
        "laws": streamfield([("law", {"name": "Wet, artikel 1", "url": ""})]),
    },
    "casetypepage": {
        **dict.fromkeys(("promise", "legal_term"), ""),
        "identification": "nog-geen", "way": "bezwaar",
        "needed": rich_text("<p>Ja.</p>"), "objection": rich_text("<p>Ja.</p>"),
        "steps": streamfield([("step", {"name": "Begin", "do": "", "expect": ""})]),
    },
    "locationpage": {
        **dict.fromkeys(("postcode", "phone", "appointment"), ""),
        "street": "Strandplein 1", "town": "Zandmeer",
        "hours": streamfield([("day", {"day": "0", "opens": "09:00", "closes": "12:30"})]),
        "exceptions": streamfield(
            [("days", {"first": "2027-01-01", "last": "", "opens": "", "closes": "", "why": "Nieuwjaar"})]
        ),
    },
}  # fmt: skip
"""What an editor typed on a page of each type that was never saved."""


def test_a_new_phone_number_is_on_the_whole_site_and_on_no_other(editor, visit):
    visit("/verhuizen/")
    form = {"telefoon": "(0999) 65 43 21", "e-mail": "info@zandmeer.example", "balie": "Strandplein 1"}
    answer = editor("joke").post("/admin/gegevens/zandmeer/", form)
    assert answer.status_code == 302
    assert "(0999) 65 43 21" in visit("/verhuizen/").content.decode()
    assert "(0999) 65 43 21" not in visit("/verhuizen/", VELDRECHT).content.decode()


def test_a_municipality_cannot_be_without_a_phone_number(editor, visit):
    answer = editor("joke").post("/admin/gegevens/zandmeer/", {"telefoon": ""})
    assert answer.status_code == 200
    assert "(0999) 12 34 56" in visit("/verhuizen/").content.decode()


def test_an_editor_changes_the_facts_of_no_other_municipality(editor, visit):
    assert editor("joke").post("/admin/gegevens/veldrecht/", {"telefoon": "x"}).status_code == 404
    assert "(0998) 12 34 56" in visit("/verhuizen/", VELDRECHT).content.decode()


def test_what_a_fact_says_is_text(editor, visit):
    editor("joke").post("/admin/gegevens/zandmeer/", {"telefoon": "<b>1</b>", "afval": "<script>x</script>"})
    text = visit("/verhuizen/").content.decode()
    assert "<script>x" not in text
    assert "<b>1</b>" not in text


@pytest.mark.parametrize(
    ("who", "slug", "shows"), [("joke", "strand", "Zandmeer"), ("bram", "verhuizen", "Oeverstad")]
)
def test_a_draft_is_shown_in_a_frame_of_the_cms_with_local_facts(editor, who, slug, shows):
    page = ContentPage.objects.get(slug=slug).specific
    page.title = "Nieuwe titel"
    page.save_revision()
    answer = editor(who).get(f"/admin/pages/{page.pk}/view_draft/")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert "Nieuwe titel" in text
    assert shows in text
    assert "[[" not in text
    assert 'href="None"' not in text


def test_a_fact_stands_in_every_text_of_the_front_page_and_in_every_heading(visit, sites):
    home, page = HomePage.objects.get(slug="zandmeer"), ContentPage.objects.get(slug="strand")
    home.intro = "Bel [[telefoon]] of kom langs."
    home.tasks = [("task", {"page": page, "text": "Of bel [[telefoon]]."})]
    home.save_revision().publish()
    text = visit("/").content.decode()
    assert "Bel (0999) 12 34 56 of" in text
    assert "Of bel (0999) 12 34 56." in text
    page.body = [
        ("notice", {"kind": "info", "title": "Kijk bij [[afval]]", "text": "<p>Ja.</p>"}),
        ("steps", {"title": "Naar [[afval]]", "steps": ["<p>Een.</p>", "<p>Twee.</p>"]}),
    ]
    page.save_revision().publish()
    text = visit("/strand/").content.decode()
    assert "Kijk bij Milieustraat De Duinrand" in text
    assert "Naar Milieustraat De Duinrand" in text
    home.intro = "Bel [[bestaat-niet]]."
    with pytest.raises(ValidationError):
        home.full_clean()


@pytest.mark.parametrize("kind", TYPED_MORE)
@pytest.mark.parametrize(
    ("who", "tree", "mode", "phone"),
    [("joke", "zandmeer", "", "(0999) 12 34 56"), ("bram", "bibliotheek", "veldrecht", "(0998) 12 34 56")],
)
def test_a_page_of_each_type_is_seen_before_it_is_saved(editor, kind, who, tree, mode, phone):
    preview = f"/admin/pages/add/cms/{kind}/{Page.objects.get(slug=tree).pk}/preview/"
    browser = editor(who)
    assert browser.post(preview, nested_form_data({**TYPED, **TYPED_MORE[kind]})).json()["is_valid"]
    text = browser.get(preview, {"mode": mode}).content.decode()
    assert "<h1>Nog nergens te zien" in text
    assert phone in text


def test_a_question_that_is_made_below_a_product_with_others_is_listed_there(editor, visit):
    product = ContentPage.objects.get(slug="paspoort", replaces=None)
    typed = nested_form_data({**TYPED, "action-publish": "1"})
    answer = editor("bram").post(f"/admin/pages/add/cms/questionpage/{product.pk}/", typed)
    assert answer.status_code == 302
    assert 'href="/paspoort/nergens/">Nog nergens te zien' in visit("/paspoort/").content.decode()


def test_the_demo_leaves_a_sound_tree(sites):
    assert not any(Page.find_problems())


@pytest.mark.parametrize(("who", "slug"), [("joke", "strand"), ("bram", "verhuizen"), ("beheer", "strand")])
def test_beside_a_page_nothing_leads_to_a_closed_door_or_says_what_nobody_looked_at(editor, who, slug):
    page = ContentPage.objects.get(slug=slug)
    for address in (f"/admin/pages/{page.pk}/edit/", f"/admin/pages/add/cms/contentpage/{page.pk}/"):
        text = editor(who).get(address).content.decode()
        assert 'data-side-panel="status"' in text
        assert 'data-side-panel="preview"' in text
        assert 'data-side-panel="checks"' not in text
        assert "/usage/" not in text
        assert 'data-a11y-dialog-show="set-privacy"' not in text


def test_a_draft_is_not_on_the_site_nor_stored(editor, visit):
    page = ContentPage.objects.get(slug="strand")
    page.title = "Nog niet"
    page.save_revision()
    editor("joke").get(f"/admin/pages/{page.pk}/view_draft/")
    assert "Nog niet" not in visit("/strand/").content.decode()


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.js", "../secret.png"])
def test_nothing_that_could_run_is_served_as_a_picture(visit, name):
    assert visit(f"/media/{PNG}{name}").status_code == 404


def test_a_picture_is_served_as_nothing_but_a_picture(visit):
    from cms.models import Picture

    answer = visit(f"/media/{Picture.objects.get(collection__name='zandmeer').file.name}")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_slot_that_does_not_exist_is_refused():
    from django.core.exceptions import ValidationError

    page = ContentPage(title="x", slug="x", intro="Bel [[telefon]].")
    with pytest.raises(ValidationError, match="telefon"):
        page.clean()


def test_loading_the_demo_again_leaves_what_an_editor_changed(visit):
    from demo.content import pages

    from .conftest import DAY, PASSWORD

    page = ContentPage.objects.get(slug="strand")
    page.title = "Naar zee"
    page.save_revision().publish()
    before = ContentPage.objects.count(), LeftOut.objects.count()
    pages.load(PASSWORD, DAY)
    assert "Naar zee" in visit("/strand/", ZANDMEER).content.decode()
    assert (ContentPage.objects.count(), LeftOut.objects.count()) == before


def test_the_picture_of_the_front_page_says_what_is_to_be_seen(sites, editor):
    home = HomePage.objects.get(slug="zandmeer")
    home.picture.description = " "
    with pytest.raises(ValidationError, match="wat er te zien is"):
        home.full_clean()
    asked = editor("joke").get(f"/admin/images/{home.picture_id}/").content.decode()
    assert "Voor wie de afbeelding niet ziet." in asked
