"""What an application holds: what was typed, and what registers and the resident's app said; encrypted."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self, TypeAlias

from portal.municipalities.crypto import decrypt, encrypt

from .models import Application

TABLE, COLUMN = "applications_application", "content"


@dataclass(frozen=True, slots=True)
class Known:
    """What a register knows of the resident, so that nobody asks it again."""

    name: str = field(repr=False)
    born: str = field(repr=False)
    """As the register words it."""
    address: Sequence[str] = field(repr=False)
    """Empty where the resident keeps it secret: then it stays in the register."""
    secret: bool
    partner: str = field(repr=False)
    """Name of the partner of now; empty where there is none."""
    minors: Sequence[str] = field(repr=False)
    """Names of the children under eighteen."""
    on: str
    """The day it was asked, ISO 8601."""

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self | None:
        return cls(**kept) if kept else None


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """The answer to one question, which need not be asked: it was told by something else than typing."""

    value: str = field(repr=False)
    """As it would be typed."""
    source: str
    """A kind of register, or WALLET."""


WALLET = "wallet"
KnownAnswers: TypeAlias = Mapping[str, KnownAnswer]
"""By field of a step."""


def known_answers(held: Mapping[str, Any], step: str) -> KnownAnswers:
    """Those of one step, out of what an application holds."""
    kept = (held.get("answers") or {}).get(step) or {}
    return {name: KnownAnswer(**one) for name, one in kept.items()}


def with_answers(
    held: Mapping[str, Any], step: str, answers: KnownAnswers, instead_of: Collection[str] = ()
) -> dict[str, Any]:
    """What it holds, with these of one step; all that came from a source in `instead_of` goes first.

    What the resident gave from the app stays until they give it anew: that was for this application.
    """
    of_step = {name: one for name, one in known_answers(held, step).items() if one.source not in instead_of}
    proven = {name for name, one in of_step.items() if one.source == WALLET}
    of_step |= {name: one for name, one in answers.items() if one.source == WALLET or name not in proven}
    told = {name: asdict(one) for name, one in of_step.items()}
    return {**held, "answers": {**(held.get("answers") or {}), step: told}}


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together, in words."""

    step: str
    title: str
    rows: Sequence[tuple[str, str]] = field(repr=False)


def read(application: Application) -> dict[str, Any]:
    """What it holds; nothing once its case is complete."""
    if application.content is None:
        return {}
    stored = bytes(application.content)
    kept: dict[str, Any] = json.loads(decrypt(stored, table=TABLE, column=COLUMN, row=application.id))
    return kept


def put(application: Application, held: Mapping[str, Any]) -> None:
    """Put it in the row, which is not saved yet."""
    plain = json.dumps(held, ensure_ascii=False).encode()
    application.content = encrypt(plain, table=TABLE, column=COLUMN, row=application.id)


def as_kept(known: Known | None) -> dict[str, Any] | None:
    """To be put in a row."""
    return asdict(known) if known else None
