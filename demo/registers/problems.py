"""Errors in the form of the standard, as the products that follow it give them."""

from collections.abc import Iterable
from typing import Any

from .klantinteracties_records import id_of
from .serving import Asked, Reply

Wrong = tuple[str, str]
"""The name of a field, and a code."""


class Unknown(Exception):
    """A parameter that a register does not know, or a value that it cannot be."""

    def __init__(self, name: str, code: str = "unknown-parameters") -> None:
        super().__init__(code)
        self.name, self.code = name, code


def problem(status: int, code: str, title: str, wrong: Iterable[Wrong] = ()) -> Reply:
    """An error; they call it plain JSON."""
    body: dict[str, Any] = {
        "type": f"http://127.0.0.1/ref/fouten/{code}/",
        "code": code,
        "title": title,
        "status": status,
        "detail": "",
        "instance": f"urn:uuid:{id_of(code)}",
    }
    if status == 400:
        body["invalidParams"] = [{"name": name, "code": why, "reason": title} for name, why in wrong]
    return Reply(status, body)


def invalid(wrong: Iterable[Wrong]) -> Reply:
    """400 with the names of the fields."""
    return problem(400, "invalid", "Invalid input.", wrong)


def number(asked: Asked, name: str, usual: int, most: int) -> int:
    """A number in the query; 0 for what is none."""
    text = asked.query.get(name, [str(usual)])[0]
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 7 else 0
