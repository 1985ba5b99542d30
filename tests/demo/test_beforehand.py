"""What the demo refuses before it starts, and that each refusal says what to do."""

import fcntl
import json
import shutil
import socket
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from demo import beforehand
from demo.processes import DemoFailed, refuse_taken_ports
from demo.state import Ports, day_of_reset, secrets_of

Usage = namedtuple("Usage", "total used free")


def test_a_taken_port_is_named_with_the_way_to_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DemoFailed, match=rf"{port} \(portal\)[^$]*DEMO_PORT"):
            refuse_taken_ports({"portal": port})


def test_all_ports_move_with_the_first_and_none_is_used_twice() -> None:
    ports = Ports(9000).all
    assert set(ports.values()) == set(range(9000, 9000 + len(ports))), "in a row, so that one number says all"
    assert len(set(ports.values())) == len(ports)


@pytest.mark.parametrize("wanted", ["80", "65530", "eight", ""])
def test_a_demo_port_that_cannot_be_is_refused(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PORT", wanted)
    with pytest.raises(DemoFailed, match="DEMO_PORT=8100"):
        beforehand.first_port()


def test_a_full_disk_is_named_before_a_first_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10, 9, 100_000_000))
    with pytest.raises(DemoFailed, match=r"0\.1 GB free"):
        beforehand.refuse_full_disk(tmp_path)


def test_two_demos_never_share_a_state(tmp_path: Path) -> None:
    with (
        beforehand.alone(tmp_path),
        pytest.raises(DemoFailed, match="running already"),
        beforehand.alone(tmp_path),
    ):
        pass


def test_reset_is_refused_while_the_demo_runs(tmp_path: Path) -> None:
    with (tmp_path / "running").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DemoFailed, match="running already"):
            beforehand.reset(tmp_path)
    assert tmp_path.exists()


def test_reset_forgets_the_state(tmp_path: Path) -> None:
    state = tmp_path / "state"
    before = secrets_of(state)
    (state / "running").touch()
    beforehand.reset(state)
    assert not state.exists()
    assert secrets_of(state) != before


def test_reset_removes_no_folder_that_is_not_a_demos(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("dear")
    with pytest.raises(DemoFailed, match="nothing was removed"):
        beforehand.reset(tmp_path)
    assert (tmp_path / "letters").exists()


def test_the_day_of_reset_and_the_secrets_stay_for_as_long_as_the_state(tmp_path: Path) -> None:
    (tmp_path / "day").write_text("2026-01-31")
    assert day_of_reset(tmp_path).isoformat() == "2026-01-31"
    assert secrets_of(tmp_path) == secrets_of(tmp_path)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "secrets.json").read_text())["staff_password"]


def test_processes_that_start_at_the_same_moment_agree_on_the_day_and_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as at_once:
        days = list(at_once.map(lambda _: day_of_reset(tmp_path), range(200)))
        secrets = list(at_once.map(lambda _: secrets_of(tmp_path), range(200)))

    assert len(set(days)) == len(set(secrets)) == 1
