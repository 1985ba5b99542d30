"""Purposes: why an attribute is asked. A published version never changes; its hash is what was agreed to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from portal.municipalities.acting import current_municipality

from .models import Purpose, PurposeVersion


class Ground(StrEnum):
    CONSENT = "consent"
    """The resident may say yes or no; GDPR 6(1)(a)."""
    LAW_ASKS_YES = "law_asks_yes"
    """A statute allows the use only when the resident says yes."""


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
    stopping: str
    stays: str
    kept: str
    receivers: Sequence[str]
    contact: str
    consumer: str
    """The name of the consumer that receives it."""
    attributes: Sequence[Attribute]
    valid_for: timedelta | None
    """None: until the resident stops."""
    wallet: bool
    personal: bool
    """A fact about this very person: the BSN of the same wallet session must be the resident's."""
    max_age: timedelta
    """How old the wallet's credential may be."""

    @property
    def may_be_typed(self) -> bool:
        """Whether there is a way without a wallet that ends in the same grant."""
        return all(attribute.typed for attribute in self.attributes)

    def attribute(self, name: str) -> Attribute:
        """Raises KeyError for what this purpose does not ask."""
        return next(one for one in self.attributes if one.name == name)


def canonical(content: Mapping[str, Any]) -> bytes:
    """RFC 8785 for our subset: text, booleans, whole numbers, lists and objects."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def publish(slug: str, content: Mapping[str, Any]) -> PurposeVersion:
    """Publish a version; the same content again gives the version that is there."""
    purpose, _made = Purpose.objects.get_or_create(
        slug=slug, defaults={"municipality": current_municipality()}
    )
    newest = PurposeVersion.objects.filter(purpose=purpose).order_by("-number").first()
    if newest and newest.content_hash == content_hash(content):
        return newest
    return PurposeVersion.objects.create(
        purpose=purpose,
        number=newest.number + 1 if newest else 1,
        content=content,
        content_hash=content_hash(content),
        municipality=current_municipality(),
    )


def offered(language: str) -> list[Version]:
    """The newest version of each purpose a resident can start, in the order of their titles."""
    newest = (
        PurposeVersion.objects.select_related("purpose").order_by("purpose", "-number").distinct("purpose")
    )
    return sorted((read(row, language) for row in newest), key=lambda version: version.title)


def newest(slug: str, language: str) -> Version | None:
    """The newest published version of a purpose, or None."""
    row = (
        PurposeVersion.objects.select_related("purpose")
        .filter(purpose__slug=slug)
        .order_by("-number")
        .first()
    )
    return read(row, language) if row else None


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
        how_long=texts["how_long"],
        on_no=texts["on_no"],
        stopping=texts["stopping"],
        stays=texts["stays"],
        kept=texts["kept"],
        receivers=texts["receivers"],
        contact=texts["contact"],
        consumer=content["consumer"],
        attributes=[
            Attribute(
                name=one["name"],
                label=texts["labels"][one["name"]],
                claim=one["claim"],
                required=one["required"],
                must_equal=one.get("must_equal"),
                shown_as=texts["shown_as"].get(one["name"]) if "shown_as" in texts else None,
                typed=one.get("typed"),
            )
            for one in content["attributes"]
        ],
        valid_for=timedelta(days=content["valid_days"]) if content.get("valid_days") else None,
        wallet=content["wallet"],
        personal=content["personal"],
        max_age=timedelta(days=content["max_age_days"]),
    )
