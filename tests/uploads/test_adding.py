"""A resident adds a document to a case that runs, without JavaScript: a form, and how it stands."""

import hashlib
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from demo.registers.scanner import Scanner
from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from portal.accounts.residents import resident_of
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers.about_case import CaseRef
from portal.uploads import limits, own, receiving
from portal.uploads.models import Upload
from portal.uploads.states import State
from portal.uploads.working import work_due
from tests.mijn.conftest import AYSE, HELGA, body_of, signed_in

from . import files
from .conftest import Case, added, case_of, parts, sent, uploads

LINK = "Document toevoegen"


def test_a_document_is_received_scanned_and_put_with_the_case_and_each_step_is_told(
    helga: Client, mijn: Municipality, dormer: Case, store: Store
) -> None:
    assert LINK in body_of(helga.get(dormer.page))
    answer = sent(helga, dormer, files.pdf(), titel="Foto van \u202ede voorgevel\x07")
    receipt = body_of(helga.get(answer["Location"]))
    (row,) = uploads(mijn)

    assert answer.status_code == 302
    assert "Ontvangen, wordt gecontroleerd op virussen" in receipt
    assert row.number in receipt
    page = body_of(helga.get(dormer.page))
    assert "Foto van de voorgevel" in page
    assert "wordt gecontroleerd op virussen" in page

    assert work_due(mijn) == 1
    ((document, content),) = added(store, dormer)
    assert content == files.pdf()
    assert document["identificatie"] == row.number
    assert (document["titel"], document["bestandsnaam"]) == ("Foto van de voorgevel", "tekening.pdf")
    assert document["integriteit"]["waarde"] == hashlib.sha256(files.pdf()).hexdigest()
    assert document["status"] == "definitief"
    assert "Toegevoegd aan uw zaak" in body_of(helga.get(answer["Location"]))
    assert "Foto van de voorgevel" in body_of(helga.get(dormer.page)).split('id="documenten"')[1]
    assert parts(mijn) == 0


def test_the_receipt_says_name_size_moment_and_checksum_also_on_paper(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    address = sent(helga, dormer, files.pdf())["Location"]
    digest = hashlib.sha256(files.pdf()).hexdigest()
    page = body_of(helga.get(address))
    paper = helga.get(f"{address}bewijs.pdf")
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    (row,) = uploads(mijn)

    for said in (row.number, "tekening.pdf", f"{len(files.pdf())} bytes", "ZM-0507"):
        assert said in page
        assert said in text
    assert digest in page.replace(" ", "")
    assert digest in text.replace(" ", "").replace("\n", "")
    assert paper["Content-Disposition"] == f'attachment; filename="bewijs-{row.number}.pdf"'
    assert "no-store" in paper["Cache-Control"]


def test_it_can_be_added_only_where_the_case_runs_the_kind_takes_it_and_there_is_a_scanner(
    helga: Client, mijn: Municipality, store: Store, dormer: Case, settings: Any
) -> None:
    closed = case_of(mijn, store, "ZM-0411")  # its kind takes documents, but it is over
    assert LINK not in body_of(helga.get(closed.page))
    assert helga.get(closed.add).status_code == 404
    assert sent(helga, closed, files.pdf()).status_code == 404

    settings.CLAMD_ADDRESS = ""
    assert LINK not in body_of(helga.get(dormer.page))
    assert helga.get(dormer.add).status_code == 404
    assert uploads(mijn) == []


def test_a_case_whose_kind_takes_no_documents_takes_none(
    mijn: Municipality, helga: Client, dormer: Case, store: Store
) -> None:
    from portal.municipalities.models import ConnectionRow

    with acting_for(mijn):
        none = {**connection_parameters(mijn), "case_type_choices": {}}
        ConnectionRow.objects.all().update(parameters=none)
    assert LINK not in body_of(helga.get(dormer.page))
    answer = sent(helga, dormer, files.pdf())
    assert answer.status_code == 404
    assert "Bij deze zaak kunt u hier geen document toevoegen" in body_of(answer)
    assert uploads(mijn) == []


def connection_parameters(here: Municipality) -> dict[str, Any]:
    from portal.municipalities.connections import connections

    with acting_for(here):
        return dict(connections("zaken")[0].parameters)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leeg.pdf", b"", "leeg"),
        ("foto.pdf", files.JPEG, "eindigt op .pdf"),
        ("virus.exe", b"MZ\x90\x00" + bytes(50), "Dit soort bestand"),
        ("slot.docx", files.LOCKED_WORD, "wachtwoord"),
    ],
    ids=["empty", "another name", "another kind", "locked"],
)
def test_what_cannot_be_taken_is_told_plainly_and_what_was_typed_stays(
    helga: Client, mijn: Municipality, dormer: Case, name: str, content: bytes, said: str
) -> None:
    answer = sent(helga, dormer, content, name, titel="Brief van de buren")
    page = body_of(answer)

    assert answer.status_code == 422
    assert said in page
    assert 'value="Brief van de buren"' in page
    assert (uploads(mijn), parts(mijn)) == ([], 0)


