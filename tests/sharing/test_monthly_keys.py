"""The keys of grants hang on a key of the month that no backup of the database holds."""

from pathlib import Path

import pytest
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.crypto import DoesNotDecrypt
from portal.municipalities.written_once import write_once
from portal.sharing import grants, monthly, sweeper
from portal.sharing.models import Grant, GrantKey
from portal.sharing.values import unseal

from .conftest import gives, new_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.GRANT_KEYS = str(tmp_path / "keys")
    monthly.forget_held_keys()
    yield Path(settings.GRANT_KEYS)
    monthly.forget_held_keys()


def months(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.key"))


def at_noon(clock, year: int, month: int, day: int) -> None:
    clock.time = clock.time.replace(year=year, month=month, day=day, hour=12)


def test_without_the_key_of_the_month_the_database_and_the_master_key_give_nothing(
    folder, clock, helga, desk
):
    grant = gives(helga)
    next(folder.glob("*.key")).unlink()
    monthly.forget_held_keys()
    with pytest.raises(DoesNotDecrypt):
        unseal(grant)


def test_living_grants_move_on_and_the_past_key_is_destroyed(folder, clock, helga, desk, in_zandmeer):
    at_noon(clock, 2027, 1, 20)
    grant = gives(helga)
    assert months(folder) == ["2027-01"]

    at_noon(clock, 2027, 2, 5)
    assert monthly.move_on(clock()) == 1
    assert monthly.move_on(clock()) == 0
    assert sweeper.destroy_past_keys([in_zandmeer]) == ["2027-01"]

    assert months(folder) == ["2027-02"]
    assert unseal(grants.rows().get(id=grant.id))["email"] == "helga@voorbeeld.example"


def test_a_row_of_a_backup_does_not_come_back_to_life(folder, clock, helga, desk, in_zandmeer):
    at_noon(clock, 2027, 1, 20)
    grant = gives(helga)
    backup = GrantKey.objects.get(grant=grant), bytes(Grant.objects.get(id=grant.id).values)
    grants.withdraw(helga, grant.id)

    at_noon(clock, 2027, 2, 5)
    sweeper.destroy_past_keys([in_zandmeer])
    restored, values = backup
    restored.save(force_insert=True)
    grant.values = values
    with pytest.raises(DoesNotDecrypt):
        unseal(grant)


def test_a_key_that_somebody_still_hangs_on_stays(folder, clock, helga, desk, in_zandmeer):
    at_noon(clock, 2027, 1, 20)
    gives(helga)
    at_noon(clock, 2027, 2, 5)
    assert sweeper.destroy_past_keys([in_zandmeer]) == []
    assert months(folder) == ["2027-01"]


def test_in_the_first_days_of_a_month_nothing_is_destroyed_since_somebody_may_still_be_writing(
    folder, clock, helga, desk, in_zandmeer
):
    at_noon(clock, 2027, 1, 31)
    grants.withdraw(helga, gives(helga).id)
    at_noon(clock, 2027, 2, 1)
    assert sweeper.destroy_past_keys([in_zandmeer]) == []


def test_a_grant_whose_key_does_not_open_holds_up_no_other(folder, clock, helga, desk):
    at_noon(clock, 2027, 1, 20)
    broken, whole = gives(helga), gives(new_session())
    GrantKey.objects.filter(grant=broken).update(wrapped=b"x" * 60)
    at_noon(clock, 2027, 2, 5)
    assert monthly.move_on(clock()) == 1
    assert unseal(grants.rows().get(id=whole.id))
    with pytest.raises(DoesNotDecrypt):
        unseal(grants.rows().get(id=broken.id))


def test_many_grants_of_a_backup_whose_month_is_gone_hold_up_no_other(folder, clock, helga, desk, caplog):
    at_noon(clock, 2027, 1, 20)
    of_the_backup, whole = [gives(new_session()) for _ in range(7)], [gives(new_session()) for _ in range(4)]
    gone = GrantKey.objects.filter(grant__in=of_the_backup)
    gone.update(master="2026-12/of-the-backup")
    at_noon(clock, 2027, 2, 5)
    assert sum(monthly.move_on(clock(), most=3) for _ in range(4)) == 4
    assert len(caplog.records) <= 4
    assert all(unseal(grants.rows().get(id=grant.id)) for grant in whole)
    assert not monthly.is_in_use("2027-01")

    gone.update(master=GrantKey.objects.get(grant=whole[0]).master.replace("2027-02", "2027-01"))
    assert sum(monthly.move_on(clock(), most=3) for _ in range(6)) == 7  # their month was found after all


def test_a_key_that_another_process_destroyed_is_soon_gone_here_too(folder, clock, helga, desk, monkeypatch):
    grant = gives(helga)
    next(folder.glob("*.key")).unlink()
    assert unseal(grant)
    at = monthly.monotonic()
    monkeypatch.setattr(monthly, "monotonic", lambda: at + monthly.HELD + 1)
    with pytest.raises(DoesNotDecrypt):
        unseal(grant)
    assert not monthly._held


def test_two_processes_that_meet_a_new_month_write_one_key(folder, tmp_path):
    file = folder / "2027-03.key"
    write_once(file, "first")
    write_once(file, "second")
    assert file.read_text() == "first"
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_moves_them_on(folder, clock, offering):
    at_noon(clock, 2027, 1, 20)
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    at_noon(clock, 2027, 2, 5)
    sweeper.sweep(offering)
    with acting_for(offering), transaction.atomic():
        assert GrantKey.objects.get().master.startswith("2027-02/")
