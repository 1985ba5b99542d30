"""Asking clamd: only a clear word counts, and everything else means that it is not known."""

import io
import socket
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from demo.registers.scanner import Scanner
from portal.uploads import scanner
from portal.uploads.scanner import Infected, ScannerDown, scan

from . import files


@pytest.fixture
def clamd(settings: Any) -> Iterator[Scanner]:
    with Scanner(largest=2_000_000) as running:
        settings.CLAMD_ADDRESS = running.address
        yield running


def test_a_clean_file_is_clean_and_one_with_a_virus_is_not(clamd: Scanner) -> None:
    scan(io.BytesIO(files.pdf()))
    scan(io.BytesIO(bytes(1_500_000)))
    with pytest.raises(Infected) as found:
        scan(io.BytesIO(bytes(700_000) + files.EICAR + bytes(700_000)))
    assert found.value.reason == Infected.VIRUS


def test_what_it_could_not_look_into_is_told_apart_from_a_virus() -> None:
    assert Infected("Heuristics.Limits.Exceeded.MaxFileSize").reason == Infected.UNSCANNABLE
    assert Infected("Win.Test.EICAR_HDB-1").reason == Infected.VIRUS


@pytest.mark.parametrize("fault", ["500", "404", "broken", "truncated", "schema"])
def test_without_a_clear_word_it_is_not_known(clamd: Scanner, fault: str) -> None:
    clamd.page.misbehave(fault)
    with pytest.raises(ScannerDown):
        scan(io.BytesIO(files.pdf()))


def test_a_limit_that_is_too_low_is_told_to_operators(clamd: Scanner) -> None:
    with pytest.raises(ScannerDown, match="size limit"):
        scan(io.BytesIO(bytes(3_000_000)))


def test_one_that_hangs_holds_nobody_up_for_long(clamd: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "TO_SCAN", 0.3)
    clamd.page.misbehave("hang")
    began = monotonic()
    with pytest.raises(ScannerDown, match="too slow"):
        scan(io.BytesIO(files.pdf()))
    assert monotonic() - began < 3


def test_nobody_there_and_a_wrong_address_are_not_known_either(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "unix:/nowhere/clamd.ctl", "clamd:3310"):
        settings.CLAMD_ADDRESS = address
        with pytest.raises(ScannerDown):
            scan(io.BytesIO(files.pdf()))


def test_it_also_listens_on_a_socket_of_the_machine(settings: Any, tmp_path: Any) -> None:
    from threading import Thread

    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen(1)

        def say_ok() -> None:
            line, _where = listening.accept()
            with line:
                while not line.recv(100_000).endswith(b"\0\0\0\0"):
                    pass
                line.sendall(b"stream: OK\0")

        Thread(target=say_ok, daemon=True).start()
        settings.CLAMD_ADDRESS = f"unix:{path}"
        scan(io.BytesIO(b"tekst"))
