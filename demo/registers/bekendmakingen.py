"""The national source of official publications of the demo: SRU 2.0 as KOOP's repository has it.

`python -m demo.registers.bekendmakingen --port N --state DIR`. It asks for no credentials, as the real one.
What it does beyond the standard is what users of the real one saw; see `portal/publications/records.py`.
A publication also has a page here, where the demo's links lead.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path

from demo.content.publications import PUBLISHED, Address, Published
from demo.content.residents import CODES
from demo.state import day_of_reset

from .serving import Asked, Register, Reply, serve_alone

ROOT = "/sru"
MOST, TOO_FAR = 1000, 10_000
_XML = {"Content-Type": "application/xml;charset=UTF-8"}
_PAGE = re.compile(r"/([a-z]+-[0-9]{4}-[0-9]+)\.html")
_CLAUSE = re.compile(r'([\w.-]+)\s*(==|>=|<=)\s*"((?:[^"\\]|\\.)*)"')
_NAMES = (
    ' xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:gzd="http://standaarden.overheid.nl/sru"'
    ' xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"'
    ' xmlns:c="http://standaarden.overheid.nl/collectie/"'
)


@dataclass(frozen=True)
class Record:
    """One publication in the repository."""

    identifier: str
    creator: str
    day: date
    story: Published


class NotUnderstood(Exception):
    """What the source says of a query that it cannot read."""


def records_of(day: date) -> list[Record]:
    """All publications of the demo, in no order of use to a reader."""
    found = []
    for slug, stories in PUBLISHED.items():
        code, name = CODES[slug]
        for number, story in enumerate(stories):
            published = day - timedelta(days=story.ago)
            found.append(Record(f"gmb-{published.year}-{code}{number:02}", name, published, story))
    return sorted(found, key=lambda one: one.identifier[::-1])


class Repository:
    """Answers questions in CQL, as far as our client needs it."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = list(records)
        self.url = ""

    def __call__(self, asked: Asked) -> Reply:
        if page := _PAGE.fullmatch(asked.path):
            return self._page(page[1])
        if asked.method != "GET" or asked.path.rstrip("/") != ROOT:
            return Reply(404, b"", {"Content-Type": "text/html"})
        query = {name: values[-1] for name, values in asked.query.items()}
        try:
            first, most = _whole(query, "startRecord", 1), _whole(query, "maximumRecords", 10)
            if "sortKeys" in query:
                raise NotUnderstood("80", "Sort not supported")
            if first >= TOO_FAR:
                return Reply(504, b"<html>Gateway Time-out</html>", {"Content-Type": "text/html"})
            wanted = _clauses(query.get("query", ""))
        except NotUnderstood as why:
            return Reply(200, _diagnostic(*why.args), _XML)
        every = [one for one in self.records if _suits(one, wanted, anybody=asked.fault == "foreign")]
        return Reply(200, self._answer(every, first, min(most, MOST), query.get("query", "")), _XML)

    def _answer(self, every: Sequence[Record], first: int, most: int, query: str) -> bytes:
        shown = every[first - 1 : first - 1 + most]
        rows = "".join(self._record(one, first + place) for place, one in enumerate(shown))
        following = first + len(shown)
        more = (
            f"<sru:nextRecordPosition>{following}</sru:nextRecordPosition>" if following <= len(every) else ""
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse{_NAMES}>'
            f"<sru:version>2.0</sru:version><sru:numberOfRecords>{len(every)}</sru:numberOfRecords>"
            f"<sru:records>{rows}</sru:records>{more}"
            "<sru:echoedSearchRetrieveRequest><sru:version>2.0</sru:version>"
            f"<sru:query>{escape(query)}</sru:query><sru:startRecord>{first}</sru:startRecord>"
            f"<sru:maximumRecords>{most}</sru:maximumRecords></sru:echoedSearchRetrieveRequest>"
            "<sru:resultCountPrecision>info:srw/vocabulary/resultCountPrecision/1/estimate"
            "</sru:resultCountPrecision></sru:searchRetrieveResponse>"
        ).encode()

    def _record(self, one: Record, position: int) -> str:
        story, day, year, number = one.story, one.day.isoformat(), *one.identifier.split("-")[1:]
        gemeente = f'scheme="OVERHEID.Gemeente">{escape(one.creator)}'
        return (
            "<sru:record><sru:recordSchema>http://standaarden.overheid.nl/sru/</sru:recordSchema>"
            "<sru:recordXMLEscaping>xml</sru:recordXMLEscaping><sru:recordData><gzd:gzd>"
            "<gzd:originalData><overheidwetgeving:meta><overheidwetgeving:owmskern>"
            f"<dcterms:identifier>{one.identifier}</dcterms:identifier>"
            f"<dcterms:title>{escape(story.title)}</dcterms:title>"
            f'<dcterms:type scheme="OVERHEIDop.Rubriek">{escape(story.rubric)}</dcterms:type>'
            "<dcterms:language>nl</dcterms:language>"
            f"<dcterms:creator {gemeente}</dcterms:creator><dcterms:modified>{day}</dcterms:modified>"
            "</overheidwetgeving:owmskern><overheidwetgeving:owmsmantel>"
            f"<dcterms:available>{day}</dcterms:available><dcterms:date>{day}</dcterms:date>"
            f"<dcterms:publisher {gemeente}</dcterms:publisher>"
            "</overheidwetgeving:owmsmantel><overheidwetgeving:tpmeta>"
            "<c:product-area>officielepublicaties</c:product-area>"
            f"<c:content-area>officielepublicaties/gmb/{year}</c:content-area>"
            f"<overheidwetgeving:jaargang>{year}</overheidwetgeving:jaargang>"
            '<overheidwetgeving:organisatietype scheme="OVERHEID.Organisatietype">gemeente'
            "</overheidwetgeving:organisatietype>"
            f"<overheidwetgeving:publicatienummer>{number}</overheidwetgeving:publicatienummer>"
            "<overheidwetgeving:publicatienaam>Gemeenteblad</overheidwetgeving:publicatienaam>"
            f"{''.join(_markers(one))}</overheidwetgeving:tpmeta></overheidwetgeving:meta>"
            "</gzd:originalData><gzd:enrichedData>"
            f"<gzd:preferredUrl>{self.url}/{one.identifier}.html</gzd:preferredUrl>"
            f'<gzd:itemUrl manifestation="pdf">{self.url}/{one.identifier}.pdf</gzd:itemUrl>'
            "</gzd:enrichedData></gzd:gzd></sru:recordData>"
            f"<sru:recordPosition>{position}</sru:recordPosition></sru:record>"
        )

    def _page(self, identifier: str) -> Reply:
        """The official text, as short as nobody writes it."""
        one = next((one for one in self.records if one.identifier == identifier), None)
        if one is None:
            return Reply(404, b"", {"Content-Type": "text/html"})
        page = (
            '<!doctype html><html lang="nl"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(one.story.title)}</title>'
            f"<main><p>Gemeenteblad van {escape(one.creator)}, nr. {one.identifier.split('-')[2]}, "
            f"{one.day.day}-{one.day.month}-{one.day.year}</p><h1>{escape(one.story.title)}</h1>"
            f"<p>{escape(one.story.text)}</p>"
            "<p>Dit is een fictieve gemeente. Deze bekendmaking is verzonnen.</p></main></html>"
        )
        return Reply(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def _markers(one: Record) -> list[str]:
    """Where it is about, each in one of the shapes that the real source has."""
    story = one.story
    if story.at:
        shapes = [("Adres", _address(at)) for at in story.at]
    elif story.label:
        shapes = [("Vlak", {"geometrie": "POLYGON((1 1,1 2,2 2,1 1))", "geometrielabel": story.label})]
    elif story.point:
        shapes = [("Punt", {"locatiepunt": story.point, "ligtInGemeente": one.creator})]
    else:
        shapes = [("Gemeente", {"gemeentenaam": one.creator})]
    return [
        f'<overheidwetgeving:gebiedsmarkering scheme="OVERHEIDop.locatietype"><overheidwetgeving:{kind}>'
        + "".join(
            f"<overheidwetgeving:{name}>{escape(value)}</overheidwetgeving:{name}>"
            for name, value in fields.items()
        )
        + f"</overheidwetgeving:{kind}></overheidwetgeving:gebiedsmarkering>"
        for kind, fields in shapes
    ]


def _address(at: Address) -> dict[str, str]:
    return {
        "straatnaam": at.street,
        "huisnummer": at.number,
        "postcode": at.postcode,
        "woonplaats": at.place,
    }


def _clauses(query: str) -> Mapping[tuple[str, str], str]:
    """A query of clauses with AND between them. Raises NotUnderstood."""
    found: dict[tuple[str, str], str] = {}
    for clause in re.split(r"\s+AND\s+", query.strip()):
        one = _CLAUSE.fullmatch(clause)
        if not one:
            raise NotUnderstood("10", f"line 1:0 mismatched input {clause[:20]!r}")
        found[one[1], one[2]] = re.sub(r"\\(.)", r"\1", one[3])
    return found


def _suits(one: Record, wanted: Mapping[tuple[str, str], str], *, anybody: bool) -> bool:
    """Whether it has all that is asked; a source that misbehaves looks past the creator."""
    known = {
        "c.product-area": "officielepublicaties",
        "w.organisatietype": "gemeente",
        "w.publicatienaam": "Gemeenteblad",
        "dt.creator": one.creator,
        "dt.type": one.story.rubric,
        "dt.modified": one.day.isoformat(),
    }
    compared = {"==": str.__eq__, ">=": str.__ge__, "<=": str.__le__}
    return all(
        (anybody and name == "dt.creator") or compared[how](known.get(name, ""), value)
        for (name, how), value in wanted.items()
    )


def _whole(query: Mapping[str, str], name: str, usual: int) -> int:
    text = query.get(name, str(usual))
    if not text.isdigit() or int(text) < 1:
        raise NotUnderstood("6", f"Unsupported parameter value {name}")
    return int(text)


def _diagnostic(number: str, message: str) -> bytes:
    """As the real one: 200, another prefix, and no number of records."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<searchRetrieveResponse xmlns="http://docs.oasis-open.org/ns/search-ws/sruResponse"'
        ' xmlns:ns3="http://docs.oasis-open.org/ns/search-ws/diagnostic"><version>2.0</version>'
        f"<diagnostics><ns3:diagnostic><ns3:uri>info:srw/diagnostic/1/{number}</ns3:uri>"
        f"<ns3:message>{escape(message)}</ns3:message></ns3:diagnostic></diagnostics>"
        "</searchRetrieveResponse>"
    ).encode()


def demo_register(day: date, port: int = 0) -> Register:
    """The demo's repository of official publications."""
    repository = Repository(records_of(day))
    register = Register("Officiële bekendmakingen (demo)", repository, port)
    repository.url = register.url
    return register


def _made(state: Path, port: int) -> Register:
    return demo_register(day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("bekendmakingen", _made))
