"""The contract is served, keeps the API rules, and is what the API does, also for calls nobody meant."""

import json
import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.municipalities.acting import acting_for
from tests.sharing.conftest import gives

from .rules import broken_rules, operations

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = int(os.environ.get("API_EXAMPLES", "5"))
"""Calls an operation; `make fuzz` makes it a thousand."""
MEMBERS = {"type", "title", "status", "detail", "instance"}


@pytest.fixture
def contract(offering) -> dict:
    answer = Client(HTTP_HOST=offering.host).get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    return json.loads(answer.content)


def test_it_says_that_nobody_asks_for_what_the_resident_begins(contract):
    refused = contract["paths"]["/toestemmingsverzoeken"]["post"]["responses"]["403"]
    assert "inwoner-begint" in refused["description"]
    assert "application/problem+json" in refused["content"]


def test_it_is_openapi_and_breaks_no_api_rule(contract):
    validate(contract)
    assert contract["openapi"].startswith("3.1")
    assert not list(broken_rules(contract))


def test_what_was_asked_before_or_answered_already_stands_in_it(contract):
    told = {
        operation["operationId"]
        for methods in contract["paths"].values()
        for operation in methods.values()
        if "409" in operation["responses"]
    }
    assert told == {"vraagToestemming", "neemVerzoekTerug", "wettelijkGebruik"}


def test_each_rule_can_be_broken(contract):
    contract["info"]["contact"] = {}
    contract["servers"] = [{"url": "https://x/api"}]
    bad = {"200": {}, "400": {"content": {"application/json": {}}}}
    contract["paths"]["/Slecht_pad/"] = {"get": {"operationId": "token", "responses": bad}}
    text = " ".join(broken_rules(contract))
    for rule in (
        "contact",
        "uri-version",
        "operationId",
        "no-trailing",
        "kebab",
        "version-header",
        "problem",
    ):
        assert rule in text


FAULTS = {
    "no such address": ("GET", "/api/v1/bestaat-niet", "", 404),
    "no such version": ("GET", "/api/v2/sleutels", "", 404),
    "a trailing slash": ("GET", "/api/v1/sleutels/", "", 404),
    "another method": ("PUT", "/api/v1/sleutels", "", 405),
    "an id that is none": ("GET", "/api/v1/toestemmingen/1", "", 404),
    "no such purpose": ("GET", "/api/v1/doelen/geen/versies/1", "", 404),
    "a version beyond numbers": ("GET", f"/api/v1/doelen/geen/versies/{'9' * 40}", "", 404),
    "no token": ("GET", "/api/v1/gebeurtenissen", "", 401),
    "another kind of body": ("POST", "/api/v1/toestemmingsverzoeken", "text/plain", 415),
    "a body that is no JSON": ("POST", "/api/v1/toestemmingsverzoeken", "application/json", 400),
    "a body without an end": ("POST", "/api/v1/wettelijk-gebruik", "application/json", 400),
    "too large a body": ("POST", "/api/v1/wettelijk-gebruik", "application/json", 413),
}
BODIES = {"a body without an end": "[" * 100_000, "too large a body": "[" * 3_000_000}


@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_is_a_problem_with_the_version(offering, desk_at, kind):
    method, path, body_is, status = FAULTS[kind]
    headers = {} if kind == "no token" else {"Authorization": desk_at.header()}
    client = Client(HTTP_HOST=offering.host, raise_request_exception=False)
    answer = client.generic(method, path, BODIES.get(kind, "x" if body_is else ""), body_is, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["API-Version"] == "1.0.0"
    said = json.loads(answer.content)
    assert {"type", "title", "status", "detail"} <= set(said) <= MEMBERS
    assert said["status"] == status


def test_a_published_purpose_is_public(offering):
    answer = Client(HTTP_HOST=offering.host).get("/api/v1/doelen/maatje-18/versies/1")
    assert answer.json()["grond"] == "toestemming"
    assert "over18" in [one["naam"] for one in answer.json()["gegevens"]]


def test_no_call_that_anybody_can_think_of_is_a_fault_of_ours(contract, offering, desk_at, helga):
    """Schemathesis over every operation; each answer is one that the contract names."""
    with acting_for(offering), transaction.atomic():
        gives(helga)
    api = schemathesis.openapi.from_dict(contract)
    api.app = get_wsgi_application()
    headers, called = {"Authorization": desk_at.header(), "Host": offering.host}, set()
    for found in api.get_all_operations():
        operation = found.ok()
        called.add(operation.label)
        _call(operation, headers)
    assert len(called) == len(list(operations(contract)))
    connection.close()


def _call(operation, headers) -> None:
    checks = [
        content_type_conformance, response_headers_conformance, response_schema_conformance,
        status_code_conformance, _no_fault_of_ours,
    ]  # fmt: skip
    quietly = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=(Phase.generate,),
        suppress_health_check=quietly,
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case) -> None:
        case.call_and_validate(base_url=f"http://{headers['Host']}/api/v1", headers=headers, checks=checks)

    call()


def _no_fault_of_ours(_context, response, _case) -> None:
    assert response.status_code != 500
