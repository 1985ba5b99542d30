"""Where a municipality wants it, two people publish: one asks, another looks."""

import pytest
from django.core.management import call_command

from cms.models import ContentPage, HomePage
from cms.second_person.switch import is_on

pytestmark = pytest.mark.django_db

SWITCH = "/admin/paginas/zandmeer/twee-mensen/"


@pytest.fixture
def strand(editor, sites) -> ContentPage:
    """A page of Zandmeer, where two people publish."""
    editor("joke").post(SWITCH)
    return ContentPage.objects.get(slug="strand")


@pytest.fixture
def asked(strand):
    """What Joke wrote, and asks another to look at; answers with the address to answer at."""
    strand.intro = "Het strand is dicht."
    strand.body = []
    revision = strand.save_revision(user=joke_herself())
    strand.get_workflow().start(strand, joke_herself())
    strand.refresh_from_db()
    assert strand.current_workflow_task_state.revision_id == revision.pk
    state = strand.current_workflow_task_state.pk
    return lambda action: f"/admin/pages/workflow/action/{strand.pk}/{action}/{state}/"


@pytest.fixture
def colleague(editor, sites):
    """The browser of a second editor of Zandmeer."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    pim = get_user_model().objects.create(username="pim", email="pim@mijn-gemeenten.example")
    pim.groups.add(Group.objects.get(name="Redactie Zandmeer"))
    return editor("pim")


@pytest.fixture
def third():
    """A third editor of Zandmeer, who saves the page and is asked nothing."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    sam = get_user_model().objects.create(username="sam", email="sam@mijn-gemeenten.example")
    sam.groups.add(Group.objects.get(name="Redactie Zandmeer"))
    return sam


def joke_herself():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="joke")


def test_without_it_an_editor_publishes_alone(editor, sites):
    page = ContentPage.objects.get(slug="strand")
    assert page.permissions_for_user(joke_herself()).can_publish()


def test_an_editor_no_longer_publishes_alone_but_still_takes_a_page_off(strand):
    may = strand.permissions_for_user(joke_herself())
    assert not may.can_publish()
    assert not strand.get_parent().specific.permissions_for_user(joke_herself()).can_publish_subpage()
    assert may.can_unpublish()
    assert may.can_edit()


def test_publishing_by_hand_anyway_makes_a_draft(editor, strand, visit):
    form = {"title": "Dicht", "slug": "strand", "intro": "Dicht.", "body-count": "0", "place": "menu"}
    editor("joke").post(f"/admin/pages/{strand.pk}/edit/", {**form, "action-publish": "1"})
    assert "Dicht." not in visit("/strand/").content.decode()


def test_who_asked_cannot_say_yes(editor, asked, visit):
    assert editor("joke").post(asked("approve")).status_code in (302, 403)
    assert "strand is dicht" not in visit("/strand/").content.decode()


def test_another_says_yes_and_it_is_on_the_site(colleague, asked, visit):
    colleague.post(asked("approve"))
    assert "strand is dicht" in visit("/strand/").content.decode()


def test_who_changed_it_last_cannot_say_yes_either(colleague, asked, strand, visit):
    from django.contrib.auth import get_user_model

    strand.intro = "Het strand is heel erg dicht."
    strand.save_revision(user=get_user_model().objects.get(username="pim"))
    colleague.post(asked("approve"))
    assert "heel erg" not in visit("/strand/").content.decode()


def test_what_a_third_person_saves_after_the_question_is_not_published_unseen(
    colleague, asked, strand, third, visit
):
    _save(strand, third, "Het strand is voor altijd dicht.")

    said = colleague.post(asked("approve"), follow=True).content.decode()

    assert "is nog veranderd na de vraag om goed te keuren" in said
    site = visit("/strand/").content.decode()
    assert "strand is dicht" not in site
    assert "voor altijd" not in site


def test_who_looked_again_publishes_what_stands_there_now(colleague, asked, strand, third, visit):
    earlier = asked("approve")
    _save(strand, third, "Het strand is voor altijd dicht.")
    colleague.post(earlier)

    assert "is nog veranderd" in colleague.post(earlier, follow=True).content.decode()
    assert "voor altijd" not in visit("/strand/").content.decode()
    colleague.post(_answer(strand, "approve"))

    assert "voor altijd" in visit("/strand/").content.decode()


