"""A purpose version as a record, and the hash of its content: what was agreed to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from portal.municipalities.addresses import absolute
from portal.periods import Period
from portal.sharing.models import PurposeVersion


class Ground(StrEnum):
    CONSENT = "consent"
    """The resident may say yes or no; GDPR 6(1)(a)."""
    LAW_ASKS_YES = "law_asks_yes"
    """A statute allows the use only when the resident says yes."""
    LAW = "law"
    """A statute allows or demands the use; there is no yes or no, but an explanation."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that is asked."""

    name: str
    label: str
    """What a resident reads, e.g. "E-mailadres"."""
    claim: str
    """The wallet's name without scheme, e.g. "sidn-pbdf.email.email"."""
    required: bool
    must_equal: str | None
    """The value a predicate must have, e.g. "yes" for over18."""
    shown_as: str | None
    """What a resident reads instead of a predicate's value, e.g. "U bent 18 jaar of ouder"."""
    typed: str | None
    """"email" or "mobile" when it may be typed and confirmed by a code, else None."""
    register: str | None
    """What a register knows it as, e.g. "brp.name"; passed on only by this grant. None: ask elsewhere."""
    choice: bool = False
    """Only ticked, with nothing to prove, such as what one wants to be mailed about."""


TICKED = "yes"
"""The value of a choice that was made."""


@dataclass(frozen=True, slots=True)
class Version:
    """A purpose version as one language shows it, with the facts of the municipality filled in."""

    id: Any
    slug: str
    number: int
    content_hash: str
    language: str
    ground: Ground
    law: str
    title: str
    who: str
    asked: str
    """What is asked, in a sentence."""
    not_seen: str
    """What is expressly not seen or shared; may be empty."""
    what_for: str
    how_long: str
    on_no: str
    other_way: str
    """How to do it without a wallet; may be empty where typing or a register is the way."""
    stopping: str
    stays: str
    kept: str
    receivers: Sequence[str]
    contact: str
    consumer: str
    """The name of the consumer that receives it."""
    attributes: Sequence[Attribute]
    lasts: Period | None
    """How long a yes holds; None: until the resident stops."""
    wallet: bool
    personal: bool
    """A fact about this very person: the BSN of the same wallet session must be the resident's."""
    max_age: timedelta
    """How old the wallet's credential may be."""
    disagree: str
    """For ground law: what who does not agree can do."""
    case_types: Sequence[str]
    """For ground law: in which kinds of cases it may be read, by the identificatie of their zaaktype."""
    substantial: bool
    """What is asked or what for changed so much that an earlier yes no longer counts."""
    one_time: bool
    explicit: bool
    """Special or private receivers: the yes is confirmed a second time."""
    for_another: bool
    """Whether somebody with a mandate may say yes for another."""
    by_resident_only: bool
    """Whether it begins with the resident: then nobody asks for it, since the yes would not be free."""
    proof_years: int
    """How long it stays known that there was a yes, after it ended."""
    erase_within: timedelta
    """By when a consumer must have confirmed that it erased what it had."""

    @property
    def may_be_typed(self) -> bool:
        """Whether there is a way without a wallet that ends in the same grant."""
        return bool(self.to_prove) and all(attribute.typed for attribute in self.to_prove)

    @property
    def a_register_knows(self) -> bool:
        """Whether a register knows all of it already."""
        return bool(self.to_prove) and all(attribute.register for attribute in self.to_prove)

    @property
    def to_prove(self) -> Sequence[Attribute]:
        """All but what is only ticked."""
        return [one for one in self.attributes if not one.choice]

    @property
    def choices(self) -> Sequence[Attribute]:
        """What is only ticked; where there are any, a yes has at least one."""
        return [one for one in self.attributes if one.choice]

    @property
    def needs_something(self) -> bool:
        """Whether any of it must be shared with a yes; otherwise each part is chosen apart."""
        return any(attribute.required for attribute in self.attributes)

    @property
    def can_be_given_in_mijn(self) -> bool:
        """Whether there is a way without an employee; if not, one calls or visits."""
        return self.wallet or self.may_be_typed or self.a_register_knows

    @property
    def has_a_yes(self) -> bool:
        """Whether there is anything to say yes or no to."""
        return self.ground is not Ground.LAW

    @property
    def activity(self) -> str:
        """The address of this very version: the processing activity in the register, LDV and the API."""
        return absolute(f"/register/{self.slug}/{self.number}/")

    def attribute(self, name: str) -> Attribute:
        """Raises KeyError for what this purpose does not ask."""
        return {one.name: one for one in self.attributes}[name]


def canonical(content: Mapping[str, Any]) -> bytes:
    """RFC 8785 for our subset: text, booleans, whole numbers, lists and objects."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def read(row: PurposeVersion, language: str) -> Version:
    """A stored version as a record; Dutch where the language was not written."""
    content = row.content
    texts = content["texts"].get(language) or content["texts"]["nl"]
    return Version(
        id=row.id,
        slug=row.purpose.slug,
        number=row.number,
        content_hash=row.content_hash,
        language=language if language in content["texts"] else "nl",
        ground=Ground(content["ground"]),
        law=texts["law"],
        title=texts["title"],
        who=texts["who"],
        asked=texts["asked"],
        not_seen=texts.get("not_seen", ""),
        what_for=texts["what_for"],
        how_long=texts.get("how_long", ""),
        on_no=texts.get("on_no", ""),
        other_way=texts.get("other_way", ""),
        stopping=texts.get("stopping", ""),
        stays=texts.get("stays", ""),
        kept=texts["kept"],
        receivers=texts["receivers"],
        contact=texts["contact"],
        consumer=content["consumer"],
        attributes=[
            Attribute(
                name=one["name"],
                label=texts["labels"][one["name"]],
                claim=one.get("claim", ""),
                required=one["required"],
                must_equal=one.get("must_equal"),
                shown_as=texts["shown_as"].get(one["name"]) if "shown_as" in texts else None,
                typed=one.get("typed"),
                register=one.get("register"),
                choice=one.get("choice", False),
            )
            for one in content["attributes"]
        ],
        lasts=_lasts(content),
        wallet=content.get("wallet", False),
        personal=content.get("personal", False),
        max_age=timedelta(days=content.get("max_age_days", 365)),
        disagree=texts.get("disagree", ""),
        case_types=tuple(content.get("case_types", ())),
        substantial=content.get("substantial", False),
        one_time=content.get("one_time", False),
        explicit=content.get("explicit", False),
        for_another=content.get("for_another", False),
        by_resident_only=content.get("initiative") == "resident",
        proof_years=content.get("proof_years", 5),
        erase_within=timedelta(days=content.get("erase_within_days", 7)),
    )


def _lasts(content: Mapping[str, Any]) -> Period | None:
    parts = (content.get(f"valid_{part}") or 0 for part in ("months", "days", "minutes"))
    return Period(*parts) or None
