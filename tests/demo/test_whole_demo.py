"""The whole demo as a newcomer meets it: it starts, keeps its state, and ends without a trace."""

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import httpx
import pytest

from demo.addresses import REGISTERS
from tests.running_demo import RunningDemo, free_ports, running_demo, start_demo

pytestmark = pytest.mark.e2e
PATIENCE = 30.0  # seconds until the last process is gone


@pytest.fixture(scope="module")
def ports() -> int:
    return free_ports()


@pytest.fixture(scope="module")
def first(ports: int) -> Iterator[RunningDemo]:
    """The first start of a state."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-demo-", ignore_cleanup_errors=True) as folder,
        running_demo(Path(folder), ports) as demo,
    ):
        yield demo


def test_it_tells_other_programs_where_everything_is(first: RunningDemo) -> None:
    urls = first.urls
    assert {one["slug"] for one in urls["municipalities"]} == {"zandmeer", "veldrecht", "oeverstad"}
    assert all(one.keys() == {"slug", "name", "url"} for one in urls["municipalities"])
    assert urls["cms"].keys() == {"url", "accounts"}
    assert all(one.keys() == {"username", "password", "role"} for one in urls["cms"]["accounts"])
    assert urls["registers"].keys() == set(REGISTERS)
    assert Path(urls["irma"]["schemes_path"]).is_dir()
    assert all(one.keys() == {"bsn", "name", "story"} for one in urls["residents"])
    for part in (urls["desk"], urls["wallet"], urls["identity_provider"]):
        assert httpx.get(f"{part['url']}/healthz").status_code == 200
    assert httpx.get(f"{urls['irma']['url']}/health").status_code == 200


def test_every_municipality_and_the_cms_answer(first: RunningDemo) -> None:
    for host in ("zandmeer", "veldrecht", "oeverstad"):
        assert visit(first, f"{host}.localhost", "/").status_code == 200
    assert visit(first, "cms.localhost", "/admin/login/").status_code == 200
    assert visit(first, "unknown.localhost", "/").status_code == 400


def test_a_second_demo_on_the_same_ports_says_what_is_taken(first: RunningDemo, tmp_path: Path) -> None:
    second = start_demo(tmp_path, first.first_port)
    assert second.process.wait(60) == 1
    assert f"{first.first_port} (portal)" in second.output.read_text()
    assert "DEMO_PORT=" in second.output.read_text()


def test_it_ends_whole_keeps_its_state_and_dies_whole(first: RunningDemo) -> None:
    before, started = first.urls, descendants(first.process.pid)
    assert len(started) > 10

    assert first.stop() == 0
    assert gone(started)

    again = start_demo(first.state, first.first_port)
    try:
        again.wait_until_ready()
        assert again.urls == before
        assert "Static files" not in again.output.read_text()
        started = descendants(again.process.pid)
        again.process.send_signal(signal.SIGKILL)  # nothing of the demo gets to say goodbye
        again.process.wait(PATIENCE)
        assert gone(started)
    finally:
        again.stop()


def visit(demo: RunningDemo, host: str, path: str) -> httpx.Response:
    """Python does not resolve *.localhost, so say the host ourselves."""
    return httpx.get(
        f"http://127.0.0.1:{demo.first_port}{path}", headers={"Host": f"{host}:{demo.first_port}"}, timeout=30
    )


def descendants(pid: int) -> set[int]:
    """Every process that this one started, and those they started."""
    children = {
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    }
    return children.union(*(descendants(child) for child in children))


def gone(pids: set[int]) -> bool:
    """Whether they all end in time; a zombie, whose parent is slow to look, has ended."""
    end = monotonic() + PATIENCE
    while left := {pid for pid in pids if alive(pid)}:
        if monotonic() > end:
            raise AssertionError({pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in left})
        Event().wait(0.1)  # between two looks
    return True


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