def test_what_is_typed_over_the_same_version_after_the_question_is_not_published_unseen(
    colleague, asked, strand, visit
):
    asked_about = strand.latest_revision
    strand.intro = "Het strand is voor altijd dicht."
    strand.save_revision(user=joke_herself(), overwrite_revision=asked_about)

    colleague.post(asked("approve"))

    assert "voor altijd" not in visit("/strand/").content.decode()


def test_a_screen_opened_before_the_page_was_saved_once_more_says_yes_to_nothing(
    colleague, asked, strand, third, visit
):
    opened = _form(strand)
    _save(strand, third, "Het strand is voor altijd dicht.")
    colleague.post(asked("approve"))  # the question goes along, to the newest text

    said = colleague.post(f"/admin/pages/{strand.pk}/edit/", {**opened, **APPROVE}, follow=True)

    assert "is nog veranderd" in said.content.decode()
    assert "voor altijd" not in visit("/strand/").content.decode()
    colleague.post(f"/admin/pages/{strand.pk}/edit/", {**_form(strand), **APPROVE})
    assert "voor altijd" in visit("/strand/").content.decode()


def test_who_changes_the_page_and_says_yes_at_once_publishes_nothing(colleague, asked, strand, visit):
    form = {**_form(strand), "intro": "Het strand is van mij.", **APPROVE}

    said = colleague.post(f"/admin/pages/{strand.pk}/edit/", form, follow=True).content.decode()

    assert "Dan kijkt een ander" in said
    assert "van mij" not in visit("/strand/").content.decode()
    assert colleague.post(_answer(strand, "approve")).status_code in (302, 403)
    assert "van mij" not in visit("/strand/").content.decode()


def test_whose_words_went_along_under_anothers_cannot_say_yes(colleague, asked, strand, third, visit):
    from django.contrib.auth import get_user_model

    _save(strand, get_user_model().objects.get(username="pim"), "Het strand is van Pim.")
    _save(strand, third, "Het strand is van Pim, zegt men.")

    assert colleague.post(_answer(strand, "approve")).status_code in (302, 403)

    assert "van Pim" not in visit("/strand/").content.decode()


def test_words_that_somebody_asked_about_anew_may_be_approved_by_who_wrote_them_first(
    colleague, asked, strand, visit
):
    from django.contrib.auth import get_user_model

    pim = get_user_model().objects.get(username="pim")
    waiting = strand.current_workflow_state
    waiting.current_task_state.specific.reject(user=pim)
    _save(strand, pim, "Het strand is even dicht.")
    _save(strand, joke_herself(), "Het strand is even dicht, tot morgen.")
    waiting = type(waiting).objects.get(pk=waiting.pk)
    waiting.resume(joke_herself())

    colleague.post(_answer(strand, "approve"))

    assert "tot morgen" in visit("/strand/").content.decode()


def test_an_editor_of_another_municipality_does_not_get_near_it(editor, asked, strand):
    assert editor("wim").post(asked("approve")).status_code == 404
    theirs = ContentPage.objects.get(slug="dorpenteam")
    aside = asked("approve").replace(f"/action/{strand.pk}/", f"/action/{theirs.pk}/")
    assert editor("wim").post(aside).status_code == 404


def test_other_municipalities_publish_as_before(strand):
    from django.contrib.auth import get_user_model

    wim = get_user_model().objects.get(username="wim")
    assert ContentPage.objects.get(slug="dorpenteam").permissions_for_user(wim).can_publish()


def test_only_who_runs_the_installation_switches_it_off(strand):
    home = HomePage.objects.get(slug="zandmeer")
    assert is_on(home)
    call_command("municipality", "one-person", "zandmeer")
    assert not is_on(home)


APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


def _save(page: ContentPage, user, intro: str) -> None:
    page = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.intro = intro
    page.save_revision(user=user)


def _answer(page: ContentPage, action: str) -> str:
    """Where the question that stands now is answered."""
    state = ContentPage.objects.get(pk=page.pk).current_workflow_task_state
    return f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/"


def _form(page: ContentPage) -> dict[str, object]:
    """What the page's own screen holds when it is opened now, and nothing is changed."""
    fresh = ContentPage.objects.get(pk=page.pk)
    draft = fresh.get_latest_revision_as_object()
    fields = ContentPage.get_edit_handler().get_form_class()(instance=draft, for_user=joke_herself())
    held = {field.html_name: field.value() for field in fields if field.name not in ("body", "comments")}
    return {
        **{name: value for name, value in held.items() if value not in (None, False)},
        "body-count": "0",
        "loaded_revision_id": str(fresh.latest_revision_id),
        "loaded_revision_created_at": fresh.latest_revision.created_at.isoformat(),
    }
