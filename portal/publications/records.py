"""What the source answers (SRU 2.0), read into records. It is looked at as the answer of a stranger.

Verified on 2026-11-29 in nine public programs of different makers that ask repository.overheid.nl/sru: a
loader of permits with their geometry, a map of permits, a search page, a neighbourhood page, a news page with
tests, a monitor for estates, a downloader by gemeentecode, a research tool that pins whole answers, and a
search server whose maker wrote down what was seen live in October 2026. Each of these several of them say:

- `sru:searchRetrieveResponse` with `version`, `numberOfRecords` (an estimate, says resultCountPrecision),
  `records/record/recordData/gzd:gzd/{originalData, enrichedData}`, and where more follows
  `nextRecordPosition`;
- `originalData/overheidwetgeving:meta` has `owmskern` (identifier, title, type, creator, modified),
  `owmsmantel` (available, date, subject, abstract) and `tpmeta` (organisatietype, publicatienaam,
  gebiedsmarkering); `available` is the day that the national site shows as “Datum publicatie”;
- the rubric is the `type` whose scheme is OVERHEIDop.Rubriek; there may be other types;
- `gebiedsmarkering`, none or many, holds one of Adres, Punt, Lijn, Vlak or Gemeente. Adres has postcode,
  huisnummer, straatnaam, woonplaats; the others at most a `geometrielabel` such as
  “Voorstraat 13, 3512AH Utrecht”. Some records have the postcode in `huisnummertoevoeging`;
- `enrichedData/preferredUrl` is https://zoek.officielebekendmakingen.nl/<identifier>.html;
- a query that cannot be read is answered with 200 and `diagnostics`, in another prefix; and a clause that
  cannot be used is left out, with `diagnostics` beside the records of all the others. So any is a refusal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings

from .areas import postcodes_in, with_areas
from .errors import Nonsense
from .kinds import Kind, kind_of

NAMES = {
    "sru": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "gzd": "http://standaarden.overheid.nl/sru",
    "ow": "http://standaarden.overheid.nl/wetgeving/",
    "dcterms": "http://purl.org/dc/terms/",
}
ANSWER, DIAGNOSTICS = f"{{{NAMES['sru']}}}searchRetrieveResponse", f"{{{NAMES['sru']}}}diagnostics"
OW = f"{{{NAMES['ow']}}}"
RUBRIC = "OVERHEIDop.Rubriek"
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,58}")
PLACE_BEHIND = re.compile(r"[1-9]\d{3}\s?[A-Z]{2}\s+([^\d,;]{2,60})$")
LONGEST_TITLE, LONGEST_PLACE = 500, 60
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class OfficialPublication:
    """One publication: that it is there, what about, where to read it. Never its text."""

    identifier: str
    """As the source calls it, such as "gmb-2026-104512"."""
    kind: Kind
    title: str
    day: date
    """Of publication."""
    postcodes: Sequence[str]
    """Whole ones, and the four digits of each."""
    places: Sequence[str]
    url: str
    """Of the official text, on the national site."""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer."""

    publications: Sequence[OfficialPublication]
    goes_on_at: int | None
    """The position of the next record that can be asked; None after the last."""


def read(body: bytes, creator: str, position: int) -> Found:
    """The records of `creator` in an answer to a question from `position` on.

    Raises Nonsense; also when there is a record of another creator, since then we were not understood.
    """
    try:
        answer = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise Nonsense(f"no XML that we read: {type(fault).__name__}") from None
    if answer.tag != ANSWER:
        raise Nonsense("another answer than promised")
    if answer.find(DIAGNOSTICS) is not None:
        raise Nonsense("a diagnostic")
    total = _number(answer, "sru:numberOfRecords")
    if total is None:
        raise Nonsense("no number of records")
    records = answer.findall("sru:records/sru:record/sru:recordData/gzd:gzd", NAMES)
    found = [publication for one in records if (publication := _publication(one, creator))]
    if records and not found:
        raise Nonsense("no record that we read")
    came = len(answer.findall("sru:records/sru:record", NAMES))
    told = _number(answer, "sru:nextRecordPosition")  # believed before the total, which is an estimate
    more = told > position if told else position + came <= total
    return Found(found, position + came if came and more else None)


def _publication(record: Element, creator: str) -> OfficialPublication | None:
    """None where it lacks what every publication has."""
    meta = record.find("gzd:originalData/ow:meta", NAMES)
    if meta is None:
        return None
    if creator.casefold() not in {one.casefold() for one in _texts(meta, "ow:owmskern/dcterms:creator")}:
        raise Nonsense("a record of another creator")
    identifier = _text(meta, "ow:owmskern/dcterms:identifier")
    title = _text(meta, "ow:owmskern/dcterms:title")[:LONGEST_TITLE]
    day = _day(_text(meta, "ow:owmsmantel/dcterms:available") or _text(meta, "ow:owmskern/dcterms:modified"))
    if not IDENTIFIER.fullmatch(identifier) or not title or day is None:
        return None
    types = meta.findall("ow:owmskern/dcterms:type", NAMES)
    rubric = next((_joined(one) for one in types if one.get("scheme") == RUBRIC), "")
    markers = meta.findall("ow:tpmeta/ow:gebiedsmarkering", NAMES)
    return OfficialPublication(
        identifier,
        kind_of(rubric),
        title,
        day,
        with_areas([code for one in markers for code in _postcodes(one)] or postcodes_in(title)),
        list(dict.fromkeys(place for one in markers for place in _places(one)))[:MOST_PLACES],
        _address(_text(record, "gzd:enrichedData/gzd:preferredUrl"), identifier),
    )


def _postcodes(marker: Element) -> Iterator[str]:
    for name in ("postcode", "postcodeHuisnummer", "huisnummertoevoeging", "geometrielabel"):
        for one in marker.iter(OW + name):
            yield from postcodes_in(_joined(one).upper() if name != "geometrielabel" else _joined(one))


def _places(marker: Element) -> Iterator[str]:
    yield from (_joined(one)[:LONGEST_PLACE] for one in marker.iter(OW + "woonplaats") if _joined(one))
    for one in marker.iter(OW + "geometrielabel"):
        if behind := PLACE_BEHIND.search(_joined(one)):
            yield behind[1].strip()


def _address(told: str, identifier: str) -> str:
    """Where it says it is, if that is on the national site; nobody is sent anywhere else."""
    site: str = settings.PUBLICATIONS_SITE
    own = re.fullmatch(re.escape(site) + r"[A-Za-z0-9][\w./-]{2,150}", told)
    return told if own and ".." not in told else f"{site}{identifier}.html"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(answer: Element, path: str) -> int | None:
    text = _text(answer, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _text(element: Element, path: str) -> str:
    return next(iter(_texts(element, path)), "")


def _texts(element: Element, path: str) -> list[str]:
    return [_joined(one) for one in element.findall(path, NAMES)]


def _joined(element: Element) -> str:
    """Its text on one line; the database takes no NUL, and XML holds none."""
    return " ".join((element.text or "").split())
