"""The official API texts, loaded and lifted so that a validator can use them.

They lie beside the repository and are never copied into it. The lift (tried on a real Open Zaak, which the
raw texts refuse): OpenAPI 3.0's `nullable` becomes null as a type, also beside a `$ref`; a blank string is
allowed beside a format, pattern or list of values, as the APIs send for "not filled in".
"""

import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from openapi_core import Config, OpenAPI

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "specs"
REMOTE = "openapi.yaml#/components/schemas/"
STRING_RULES = {"format", "pattern", "enum", "minLength"}


class _WithoutTimestamps(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Example dates stay text."""

    yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def needed(folder: Path = FOLDER) -> Path:
    """The folder beside the repository; skips where it is absent, fails there in CI."""
    if not folder.exists():
        if os.environ.get("CI"):
            pytest.fail(f"../shared/{folder.name} is not there")
        pytest.skip(f"../shared/{folder.name} lies outside the repository and is not there")
    return folder


@lru_cache
def text(name: str) -> dict[str, Any]:
    """A text as published, with what it borrows from Catalogi put in."""
    loaded: dict[str, Any] = yaml.load(
        (needed() / f"{name}.yaml").read_text(), _WithoutTimestamps
    )  # a SafeLoader
    if REMOTE in str(loaded):
        catalogi = text("zgw/catalogi-1.3.1")["components"]["schemas"]
        borrowed = {f"Catalogi.{key}": _renamed(schema) for key, schema in catalogi.items()}
        # What Besluiten would put beside a decision is of newer texts, and never asked.
        asked = re.findall(re.escape(REMOTE) + r"(\w+)", str(loaded))
        borrowed |= {f"Catalogi.{key}": {} for key in asked if key not in catalogi}
        loaded["components"]["schemas"] |= borrowed
    return loaded


def lifted(name: str, server: str) -> OpenAPI:
    """A text as a validator, for an API at an address; its host does not matter, so it is made once."""
    return _lifted(name, urlsplit(server).path)


@lru_cache
def _lifted(name: str, root: str) -> OpenAPI:
    problems = Config(
        extra_media_type_deserializers=dict.fromkeys(
            ("application/problem+json", "application/hal+json"), json.loads
        )
    )
    return OpenAPI.from_dict(spec_of(name, root), problems)


@lru_cache
def spec_of(name: str, server: str) -> dict[str, Any]:
    """A text, lifted, for an API at an address."""
    return {**_lift(_told_apart(text(name))), "openapi": "3.1.0", "servers": [{"url": server}]}


def _told_apart(spec: dict[str, Any]) -> dict[str, Any]:
    """Kinds that only a discriminator tells apart, which validators leave alone, as conditions they follow.

    A reference to the base means "one of its kinds", except where a kind builds on it (`allOf`).
    """
    schemas: dict[str, Any] = spec["components"]["schemas"]
    kinds = {
        name: schema["discriminator"]["mapping"]
        for name, schema in schemas.items()
        if "mapping" in schema.get("discriminator", {}) and "oneOf" not in schema
    }
    bases = {f"#/components/schemas/{name}" for name in kinds}

    def follow(node: Any) -> Any:
        if isinstance(node, list):
            return [follow(one) for one in node]
        if not isinstance(node, dict):
            return node
        held = {key: follow(value) for key, value in node.items()}
        return {**held, "$ref": held["$ref"] + ".kinds"} if node.get("$ref") in bases else held

    def built_on(schema: dict[str, Any]) -> dict[str, Any]:
        own = schema.get("allOf", [])
        return {
            **follow(schema),
            **({"allOf": [one if "$ref" in one else follow(one) for one in own]} if own else {}),
        }

    conditions = {
        f"{name}.kinds": {
            "required": ["type"],
            "properties": {"type": {"enum": list(mapping)}},
            "allOf": [
                {"if": {"properties": {"type": {"const": kind}}}, "then": {"$ref": link}}
                for kind, link in mapping.items()
            ],
        }
        for name, mapping in kinds.items()
        if schemas[name]["discriminator"]["propertyName"] == "type"
    }
    bases = {f"#/components/schemas/{name.removesuffix('.kinds')}" for name in conditions}
    followed = {name: built_on(schema) for name, schema in schemas.items()}
    components = {**follow(spec["components"]), "schemas": {**followed, **conditions}}
    return {**follow(spec), "components": components}


def _renamed(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: value.replace("schemas/", "schemas/Catalogi.") if key == "$ref" else _renamed(value)
            for key, value in schema.items()
        }
    return [_renamed(one) for one in schema] if isinstance(schema, list) else schema


def _lift(node: Any) -> Any:
    if isinstance(node, list):
        return [_lift(one) for one in node]
    if not isinstance(node, dict):
        return node
    held = {key: _lift(value) for key, value in node.items()}
    if isinstance(link := held.get("$ref"), str) and REMOTE in link:
        held["$ref"] = "#/components/schemas/Catalogi." + link.partition(REMOTE)[2]
    for limit in ("Minimum", "Maximum"):
        if held.pop(f"exclusive{limit}", None) is True:
            held[f"exclusive{limit}"] = held.pop(limit.lower())
    if held.get("in") == "query" and held.get("name") in {"zaak", "zaaktype"}:
        held["schema"] = {"type": "string"}  # an address, which Open Zaak's own text calls a number
    if "oneOf" in held and "discriminator" not in held:
        held["anyOf"] = held.pop("oneOf")  # a blank that two lists of values hold is one blank
    others: list[dict[str, Any]] = []
    if held.get("nullable") is True:
        others.append({"type": "null"})
    if held.get("type") == "string" and STRING_RULES & held.keys():
        others.append({"const": ""})
    if not others or not {"type", "$ref", "allOf", "anyOf"} & held.keys():
        return held
    held.pop("nullable", None)
    return {"anyOf": [held, *others]}
