"""What lies beside the demo's cases: Documenten 1.4 and Besluiten 1.1, as a real Open Zaak answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from demo.content.cases import CaseStory
from demo.content.papers import PAPERS, RULINGS, Paper, Ruling
from demo.content.residents import CODES

from .letters import letter
from .serving import Asked, Reply
from .zgw_answers import one, paged, problem, unknown_parameter
from .zgw_records import BESLUITEN, DOCUMENTEN, RSIN, Record, Words

KINDS = ("Besluit op aanvraag", "Besluit op bezwaar")
_NAMES = dict(CODES.values())


@dataclass(frozen=True)
class Beside:
    """The documents and decisions of one municipality."""

    words: Words
    papers: Mapping[str, tuple[CaseStory, Paper]]
    """By the address of the document."""
    rulings: Mapping[str, tuple[CaseStory, Ruling]]
    made: dict[str, Record] = field(default_factory=dict)
    """Decisions that were made or changed since the start."""

    @classmethod
    def of(cls, words: Words, stories: Sequence[CaseStory]) -> Self:
        """What lies in these cases."""
        papers = {
            cls._address(words, DOCUMENTEN, "enkelvoudiginformatieobjecten", story.number, paper.title): (
                story,
                paper,
            )
            for story in stories
            for paper in PAPERS.get(story.number, ())
        }
        rulings = {
            cls._address(words, BESLUITEN, "besluiten", ruling.number): (story, ruling)
            for story in stories
            for ruling in RULINGS.get(story.number, ())
        }
        return cls(words, papers, rulings)

    def documenten(self, asked: Asked, path: str, made: Mapping[str, bytes]) -> Reply:
        """Documenten: a record, or its content; `made` are the contents that were written to it."""
        what, _slash, rest = path.partition("/")
        key, _slash, part = rest.partition("/")
        if what != "enkelvoudiginformatieobjecten" or not key or part not in {"", "download"}:
            return problem(501, "not_implemented", "Dit doet de demo niet.")
        if asked.method != "GET":
            return problem(405, "method_not_allowed", "Methode niet toegestaan.")
        url = self.words.root + asked.path.removesuffix("/download")
        held = self.papers.get(url)
        if not part:
            return one(asked, held and self._record(url, *held), {"versie", "registratieOp", "expand"})
        if fault := unknown_parameter(asked, {"versie", "registratieOp"}):
            return fault
        content = made.get(url) if held is None else self._content(held[1])
        if content is None:
            return problem(404, "not_found", "Niet gevonden.")
        name = f'attachment; filename="{key}.bin"'  # the download itself knows neither name nor kind
        return Reply(
            200,
            content,
            {"Content-Type": "application/octet-stream", "Content-Disposition": name},
        )

    def besluiten(self, asked: Asked, path: str) -> Reply:
        """Besluiten: the list of a case, or one."""
        what, _slash, key = path.partition("/")
        if what != "besluiten" or "/" in key:
            return problem(501, "not_implemented", "Dit doet de demo niet.")
        if asked.method != "GET":
            return problem(405, "method_not_allowed", "Methode niet toegestaan.")
        url = self.words.root + asked.path
        if key:
            return one(asked, next((row for row in self.decisions() if row["url"] == url), None), set())
        sizes = self.words.profile.sizes
        known = {"identificatie", "verantwoordelijkeOrganisatie", "besluittype", "zaak", "page"} | sizes
        if fault := unknown_parameter(asked, known):
            return fault
        rows = self.decisions()
        zaak = asked.query.get("zaak", [""])[0]
        if asked.fault != "foreign":
            rows = [row for row in rows if not zaak or row["zaak"] == zaak]
        return paged(asked, self.words.root, rows, self.words.profile.longest)

    def decisions(self) -> list[Record]:
        """All of them, as they are now."""
        known = {url: self._ruling(url, *held) for url, held in self.rulings.items()}
        return list({**known, **self.made}.values())

    def has_decision(self, url: str) -> bool:
        """Whether that one is there."""
        return url in self.rulings or url in self.made

    def links(self, zaak: str, *, everybody_s: bool = False) -> list[Record]:
        """The zaakinformatieobjecten of a case: a bare list."""
        return [
            self._link(url, story, paper)
            for url, (story, paper) in self.papers.items()
            if everybody_s or not zaak or self.words.zaken("zaken", story.number) == zaak
        ]

    def kinds(self) -> dict[str, Record]:
        """The besluittypen, by their address."""
        return {one["url"]: one for one in map(self._kind, KINDS)}

    def _content(self, paper: Paper) -> bytes:
        day = self.words.day + timedelta(days=paper.day)
        return letter(paper, day, _NAMES.get(self.words.code, "Zandmeer"))

    def _record(self, url: str, story: CaseStory, paper: Paper) -> Record:
        made, words = self.words.on(paper.day), self.words
        return {
            "url": url, "identificatie": f"DOCUMENT-{words.id('nummer', story.number, paper.title)[:8]}",
            "bronorganisatie": RSIN, "creatiedatum": made, "titel": paper.title,
            "vertrouwelijkheidaanduiding": paper.confidentiality, "auteur": "A. Behandelaar",
            "status": paper.status, "formaat": "application/pdf", "taal": "nld", "versie": 1,
            "beginRegistratie": words.at(paper.day), "bestandsnaam": f"{paper.title}.pdf",
            "inhoud": f"{url}/download?versie=1", "bestandsomvang": len(self._content(paper)), "link": "",
            "beschrijving": "", "ontvangstdatum": made if paper.received else None, "verzenddatum": None,
            "indicatieGebruiksrecht": False, "verschijningsvorm": "", "ondertekening": None,
            "integriteit": None, "informatieobjecttype": words.catalogue("informatieobjecttypen", "stuk"),
            "locked": False, "bestandsdelen": [], "trefwoorden": [], "_expand": {},
        }  # fmt: skip

    def _link(self, url: str, story: CaseStory, paper: Paper) -> Record:
        key = ("zaakinformatieobjecten", story.number, paper.title)
        return {
            "url": self.words.zaken(*key), "uuid": self.words.id(*key), "informatieobject": url,
            "zaak": self.words.zaken("zaken", story.number),
            "aardRelatieWeergave": "Hoort bij, omgekeerd: kent", "titel": "", "beschrijving": "",
            "registratiedatum": self.words.at(paper.day),
            "vernietigingsdatum": None, "status": None,
        }  # fmt: skip

    def _ruling(self, url: str, story: CaseStory, ruling: Ruling) -> Record:
        words = self.words
        return {
            "url": url, "identificatie": ruling.number, "verantwoordelijkeOrganisatie": RSIN,
            "besluittype": words.catalogue("besluittypen", ruling.kind),
            "zaak": words.zaken("zaken", story.number), "datum": words.on(ruling.decided),
            "toelichting": "Interne opmerking van de behandelaar", "bestuursorgaan": "",
            "ingangsdatum": words.on(ruling.starts), "vervaldatum": None, "vervalreden": "",
            "vervalredenWeergave": "", "publicatiedatum": None,
            "verzenddatum": words.on(ruling.sent) if ruling.sent is not None else None,
            "uiterlijkeReactiedatum": None,
        }  # fmt: skip

    def _kind(self, name: str) -> Record:
        return {
            "url": self.words.catalogue("besluittypen", name),
            "catalogus": self.words.catalogue("catalogussen"), "zaaktypen": [], "omschrijving": name,
            "omschrijvingGeneriek": "", "besluitcategorie": "",
            "reactietermijn": "P42D", "publicatieIndicatie": False, "publicatietekst": "",
            "publicatietermijn": None, "toelichting": "Interne toelichting", "informatieobjecttypen": [],
            "beginGeldigheid": "2020-01-01", "eindeGeldigheid": None, "beginObject": None,
            "eindeObject": None, "concept": False, "resultaattypen": [], "resultaattypenOmschrijving": [],
            "vastgelegdIn": [],
        }  # fmt: skip

    @staticmethod
    def _address(words: Words, api: str, what: str, *key: object) -> str:
        return f"{words.root}{api}/{what}/{words.id(what, *key)}"
