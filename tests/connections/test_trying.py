"""Trying a connection where it stands: a word out of a fixed set for each kind of answer of a real server."""

import datetime
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from demo.registers.serving import Register
from portal.municipalities import outgoing
from portal.registers.connecting import connection_kind
from portal.registers.outcomes import WORDS, Outcome
from portal.registers.response_times import lately
from portal.registers.trying import tried
from tests.mijn.conftest import connected
from tests.registers.conftest import brp_connection, zaken_connection

from .conftest import Z, text

pytestmark = pytest.mark.django_db
Behave = Callable[[BaseHTTPRequestHandler], None]
LEAK = "999970458 Helga Huisman"
"""What a server says beside its answer; never on our page."""


@contextmanager
def server(behave: Behave, context: ssl.SSLContext | None = None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            behave(self)

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    if context:
        made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"{'https' if context else 'http'}://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def say(status: int, body: str = LEAK, **headers: str) -> Behave:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return behave


def outcome(url: str, **credentials: str) -> Outcome:
    kind = connection_kind("brp")
    assert kind is not None
    (found,) = tried(brp_connection(url, **credentials), kind)
    return found.outcome


WRONG = '{"code": "paramsValidation", "invalidParams": [{"name": "type", "code": "value", "reason": "x"}]}'


@pytest.mark.parametrize(
    ("behave", "expected"),
    [
        (say(400, WRONG), Outcome.WORKS),
        (say(400), Outcome.UNEXPECTED),
        (say(200, "{}"), Outcome.UNEXPECTED),
        (say(401), Outcome.KEY_REFUSED),
        (say(403), Outcome.NO_RIGHT),
        (say(404), Outcome.NOT_FOUND),
        (say(302, Location="http://127.0.0.1:1/"), Outcome.SENT_ELSEWHERE),
        (say(500), Outcome.UNEXPECTED),
        (say(400, WRONG, **{"Content-Encoding": "gzip"}), Outcome.UNEXPECTED),
    ],
)
def test_each_answer_has_its_word(behave: Behave, expected: Outcome) -> None:
    with server(behave) as url:
        assert outcome(url) is expected


def test_a_repair_shows_at_once_in_how_a_connection_stands() -> None:
    kind = connection_kind("brp")
    assert kind is not None
    with server(say(500)) as url:
        broken = brp_connection(url)
        tried(broken, kind)
    assert lately([broken])[broken.id].fault is Outcome.UNEXPECTED
    with server(say(400, WRONG)) as url:
        tried(replace(broken, base_url=brp_connection(url).base_url), kind)
    known = lately([broken])[broken.id]
    assert known.well
    assert known.failed
    assert known.well >= known.failed


def test_an_answer_that_does_not_come_has_a_time_limit(monkeypatch) -> None:
    from portal.registers import caller

    monkeypatch.setattr(caller, "LIMIT", 0.3)
    over = Event()
    with server(lambda _handler: over.wait(5) and None) as url:
        assert outcome(url) is Outcome.TOO_LATE
        over.set()


def test_nobody_listens_or_the_name_is_none_or_the_operator_did_not_list_it(settings, monkeypatch) -> None:
    with server(say(200)) as url:
        pass
    assert outcome(url) is Outcome.NOBODY_THERE
    assert outcome("http://bestaat-niet.invalid") is Outcome.NO_SUCH_NAME
    monkeypatch.setattr(outgoing, "resolve", lambda _host, _port: ["10.0.0.5"])
    assert outcome("http://brp.example") is Outcome.NOT_ALLOWED
    settings.OUTGOING_HOSTS = ["brp.example"]
    assert outcome("http://elders.example") is Outcome.NOT_ALLOWED


class TestCertificates:
    """Theirs and ours."""

    def test_one_that_we_believe_works(self, authority, tmp_path) -> None:
        with server(say(400, WRONG), authority.context("127.0.0.1")) as url:
            assert outcome(url) is Outcome.WORKS

    def test_one_that_is_over(self, authority) -> None:
        with server(say(400, WRONG), authority.context("127.0.0.1", days=-1)) as url:
            assert outcome(url) is Outcome.CERTIFICATE_EXPIRED

    def test_one_for_another_name(self, authority) -> None:
        with server(say(400, WRONG), authority.context("10.1.1.1")) as url:
            assert outcome(url) is Outcome.CERTIFICATE_OF_ANOTHER

    def test_one_of_somebody_whom_we_do_not_know(self, authority, tmp_path) -> None:
        other = Authority(tmp_path / "other")
        with server(say(400, WRONG), other.context("127.0.0.1")) as url:
            assert outcome(url) is Outcome.CERTIFICATE_UNKNOWN

    def test_ours_is_shown_and_one_who_misses_it_is_told_apart(self, authority) -> None:
        certificate, key = authority.made("mijn")
        asks = authority.context("127.0.0.1")
        asks.verify_mode = ssl.CERT_REQUIRED
        asks.load_verify_locations(authority.file)
        with server(say(400, WRONG), asks) as url:
            assert outcome(url, certificate=certificate, certificate_key=key) is Outcome.WORKS
            # In TLS 1.3 a client hears of it late, and often only that the line went dead.
            assert outcome(url) is not Outcome.WORKS
        asks.maximum_version = ssl.TLSVersion.TLSv1_2
        with server(say(400, WRONG), asks) as url:
            assert outcome(url) is Outcome.OURS_REFUSED


class TestOnThePage:
    """What an administrator sees of it."""

    def test_every_part_of_a_case_system_has_its_word_and_nobody_is_asked_about(
        self, karim, zaken_id, zaken_fake: Register
    ) -> None:
        zaken_fake.misbehave("401", where="besluiten")
        page = text(karim.post(f"{Z}{zaken_id}/test/"))
        results = {str(one.label): one.outcome for one in self.results(karim, zaken_id)}
        assert results == {
            "Zaken": Outcome.WORKS, "Catalogi": Outcome.WORKS, "Documenten": Outcome.WORKS,
            "Besluiten": Outcome.KEY_REFUSED,
        }  # fmt: skip
        assert 'role="status"' in page
        assert not [call for call in zaken_fake.calls if "bsn" in call.lower() or "rol" in call]

    def test_neither_the_body_nor_the_text_of_a_fault_is_shown(self, karim, zandmeer) -> None:
        with server(say(500)) as url:
            brp = connected(zandmeer, brp_connection(url))
            page = text(karim.post(f"{Z}{brp}/test/"))
        assert str(WORDS[Outcome.UNEXPECTED]) in page
        assert "999970458" not in page
        assert "500" not in page.partition("<main")[2]

    def test_five_times_a_minute_for_each_administrator(self, karim, lotte, zaken_id, zaken_fake) -> None:
        for _time in range(5):
            assert "Te vaak geprobeerd" not in text(karim.post(f"{Z}{zaken_id}/test/"))
        zaken_fake.calls.clear()
        assert "Te vaak geprobeerd" in text(karim.post(f"{Z}{zaken_id}/test/"))
        assert zaken_fake.calls == []
        assert "Te vaak geprobeerd" not in text(lotte.post(f"{Z}{zaken_id}/test/"))

    def test_one_that_is_switched_off_can_be_tried_before_it_is_switched_on(self, karim, zaken_id) -> None:
        karim.post(f"{Z}{zaken_id}/aan-uit/", {"off": "1"})
        assert {one.outcome for one in self.results(karim, zaken_id)} == {Outcome.WORKS}

    @staticmethod
    def results(karim: Any, connection: Any) -> Any:
        return karim.post(f"{Z}{connection}/test/").context["results"]


@pytest.mark.parametrize(
    ("name", "refused", "credentials", "parameters"),
    [
        ("klantinteracties", say(404, '{"code": "not_found"}'), {"token": "x"}, {}),
        ("taken", say(404, '{"code": "not_found"}'), {"token": "x"}, {"back_end": "open-vtb"}),
        ("taken", say(404, '{"detail": "Not found."}'), {"token": "x"}, {"back_end": "objecten"}),
        ("berichten", say(404, '{"code": "not_found"}'), {"token": "x"}, {}),
        ("woz", say(404, '{"code": "notFound"}'), {"api_key": "x"}, {}),
        ("kvk", say(404, '{"fout": []}'), {"api_key": "x"}, {}),
        ("reisdocumenten", say(400, WRONG), {"api_key": "x"}, {}),
    ],
)
def test_every_register_is_asked_for_what_nobody_has(name, refused, credentials, parameters) -> None:
    kind = connection_kind(name)
    assert kind is not None
    with server(refused) as url:
        there = replace(zaken_connection(url), kind=name, credentials=credentials, parameters=parameters)
        assert [one.outcome for one in tried(there, kind)] == [Outcome.WORKS]
    with server(say(404, "<html>")) as url:  # a page, and no API
        there = replace(there, base_url=url)
        assert [one.outcome for one in tried(there, kind)] == [Outcome.NOT_FOUND]


class Authority:
    """Makes certificates that live as long as a test."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Autoriteit {folder.name}")])
        self._own = self._signed(self._name, self._key, 10, x509.BasicConstraints(ca=True, path_length=0))
        self.file = folder / "authority.pem"
        self.file.write_bytes(self._own.public_bytes(serialization.Encoding.PEM))

    def made(self, name: str, days: int = 5) -> tuple[str, str]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        extra: list[x509.ExtensionType] = [x509.BasicConstraints(ca=False, path_length=None)]
        if name[0].isdigit():
            from ipaddress import ip_address

            extra.append(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]))
        certificate = self._signed(subject, key, days, *extra)
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return certificate.public_bytes(pem).decode(), private.decode()

    def context(self, name: str, days: int = 5) -> ssl.SSLContext:
        file = self.folder / f"{name}{days}.pem"
        file.write_text("".join(self.made(name, days)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(
        self, subject: x509.Name, key: Any, days: int, *extra: x509.ExtensionType
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name)
        made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
        made = made.not_valid_before(now - datetime.timedelta(days=9))
        made = made.not_valid_after(now + datetime.timedelta(days=days))
        for one in extra:
            made = made.add_extension(one, critical=isinstance(one, x509.BasicConstraints))
        return made.sign(self._key, hashes.SHA256())


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """One that we believe, as an operator's SSL_CERT_FILE says."""
    made = Authority(tmp_path / "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    outgoing._usual.cache_clear()
    yield made
    outgoing._usual.cache_clear()
