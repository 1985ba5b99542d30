"""Mail that came back is noted and a letter goes instead; anything else in the inbox changes nothing."""

import mailbox
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.notices.returns import return_address
from portal.notices.sending import send_due
from portal.notices.telling import tell
from tests.sharing.conftest import gives

pytestmark = pytest.mark.django_db(transaction=True)
RETURNED = Path(__file__).parent / "returned"


@pytest.fixture
def sent(offering) -> Notice:
    """A notice that the mail server took."""
    from tests.sharing.conftest import new_session

    with acting_for(offering), transaction.atomic():
        session = new_session()
        gives(session)
        tell(session.subject, Kind.INSIGHT)
    send_due(offering)
    with acting_for(offering), transaction.atomic():
        return Notice.objects.get(kind=Kind.INSIGHT, state=State.SENT)


def returned(name: str, notice: Notice, offering, path: Path) -> Path:
    with acting_for(offering):
        address = return_address(notice.id)
    text = (RETURNED / f"{name}.eml").read_text().replace("{return_address}", address)
    path.write_text(text)
    return path


def now(offering, notice: Notice) -> tuple[str, str, int]:
    with acting_for(offering), transaction.atomic():
        row = Notice.objects.get(id=notice.id)
        return row.state, row.why, Letter.objects.filter(notice=row).count()


@pytest.mark.parametrize(("name", "status"), [("postfix", "5.1.1"), ("exchange", "5.2.2")])
def test_a_bounce_is_noted_and_a_letter_goes_once(offering, sent, tmp_path, capsys, name, status):
    path = returned(name, sent, offering, tmp_path / "mail.eml")
    call_command("bounced", path)
    call_command("bounced", path)
    assert now(offering, sent) == (State.BOUNCED, status, 1)
    assert capsys.readouterr().out.splitlines() == [
        "1 mails, 1 notices came back", "1 mails, 0 notices came back",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["delayed", "out_of_office"])
def test_a_delay_or_an_automatic_answer_changes_nothing(offering, sent, tmp_path, name):
    call_command("bounced", returned(name, sent, offering, tmp_path / "mail.eml"))
    assert now(offering, sent) == (State.SENT, "", 0)


def test_a_bounce_of_a_notice_that_never_was_changes_nothing(offering, sent, tmp_path):
    stranger = Notice(id=uuid4())
    call_command("bounced", returned("postfix", stranger, offering, tmp_path / "mail.eml"))
    assert now(offering, sent) == (State.SENT, "", 0)


def test_a_bounce_at_another_municipality_does_not_reach_this_one(offering, sent, veldrecht, tmp_path):
    call_command("bounced", returned("postfix", sent, veldrecht, tmp_path / "mail.eml"))
    assert now(offering, sent) == (State.SENT, "", 0)


@pytest.mark.parametrize(
    "junk", [b"", b"\x00\xff" * 50, b"Content-Type: multipart/report; boundary=x\n\n--x"]
)
def test_junk_in_the_inbox_is_passed_over(offering, tmp_path, capsys, junk):
    (tmp_path / "junk").write_bytes(junk)
    call_command("bounced", tmp_path / "junk")
    assert capsys.readouterr().out == "1 mails, 0 notices came back\n"


def test_a_whole_maildir_or_mbox_is_read(offering, sent, tmp_path):
    text = returned("postfix", sent, offering, tmp_path / "mail.eml").read_text()
    mailbox.mbox(tmp_path / "inbox").add(text)
    mailbox.Maildir(tmp_path / "maildir").add(text)
    for box in ("inbox", "maildir"):
        with acting_for(offering), transaction.atomic():
            Notice.objects.filter(id=sent.id).update(state=State.SENT)
        call_command("bounced", tmp_path / box)
        assert now(offering, sent)[0] == State.BOUNCED


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="is not there"):
        call_command("bounced", tmp_path / "nothing")
