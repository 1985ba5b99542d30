"""The ways of a purpose and their steps, as a table."""

import pytest

from demo.content.purposes import PURPOSES, message_by_email
from portal.sharing import purposes
from portal.sharing.forms import ChoiceForm
from portal.sharing.ways import has_a_choice, steps, ways
from tests import texts

pytestmark = pytest.mark.django_db

WAYS = [
    pytest.param("maatje-18", {"wallet": False}, None, False, (1, 1), id="register only"),
    pytest.param("maatje-18", {"wallet": False}, "again", True, (2, 2), id="register, and shared already"),
    pytest.param("maatje-18", {}, None, False, (2, None), id="register or wallet, not chosen yet"),
    pytest.param("maatje-18", {}, "register", False, (2, 2), id="register, where there is a wallet too"),
    pytest.param("maatje-18", {}, "this_device", False, (2, 3), id="wallet"),
    pytest.param("digitaal-bericht", {}, None, False, (2, 3), id="wallet or typed, not chosen yet"),
    pytest.param("digitaal-bericht", {}, None, True, (2, None), id="shared already, not chosen yet"),
    pytest.param("digitaal-bericht", {}, "typed", False, (2, 3), id="typed"),
    pytest.param("hoogwater-sms", {"wallet": False}, "typed", False, (1, 2), id="typed only"),
    pytest.param("wijkteam-samen", {}, None, False, (2, 2), id="one way, and parts to choose"),
]


@pytest.mark.parametrize(("slug", "other", "way", "again", "counted"), WAYS)
def test_the_steps_of_a_way_are_those_it_has(in_zandmeer, slug, other, way, again, counted):
    purposes.publish(slug, {**PURPOSES["oeverstad"][slug]("Zandmeer", "1"), **other})
    version = purposes.newest(slug, "nl")
    found = steps(version, way, again=again)
    assert (found.giving, found.of) == counted
    assert has_a_choice(version, again=again) == (found.giving == 2)
    assert way is None or way in ways(version, again=again)


@pytest.mark.parametrize(
    ("text", "earlier", "preselected"),
    [
        pytest.param(texts.message_by_email, None, "other_device", id="nothing shared"),
        pytest.param(texts.message_by_email, ["email", "mobile"], "again", id="all of it shared"),
        pytest.param(texts.message_by_email, ["email"], "other_device", id="something could be added"),
        pytest.param(message_by_email, ["email"], "again", id="only ticks could be added"),
    ],
)
def test_what_is_preselected_does_not_fail_for_who_adds_something(in_zandmeer, text, earlier, preselected):
    purposes.publish("digitaal-bericht", text("Zandmeer", "1"))
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    form = ChoiceForm(version, None, on_phone=False, earlier=earlier)
    offered = [way for way, _words in form.fields["way"].choices]
    assert form.initial["way"] == preselected
    assert ("again" in offered) == (earlier is not None)


def test_what_is_shared_is_not_offered_again_where_more_is_needed_now(in_zandmeer):
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    form = ChoiceForm(version, None, on_phone=False, earlier=["mobile"])
    assert "again" not in [way for way, _words in form.fields["way"].choices]
