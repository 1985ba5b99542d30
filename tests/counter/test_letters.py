"""One list of all that goes by post: taken by one employee, printed with its address, ticked off."""

import io
import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.sharing.models import Receipt
from portal.usage.models import Use
from tests.sharing.browser import Browser
from tests.sharing.conftest import new_session

from .conftest import MEETINA, AtCounter, employee
from .test_helping import says_yes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def posting(gerrie, in_veldrecht) -> AtCounter:
    """Meetina said yes at the kitchen table, and wants the receipt on paper."""
    return says_yes(gerrie).presses("Stuur dit bewijs met de post")


def printed(browser: AtCounter, label: str) -> PdfReader:
    """The PDF behind a link, as a browser would open it."""
    address = next(href for text, href in browser.page.links.items() if label in text)
    answer = browser.client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store"
    return PdfReader(io.BytesIO(answer.content))


def words(page: Any) -> str:
    return "\n".join(" ".join(line.split()) for line in page.extract_text().splitlines())


def letter(place) -> Letter:
    with acting_for(place), transaction.atomic():
        return Letter.objects.get()


def test_the_receipt_is_printed_with_the_address_in_the_window_and_ticked_off(posting, in_veldrecht):
    assert "staat klaar voor de post" in posting.text
    posting.goes("/brieven/")
    assert "Uw afspraken naar de thuiszorg" in posting.text
    assert "Kierkegaard" not in posting.page.html
    posting.presses("Ik print deze brieven")
    first, *rest = printed(posting, "Download deze brieven om te printen").pages
    assert "Kierkegaard" in words(first)
    assert "U vroeg om een bewijs op papier. Het zit bij deze brief." in words(first)
    receipt = " ".join(words(one) for one in rest)
    with acting_for(in_veldrecht), transaction.atomic():
        number = Receipt.objects.get().number
    assert f"{number[:4]}-{number[4:8]}" in receipt
    for told in ("Bewijs van delen", "Uw afspraken naar de thuiszorg", "Dorpenteam", "Is dit bewijs echt?"):
        assert told in receipt
    assert "Gerrie" not in receipt
    posting.presses("Alle brieven zijn op de post")
    assert "Er wachten geen brieven" in posting.text
    row = letter(in_veldrecht)
    assert (row.state, row.address) == ("sent", None)


def test_a_receipt_printed_at_the_counter_is_checked_as_any_other(gerrie, in_veldrecht):
    pages = printed(says_yes(gerrie), "Open dit bewijs als pdf en print het").pages
    receipt = " ".join(words(one) for one in pages)
    with acting_for(in_veldrecht), transaction.atomic():
        number = Receipt.objects.get().number
    assert f"{number[:4]}-{number[4:8]}" in receipt
    assert "Is dit bewijs echt?" in receipt
    assert f"{in_veldrecht.host}/bewijs/" in receipt
    assert "Gerrie" not in receipt


def test_a_receipt_that_is_asked_twice_and_its_notice_are_one_letter(posting, in_veldrecht):
    own = re.match(r"/helpen/[0-9a-f-]+/", posting.address)
    token = posting.page.form_with("Uitloggen")[0].fields
    assert own
    with acting_for(in_veldrecht), transaction.atomic():
        grant = Receipt.objects.get().grant_id
    assert posting.client.post(f"{own.group()}brief/{grant}/", token).status_code == 302
    while send_due(in_veldrecht):  # Meetina chose no mail: the notice of her yes goes by post too
        pass
    row = letter(in_veldrecht)
    assert (row.kind, row.receipt is not None) == (Kind.GIVEN, True)
    with acting_for(in_veldrecht), transaction.atomic():
        assert Notice.objects.get(kind=Kind.GIVEN).state == State.BY_LETTER


def test_a_receipt_goes_in_the_envelope_of_a_notice_that_waits_already(gerrie, in_veldrecht):
    says_yes(gerrie)
    while send_due(in_veldrecht):
        pass
    waiting = letter(in_veldrecht)
    gerrie.presses("Stuur dit bewijs met de post")
    assert letter(in_veldrecht).id == waiting.id
    assert letter(in_veldrecht).receipt


def test_what_one_employee_prints_no_colleague_prints_too(posting, in_veldrecht):
    employee("piet", in_veldrecht, "Dorpenteam", "Piet Vos")
    piet = AtCounter("piet").goes("/brieven/")
    posting.goes("/brieven/").presses("Ik print alleen deze")
    piet.presses("Ik print deze brieven")
    with acting_for(in_veldrecht), transaction.atomic():
        assert Use.objects.filter(activity__endswith="/register/taak/post/1/").count() == 1
    posting.reloads().presses("Niet geprint, zet terug")
    assert letter(in_veldrecht).state == "queued"


