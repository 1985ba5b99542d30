"""What a connection must hold, and which schemes production must refuse."""

import base64
from dataclasses import replace
from uuid import uuid4

import pytest

from portal.irma.server import IrmaServer, WronglyConnected, is_demo_scheme
from portal.municipalities.connections import Connection

GOOD = Connection(
    id=uuid4(),
    municipality_id=uuid4(),
    kind="irma",
    name="wallet",
    base_url="http://127.0.0.1:8004/",
    credentials={"requestor": "portaal", "hmac_key": base64.b64encode(b"k" * 32).decode()},
    parameters={
        "scheme": "mijn-demo", "server_public_key": "PEM", "server_issuer": "portaal-irma",
        "app_link": "https://open.yivi.app/-/session#{pointer}",
    },
)  # fmt: skip


def test_a_connection_becomes_a_server_that_keeps_its_key_out_of_sight() -> None:
    server = IrmaServer.of(GOOD)

    assert (server.base_url, server.hmac_key, server.host) == ("http://127.0.0.1:8004", b"k" * 32, None)
    assert "kkkk" not in repr(server)
    assert server.link('{"u":"http://x"}') == (
        "https://open.yivi.app/-/session#%7B%22u%22%3A%22http%3A%2F%2Fx%22%7D"
    )


@pytest.mark.parametrize("missing", ["scheme", "server_public_key", "server_issuer", "app_link"])
def test_a_missing_parameter_is_named(missing: str) -> None:
    rest = {name: value for name, value in GOOD.parameters.items() if name != missing}

    with pytest.raises(WronglyConnected, match=f"wallet: {missing} is missing"):
        IrmaServer.of(replace(GOOD, parameters=rest))


@pytest.mark.parametrize(
    ("key", "complaint"),
    [("%%%", "not base64"), (base64.b64encode(b"short").decode(), "shorter than 32 bytes")],
)
def test_a_bad_key_is_named_but_not_shown(key: str, complaint: str) -> None:
    with pytest.raises(WronglyConnected, match=complaint) as refused:
        IrmaServer.of(replace(GOOD, credentials={"requestor": "portaal", "hmac_key": key}))
    assert key not in str(refused.value)


@pytest.mark.parametrize(
    ("scheme", "demo"),
    [("pbdf", False), ("mijn-demo", True), ("irma-demo", True), ("PBDF", True), ("", True)],
)
def test_every_scheme_but_the_real_one_is_a_demo(scheme: str, demo: bool) -> None:
    assert is_demo_scheme(scheme) is demo
