"""The demo's Klantinteracties never breaks, whatever the API's text lets a client send (schemathesis)."""

import pytest

from demo.registers.serving import Register
from tests.registers.test_fuzz import fuzz

from .test_contract import ROOT, TEXT

READ = [
    f"/{kind}{one}"
    for kind in ("partijen", "klantcontacten", "betrokkenen", "digitaleadressen", "onderwerpobjecten")
    for one in ("", "/{uuid}")
]
WRITTEN = [
    ("/partijen", "POST"),
    ("/digitaleadressen", "POST"),
    ("/maak-klantcontact", "POST"),
    ("/digitaleadressen/{uuid}", "PATCH"),
    ("/digitaleadressen/{uuid}", "DELETE"),
    ("/klantcontacten/{uuid}", "PATCH"),
]


@pytest.mark.parametrize(("path", "method"), [*((path, "GET") for path in READ), *WRITTEN])
def test_klantinteracties_never_breaks(klant_fake: Register, path: str, method: str) -> None:
    fuzz(TEXT, path, method, klant_fake.url + ROOT, {"Authorization": "Token token of 9901"})