def test_a_colleague_cannot_read_or_tick_off_what_another_took(posting, in_veldrecht):
    posting.goes("/brieven/").presses("Ik print deze brieven")
    row = letter(in_veldrecht)
    employee("piet", in_veldrecht, "Dorpenteam", "Piet Vos")
    piet = AtCounter("piet").goes("/brieven/")
    assert "Er wachten geen brieven." in piet.text
    for path in ("brieven.pdf", f"{row.id}/brief.pdf"):
        assert piet.client.get(f"/brieven/{path}").status_code == 404
    token = piet.goes("/code/").page.form_with("Verder")[0].fields
    for path in ("verstuurd/", f"{row.id}/terug/"):
        piet.client.post(f"/brieven/{path}", {**token, "letter": str(row.id)})
    assert letter(in_veldrecht).state == "handed_over"


def test_the_resident_sees_who_read_the_address_and_that_the_letter_is_in_the_post(posting, in_veldrecht):
    posting.goes("/brieven/").presses("Ik print deze brieven").presses("Is op de post")
    meetina = Browser(in_veldrecht, MEETINA)
    meetina.goes("/mijn/gebruik/")
    assert "Een brief aan u printen en versturen" in meetina.text
    assert "Gerrie" not in meetina.page.html
    assert "De brief is op de post gedaan" in meetina.goes("/mijn/berichten-aan-u/").text


def test_notices_stand_in_the_same_list_with_what_failed(posting, in_veldrecht):
    with acting_for(in_veldrecht), transaction.atomic():
        for kind in (Kind.ANSWER, Kind.INSIGHT, Kind.RECALLED):
            tell(new_session().subject, kind)
    while send_due(in_veldrecht):
        pass
    with acting_for(in_veldrecht), transaction.atomic():
        Letter.objects.filter(kind=Kind.ANSWER).update(trouble="no_address")
        Letter.objects.filter(kind=Kind.INSIGHT).update(trouble="not_listed")
        Notice.objects.filter(kind=Kind.INSIGHT).update(state=State.BOUNCED)
    text = posting.goes("/brieven/").text
    for told in (
        "Kan nog niet: er is geen adres", "Een antwoord op uw vraag", "De BRP gaf geen adres.",
        "Deze inwoner staat niet op de lijst van inwoners.", "Het adres is nog niet gezocht.",
        "De e-mail kwam niet aan. Daarom gaat er een brief.",
    ):  # fmt: skip
        assert told in text


def test_where_the_brp_knows_no_address_the_receipt_is_handed_over(gerrie, in_veldrecht):
    from portal.counter.looking_up import column
    from portal.counter.models import Help
    from portal.municipalities.crypto import encrypt

    says_yes(gerrie)
    with acting_for(in_veldrecht), transaction.atomic():
        row = Help.objects.get()
        kept = b'{"name": "M. Kierkegaard", "born": "1970", "shareable": {}, "postal": []}'
        Help.objects.update(person=encrypt(kept, **column(row, "person")))
    form, adds = gerrie.page.form_with("Stuur dit bewijs met de post")
    gerrie.client.post(form.action, {**form.fields, **adds})
    assert (
        "De BRP kent geen adres van deze inwoner. Print dit bewijs en geef het mee." in gerrie.reloads().text
    )
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Letter.objects.exists()


def test_nobody_of_another_team_or_municipality_prints_or_ticks_off(posting, sanne, in_veldrecht):
    posting.goes("/brieven/").presses("Ik print deze brieven")
    row = letter(in_veldrecht)
    token = sanne.goes("/code/").page.form_with("Verder")[0].fields
    for path in ("", "brieven.pdf", f"{row.id}/brief.pdf"):
        assert sanne.client.get(f"/brieven/{path}").status_code == 403
    for path in ("nemen/", "verstuurd/", f"{row.id}/terug/"):
        assert sanne.client.post(f"/brieven/{path}", {**token, "letter": str(row.id)}).status_code == 403
    assert letter(in_veldrecht).state == "handed_over"


def test_another_municipality_meets_no_letter_of_this_one(posting, in_zandmeer, in_veldrecht):
    posting.goes("/brieven/").presses("Ik print deze brieven")
    row = letter(in_veldrecht)
    employee("els", in_zandmeer, "Post", "Els Bos", may_record=True)
    els = AtCounter("els").goes("/brieven/")
    assert "Uw afspraken" not in els.text
    for path in ("brieven.pdf", f"{row.id}/brief.pdf"):
        assert els.client.get(f"/brieven/{path}").status_code == 404


@pytest.mark.parametrize("sent", ["", "x", "\x00"])
def test_what_is_no_letter_is_not_there(posting, sent):
    posting.goes("/brieven/")
    token = posting.page.form_with("Ik print deze brieven")[0].fields
    assert posting.client.post("/brieven/verstuurd/", {**token, "letter": sent}).status_code == 404


def test_the_list_costs_the_same_however_long_it_is(posting, in_veldrecht):
    posting.goes("/brieven/")
    with CaptureQueriesContext(connection) as few:
        posting.reloads()
    with acting_for(in_veldrecht), transaction.atomic():
        for _number in range(12):
            tell(new_session().subject, Kind.INSIGHT)
    while send_due(in_veldrecht):
        pass
    with CaptureQueriesContext(connection) as many:
        posting.reloads()
    assert posting.text.count("Een antwoord op uw verzoek om inzage") == 12
    assert len(many) == len(few)
