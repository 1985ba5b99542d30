"""Web and worker refuse a database that is the demo's, and connections that only a demo may have."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.municipalities.acting import acting_for
from portal.municipalities.connections import Connection, connect
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.startup import faults_of_connection, refuse_demo, refuse_wrong_role

IRMA_CREDENTIALS = {"requestor": "portaal", "hmac_key": "x" * 44}
IRMA = {"scheme": "pbdf", "server_public_key": "PEM"}
BRP = "https://brp.example/"

REFUSED: list[tuple[str, str, Mapping[str, str], Mapping[str, Any], str]] = [
    ("brp", "https://127.0.0.1:8002/", {}, {}, "base_url"),
    ("brp", "https://localhost/", {}, {}, "base_url"),
    ("oidc", "https://inloggen.localhost/", {}, {}, "base_url"),
    ("zaken", "http://zaken.example/", {}, {}, "https"),
    ("brp", BRP, {"api_key": "demo-abc"}, {}, "demo's"),
    ("irma", "http://irma:8088", IRMA_CREDENTIALS, {**IRMA, "scheme": "mijn-demo"}, "scheme"),
    ("irma", "http://irma:8088", IRMA_CREDENTIALS, {**IRMA, "scheme": "irma-demo"}, "scheme"),
    ("irma", "http://irma:8088", IRMA_CREDENTIALS, {**IRMA, "scheme": ""}, "scheme"),
    ("irma", "http://irma:8088", {"requestor": "portaal"}, IRMA, "open permissions"),
    ("irma", "http://irma:8088", IRMA_CREDENTIALS, {"scheme": "pbdf"}, "server_public_key"),
]


@pytest.mark.parametrize(("kind", "url", "credentials", "parameters", "why"), REFUSED)
def test_a_connection_of_a_demo_is_refused(
    kind: str, url: str, credentials: Mapping[str, str], parameters: Mapping[str, Any], why: str
) -> None:
    faults = faults_of_connection(connection(kind, url, credentials, parameters))
    assert any(why in fault for fault in faults)
    assert all(kind in fault for fault in faults)
    assert "abc" not in str(faults)


@pytest.mark.parametrize(
    ("kind", "url", "credentials", "parameters"),
    [
        ("brp", BRP, {"api_key": "k"}, {}),
        ("irma", "http://irma:8088", IRMA_CREDENTIALS, IRMA),  # inside; only /irma/ is published, over TLS
    ],
)
def test_a_real_connection_is_not(
    kind: str, url: str, credentials: Mapping[str, str], parameters: Mapping[str, Any]
) -> None:
    assert faults_of_connection(connection(kind, url, credentials, parameters)) == []


@pytest.mark.django_db(transaction=True)
def test_a_fictional_municipality_stops_production() -> None:
    found("zandmeer", "Zandmeer", "zandmeer.localhost", "9901", "zandmeer", {}, fictional=True)
    with pytest.raises(ImproperlyConfigured, match="zandmeer: the database is a demo's"):
        refuse_demo()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["brp", "sociaal", "sms"])
def test_a_demo_connection_of_any_municipality_stops_production(kind: str) -> None:
    real()
    with acting_for(real("oord", "0002")):
        _connected("http://127.0.0.1:8002/", kind)
    with pytest.raises(ImproperlyConfigured, match=f"oord: connection {kind}"):
        refuse_demo()


@pytest.mark.django_db(transaction=True)
def test_a_real_database_does_not() -> None:
    with acting_for(real()):
        _connected(BRP)
    refuse_demo()
    refuse_wrong_role()


def real(slug: str = "stad", code: str = "0001") -> Municipality:
    return found(slug, slug.title(), f"{slug}.example", code, "_base", {})


def _connected(url: str, kind: str = "brp") -> None:
    from django.db import transaction

    with transaction.atomic():
        connect(kind, "naam", url, {"api_key": "k"}, {})


def connection(
    kind: str, url: str, credentials: Mapping[str, str], parameters: Mapping[str, Any]
) -> Connection:
    return Connection(uuid4(), uuid4(), kind, "naam", url, credentials, parameters)
