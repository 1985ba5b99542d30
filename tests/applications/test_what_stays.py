"""What an application leaves behind: nothing that can be read, and nothing past its term."""

import logging
from datetime import timedelta

import pypdf
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from portal.applications import forgetting, pdf
from portal.applications.models import Application, Write
from portal.applications.step_forms import is_iban
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from tests.canary.search import Canary
from tests.conftest import Clock
from tests.mijn.conftest import AYSE, HELGA, body_of, signed_in

from .conftest import applications, filled_in, send

SAID = (
    "Huisman", "1.450,50", "NL91", "ABNA", "Hamersma", "Duinroosstraat", "0612345678",
    "0417164300", "0417 1643 00",
)  # fmt: skip
"""What the resident or the BRP said. The account whole: its last four digits alone stand by chance among the
hexadecimal digits of what is encrypted.
"""


def rows_of_the_room(here: Municipality) -> bytes:
    """Every row of the room's tables, as a dump shows them."""
    found = []
    with acting_for(here), transaction.atomic(), connection.cursor() as cursor:
        for model in apps.get_app_config("applications").get_models():
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
            found += [line for (line,) in cursor.fetchall()]
    return "\n".join(found).encode()


@pytest.mark.parametrize("stage", ["draft", "waiting", "filed"])
def test_nothing_of_the_resident_can_be_read_in_the_database_or_the_log(
    helga: Client, mijn: Municipality, zaken_fake: Register, caplog: pytest.LogCaptureFixture, stage: str
) -> None:
    caplog.set_level(logging.DEBUG)
    form = filled_in(helga)
    if stage == "waiting":
        zaken_fake.misbehave("500")
    if stage != "draft":
        send(helga, form)
    dump, log = rows_of_the_room(mijn), caplog.text.encode()

    assert applications(mijn)[0].state == {"waiting": "sent"}.get(stage, stage)
    canary = Canary([HELGA.reveal()])
    assert canary.hits("the tables", dump) == canary.hits("the log", log) == []
    for words in SAID:
        assert words.encode() not in dump + log


def test_the_bsn_is_kept_for_the_role_only_and_goes_when_that_is_made(
    helga: Client, mijn: Municipality, zaken_fake: Register, clock: Clock
) -> None:
    form = filled_in(helga)
    zaken_fake.misbehave("500")
    send(helga, form)
    with acting_for(mijn), transaction.atomic():
        assert [row.piece for row in Write.objects.exclude(bsn=None)] == ["role"]

    zaken_fake.misbehave("none")
    clock.move(minutes=20)
    call_command("worker", "--once")
    with acting_for(mijn), transaction.atomic():
        assert not Write.objects.exclude(bsn=None).exists()


def test_the_answers_go_when_the_case_is_complete_and_the_receipt_stays(
    helga: Client, mijn: Municipality
) -> None:
    form = filled_in(helga)
    send(helga, form)
    (row,) = applications(mijn)

    assert row.content is None
    assert row.number in body_of(helga.get(f"{form}ontvangst/"))


def test_a_form_that_is_not_sent_goes_thirty_days_after_its_last_change(
    helga: Client, mijn: Municipality, clock: Clock
) -> None:
    filled_in(helga)
    clock.move(days=29, hours=23)
    with acting_for(mijn), transaction.atomic():
        assert forgetting.forget_over(clock.time) == 0
    clock.move(hours=1)
    with acting_for(mijn), transaction.atomic():
        assert forgetting.forget_over(clock.time) == 1
    assert applications(mijn) == []


def test_what_was_sent_goes_after_a_year_and_never_before_its_case_is_there(
    helga: Client, mijn: Municipality, zaken_fake: Register, clock: Clock
) -> None:
    send(helga, filled_in(helga))
    form = filled_in(helga)
    zaken_fake.misbehave("500")
    send(helga, form)
    clock.move(days=366)
    with acting_for(mijn), transaction.atomic():
        assert forgetting.forget_over(clock.time) == 1
    assert [one.state for one in applications(mijn)] == [Application.SENT]


def test_the_term_that_is_promised_is_the_term_that_is_kept() -> None:
    assert timedelta(days=30) == forgetting.DRAFTS


def test_the_pdf_says_what_was_asked_and_answered_and_is_accessible(
    helga: Client, store: Store, tmp_path: object, caplog: pytest.LogCaptureFixture
) -> None:
    send(helga, filled_in(helga))
    (content,) = store.contents.values()
    (tmp_path / "aanvraag.pdf").write_bytes(content)  # type: ignore[operator]
    read = pypdf.PdfReader(tmp_path / "aanvraag.pdf")  # type: ignore[operator]
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())

    for words in (
        *SAID[:3],
        "Hoeveel krijgt u per maand?",
        "Loon, Uitkering van UWV",
        "Verstuurd op",
    ):
        assert words in text
    assert HELGA.reveal() not in text
    assert read.metadata.title.startswith("Kwijtschelding gemeentelijke belasting")
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "nl"
    assert "keeps to no standard" not in caplog.text


def test_the_address_of_who_keeps_it_secret_is_not_in_the_pdf(mijn: Municipality, store: Store) -> None:
    ayse = signed_in(mijn, AYSE)
    send(ayse, filled_in(ayse))
    (content,) = store.contents.values()
    import io

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "Geheim; staat in de BRP" in text
    assert "1996" not in text.split("Wie u bent")[1].split("Met wie u woont")[0]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("NL91ABNA0417164300", True),
        ("NL91ABNA0417164301", False),
        ("NL91ABNA041716430", False),
        ("BE68539007547034", True),
        ("12345", False),
        ("", False),
    ],
)
def test_an_account_number_is_right_when_its_digits_say_so(typed: str, right: bool) -> None:
    assert is_iban(typed) is right


def test_a_pdf_can_be_set_again_for_who_goes_on(
    helga: Client, mijn: Municipality, zaken_fake: Register
) -> None:
    form = filled_in(helga)
    zaken_fake.misbehave("500")
    send(helga, form)
    (row,) = applications(mijn)
    with acting_for(mijn), transaction.atomic():
        assert pdf.as_pdf(row).startswith(b"%PDF")
