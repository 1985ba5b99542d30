"""Closing: first nothing is shared and the host is shut, then, when nothing is owed, the keys are gone."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection

from cms.founding import give_site, lay_library
from cms.models import ContentPage, File, HomePage
from portal.accounts.middleware import COOKIE
from portal.accounts.models import ResidentSession
from portal.accounts.sessions import Level, begin
from portal.counter.models import Team
from portal.counter.team import worker_of
from portal.municipalities import keys
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import all_connections
from portal.municipalities.models import Municipality, WrappedKey
from portal.notices.models import Letter, Notice
from portal.notices.sending import send_due
from portal.sharing.ledger import deposits, heads
from portal.sharing.management.commands import worker
from portal.sharing.models import Consumer, Duty, Grant, GrantKey, LedgerHead, SignedHead
from portal.sharing.sweeper import sweep
from tests.sharing.conftest import HELGA, gives, new_session
from tests.sharing.test_questions import asks

pytestmark = pytest.mark.django_db
HOST = "zandmeer.localhost"
HEIR = "https://nieuwland.example"


def municipality(what: str, folder: Path, *flags: str, slug: str = "zandmeer") -> str:
    out = StringIO()
    call_command("municipality", what, slug, "--export", str(folder), *flags, stdout=out)
    return out.getvalue()


def close(folder: Path, *flags: str) -> str:
    return municipality("close", folder, "--yes", *flags)


@pytest.fixture
def noon(clock):
    """An hour that is on the same day everywhere."""
    clock.time = datetime(2026, 3, 4, 12, tzinfo=UTC)
    return clock


@pytest.fixture
def given(offering, noon) -> Grant:
    """What Helga shares with a desk that needs no telling."""
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(events_url="")
        return gives(new_session(HELGA))


def all_is_done(offering: Municipality, noon) -> None:
    """The worker and the post did what was owed, and the day is over."""
    noon.move(days=1)
    sweep(offering)
    send_due(offering)
    with acting_for(offering), transaction.atomic():
        Letter.objects.update(state=Letter.SENT, address=None)


def closed_and_done(offering: Municipality, noon, folder: Path) -> None:
    close(folder)
    all_is_done(Municipality.objects.get(), noon)


def test_without_a_yes_it_only_says_what_it_would_do(offering, given, folder, client):
    told = municipality("close", folder)

    assert "1 grants that run" in told
    assert "Nothing was done" in told
    assert not folder.exists()
    assert client.get("/robots.txt", headers={"host": HOST}).status_code == 200


ANYWHERE = (
    "/", "/robots.txt", "/mijn/", "/en/mijn/delen/", "/zoeken/?q=paspoort", "/register/", "/bewijs/",
    "/api/v1/logboek/kop", "/api/v1/gebeurtenissen", "/.well-known/logboek-sleutels.json", "/static/x",
)  # fmt: skip


def test_a_closed_host_says_that_it_is_closed_and_nothing_else(offering, given, folder, client):
    client.get("/robots.txt", headers={"host": HOST})  # stored, and yet not shown any more
    with acting_for(offering), transaction.atomic():
        _session, token = begin(HELGA, "Helga", Level.SUBSTANTIEEL, offering.id, "sub", "")
    client.cookies[COOKIE] = token

    close(folder)

    for path in ANYWHERE:
        answer = client.get(path, headers={"host": HOST})
        assert (path, answer.status_code, answer["Cache-Control"]) == (path, 410, "no-store")
        assert not answer.cookies
    with acting_for(offering), transaction.atomic():
        assert not ResidentSession.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_page_says_whom_to_call_and_the_api_answers_a_problem(offering, folder, client):
    close(folder)
    assert "(0999) 12 34 56" in client.get("/", headers={"host": HOST}).content.decode()
    problem = client.post("/api/v1/token", {"assertion": "x"}, headers={"host": HOST})
    assert problem.status_code == 410
    assert problem["Content-Type"] == "application/problem+json"


def test_visitors_go_on_to_the_heir_by_path_but_nothing_of_a_resident_or_consumer_does(
    offering, folder, client
):
    close(folder, "--redirect-to", HEIR)

    def at(path: str, **sent: str):
        return client.get(path, headers={"host": HOST}, **sent)

    page = at("/verhuizen/?q=geheim")
    assert (page.status_code, page["Location"]) == (308, f"{HEIR}/verhuizen/")
    assert at("/", PATH_INFO="//evil.example/")["Location"] == f"{HEIR}//evil.example/"
    assert at("/", PATH_INFO="//mijn/").status_code == 410
    assert client.post("/verhuizen/", {"x": "y"}, headers={"host": HOST}).status_code == 410
    for path in ("/mijn/", "/en/mijn/", "/bewijs/", "/api/v1/token", "/register/"):
        assert at(path).status_code == 410


NO_HEIRS = (
    "http://x.example", "https://zandmeer.localhost/", "https://veldrecht.localhost", "https://a@x.example",
    "https://x.example/?a", "javascript:alert(1)", "https://x.example/\nSet-Cookie:a", "https://[",
)  # fmt: skip


def test_an_heir_that_is_none_is_refused_before_anything_is_done(offering, veldrecht, folder, tmp_path):
    municipality("close", tmp_path / "other", "--yes", slug="veldrecht")
    for heir in NO_HEIRS:
        with pytest.raises(CommandError):
            close(folder, "--redirect-to", heir)
    assert Municipality.objects.get(slug="zandmeer").closed is None


def test_all_that_was_shared_stops_and_everyone_is_told_as_of_a_recall(offering, given, desk_at, folder):
    header = desk_at.header()
    close(folder)

    with acting_for(offering), transaction.atomic():
        now = Grant.objects.get(id=given.id)
        assert now.withdrawn is not None
        assert now.values is None
        assert not GrantKey.objects.exists()
        assert Duty.objects.filter(grant=given.id, event="ingetrokken").count() == 1
        assert Notice.objects.filter(kind="recalled", cause=given.id).count() == 1
    read = Client().get("/api/v1/gebeurtenissen", headers={"host": HOST, "Authorization": header})
    assert read.status_code == 410


def test_a_question_that_nobody_can_answer_any_more_is_over_for_who_asked(offering, desk_at, clock, folder):
    with acting_for(offering), transaction.atomic():
        question = asks(new_session(HELGA), clock, desk_at)

    close(folder)

    with acting_for(offering), transaction.atomic():
        assert Duty.objects.filter(request=question.id, event="verlopen").count() == 1


def test_what_an_employee_took_to_print_waits_for_the_print_room(offering, given, folder):
    with acting_for(offering), transaction.atomic():
        for who in ("12", "print-room"):
            notice = Notice.objects.create(
                municipality=offering, subject_id=given.subject_id, kind="stopped", state="by_letter",
                made=given.given, due=given.given,
            )  # fmt: skip
            Letter.objects.create(
                municipality=offering, notice=notice, subject_id=given.subject_id, kind="stopped",
                queued=given.given, state=Letter.HANDED_OVER, taken_by=who,
            )  # fmt: skip

    close(folder)

    with acting_for(offering), transaction.atomic():
        assert Letter.objects.get(state=Letter.HANDED_OVER).taken_by == "print-room"
        assert Letter.objects.filter(state=Letter.QUEUED, taken_by="").count() == 1


def test_closing_again_goes_on_where_it_was_and_tells_nobody_twice(offering, given, folder, tmp_path):
    close(folder)
    first = Municipality.objects.get().closed
    close(tmp_path / "again", "--redirect-to", HEIR)
    assert (Municipality.objects.get().closed, Municipality.objects.get().heir) == (first, HEIR)
    with acting_for(offering), transaction.atomic():
        assert Duty.objects.filter(grant=given.id, event="ingetrokken").count() == 1


def test_who_saves_what_was_read_before_does_not_open_it_again(offering, folder):
    before = Municipality.objects.get()
    close(folder)
    before.save()
    assert Municipality.objects.get().closed is not None


def test_its_counter_is_closed_too(offering, folder, django_user_model):
    from django.contrib.auth.models import Group

    employee = django_user_model.objects.create_user("emma")
    group = Group.objects.create(name="Balie")
    employee.groups.add(group)
    Team.objects.create(group=group, municipality=offering, name="Klantcontact")
    assert worker_of(employee) is not None
    close(folder)
    assert worker_of(employee) is None


def test_keys_stay_while_anything_is_owed(offering, given, noon, folder, tmp_path):
    with pytest.raises(CommandError, match="not closed yet"):
        close(folder, "--destroy")
    close(folder)
    with pytest.raises(CommandError, match="notices to send"):
        close(tmp_path / "last", "--destroy")
    all_is_done(Municipality.objects.get(), noon)
    with acting_for(offering), transaction.atomic():
        Letter.objects.update(state=Letter.QUEUED)
        assert Letter.objects.exists()
    with pytest.raises(CommandError, match="letters to post"):
        close(tmp_path / "last", "--destroy")
    assert Municipality.objects.get().keys_destroyed is None
    with acting_for(offering), transaction.atomic():
        assert all_connections()


def test_keys_stay_until_the_day_is_sealed(offering, given, noon, folder, tmp_path):
    closed_and_done(offering, noon, folder)
    noon.move(days=-1, hours=1)
    with pytest.raises(CommandError, match="the day"):
        close(tmp_path / "last", "--destroy")


def test_destroyed_keys_are_not_there_nor_in_memory_nor_made_anew(offering, given, noon, folder, tmp_path):
    closed_and_done(offering, noon, folder)
    read_earlier = Municipality.objects.get()
    with acting_for(read_earlier), transaction.atomic():
        assert all_connections()
        assert WrappedKey.objects.exists()

    close(tmp_path / "last", "--destroy")

    closed = Municipality.objects.get()
    with acting_for(closed), transaction.atomic():
        assert not WrappedKey.objects.exists()
        with pytest.raises(keys.KeyMissing):
            all_connections()
        assert SignedHead.objects.latest("at").size == LedgerHead.objects.get().size
    with acting_for(read_earlier), transaction.atomic(), pytest.raises(keys.KeyMissing):
        keys.make_keys()
    assert worker.Command._municipalities() == []
    with pytest.raises(CommandError, match="destroyed"):
        close(tmp_path / "later", "--destroy")


def test_destroying_the_keys_of_one_leaves_those_of_another(
    offering, veldrecht, given, noon, folder, tmp_path
):
    with acting_for(veldrecht), transaction.atomic():
        before = WrappedKey.objects.count()
    close(folder)
    all_is_done(Municipality.objects.get(slug="zandmeer"), noon)
    close(tmp_path / "last", "--destroy")
    with acting_for(veldrecht), transaction.atomic():
        assert WrappedKey.objects.count() == before > 0
        assert keys.newest(keys.FIELD)


@pytest.mark.django_db(transaction=True)  # each transaction as it really is: its own
def test_the_last_export_proves_the_log_without_the_portal(offering, given, noon, folder, tmp_path):
    closed_and_done(offering, noon, folder)
    last = tmp_path / "last"
    close(last, "--destroy")
    asked = [
        "kop.json", "--sleutels", "sleutels.json", "--koppen", "koppen.jsonl", "--bladen", "bladen.txt",
    ]  # fmt: skip

    def checked() -> int:
        command = [sys.executable, "controleer.py", *asked]
        return subprocess.run(command, cwd=last / "ledger", capture_output=True, check=False).returncode

    assert checked() == 0
    leaves = last / "ledger" / "bladen.txt"
    first, *others = leaves.read_text().splitlines()
    leaves.write_text("\n".join([*others, first]))
    assert checked() == 1


def test_leaves_that_are_not_those_that_were_signed_stop_it_and_the_keys_stay(
    offering, given, noon, folder, tmp_path
):
    closed_and_done(offering, noon, folder)
    with acting_for(offering), transaction.atomic():
        size = LedgerHead.objects.get().size
        SignedHead.objects.create(
            municipality=offering,
            size=size,
            root=b"x" * 32,
            at=noon() + timedelta(minutes=1),
            key="k",
            signature=b"s",
        )
    with pytest.raises(CommandError, match="not those that were signed"):
        close(tmp_path / "last", "--destroy")
    assert Municipality.objects.get().keys_destroyed is None
    assert not (tmp_path / "last" / "README.md").exists()


def test_an_export_holds_all_that_it_wrote_and_nothing_of_residents_or_secrets(
    offering, given, folder, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    lay_library()
    give_site(offering)
    home = HomePage.objects.get(municipality=offering, locale__language_code="nl")
    page = ContentPage(
        title="Het veer", slug="veer", intro="Bel [[telefoon]].", locale=home.locale,
        body=json.dumps([{"type": "section", "value": {
            "title": "Tarief", "text": f'<p>Zie <a linktype="page" id="{home.pk}">begin</a>.</p>'}}]),
    )  # fmt: skip
    home.add_child(instance=page)
    Redirect.objects.create(old_path="/pont", site_id=Municipality.objects.get().site_id, redirect_page=page)
    kept = File(title="Vaartijden", collection=Collection.objects.get(name="zandmeer"))
    kept.file.save("vaartijden.txt", ContentFile(b"elk uur"))

    home.refresh_from_db()
    home.menu = [("page", {"page": page}), ("link", {"label": "Nieuws", "url": "/nieuws/"})]
    home.save()

    municipality("export", folder)

    def rows(name: str) -> list[dict]:
        return [json.loads(line) for line in (folder / name).read_text().splitlines()]

    [ferry] = [one for one in rows("pages.jsonl") if one["slug"] == "veer"]
    assert ferry["address"] == "/veer/"
    assert '<a href="/">' in ferry["body"][0]["value"]["text"]
    [front] = [one for one in rows("pages.jsonl") if one["address"] == "/"]
    assert [one["value"] for one in front["menu"]] == [
        {"page": "/zandmeer/veer/"}, {"label": "Nieuws", "url": "/nieuws/"}
    ]  # fmt: skip
    assert rows("redirects.jsonl") == [{"from": "/pont", "to": "/veer/", "permanent": True}]
    assert {"key": "telefoon", "value": "(0999) 12 34 56"} in rows("facts.jsonl")
    assert {one["purpose"] for one in rows("purposes.jsonl")} == {"digitaal-bericht", "maatje-18"}
    [document] = rows("documents.jsonl")
    assert (folder / "documents" / document["file"]).read_bytes() == b"elk uur"
    [sms] = rows("connections.jsonl")
    assert "credentials" not in sms
    everything = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    with acting_for(offering), transaction.atomic():
        named = [str(given.id), str(given.subject_id), HELGA.reveal(), "helga@voorbeeld.example"]
    for secret in named:
        assert secret.encode() not in everything
    assert folder.stat().st_mode & 0o077 == 0


def test_a_head_that_is_not_outside_the_database_yet_is_not_exported(offering, given, noon, folder, tmp_path):
    with acting_for(offering), transaction.atomic():
        heads.sign(noon())
    municipality("export", folder)
    assert json.loads((folder / "ledger" / "kop.json").read_text())["kop"] is None
    assert (folder / "ledger" / "koppen.jsonl").read_text() == ""

    with acting_for(offering):
        deposits.deliver()
    municipality("export", tmp_path / "later")
    assert json.loads((tmp_path / "later" / "ledger" / "kop.json").read_text())["kop"]["grootte"] == 1


def test_an_export_needs_a_folder_of_its_own_and_a_close_asks_for_it_first(offering, folder):
    folder.mkdir()
    (folder / "own.txt").write_text("mine")
    for what in ("export", "close"):
        with pytest.raises(CommandError, match="not empty"):
            municipality(what, folder, "--yes")
    assert Municipality.objects.get().closed is None
    assert [one.name for one in folder.iterdir()] == ["own.txt"]
