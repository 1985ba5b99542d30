"""Letters: the municipality lists its inhabitants, the BRP says where they live, the address goes in time."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from portal.accounts.sessions import Level, begin
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.notices import letters
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.usage.models import Use
from tests.mijn.conftest import connected, signed_in
from tests.registers import conftest as registers

pytestmark = pytest.mark.django_db(transaction=True)
brp_register, brp_fake = registers.brp_register, registers.brp_fake
HELGA, AYSE = BSN("999970458"), BSN("999991747")


@pytest.fixture
def waiting(zandmeer, brp_fake):
    """A letter each for Helga and Ayse, whose address is secret."""
    connected(zandmeer, registers.brp_connection(brp_fake.url))
    with acting_for(zandmeer), transaction.atomic():
        for bsn in (HELGA, AYSE):
            session, _cookie = begin(bsn, "", Level.SUBSTANTIEEL, zandmeer.id, "sub", "")
            tell(session.subject, Kind.INSIGHT)
    send_due(zandmeer)
    return zandmeer


def printed(path: Path) -> str:
    """The words of a letter, each line as it stands."""
    pages = PdfReader(path).pages
    return "\n".join(" ".join(line.split()) for page in pages for line in page.extract_text().splitlines())


def hands_over(monkeypatch, folder, *inhabitants: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in inhabitants)))
    call_command("letters", "zandmeer", "--to", folder)


def test_each_letter_gets_its_address_when_it_is_printed_also_a_secret_one(
    waiting, tmp_path, monkeypatch, capsys
):
    hands_over(monkeypatch, tmp_path, HELGA.reveal(), AYSE.reveal(), "999970446")
    assert capsys.readouterr().out == "2 written, 0 without an address, 0 waiting\n"
    texts = [printed(path) for path in tmp_path.iterdir()]
    assert any("Huisman\nDuinroosstraat 12\n1996 AB" in text for text in texts)
    assert any("Zeewindhof 31" in text for text in texts)
    assert all("Soort bericht: een antwoord op uw verzoek om inzage." in text for text in texts)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_letter_is_handed_over_once_and_then_sent(waiting, tmp_path, monkeypatch, capsys):
    hands_over(monkeypatch, tmp_path, HELGA.reveal())
    hands_over(monkeypatch, tmp_path, HELGA.reveal())
    call_command("letters", "zandmeer", "--sent", tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "1 written, 0 without an address, 1 waiting",
        "0 written, 0 without an address, 1 waiting",
        "1 in the post",
    ]
    with acting_for(waiting), transaction.atomic():
        assert sorted(Letter.objects.values_list("state", flat=True)) == ["queued", "sent"]


def test_a_register_that_is_down_leaves_the_letter_waiting(waiting, brp_fake, tmp_path, monkeypatch, capsys):
    brp_fake.misbehave("500")
    hands_over(monkeypatch, tmp_path, HELGA.reveal())
    assert "0 written, 1 without an address" in capsys.readouterr().out
    with acting_for(waiting), transaction.atomic():
        assert Letter.objects.filter(state=Letter.QUEUED).count() == 2


def test_a_letter_that_has_nowhere_to_go_is_given_up_after_two_weeks(
    waiting, brp_fake, tmp_path, monkeypatch, capsys, clock
):
    brp_fake.misbehave("500")
    hands_over(monkeypatch, tmp_path, HELGA.reveal())
    clock.move(days=13)
    send_due(waiting)
    with acting_for(waiting), transaction.atomic():
        assert Letter.objects.count() == 2
    clock.move(days=1, seconds=1)
    send_due(waiting)
    with acting_for(waiting), transaction.atomic():
        assert not Letter.objects.exists()
    browser = signed_in(waiting)
    assert "Er is geen brief verstuurd." in browser.get("/mijn/berichten-aan-u/").content.decode()


def test_a_letter_about_what_is_over_meanwhile_is_not_addressed(waiting, tmp_path, monkeypatch, capsys):
    with acting_for(waiting), transaction.atomic():
        session, _cookie = begin(HELGA, "", Level.SUBSTANTIEEL, waiting.id, "sub", "")
        tell(session.subject, Kind.REQUEST, cause=waiting.id)
        notice = Notice.objects.get(kind=Kind.REQUEST)
        letters.queue(notice)
    hands_over(monkeypatch, tmp_path, HELGA.reveal(), AYSE.reveal())
    assert capsys.readouterr().out == "2 written, 0 without an address, 0 waiting\n"
    with acting_for(waiting), transaction.atomic():
        assert not Letter.objects.filter(notice=notice).exists()


def test_no_row_holds_whom_a_letter_goes_to(waiting, tmp_path, monkeypatch):
    hands_over(monkeypatch, tmp_path, HELGA.reveal(), AYSE.reveal())
    with acting_for(waiting), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM notices_letter l UNION ALL SELECT n::text FROM notices_notice n")
        kept = " ".join(row for (row,) in cursor.fetchall())
    for word in ("Huisman", "Helga", "Duinroos", "Zeewind", HELGA.reveal(), AYSE.reveal()):
        assert word not in kept


def test_a_list_with_something_else_on_it_is_refused_without_repeating_it(waiting, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="line 2 is not a BSN") as refused:
        hands_over(monkeypatch, tmp_path, HELGA.reveal(), "123456789")
    assert "123456789" not in str(refused.value)


def test_an_address_is_kept_until_the_letter_is_in_the_post_and_two_weeks_at_most(
    waiting, monkeypatch, capsys, clock
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{HELGA.reveal()}\n{AYSE.reveal()}\n"))
    call_command("letters", "zandmeer", "--addresses")
    assert capsys.readouterr().out == "2 found, 0 without an address, 0 waiting\n"
    with acting_for(waiting), transaction.atomic():
        posted, left = letters.ready()
        assert all(letters.address_of(one)[1:] for one in (posted, left))
        letters.take("1", [posted.id])
        letters.note_sent("1", [posted.id])
        assert Letter.objects.get(id=posted.id).address is None
    clock.move(days=14, seconds=1)
    send_due(waiting)
    with acting_for(waiting), transaction.atomic():
        row = Letter.objects.get(id=left.id)
    assert (row.address, row.state, row.trouble) == (None, "queued", "too_old")


def test_what_one_took_to_print_no_colleague_takes_until_it_is_put_back(waiting, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{HELGA.reveal()}\n"))
    call_command("letters", "zandmeer", "--addresses")
    with acting_for(waiting), transaction.atomic():
        (mine,) = letters.take("1")
        assert not letters.take("2")
        assert not letters.put_back("2", mine.id)
        assert not letters.note_sent("2", [mine.id])
        letters.put_back("1", mine.id)
        assert [one.id for one in letters.take("2")] == [mine.id]


def test_of_the_oldest_nobody_has_more_in_hand_than_are_printed_at_once(waiting, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{HELGA.reveal()}\n{AYSE.reveal()}\n"))
    monkeypatch.setattr(letters, "AT_ONCE", 1)
    call_command("letters", "zandmeer", "--addresses")
    with acting_for(waiting), transaction.atomic():
        (mine,) = letters.take("1")
        assert not letters.take("1")
        (other,) = letters.take("2")
        assert [one.id for one in letters.taken("1")] == [mine.id] != [other.id]


def test_what_was_taken_and_never_posted_can_be_taken_again_once_its_address_is_looked_up(
    waiting, monkeypatch, clock
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{HELGA.reveal()}\n"))
    call_command("letters", "zandmeer", "--addresses")
    with acting_for(waiting), transaction.atomic():
        (taken,) = letters.take("1")
    clock.move(days=14, seconds=1)
    send_due(waiting)
    with acting_for(waiting), transaction.atomic():
        row = Letter.objects.get(id=taken.id)
        assert (row.state, row.taken_by, row.address) == ("queued", "", None)


def test_who_prints_is_seen_by_the_resident_as_a_use_of_the_address(waiting, tmp_path, monkeypatch):
    hands_over(monkeypatch, tmp_path, HELGA.reveal())
    with acting_for(waiting), transaction.atomic():
        use = Use.objects.get()
        assert use.subject_id == Letter.objects.get(state="handed_over").subject_id
    assert (use.labels, use.ground) == (["Naam", "Adres"], "Wet BRP, artikel 1.7")
    assert use.activity.endswith("/register/taak/post/1/")


class Counted(dict[Any, Any]):
    """How often somebody goes through all of it."""

    walked = 0

    def __iter__(self) -> Any:
        self.walked += 1
        return super().__iter__()


def test_a_list_costs_as_many_queries_however_long_and_nobody_walks_all_letters_for_each_line(
    waiting, monkeypatch
):
    lists = ([HELGA], [HELGA, *somebodies(300)])
    asked, walked = [], []
    find = letters._lookups
    for inhabitants in lists:
        seen: list[Counted] = []
        monkeypatch.setattr(
            letters, "_lookups", lambda who, seen=seen: seen.append(Counted(find(who))) or seen[0]
        )
        with acting_for(waiting):
            with transaction.atomic():
                Letter.objects.update(address=None, addressed=None)
            with CaptureQueriesContext(connection) as queries:
                letters.find_addresses(inhabitants)
        asked.append(len(queries))
        walked.append(seen[0].walked)
    assert asked[0] == asked[1]
    assert walked == [1, 1]


def somebodies(number: int) -> list[BSN]:
    """Valid numbers that are nobody's here."""
    found = []
    candidate = 900_000_000
    while len(found) < number:
        candidate += 1
        try:
            found.append(BSN(str(candidate)))
        except ValueError:
            continue
    return found


@pytest.mark.parametrize(("slug", "folder"), [("nergens", "."), ("zandmeer", "nowhere")])
def test_a_wrong_municipality_or_folder_is_said(zandmeer, tmp_path, slug, folder):
    with pytest.raises(CommandError):
        call_command("letters", slug, "--to", tmp_path / folder)


def test_operators_see_what_is_late_and_what_went_by_post(waiting, capsys):
    with acting_for(waiting), transaction.atomic():
        subject = Letter.objects.first().subject_id
        tell(subject, Kind.INSIGHT)
        late = Notice.objects.filter(state="queued")
        late.update(made=late.get().made - timedelta(hours=2))
    call_command("notices")
    assert capsys.readouterr().out == "zandmeer: late 1, by_letter 2, letters queued 2\n"
