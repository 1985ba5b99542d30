"""What we keep of the BRP's answers. Source: Haal Centraal BRP Personen 2.7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from ..dates import WordedDate
from ..own_data import Home
from .address import home, lines


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family: name, birth and the tie, and nothing that finds them."""

    tie: str
    """"partner", "kind" or "ouder"."""
    name: str = field(repr=False)
    born: WordedDate | None = field(repr=False)
    until: WordedDate | None = None
    """When the marriage or partnership ended."""
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One person, as far as the resident may see it."""

    name: str = field(repr=False)
    """The full name as the register words it."""
    addressed_as: str = field(repr=False)
    """How to write to this person, e.g. "M.G. Altena-Kierkegaard"; empty when the register does not say."""
    born: WordedDate | None = field(repr=False)
    born_in: Sequence[str] = field(repr=False)
    """Place and country of birth, as far as known."""
    address: Sequence[str] = field(repr=False)
    """Lines of the address; empty when the register has none."""
    home: Home | None = field(repr=False)
    """Where this person lives, for other registers that know of houses; None where that is not sure."""
    since: WordedDate | None
    nationalities: Sequence[str] = field(repr=False)
    family: Sequence[Relative] = field(repr=False)
    municipality: str
    municipality_code: str
    secret: bool
    """Geheimhouding: the address is shown only when asked for."""
    curatele: bool
    suspended: str
    """Why the registration stopped: "O" deceased, "E" emigrated, …; empty while it runs."""
    in_doubt: frozenset[str]
    """Parts under investigation, by the API's names of them."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Read one person; raises KeyError, TypeError or ValueError on what the API does not promise."""
        born, place = answer.get("geboorte") or {}, answer.get("verblijfplaats") or {}
        registered = answer.get("gemeenteVanInschrijving") or {}
        suspension = answer.get("opschortingBijhouding")
        return cls(
            name=str((answer.get("naam") or {}).get("volledigeNaam") or ""),
            addressed_as=str(
                ((answer.get("adressering") or {}).get("aanschrijfwijze") or {}).get("naam") or ""
            ),
            born=WordedDate.of(born.get("datum")),
            born_in=[text for part in ("plaats", "land") if (text := _words(born.get(part)))],
            address=lines(place),
            home=home(place),
            since=WordedDate.of(place.get("datumVan")),
            nationalities=[_nationality(one) for one in answer.get("nationaliteiten") or []],
            family=[
                *(_relative("partner", one) for one in answer.get("partners") or []),
                *(_relative("kind", one) for one in answer.get("kinderen") or []),
                *(_relative("ouder", one) for one in answer.get("ouders") or []),
            ],
            municipality=_words(registered),
            municipality_code=str(registered.get("code") or ""),
            # Anything but a clear no counts as yes: these flags protect people.
            secret=answer.get("geheimhoudingPersoonsgegevens", False) is not False,
            curatele=answer.get("indicatieCurateleRegister", False) is not False,
            suspended=str(suspension["reden"]["code"]) if suspension else "",
            in_doubt=_in_doubt(answer),
        )


def _words(coded: Mapping[str, Any] | None) -> str:
    return str((coded or {}).get("omschrijving") or "")


def _nationality(answer: Mapping[str, Any]) -> str:
    """The nationality in words, or the kind of it ("Staatloos", "NationaliteitOnbekend", …)."""
    return _words(answer.get("nationaliteit")) or str(answer["type"])


def _relative(tie: str, answer: Mapping[str, Any]) -> Relative:
    name, ended = answer.get("naam") or {}, answer.get("ontbindingHuwelijkPartnerschap") or {}
    parts = (name.get(part) for part in ("voornamen", "voorvoegsel", "geslachtsnaam"))
    return Relative(
        tie=tie,
        name=" ".join(str(part).strip() for part in parts if part),
        born=WordedDate.of((answer.get("geboorte") or {}).get("datum")),
        until=WordedDate.of(ended.get("datum")),
        in_doubt=bool(answer.get("inOnderzoek") or name.get("inOnderzoek")),
    )


def _in_doubt(answer: Mapping[str, Any]) -> frozenset[str]:
    place = answer.get("verblijfplaats") or {}
    parts = {
        "naam": [answer.get("naam")],
        "geboorte": [answer.get("geboorte")],
        "verblijfplaats": [place, place.get("verblijfadres")],
        "nationaliteiten": answer.get("nationaliteiten") or [],
        "gemeenteVanInschrijving": [answer]
        if (answer.get("inOnderzoek") or {}).get("gemeenteVanInschrijving")
        else [],
    }
    return frozenset(
        name for name, held in parts.items() if any((one or {}).get("inOnderzoek") for one in held)
    )
