"""What the source answers, told apart from what a stranger could put there."""

from datetime import date

import httpx
import pytest
from django.utils import timezone

from demo.content.publications import PUBLISHED
from demo.registers.serving import Register
from portal.publications.errors import Nonsense
from portal.publications.kinds import Kind, kind_of
from portal.publications.records import OfficialPublication, read

NAMES = (
    'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:gzd="http://standaarden.overheid.nl/sru" xmlns:ow="http://standaarden.overheid.nl/wetgeving/"'
)
SITE = "https://zoek.officielebekendmakingen.nl/"


def record(identifier: str = "gmb-2026-1", **parts: str) -> str:
    """One record as the source sends it; each part may be another."""
    title = parts.get("title", "Verleende omgevingsvergunning")
    creator = parts.get("creator", "<dcterms:creator>Zandmeer</dcterms:creator>")
    dates = parts.get("dates", "<dcterms:available>2026-11-20</dcterms:available>")
    kind = parts.get("kind", '<dcterms:type scheme="OVERHEIDop.Rubriek">omgevingsvergunning</dcterms:type>')
    markers = parts.get("markers", "")
    url = parts.get("url", f"{SITE}{identifier}.html")
    return (
        "<sru:record><sru:recordData><gzd:gzd><gzd:originalData><ow:meta>"
        f"<ow:owmskern><dcterms:identifier>{identifier}</dcterms:identifier>"
        f"<dcterms:title>{title}</dcterms:title>{kind}{creator}<dcterms:modified>2026-11-25</dcterms:modified></ow:owmskern>"
        f"<ow:owmsmantel>{dates}</ow:owmsmantel><ow:tpmeta>{markers}</ow:tpmeta></ow:meta></gzd:originalData>"
        f"<gzd:enrichedData><gzd:preferredUrl>{url}</gzd:preferredUrl></gzd:enrichedData></gzd:gzd>"
        "</sru:recordData></sru:record>"
    )


def answer(*records: str, total: int | None = None, more: str = "", before: str = "") -> bytes:
    number = len(records) if total is None else total
    return (
        f"{before}<sru:searchRetrieveResponse {NAMES}><sru:version>2.0</sru:version>"
        f"<sru:numberOfRecords>{number}</sru:numberOfRecords><sru:records>{''.join(records)}</sru:records>"
        f"{more}</sru:searchRetrieveResponse>"
    ).encode()


def only(**parts: str) -> OfficialPublication:
    (found,) = read(answer(record(**parts)), "Zandmeer", 1).publications
    return found


def marked(kind: str, **fields: str) -> str:
    inside = "".join(f"<ow:{name}>{text}</ow:{name}>" for name, text in fields.items())
    return f"<ow:gebiedsmarkering><ow:{kind}>{inside}</ow:{kind}></ow:gebiedsmarkering>"


def test_a_record_says_what_when_and_where() -> None:
    at = marked("Adres", straatnaam="Duinweg", huisnummer="4", postcode="1996BD", woonplaats="Zandmeer-Bad")

    assert only(markers=at) == OfficialPublication(
        identifier="gmb-2026-1",
        kind=Kind.BUILDING,
        title="Verleende omgevingsvergunning",
        day=date(2026, 11, 20),
        postcodes=["1996BD", "1996"],
        places=["Zandmeer-Bad"],
        url=f"{SITE}gmb-2026-1.html",
    )


LABEL = "Havenstraat 1, 1998BB Oeverstad"
BB, BOTH, CD = ["1998BB", "1998"], ["1998BB", "1998CD", "1998"], ["1998CD", "1998"]
WHERE: dict[str, tuple[str, str, list[str], list[str]]] = {
    "an area has no address but a label": (marked("Vlak", geometrielabel=LABEL), "t", BB, ["Oeverstad"]),
    "a postcode with a space": (marked("Adres", postcode="1998 bb"), "t", BB, []),
    "it stands in the wrong field": (marked("Adres", huisnummertoevoeging="1998BB"), "t", BB, []),
    "several": (marked("Adres", postcode="1998BB") + marked("Adres", postcode="1998CD"), "t", BOTH, []),
    "only the title says it": (marked("Punt", locatiepunt="51.9 5.1"), "Weg 2, 1998 CD Oeverstad", CD, []),
    "a year is no postcode": ("", "Verordening 2026 OZB en Z-2026 AB", [], []),
    "a label without a postcode": (marked("Vlak", geometrielabel="Strandopgang 3"), "t", [], []),
    "the whole municipality": (marked("Gemeente", gemeentenaam="Zandmeer"), "t", [], []),
}
"""Markers and title, and the postcodes and places that they say."""


