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
