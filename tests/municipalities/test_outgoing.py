"""The one way out: only to hosts that the operator listed, at addresses that were looked at (SSRF)."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from portal.municipalities import outgoing
from portal.municipalities.outgoing import AddressRefused, Outgoing, check_addresses, check_host

LISTED = ["brp.example", "*.zaken.example", "zaken.example:8443", "http://outway.intern:8080"]


@pytest.fixture(autouse=True)
def an_operators_list(settings: Any) -> None:
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = LISTED, ["10.20.0.0/16"]


@pytest.mark.parametrize(
    "address",
    [
        "https://brp.example/haalcentraal/",
        "https://BRP.example:443/",
        "https://a.zaken.example/",
        "https://zaken.example:8443/",
        "http://outway.intern:8080/x",
    ],
)
def test_a_listed_host_is_called(address: str) -> None:
    check_host(address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://elsewhere.example/", "a host that is not there"),
        ("https://brp.example.evil.example/", "a name that begins like ours"),
        ("https://evilzaken.example/", "a name that ends like ours, without the dot"),
        ("https://zaken.example/", "below it is listed, it itself is not"),
        ("https://brp.example:8443/", "another port"),
        ("https://brp.example:22/", "another port"),
        ("http://brp.example/", "without TLS"),
        ("ftp://brp.example/", "another scheme"),
        ("file:///etc/passwd", "a file"),
        ("https://brp.example./", "a dot at the end"),
        ("https://brp.example@evil.example/", "a listed name as a user"),
        ("https://user:pass@brp.example/", "a name and password"),
        ("https://2130706433/", "loopback as one number"),
        ("https://0x7f000001/", "loopback in hexadecimal"),
        ("https://0177.0.0.1/", "loopback in octal"),
        ("https://127.1/", "loopback, cut short"),
        ("https://[::ffff:127.0.0.1]/", "loopback in IPv6"),
        ("https://[::1]/", "loopback"),
        ("https://169.254.169.254/", "where clouds keep their secrets"),
        ("https://brp.example\\@evil.example/", "a back slash"),
        ("https:///x", "no host"),
        ("", "nothing"),
    ],
)
def test_any_other_address_is_refused(address: str, why: str) -> None:
    with pytest.raises(AddressRefused):
        check_host(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "10.21.0.1", "172.16.0.1", "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1", "255.255.255.255",
        "192.0.2.1", "::", "::1", "fe80::1", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "ff02::1", "::127.0.0.1", "::ffff:0:7f00:1", "fec0::1", "64:ff9b:1::a00:1",
        "192.0.0.8", "192.88.99.1", "3fff::1", "5f00::1",
    ],
)  # fmt: skip
def test_no_address_within_is_called(address: str) -> None:
    with pytest.raises(AddressRefused):
        check_addresses([address])


@pytest.mark.parametrize("address", ["93.184.215.14", "2a02:10::1", "10.20.0.7", "::ffff:10.20.0.7"])
def test_a_public_address_is_called_and_one_of_the_operators_own_networks(address: str) -> None:
    check_addresses([address])


def test_one_address_within_among_public_ones_spoils_the_name() -> None:
    with pytest.raises(AddressRefused):
        check_addresses(["93.184.215.14", "127.0.0.1"])


class Counting(BaseHTTPRequestHandler):
    """Answers, or sends elsewhere; counts who came, by the name they asked for."""

    came: list[str]

    def do_GET(self) -> None:
        self.came.append(self.headers["Host"])
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/secret")  # type: ignore[attr-defined]
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def served() -> Iterator[tuple[int, list[str]]]:
    came: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Counting,), {"came": came}))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server.server_port, came
    server.shutdown()
    server.server_close()


def get(url: str) -> httpx.Response:
    async def call() -> httpx.Response:
        async with httpx.AsyncClient(transport=Outgoing()) as client:
            return await client.get(url)

    return asyncio.run(call())


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """The name servers say so, the first time; whoever asks again is led to loopback."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return list(addresses) if len(asked) == 1 else ["127.0.0.1"]

    monkeypatch.setattr(outgoing, "resolve", resolve)
    return asked


def test_a_listed_name_that_leads_within_is_not_called(served, settings, monkeypatch) -> None:
    port, came = served
    settings.OUTGOING_HOSTS = [f"http://brp.example:{port}"]
    leads_to(monkeypatch, "127.0.0.1")
    with pytest.raises(AddressRefused):
        get(f"http://brp.example:{port}/")
    with pytest.raises(AddressRefused):
        outgoing.post(f"http://brp.example:{port}/")
    assert came == []