@pytest.mark.parametrize("sentence", WHERE)
def test_where_it_is_about(sentence: str) -> None:
    markers, title, postcodes, places = WHERE[sentence]
    found = only(markers=markers, title=title)

    assert (list(found.postcodes), list(found.places)) == (postcodes, places)


@pytest.mark.parametrize(
    ("rubric", "kind"),
    [
        ("omgevingsvergunning", Kind.BUILDING),
        ("omgevingsmelding", Kind.BUILDING),
        ("kapvergunning", Kind.BUILDING),
        ("evenementenvergunning", Kind.PERMIT),
        ("drank- en horecavergunning", Kind.PERMIT),
        ("andere melding", Kind.PERMIT),
        ("verkeersbesluit of -mededeling", Kind.TRAFFIC),
        ("ruimtelijk plan of omgevingsdocument", Kind.PLAN),
        ("bestemmingsplan", Kind.PLAN),
        ("algemeen verbindend voorschrift (verordening)", Kind.RULE),
        ("ander besluit van algemene strekking", Kind.RULE),
        ("delegatie- of mandaatbesluit", Kind.RULE),
        ("overige overheidsinformatie", Kind.OTHER),
        ("uitschrijving basisregistratie personen", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_a_rubric_is_of_one_kind(rubric: str, kind: Kind) -> None:
    assert kind_of(rubric) is kind


def test_the_rubric_is_known_by_its_scheme_and_not_by_its_place() -> None:
    types = (
        '<dcterms:type scheme="OVERHEID.Informatietype">omgevingsvergunning</dcterms:type>'
        '<dcterms:type scheme="OVERHEIDop.Rubriek">verkeersbesluit</dcterms:type>'
    )

    assert only(kind=types).kind is Kind.TRAFFIC


def test_a_record_without_a_day_of_publication_has_that_of_its_change() -> None:
    assert only(dates="").day == date(2026, 11, 25)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://elders.example/gmb-2026-1.html",
        "https://zoek.officielebekendmakingen.nl.elders.example/gmb-2026-1.html",
        "https://zoek.officielebekendmakingen.nl/../x.html",
        "https://zoek.officielebekendmakingen.nl/x?y=&quot;onclick",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(url: str) -> None:
    assert only(url=url).url == f"{SITE}gmb-2026-1.html"


@pytest.mark.parametrize(
    "parts",
    [{"identifier": "../../etc"}, {"identifier": ""}, {"title": " "}, {"dates": "<dcterms:available>straks"
      "</dcterms:available>"}],
    ids=["a name that is none", "no name", "no title", "no day"],
)  # fmt: skip
def test_a_record_that_lacks_what_all_have_is_left_out(parts: dict[str, str]) -> None:
    found = read(answer(record(**parts), record("gmb-2026-2")), "Zandmeer", 1)

    assert [one.identifier for one in found.publications] == ["gmb-2026-2"]


def test_a_long_title_is_cut() -> None:
    assert len(only(title="x " * 1000).title) == 500


ENTITY = '<!DOCTYPE x [<!ENTITY a "Zandmeer">]>'
LEVELS = zip("abcdefgh", "bcdefghi", strict=True)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in LEVELS)
    + "]>"
)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no XML"),
        (b"<html>Gateway Time-out</html>", "another answer"),
        (b"{}", "no XML"),
        (answer(record())[:-40], "no XML"),
        (answer(record(title="&a;"), before=ENTITY), "no XML"),
        (answer(record(title="&i;"), before=BOMB), "no XML"),
        (answer(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "no XML"),
        (answer(record()).replace(b"dcterms:title>", b"\x00title>"), "no XML"),
        (b'<?xml version="1.0" encoding="klingon"?>' + answer(), "no XML"),
        (b"<sru:searchRetrieveResponse xmlns:sru='http://elders.example/'/>", "another answer"),
        (answer(record(), total=-1), "no number"),
        (answer(record(), more="<sru:diagnostics/>"), "a diagnostic"),
        (answer(record("")), "no record"),
        (answer(record(), record(creator="<dcterms:creator>Veldrecht</dcterms:creator>")), "another creator"),
        (answer(record(creator="")), "another creator"),
    ],
    ids=["nothing", "a page", "JSON", "half", "an entity", "a bomb", "a file", "NUL", "an encoding",
         "another name", "no number", "a clause left out", "no record", "one of another", "of nobody"],
)  # fmt: skip
def test_what_is_no_answer_to_us_is_refused_whole(body: bytes, why: str) -> None:
    with pytest.raises(Nonsense, match=why):
        read(body, "Zandmeer", 1)


