"""What we ask a wallet, in names without a scheme: `gemeente.personalData.over18`, not `pbdf.gemeente…`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, Self

NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}")  # issuer.credential.attribute


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute. Raises ValueError on a name that is not issuer.credential.attribute."""

    name: str

    must_equal: str | None = None
    """The only value that counts, such as "yes" for over18; asked of the wallet so, and compared again."""

    may_be_empty: bool = False
    """Whether an attribute without a value will do, e.g. a house number that some addresses do not have."""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"not issuer.credential.attribute: {self.name!r}")
        if self.must_equal is not None and (self.may_be_empty or not self.must_equal):
            raise ValueError(f"{self.name} cannot be both empty and a fixed value")

    @property
    def credential(self) -> str:
        """The credential it is part of, e.g. `gemeente.personalData`."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Attributes that are given together or not at all."""

    attributes: tuple[Attribute, ...]

    required: bool = True
    """False lets the resident leave these out and still go on."""

    def __post_init__(self) -> None:
        if not self.attributes:
            raise ValueError("a group asks for at least one attribute")
        credentials = [credential for credential, _ in groupby(self.attributes, lambda a: a.credential)]
        if len(credentials) != len(set(credentials)):
            raise ValueError("IRMA wants attributes of one credential side by side")


@dataclass(frozen=True, slots=True)
class DisclosureRequest:
    """Everything one wallet session asks.

    Raises ValueError when it asks nothing, or the same attribute twice.
    """

    wanted: tuple[Wanted, ...]

    max_age: timedelta | None = None
    """How long ago an attribute may have been issued. IRMA rounds issue times down to whole weeks,
    so less than a week would refuse what was issued today."""

    def __post_init__(self) -> None:
        names = self.names
        if not names:
            raise ValueError("a request asks for at least one attribute")
        if len(names) != len(set(names)):
            raise ValueError("a request asks each attribute once")

    @property
    def names(self) -> list[str]:
        """The names of all attributes, in the order asked."""
        return [attribute.name for wanted in self.wanted for attribute in wanted.attributes]

    def for_irma(self, scheme: str) -> dict[str, Any]:
        """As the IRMA server takes it: ANDs of ORs of ANDs; an empty AND makes a group optional."""
        return {
            "@context": "https://irma.app/ld/request/disclosure/v2",
            "disclose": [
                ([] if wanted.required else [[]]) + [[_for_irma(scheme, a) for a in wanted.attributes]]
                for wanted in self.wanted
            ],
        }

    def to_json(self) -> dict[str, Any]:
        """As plain values for JSON; `from_json` reads them back."""
        return {
            "wanted": [
                {
                    "attributes": [[a.name, a.must_equal, a.may_be_empty] for a in wanted.attributes],
                    "required": wanted.required,
                }
                for wanted in self.wanted
            ],
            "max_age": None if self.max_age is None else self.max_age.total_seconds(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave."""
        return cls(
            tuple(
                Wanted(tuple(Attribute(*attribute) for attribute in one["attributes"]), one["required"])
                for one in stored["wanted"]
            ),
            None if stored["max_age"] is None else timedelta(seconds=stored["max_age"]),
        )


def _for_irma(scheme: str, attribute: Attribute) -> dict[str, Any]:
    asked: dict[str, Any] = {"type": f"{scheme}.{attribute.name}"}
    if attribute.must_equal is not None:
        return asked | {"value": attribute.must_equal}
    if not attribute.may_be_empty:
        return asked | {"notNull": True}
    return asked
