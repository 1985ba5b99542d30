"""What the contract (OpenAPI 3.1) says beyond what the code's own types say: the API rules' wishes."""

from typing import Any

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.facts import facts
from portal.sharing.consumers import VERBS

from .problems import WORDS

VERSION_HEADER = {
    "API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}, "required": True}
}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
ALWAYS = (400, 404, 405, 429, 500, 503)
SIGNED_IN = (401, 403)
SAID_BEFORE = ("vraagToestemming", "neemVerzoekTerug", "wettelijkGebruik")
"""Where something was asked before under the same id or key, or was answered already (409)."""


def told(schema: dict[str, Any]) -> dict[str, Any]:
    """The contract as this municipality serves it."""
    schema["info"]["contact"] = _contact()
    schema["servers"] = [{"url": absolute("/api/v1")}]
    for methods in schema["paths"].values():
        for operation in methods.values():
            _operation(operation)
    schema["components"]["schemas"]["Problem"] = PROBLEM
    scopes = {f"{verb}:{{doel}}": "Voor één doel." for verb in VERBS}
    flow = {"tokenUrl": absolute("/api/v1/token"), "scopes": scopes}
    schema["components"]["securitySchemes"] = {
        "Bearer": {"type": "oauth2", "flows": {"clientCredentials": flow}}
    }
    return schema


def _operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in [*ALWAYS, *(SIGNED_IN if operation.get("security") else ())]:
        responses.setdefault(status, {})
    if operation["operationId"] in SAID_BEFORE:
        responses.setdefault(409, {})
    if operation.get("requestBody"):
        responses.setdefault(415, {})
        responses.setdefault(413, {})
    for status, answer in responses.items():
        answer.setdefault("description", WORDS.get(int(status), ("", "Antwoord"))[1])
        if int(status) < 400:
            answer.setdefault("headers", {}).update(VERSION_HEADER)
        else:
            kinds = answer.setdefault("content", {})
            kinds["application/problem+json"] = {"schema": {"$ref": "#/components/schemas/Problem"}}


def _contact() -> dict[str, str]:
    known = facts()
    return {
        "name": f"Gemeente {current_municipality().name}",
        "url": absolute("/"),
        "email": known.get("e-mail") or known.get("email") or f"info@{current_municipality().host}",
    }
