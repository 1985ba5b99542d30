"""The demo's registers never break, whatever the official texts let a client send (schemathesis)."""

from typing import Any

import pytest
import schemathesis

# Read now, while there is one thread: it parses Python, which in 3.11 fails beside another thread that does
# (python/cpython#106905).
import schemathesis.specs.openapi.schemas
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from demo.registers.serving import Register
from portal.registers.zgw_token import headers

from .conftest import KEY, zaken_connection
from .specs import spec_of
from .test_contracts import BRP, NOT_IN_THE_TEXT

QUIET = settings(
    max_examples=40,
    derandomize=True,  # the same calls at every run
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
READ = [
    "/zaken",
    "/zaken/{uuid}",
    "/zaken/_zoek",
    "/rollen",
    "/rollen/{uuid}",
    "/statussen",
    "/statussen/{uuid}",
    "/resultaten",
    "/resultaten/{uuid}",
    "/zaakinformatieobjecten",
    "/zaken/{zaak_uuid}/zaakeigenschappen",
]
TYPES = [
    f"/{what}{one}"
    for what in ("zaaktypen", "statustypen", "resultaattypen", "roltypen", "besluittypen")
    for one in ("", "/{uuid}")
]


def fuzz(name: str, path: str, method: str, base: str, sent: dict[str, str]) -> None:
    """Call one operation with everything its text allows and much that it does not."""
    schema: Any = schemathesis.openapi.from_dict(spec_of(name, base))
    operation = schema[path][method]

    @QUIET
    @given(case=operation.as_strategy())
    def never_breaks(case: Any) -> None:
        answer = case.call(base_url=base, headers=sent)
        case.validate_response(answer, checks=[CHECKS.get_one("not_a_server_error")])
        assert answer.status_code != 501

    never_breaks()


def test_the_brp_never_breaks(brp_fake: Register) -> None:
    base = f"{brp_fake.url}/haalcentraal/api/brp"

    fuzz(BRP, "/personen", "POST", base, {"X-Api-Key": KEY, **dict.fromkeys(NOT_IN_THE_TEXT, "x")})


@pytest.mark.parametrize("path", READ)
def test_the_case_system_never_breaks(zaken_fake: Register, path: str) -> None:
    method = "POST" if path.endswith("_zoek") else "GET"

    fuzz("zgw/zaken-1.5.1", path, method, f"{zaken_fake.url}/zaken/api/v1", signed(zaken_fake))


@pytest.mark.parametrize("path", TYPES)
def test_the_catalogue_never_breaks(zaken_fake: Register, path: str) -> None:
    fuzz("zgw/catalogi-1.3.1", path, "GET", f"{zaken_fake.url}/catalogi/api/v1", signed(zaken_fake))


BESIDE = [
    ("documenten-1.4.3", "/enkelvoudiginformatieobjecten/{uuid}", "GET"),
    ("documenten-1.4.3", "/enkelvoudiginformatieobjecten/{uuid}/download", "GET"),
    ("documenten-1.4.3", "/enkelvoudiginformatieobjecten/{uuid}/unlock", "POST"),
    ("documenten-1.4.3", "/bestandsdelen/{uuid}", "PUT"),
    ("besluiten-1.1.0", "/besluiten", "GET"),
    ("besluiten-1.1.0", "/besluiten/{uuid}", "GET"),
]


@pytest.mark.parametrize(("text", "path", "method"), BESIDE)
def test_what_lies_beside_cases_never_breaks(zaken_fake: Register, text: str, path: str, method: str) -> None:
    base = f"{zaken_fake.url}/{text.partition('-')[0]}/api/v1"

    fuzz(f"zgw/{text}", path, method, base, signed(zaken_fake))


def signed(register: Register) -> dict[str, str]:
    class Caller:
        connection = zaken_connection(register.url)

    told = headers(Caller())  # type: ignore[arg-type]
    return {name: told[name] for name in ("Authorization", "Accept-Crs", "Content-Crs")}