def test_the_address_that_was_looked_at_is_the_one_that_is_called(served, settings, monkeypatch) -> None:
    port, came = served
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = [f"http://brp.example:{port}"], ["127.0.0.1/32"]
    asked = leads_to(monkeypatch, "127.0.0.1")

    assert get(f"http://brp.example:{port}/").status_code == 200

    assert asked == ["brp.example"]  # once, so nothing can change in between
    assert came == [f"brp.example:{port}"]  # and the name is still the one that was meant


def test_a_redirect_is_not_followed(served, settings) -> None:
    port, came = served
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = [f"http://127.0.0.1:{port}"], ["127.0.0.1/32"]
    assert get(f"http://127.0.0.1:{port}/moved").status_code == 302
    moved = outgoing.post(f"http://127.0.0.1:{port}/moved")
    assert moved.status_code == 302
    assert len(came) == 2


@pytest.mark.parametrize("literal", ["2130706433", "0x7f000001", "127.1"])
def test_other_ways_to_write_loopback_are_seen_where_the_operator_lists_them(
    literal, served, settings
) -> None:
    """Some name servers and libraries read these; then what they lead to counts."""
    port, came = served
    settings.OUTGOING_HOSTS = [f"http://{literal}:{port}"]
    with pytest.raises((AddressRefused, httpx.ConnectError)):
        get(f"http://{literal}:{port}/")
    assert came == []


def test_no_proxy_of_the_environment_is_used(served, settings, monkeypatch) -> None:
    port, _came = served
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = [f"http://127.0.0.1:{port}"], ["127.0.0.1/32"]
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed.getsockname()[1]}")
    assert get(f"http://127.0.0.1:{port}/").status_code == 200
    assert outgoing.post(f"http://127.0.0.1:{port}/").status_code == 200
    closed.close()


def test_a_name_server_that_is_silent_on_one_name_holds_up_no_call_to_another(
    served, settings, monkeypatch
) -> None:
    port, _came = served
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = ["http://*.example:*"], ["127.0.0.1/32"]
    over, asked = Event(), []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        if host == "silent.example":
            over.wait(10)
        return ["127.0.0.1"]

    monkeypatch.setattr(outgoing, "resolve", resolve)

    async def call() -> int:
        async with httpx.AsyncClient(transport=Outgoing()) as client:
            waiting = [
                asyncio.ensure_future(client.get(f"http://silent.example:{port}/", timeout=10))
                for _each in range(9)
            ]
            await asyncio.sleep(0)
            async with httpx.AsyncClient(transport=Outgoing()) as other, asyncio.timeout(5):
                answer = await other.get(f"http://well.example:{port}/")
            over.set()
            await asyncio.gather(*waiting)
            return answer.status_code

    assert asyncio.run(call()) == 200
    assert asked.count("silent.example") == 1


def test_a_message_waits_no_longer_for_a_silent_name_server_than_for_anything_else(
    settings, monkeypatch
) -> None:
    settings.OUTGOING_HOSTS = ["https://silent.example"]
    over = Event()
    monkeypatch.setattr(outgoing, "resolve", lambda _host, _port: over.wait(30) and ["127.0.0.1"])
    with pytest.raises(httpx.ConnectTimeout):
        outgoing.post("https://silent.example/", seconds=0.1)
    over.set()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"


@contextmanager
def says(begins: bytes, goes_on: bytes) -> Iterator[str]:
    """The address of a server that begins so, and then goes on and on with the other."""
    over = Event()

    class Drips(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.recv(65536)
                self.request.sendall(begins)
                while not over.wait(0.01):
                    self.request.sendall(goes_on)

    with ThreadingTCPServer(("127.0.0.1", 0), Drips) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        over.set()
        server.shutdown()


@pytest.mark.parametrize("drip", [b"X: y\r\n", b"x"], ids=["in its head", "in its body"])
def test_an_answer_that_goes_on_in_drips_is_broken_off(settings, drip: bytes) -> None:
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = ["*"], ["127.0.0.0/8"]
    with (
        says(b"HTTP/1.1 200 OK\r\n" if b":" in drip else HEAD, drip) as address,
        pytest.raises(httpx.ReadTimeout),
    ):
        outgoing.post(address, seconds=0.3)


def test_an_answer_that_brings_too_much_is_broken_off(settings) -> None:
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = ["*"], ["127.0.0.0/8"]
    with says(HEAD, b"x" * 100_000) as address, pytest.raises(httpx.ReadError):
        outgoing.post(address, seconds=60)


def test_an_address_of_the_operators_own_settings_need_not_be_listed(served, settings) -> None:
    settings.OUTGOING_HOSTS, settings.OUTGOING_NETWORKS = [], []
    port, _came = served
    assert outgoing.post(f"http://127.0.0.1:{port}/", listed=False).status_code == 200
    with pytest.raises(AddressRefused):
        outgoing.post(f"http://127.0.0.1:{port}/")
