"""Production starts on safe settings, and on each unsafe one it refuses and names the setting."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings.refusals import is_loopback, refuse_unsafe_settings, unsafe_settings

from .settings import SAFE

ROOT = Path(__file__).resolve().parents[2]
SETTINGS: Mapping[str, object] = {
    "DEBUG": False,
    "SECRET_KEY": SAFE["SECRET_KEY"],
    "MASTER_KEYS": json.loads(SAFE["MASTER_KEYS"]),
    "CMS_HOST": "cms.portaal.test",
    "COUNTER_HOST": "balie.portaal.test",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "STAFF_PASSWORDS": False,
    "SESSION_COOKIE_NAME": "__Host-staff",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'none'"]}},
    "CACHES": {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://redis/0"}
    },
    "ERASURE_LIST": "/data/erasures.jsonl",
    "GRANT_KEYS": "/data/grant-keys",
    "HEADS_FILE": "/data/heads.jsonl",
    "LEDGER_WITNESS_URL": "https://getuige.test/koppen",
    "EMAIL_HOST": "mail.portaal.test",
    "NOTICES_ADDRESS": "berichten@portaal.test",
    "TRUSTED_IP_HEADER": "X-Real-IP",
    "OUTGOING_HOSTS": ["*.diensten.test"],
}
STAFF = {"issuer": "https://in.example", "client_id": "cms", "private_key": "PEM", "groups": {"a": "b"}}
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NO_REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ""}}
UNSAFE_POLICY = {"DIRECTIVES": {"script-src": ["'self'", "'unsafe-inline'"]}}
THIRTY_TWO = base64.b64encode(bytes(range(32))).decode()

UNSAFE = [
    ("DEBUG", True, "DEBUG"),
    ("SECRET_KEY", "", "SECRET_KEY"),
    ("SECRET_KEY", "too short", "SECRET_KEY"),
    ("SECRET_KEY", "demo-" + "x" * 60, "SECRET_KEY"),
    ("MASTER_KEYS", {}, "MASTER_KEYS"),
    ("MASTER_KEYS", {"k1": "not base64"}, "MASTER_KEYS"),
    ("MASTER_KEYS", {"k1": base64.b64encode(b"short").decode()}, "MASTER_KEYS"),
    ("MASTER_KEYS", {"k1": base64.b64encode(b"x" * 32).decode()}, "MASTER_KEYS"),
    ("MASTER_KEYS", {"demo-1": THIRTY_TWO}, "MASTER_KEYS"),
    ("MASTER_KEYS", {"test": THIRTY_TWO}, "MASTER_KEYS"),
    ("CMS_HOST", "", "CMS_HOST"),
    ("COUNTER_HOST", "", "COUNTER_HOST"),
    ("COUNTER_HOST", "balie.localhost", "COUNTER_HOST"),
    ("COUNTER_HOST", "cms.portaal.test", "COUNTER_HOST"),
    ("CMS_HOST", "cms.localhost", "CMS_HOST"),
    ("CMS_HOST", "127.0.0.1", "CMS_HOST"),
    ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE"),
    ("CSRF_COOKIE_SECURE", False, "CSRF_COOKIE_SECURE"),
    ("SECURE_SSL_REDIRECT", False, "SECURE_SSL_REDIRECT"),
    ("SECURE_HSTS_SECONDS", 3600, "SECURE_HSTS_SECONDS"),
    ("STAFF_PASSWORDS", True, "STAFF_PASSWORDS"),
    ("DEMO_WALLET_URL", "http://127.0.0.1:8005", "DEMO_WALLET_URL"),
    ("SESSION_COOKIE_NAME", "sessionid", "SESSION_COOKIE_NAME"),
    ("CSRF_COOKIE_NAME", "csrftoken", "CSRF_COOKIE_NAME"),
    ("CONTENT_SECURITY_POLICY", UNSAFE_POLICY, "CONTENT_SECURITY_POLICY"),
    ("CONTENT_SECURITY_POLICY", "", "CONTENT_SECURITY_POLICY"),
    ("CACHES", LOCMEM, "REDIS_URL"),
    ("CACHES", NO_REDIS, "REDIS_URL"),
    ("ERASURE_LIST", "", "ERASURE_LIST"),
    ("GRANT_KEYS", "", "GRANT_KEYS"),
    ("HEADS_FILE", "", "HEADS_FILE"),
    ("LEDGER_WITNESS_URL", "", "LEDGER_WITNESS_URL"),
    ("LEDGER_WITNESS_URL", "http://getuige.test/koppen", "LEDGER_WITNESS_URL"),
    ("LEDGER_WITNESS_URL", "https://127.0.0.1/koppen", "LEDGER_WITNESS_URL"),
    ("EMAIL_HOST", "", "EMAIL_HOST"),
    ("NOTICES_ADDRESS", "berichten@localhost", "NOTICES_ADDRESS"),
    ("NOTICES_ADDRESS", "portaal.test", "NOTICES_ADDRESS"),
    ("LDV_URL", "http://log.portaal.test/v1/traces", "LDV_URL"),
    ("PUBLICATIONS_URL", "http://repository.overheid.nl/sru", "PUBLICATIONS_URL"),
    ("PUBLICATIONS_URL", "https://localhost/sru", "PUBLICATIONS_URL"),
    ("PUBLICATIONS_SITE", "https://zoek.officielebekendmakingen.nl", "PUBLICATIONS_SITE"),
    ("PUBLICATIONS_SITE", "http://zoek.officielebekendmakingen.nl/", "PUBLICATIONS_SITE"),
    ("OUTGOING_HOSTS", [], "OUTGOING_HOSTS"),
    ("OUTGOING_HOSTS", ["*"], "OUTGOING_HOSTS"),
    ("OUTGOING_HOSTS", ["brp.example", "http://localhost:*"], "OUTGOING_HOSTS"),
    ("OUTGOING_HOSTS", ["http://127.0.0.1:8080"], "OUTGOING_HOSTS"),
    ("OUTGOING_NETWORKS", ["127.0.0.0/8"], "OUTGOING_NETWORKS"),
    ("OUTGOING_NETWORKS", ["169.254.169.254/32"], "OUTGOING_NETWORKS"),
    ("OUTGOING_NETWORKS", ["::1/128"], "OUTGOING_NETWORKS"),
    ("OUTGOING_NETWORKS", ["0.0.0.0/0"], "OUTGOING_NETWORKS"),
    ("OUTGOING_NETWORKS", ["binnen"], "OUTGOING_NETWORKS"),
    ("TRUSTED_IP_HEADER", "", "TRUSTED_IP_HEADER"),
    ("CLAMD_ADDRESS", "clamav:3310", "CLAMD_ADDRESS"),
    ("CLAMD_ADDRESS", "http://clamav:3310", "CLAMD_ADDRESS"),
    ("STAFF_OIDC", {**STAFF, "issuer": "http://inloggen.example"}, "STAFF_OIDC"),
    ("STAFF_OIDC", {**STAFF, "issuer": "https://localhost"}, "STAFF_OIDC"),
    ("STAFF_OIDC", {**STAFF, "private_key": ""}, "STAFF_OIDC"),
    ("STAFF_OIDC", {**STAFF, "groups": {}}, "STAFF_OIDC"),
]


def test_safe_settings_are_not_refused() -> None:
    assert unsafe_settings(SETTINGS) == []
    for scanner in ("", "tcp://clamav:3310", "tcp://[fd00::7]:3310", "unix:/run/clamav/clamd.ctl"):
        assert unsafe_settings({**SETTINGS, "CLAMD_ADDRESS": scanner}) == []


@pytest.mark.parametrize(("setting", "value", "named"), UNSAFE)
def test_each_unsafe_setting_is_refused_by_its_name(setting: str, value: object, named: str) -> None:
    (fault,) = unsafe_settings({**SETTINGS, setting: value})
    assert fault.startswith(named)


def test_all_reasons_are_told_at_once() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"(?s)DEBUG.*EMAIL_HOST"):
        refuse_unsafe_settings({**SETTINGS, "DEBUG": True, "EMAIL_HOST": ""})


@pytest.mark.parametrize(
    "address",
    [
        "localhost",
        "127.0.0.1",
        "127.8.8.8:80",
        "http://localhost/x",
        "https://zandmeer.localhost",
        "http://[::1]:1",
    ],
)
def test_this_machine_is_known_by_all_its_names(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["https://brp.example", "https://localhost.example", "10.0.0.1"])
def test_another_machine_is_another_machine(address: str) -> None:
    assert not is_loopback(address)


def test_the_deployment_check_finds_nothing() -> None:
    done = run(SAFE, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_it_does_not_start_on_what_is_missing_and_says_what() -> None:
    done = run({**SAFE, "EMAIL_HOST": "", "REDIS_URL": ""}, "-c", "import portal.wsgi")
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr
    assert "EMAIL_HOST" in done.stderr
    assert "REDIS_URL" in done.stderr


def test_it_does_not_serve_as_the_owner_of_the_tables(db: None) -> None:
    owner = os.environ["DATABASE_OWNER_URL"]
    done = run({**SAFE, "DATABASE_URL": owner}, "-c", "import portal.wsgi")
    assert done.returncode != 0
    assert "Refusing to start" in done.stderr or "does not exist" in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SAFE["SECRET_KEY"] + "\n")
    given = {**SAFE, "SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "secret")}
    assert run(given, "manage.py", "check").returncode == 0


def run(settings: Mapping[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=ROOT, env={**inherited, **settings}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