def test_an_answer_without_records_is_an_answer() -> None:
    assert read(answer(), "Zandmeer", 1).publications == []


@pytest.mark.parametrize(
    ("total", "more", "at"),
    [
        (2, "", None),
        (5, "<sru:nextRecordPosition>3</sru:nextRecordPosition>", 3),
        (5, "", 3),
        (5, "<sru:nextRecordPosition>1</sru:nextRecordPosition>", None),
        (5, "<sru:nextRecordPosition>9</sru:nextRecordPosition>", 3),
        (1, "<sru:nextRecordPosition>3</sru:nextRecordPosition>", 3),
    ],
)
def test_it_goes_on_only_forward_skips_none_and_stops_at_the_end(
    total: int, more: str, at: int | None
) -> None:
    assert (
        read(answer(record(), record("gmb-2026-2"), total=total, more=more), "Zandmeer", 1).goes_on_at == at
    )


class TestTheDemosSource:
    """The fake keeps to what was seen of the real one."""

    def ask(self, source: Register, **asked: str) -> httpx.Response:
        usual = {
            "operation": "searchRetrieve",
            "version": "2.0",
            "query": 'c.product-area=="officielepublicaties" AND dt.creator=="Oeverstad"',
        }
        return httpx.get(f"{source.url}/sru", params={**usual, **asked})

    def test_its_answer_is_read_whole(self, source: Register) -> None:
        told = self.ask(source, maximumRecords="100")
        found = read(told.content, "Oeverstad", 1)

        assert told.headers["Content-Type"].startswith("application/xml")
        assert {one.title for one in found.publications} == {one.title for one in PUBLISHED["oeverstad"]}
        assert found.goes_on_at is None
        assert {one.kind for one in found.publications} == set(Kind)
        assert max(one.day for one in found.publications) == timezone.localdate()
        assert any(len(one.postcodes) > 2 for one in found.publications)

    def test_it_gives_ten_at_a_time_where_nobody_says_how_many(self, source: Register) -> None:
        assert read(self.ask(source).content, "Oeverstad", 1).goes_on_at == 11

    @pytest.mark.parametrize(
        "asked",
        [{"query": "gemeente=Oeverstad"}, {"sortKeys": "dt.date"}, {"startRecord": "0"}],
        ids=["a query that it cannot read", "keys to sort by", "a position that is none"],
    )
    def test_what_it_does_not_understand_it_answers_with_a_diagnostic(
        self, source: Register, asked: dict[str, str]
    ) -> None:
        told = self.ask(source, **asked)

        assert told.status_code == 200
        assert "numberOfRecords" not in told.text
        with pytest.raises(Nonsense, match="diagnostic"):
            read(told.content, "Oeverstad", 1)

    def test_past_ten_thousand_it_gives_up(self, source: Register) -> None:
        assert self.ask(source, startRecord="10000").status_code == 504

    def test_a_publication_has_a_page_where_its_record_says(self, source: Register) -> None:
        one = read(self.ask(source).content, "Oeverstad", 1).publications[0]

        assert one.title.split(",")[0] in httpx.get(one.url).text
