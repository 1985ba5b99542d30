"""The NL API Design Rules 2.x that a contract can be held against, as a test of ours.

The official ruleset (for Spectral) is not part of this repository; `docs/api.md` says how to run it. These
are its rules in our words: what is wrong with a contract, as sentences.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

METHODS = {"get", "post", "put", "patch", "delete"}
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-zA-Z]+\}")
LOWER_CAMEL = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")
MEMBERS = {"type", "title", "status", "detail", "instance"}


def broken_rules(contract: Mapping[str, Any]) -> Iterator[str]:
    """Each rule that the contract breaks, with the place."""
    if not re.fullmatch(r"3\.\d+\.\d+", contract["openapi"]):
        yield "doc-openapi: not OpenAPI 3"
    if not re.fullmatch(r"\d+\.\d+\.\d+", contract["info"]["version"]):
        yield "semver: the version is not major.minor.patch"
    if not all(contract["info"].get("contact", {}).get(name) for name in ("name", "url", "email")):
        yield "doc-openapi-contact: name, url and email are needed"
    for server in contract["servers"]:
        if not re.search(r"/v\d+$", server["url"]):
            yield "uri-version: no major version in the address"
    ids = [one["operationId"] for _path, _method, one in operations(contract)]
    if len(ids) != len(set(ids)):
        yield "operation-operationId-unique"
    for path, method, operation in operations(contract):
        yield from (f"{method} {path}: {fault}" for fault in _faults(contract, path, method, operation))


def operations(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each operation with its path and method."""
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _faults(
    contract: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Iterator[str]:
    if method not in METHODS:
        yield "http-methods"
    if path.endswith("/"):
        yield "no-trailing-slash"
    if not all(SEGMENT.fullmatch(part) for part in path.strip("/").split("/")):
        yield "path-segments-kebab-case"
    parameters = operation.get("parameters", [])
    for one in parameters:
        if one["in"] == "query" and not LOWER_CAMEL.fullmatch(one["name"]):
            yield f"query-keys-camel-case: {one['name']}"
    if set(re.findall(r"\{(\w+)\}", path)) != {one["name"] for one in parameters if one["in"] == "path"}:
        yield "path-params"
    if (parameters or method in ("post", "put", "patch")) and "400" not in operation["responses"]:
        yield "invalid-input: no 400"
    for status, answer in operation["responses"].items():
        if status[0] in "23" and "API-Version" not in answer.get("headers", {}):
            yield f"version-header: not on {status}"
        if status[0] in "45":
            shape = answer.get("content", {}).get("application/problem+json", {}).get("schema")
            if shape is None:
                yield f"problem-details: {status} is no problem+json"
            elif not {"status", "title", "detail"} <= set(_named(contract, shape)["properties"]) <= MEMBERS:
                yield f"problem-details: {status} has other members"


def _named(contract: Mapping[str, Any], shape: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in shape:
        return shape
    found: Mapping[str, Any] = contract["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return found