def test_without_a_file_it_says_so(helga: Client, mijn: Municipality, dormer: Case) -> None:
    answer = helga.post(dormer.add, {"titel": "Brief"})
    assert answer.status_code == 422
    assert "Kies het bestand" in body_of(answer)


def test_one_that_is_too_large_is_refused_while_it_comes(
    helga: Client, mijn: Municipality, dormer: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.uploads import coming

    monkeypatch.setattr(coming, "LARGEST", 100_000)
    answer = sent(helga, dormer, files.pdf() + bytes(300_000))
    assert answer.status_code == 422
    assert "te groot" in body_of(answer)
    assert (uploads(mijn), parts(mijn)) == ([], 0)


def test_a_day_has_its_limits_and_more_is_told_plainly(
    helga: Client, mijn: Municipality, dormer: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILES", 2)
    for number in range(2):
        assert sent(helga, dormer, files.TEXT + str(number).encode(), "brief.txt").status_code == 302
    answer = sent(helga, dormer, files.TEXT, "brief.txt", titel="De derde")
    assert answer.status_code == 429
    assert "vandaag al veel bestanden" in body_of(answer)
    assert 'value="De derde"' in body_of(answer)

    monkeypatch.setattr(limits, "FILES", 20)
    monkeypatch.setattr(limits, "TOTAL", 200)
    assert sent(helga, dormer, files.TEXT, "brief.txt").status_code == 429
    assert len(uploads(mijn)) == 2


def test_files_that_come_at_once_with_a_form_count_as_the_largest(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    with acting_for(mijn), transaction.atomic():
        resident = resident_of(HELGA).id
        session: Any = SimpleNamespace(subject=resident)
        for number in range(4):
            own.begin_unknown(session, CaseRef(uuid4(), uuid4()), f"{number}.pdf", 1000)
        with pytest.raises(limits.TooMuch):
            own.begin_unknown(session, CaseRef(uuid4(), uuid4()), "5.pdf", 1000)


def test_who_tries_file_after_file_that_is_not_taken_is_stopped(
    helga: Client, mijn: Municipality, dormer: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BEGUN", 2)
    tries = [sent(helga, dormer, files.HEIC, "foto.heic").status_code for _try in range(3)]
    assert tries == [422, 422, 429]


def test_the_same_file_sent_twice_is_one_document(helga: Client, mijn: Municipality, dormer: Case) -> None:
    first, second = (sent(helga, dormer, files.pdf()) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert len(uploads(mijn)) == 1


def test_while_the_case_system_is_down_nothing_is_lost_and_the_file_is_not_asked_again(
    helga: Client, mijn: Municipality, dormer: Case, zaken_fake: Register
) -> None:
    zaken_fake.misbehave("500")
    answer = sent(helga, dormer, files.pdf(), titel="Tekening")
    page = body_of(answer)
    (row,) = uploads(mijn)
    assert answer.status_code == 503
    assert "U hoeft het bestand niet opnieuw te kiezen" in page
    assert 'value="Tekening"' in page
    assert f'value="{row.id}"' in page

    zaken_fake.misbehave("none")
    assert "nog niet verstuurd" in body_of(helga.get(f"/mijn/documenten/{row.id}/"))
    again = helga.post(dormer.add, {"titel": "Tekening", "bestaand": str(row.id)})
    assert again.status_code == 302
    assert [one.state for one in uploads(mijn)] == [State.QUARANTINE]


@pytest.mark.parametrize(("who", "number"), [(AYSE, "ZM-0507"), (HELGA, "ZM-0411")], ids=["other's", "over"])
def test_what_came_while_the_case_system_was_silent_gets_into_no_case_that_it_does_not_allow(
    mijn: Municipality, zaken_fake: Register, store: Store, who: BSN, number: str
) -> None:
    sender, case = signed_in(mijn, who), case_of(mijn, store, number)
    before = added(store, case)
    zaken_fake.misbehave("500")
    assert sent(sender, case, files.pdf()).status_code == 503
    (row,) = uploads(mijn)
    zaken_fake.misbehave("none")

    assert sender.post(f"/mijn/documenten/{row.id}/klaar/").status_code == 404
    assert sender.post(case.add, {"titel": "", "bestaand": str(row.id)}).status_code == 404
    assert work_due(mijn) == 0
    assert added(store, case) == before
    assert [one.state for one in uploads(mijn)] == [State.RECEIVING]


def test_a_file_for_a_case_of_one_system_is_not_sent_by_one_of_another(
    helga: Client, mijn: Municipality, dormer: Case, zaken_fake: Register
) -> None:
    zaken_fake.misbehave("500")
    sent(helga, dormer, files.pdf())
    zaken_fake.misbehave("none")
    (row,) = uploads(mijn)
    with acting_for(mijn), transaction.atomic():
        Upload.objects.update(connection=uuid4())

    assert helga.post(dormer.add, {"titel": "", "bestaand": str(row.id)}).status_code == 422


def test_a_form_from_another_site_leaves_nothing_behind(mijn: Municipality, dormer: Case) -> None:
    strict = signed_in(mijn)
    strict.handler.enforce_csrf_checks = True
    answer = sent(strict, dormer, files.pdf())
    assert answer.status_code == 403
    assert (uploads(mijn), parts(mijn)) == ([], 0)


def test_a_process_that_is_killed_while_a_form_comes_leaves_nothing_that_can_be_sent(
    helga: Client, mijn: Municipality, dormer: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        from portal.uploads import coming

        patched.setattr(receiving, "settle", killed)
        patched.setattr(coming.Coming, "let_go", lambda _self: None)
        with pytest.raises(Killed):
            sent(helga, dormer, files.pdf())
    (row,) = uploads(mijn)
    answer = helga.post(dormer.add, {"titel": "", "bestaand": str(row.id)})
    assert answer.status_code == 422


def test_anybody_elses_document_looks_as_if_it_does_not_exist(
    helga: Client, mijn: Municipality, dormer: Case, veldrecht: Municipality
) -> None:
    address = sent(helga, dormer, files.pdf())["Location"]
    unknown = f"/mijn/documenten/{uuid4()}/"

    def answers(browser: Client, of: str) -> list[tuple[int, str]]:
        asked = [browser.get(f"{of}{what}") for what in ("", "bewijs.pdf", "weggooien/", "delen/")]
        asked += [browser.post(f"{of}{what}") for what in ("weggooien/", "klaar/")]
        part = {"content_type": "application/octet-stream", "headers": {"Upload-Offset": "0"}}
        asked.append(browser.post(f"{of}delen/", b"x", **part))
        return [(one.status_code, words_of(one)) for one in asked]

    for stranger in (signed_in(mijn, AYSE), signed_in(veldrecht)):
        assert answers(stranger, address) == answers(stranger, unknown)
        assert {status for status, _words in answers(stranger, address)} == {404}
    assert sent(signed_in(mijn, AYSE), dormer, files.pdf()).status_code == 404
    assert len(uploads(mijn)) == 1


def words_of(answer: Any) -> str:
    """What a page says, without what differs between any two pages."""
    page = body_of(answer)
    return page.split("<main")[1].split("</main>")[0] if "<main" in page else page


def test_a_page_of_a_case_asks_one_thing_more_of_the_database_however_many_there_are(
    helga: Client, mijn: Municipality, dormer: Case, clamd: Scanner, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    helga.get(dormer.page)
    with CaptureQueriesContext(connection) as none_yet:
        helga.get(dormer.page)
    for number in range(3):
        sent(helga, dormer, files.TEXT + str(number).encode(), "brief.txt")
    with CaptureQueriesContext(connection) as several:
        helga.get(dormer.page)
    assert len(several) == len(none_yet)
    assert sum("uploads_upload" in one["sql"] for one in several) == 1
