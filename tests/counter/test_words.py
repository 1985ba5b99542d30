"""What the counter's pages say is true there: what must be filled in, the second yes, what was heard."""

import pytest
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.sharing import purposes
from tests.sharing.browser import Browser
from tests.texts import message_by_email

from .conftest import MEETINA, AtCounter
from .test_helping import says_yes

pytestmark = pytest.mark.django_db(transaction=True)


def reads_aloud(gerrie: AtCounter, title: str = "Uw afspraken naar de thuiszorg") -> AtCounter:
    return gerrie.looks_up().checks().follows(title)


def test_what_is_needed_does_not_say_that_it_may_be_left_out(gerrie):
    reads_aloud(gerrie)
    needed, _also, may = gerrie.text.partition("Dit mag ook, maar hoeft niet")
    assert "Welke hulp, en hoe vaak" in needed
    assert "(hoeft niet)" not in needed + may


def test_the_document_that_must_be_named_does_not_say_so_either(gerrie):
    gerrie.looks_up()
    assert "Laatste vier tekens" in gerrie.text
    assert "(hoeft niet)" not in gerrie.text
    assert "Zag u geen document?" not in gerrie.text
    gerrie.looks_up(channel="phone")
    assert "Zag u geen document? Vul hier dan niets in." in gerrie.text


def test_a_signature_is_promised_where_a_signature_is_asked(gerrie):
    reads_aloud(gerrie)
    assert "Daarom vragen wij u straks ook om een handtekening." in gerrie.text
    assert "nog een keer of u het zeker weet" not in gerrie.text


def test_where_nothing_is_needed_no_heading_says_that_it_is(gerrie, in_veldrecht):
    content = message_by_email("Veldrecht", "1")
    content["attributes"] = [{**one, "required": False} for one in content["attributes"]]
    with acting_for(in_veldrecht), transaction.atomic():
        purposes.publish("digitaal-bericht", content)
    reads_aloud(gerrie, "Bericht per e-mail of sms")
    assert "Dit is nodig" not in gerrie.text
    assert "Dit mag ook" not in gerrie.text
    assert "De inwoner kiest zelf wat" in gerrie.text


def test_what_is_read_in_english_has_english_headings_and_a_text_in_dutch_only_offers_none(gerrie):
    reads_aloud(gerrie)
    assert "Read it in English" not in gerrie.text
    reads_aloud(gerrie, "Bericht per e-mail of sms")
    gerrie.goes(f"{gerrie.address}{gerrie.page.links['Read it in English']}")
    assert "Who asks for it?" in gerrie.text
    assert "Wie vraagt het?" not in gerrie.text
    assert '<div class="mijn-flow" lang="en"' in gerrie.page.html
    gerrie.presses("Verder naar ja of nee", email="m@voorbeeld.example")
    assert "With whom" in gerrie.text
    assert "Lees voor wat er gedeeld wordt" in gerrie.text


def test_who_heard_the_text_did_not_read_it_also_on_the_receipt_of_a_stop_in_mijn(gerrie, in_veldrecht):
    says_yes(gerrie)
    assert "De tekst die u hoorde Versie 1 (NL)" in gerrie.text
    meetina = Browser(in_veldrecht, MEETINA)
    meetina.goes("/mijn/delen/").follows("Stop met delen").presses("Ja, stop met delen")
    assert "De tekst die u hoorde" in meetina.text
    assert "De tekst die u las" not in meetina.text
