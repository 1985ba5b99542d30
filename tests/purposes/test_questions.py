"""The privacy officer answers what residents ask about uses, and does not learn who asks."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import holds_one, left_out
from portal.notices.kinds import Kind
from portal.notices.models import Notice
from portal.usage import questions
from portal.usage.models import UseQuestion
from tests.cms.conftest import editor, loaded, sites
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA
from tests.usage.conftest import used

from .test_pages import STRANGERS, made, purposes_made, text

__all__ = ["editor", "loaded", "made", "purposes_made", "sites"]

pytestmark = pytest.mark.django_db
LIST = "/admin/doelen/zandmeer/vragen/"
ANSWER = "Het team keek uw adres na voor uw vergunning."


def asks(helga: Browser, words: str = "Waarom keek u?") -> str:
    """Helga asks about a use; where an officer answers it."""
    use = used(helga.municipality, helga.session.subject, zaak="ZM-0507")
    with acting_for(helga.municipality), transaction.atomic():
        return f"{LIST}{questions.ask(helga.session.subject, use.id, words)}/"


@pytest.fixture
def helga(made: Any) -> Browser:
    return Browser(made, HELGA)


def test_the_officer_reads_which_use_what_was_asked_and_how_long_it_waits_never_who(editor, helga):
    page = asks(helga)
    ingrid = editor("ingrid")
    assert "1 wacht" in text(ingrid.get("/admin/doelen/zandmeer/"))
    listed = text(ingrid.get(LIST))
    for words in ("Waarom keek u?", "Team Parkeren", "Adres: Nieuw adres, zelfde vergunning", "0 dagen"):
        assert words in listed
    shown = text(ingrid.get(page))
    for words in ("Waarom keek u?", "Team Parkeren", "Adres", "Wet BRP, artikel 1.7", "ZM-0507"):
        assert words in shown
    for hidden in ("Huisman", HELGA.reveal(), str(helga.session.subject)):
        assert hidden not in listed + shown


def test_the_resident_reads_the_answer_without_a_name_and_gets_a_notice(editor, helga):
    page = asks(helga)
    ingrid = editor("ingrid")
    said = text(ingrid.post(page, {"answer": ANSWER}, follow=True))
    assert "De inwoner krijgt bericht" in said
    assert "Er wacht geen vraag. U hoeft nu niets te doen." in said
    assert "Ingrid" in said
    helga.goes("/mijn/gebruik/").follows("Lees het antwoord op uw vraag")
    assert ANSWER in helga.text
    assert "Ingrid" not in helga.page.html
    with acting_for(helga.municipality), transaction.atomic():
        assert Notice.objects.get(kind=Kind.ANSWER).subject_id == helga.session.subject
    assert "Een antwoord op uw vraag" in helga.goes("/mijn/berichten-aan-u/").text


def test_a_question_is_answered_once_and_who_comes_later_is_told(editor, helga):
    page = asks(helga)
    ingrid = editor("ingrid")
    ingrid.post(page, {"answer": ANSWER})
    later = text(ingrid.post(page, {"answer": "Nee."}, follow=True))
    assert "Deze vraag was al beantwoord. Er is niets veranderd." in later
    assert ANSWER in later
    assert "Stuur het antwoord" not in later


@pytest.mark.parametrize("answer", ["", "  ", "x" * 4001, f"Het ging om {HELGA.reveal()}."])
def test_an_answer_without_words_too_long_or_with_a_number_is_refused_and_kept(editor, helga, answer):
    page = asks(helga)
    refused = editor("ingrid").post(page, {"answer": answer})
    assert refused.context["form"].errors
    assert refused.context["form"]["answer"].value() == answer
    with acting_for(helga.municipality):
        assert UseQuestion.objects.get().state == UseQuestion.OPEN


def test_a_number_that_a_resident_typed_all_the_same_is_left_out(editor, helga):
    page = asks(helga, f"Mijn nummer is {HELGA.reveal()}. Waarom keek u?")
    for address in (LIST, page):
        shown = text(editor("ingrid").get(address))
        assert HELGA.reveal() not in shown
        assert "Mijn nummer is [nummer weggelaten]. Waarom keek u?" in shown


def test_a_resident_who_types_the_number_is_asked_to_take_it_out(helga):
    used(helga.municipality, helga.session.subject)
    helga.goes("/mijn/gebruik/").follows("Vraag hierover")
    helga.presses("Stuur mijn vraag", text=f"Ik ben {HELGA.reveal()}")
    assert helga.status == 422
    assert "Hier staat een burgerservicenummer in. Haal dat weg." in helga.text


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("999970458", True),
        ("9999.70.458", True),
        ("9999 70 458", True),
        ("９９９９７０４５８", True),
        ("99997045", False),
        ("9999704581", False),
        ("bel 06 12 34 56 78", False),
        ("999970459", False),
        ("ZM-0507", False),
    ],
)
def test_what_may_be_a_number_is_known_by_its_form_and_the_eleven_test(typed, is_one):
    assert holds_one(f"Ik: {typed}.") == is_one
    assert (left_out(f"Ik: {typed}.", "…") == "Ik: ….") == is_one


@pytest.mark.parametrize("who", [*STRANGERS, "joke"])
def test_nobody_but_the_officer_of_this_municipality_reads_or_answers(editor, helga, who):
    page = asks(helga)
    other = editor(who)
    for address in (LIST, page):
        assert other.get(address).status_code == 404
    assert other.post(page, {"answer": ANSWER}).status_code == 404
    with acting_for(helga.municipality):
        assert UseQuestion.objects.get().state == UseQuestion.OPEN


def test_an_officer_of_two_municipalities_meets_a_question_only_where_it_was_asked(editor, helga):
    page = asks(helga).replace("zandmeer", "veldrecht")
    ingrid = editor("ingrid")
    assert "Er wacht geen vraag" in text(ingrid.get("/admin/doelen/veldrecht/vragen/"))
    assert ingrid.get(page).status_code == 404
    ingrid.post(page, {"answer": ANSWER})
    assert ingrid.get(f"{LIST}{UUID(int=7)}/").status_code == 404
    with acting_for(helga.municipality):
        assert UseQuestion.objects.get().state == UseQuestion.OPEN


def test_the_list_costs_the_same_however_long_it_is(editor, helga):
    from django.db import connection

    ingrid = editor("ingrid")
    asks(helga)
    ingrid.get(LIST)
    with CaptureQueriesContext(connection) as few:
        ingrid.get(LIST)
    for _number in range(8):
        asks(helga)
    with CaptureQueriesContext(connection) as many:
        ingrid.get(LIST)
    assert len(many) == len(few)
