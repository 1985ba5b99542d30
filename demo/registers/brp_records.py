"""Raw registrations, as the BRP keeps them, worded as Haal Centraal Personen 2.7 does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
NATIONALITIES = {"0000": "NationaliteitOnbekend", "0499": "Staatloos", "0500": "VastgesteldNietNederlander"}
"""Codes that are a kind of their own."""

Raw = Mapping[str, Any]
Worded = dict[str, Any]


def person(raw: Raw) -> Worded:
    """A raw registration as the API words it; what is not known is left out."""
    worded: Worded = {
        "burgerservicenummer": raw["burgerservicenummer"],
        "geslacht": raw.get("geslacht"),
        "naam": _name(raw.get("naam", {})),
        "adressering": _addressed(raw),
        "geboorte": _birth(raw.get("geboorte", {})),
        "nationaliteiten": [_nationality(one) for one in raw.get("nationaliteiten", [])],
        "partners": [_relative(one) for one in raw.get("partners", [])],
        "kinderen": [_relative(one) for one in raw.get("kinderen", [])],
        "ouders": [_relative(one) for one in raw.get("ouders", [])],
        "gemeenteVanInschrijving": raw.get("gemeenteVanInschrijving"),
        "indicatieCurateleRegister": raw.get("indicatieCurateleRegister"),
        "geheimhoudingPersoonsgegevens": raw.get("geheimhoudingPersoonsgegevens", "0") != "0" or None,
        "verblijfplaats": _residence(raw.get("verblijfplaats", {})),
    }
    if stopped := raw.get("opschortingBijhouding"):
        worded["opschortingBijhouding"] = {
            "reden": stopped["reden"],
            "datum": worded_date(stopped["datum"]),
        }
    return _filled(worded)


def worded_date(raw: str) -> Worded:
    """One of the four kinds of AbstractDatum, with the long form in words."""
    year, month, day = int(raw[:4]), int(raw[4:6]), int(raw[6:8])
    if not year:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if not month:
        return {"type": "JaarDatum", "jaar": year, "langFormaat": str(year)}
    words = f"{MONTHS[month - 1]} {year}"
    if not day:
        return {"type": "JaarMaandDatum", "jaar": year, "maand": month, "langFormaat": words}
    exact = date(year, month, day).isoformat()
    return {"type": "Datum", "datum": exact, "langFormaat": f"{day} {words}"}


def _name(raw: Raw) -> Worded:
    title = raw.get("adellijkeTitelPredicaat") or {}
    noble = {title.get("soort"): title.get("omschrijving")}
    surname = (raw.get("voorvoegsel"), raw.get("geslachtsnaam"))
    full = (noble.get("predicaat"), raw.get("voornamen"), noble.get("titel"), *surname)
    return _filled({**_own_name(raw), "volledigeNaam": _joined(*full), **_doubt(raw, "volledigeNaam")})


def _own_name(raw: Raw) -> Worded:
    known = ("voornamen", "voorvoegsel", "geslachtsnaam", "aanduidingNaamgebruik", "adellijkeTitelPredicaat")
    texts = {key: raw[key].strip() if isinstance(raw[key], str) else raw[key] for key in known if key in raw}
    return _filled({**texts, "voorletters": _initials(raw)})


def _addressed(raw: Raw) -> Worded:
    """How to write to this person: initials, and the surnames in the order the person chose (naamgebruik)."""
    name = raw.get("naam", {})
    own = _joined(name.get("voorvoegsel"), name.get("geslachtsnaam"))
    named = [one.get("naam", {}) for one in raw.get("partners", [])]
    partners = _joined(named[0].get("voorvoegsel"), named[0].get("geslachtsnaam")) if named else ""
    use = name.get("aanduidingNaamgebruik", {}).get("code", "E")
    chosen = {"P": partners, "V": f"{partners}-{own}", "N": f"{own}-{partners}"} if partners else {}
    written = _joined(_initials(name), chosen.get(use, own))
    return {"aanschrijfwijze": {"naam": written}} if written else {}


def _initials(name: Raw) -> str:
    return "".join(f"{one[0]}." for one in name.get("voornamen", "").split() if one[0].isalpha())


def _birth(raw: Raw) -> Worded:
    when = worded_date(raw["datum"]) if "datum" in raw else None
    return _filled(
        {"datum": when, "plaats": raw.get("plaats"), "land": raw.get("land"), **_doubt(raw, "datum")}
    )


def _nationality(raw: Raw) -> Worded:
    known = raw.get("nationaliteit") or {}
    kind = NATIONALITIES.get(known.get("code", ""), "Nationaliteit")
    worded = {"type": kind, **_doubt(raw, "type")}
    return worded | {"nationaliteit": known} if kind == "Nationaliteit" else worded


def _relative(raw: Raw) -> Worded:
    name = _own_name(raw.get("naam", {}))
    name.pop("aanduidingNaamgebruik", None)
    worded: Worded = {"burgerservicenummer": raw.get("burgerservicenummer"), "naam": name}
    if born := raw.get("geboorte"):
        worded["geboorte"] = _birth(born)
    if ended := raw.get("ontbindingHuwelijkPartnerschap"):
        worded["ontbindingHuwelijkPartnerschap"] = _filled(
            {"datum": worded_date(ended["datum"]) if "datum" in ended else None}
        )
    return _filled(worded)


def _residence(raw: Raw) -> Worded:
    if not raw:
        return {}
    since = raw.get("datumAanvangAdreshouding") or raw.get("datumAanvangAdresBuitenland")
    beside = _filled({"datumVan": worded_date(since) if since else None, **_doubt(raw, "type")})
    if "straat" in raw or "naamOpenbareRuimte" in raw:
        named = ("functieAdres", "adresseerbaarObjectIdentificatie", "nummeraanduidingIdentificatie")
        use = _filled({name: raw.get(name) for name in named})
        return {"type": "Adres", **use, **beside, "verblijfadres": _street(raw)}
    if "locatiebeschrijving" in raw:
        place = {"locatiebeschrijving": raw["locatiebeschrijving"]}
        return {"type": "Locatie", **beside, "verblijfadres": place}
    if raw.get("land", {}).get("code", "0000") != "0000":
        lines = {name: raw[name].strip() for name in ("regel1", "regel2", "regel3") if name in raw}
        return {"type": "VerblijfplaatsBuitenland", **beside, "verblijfadres": {**lines, "land": raw["land"]}}
    return {"type": "VerblijfplaatsOnbekend", **beside}


def _street(raw: Raw) -> Worded:
    kept = ("huisletter", "huisnummertoevoeging", "postcode", "woonplaats")
    return _filled(
        {
            "officieleStraatnaam": raw.get("naamOpenbareRuimte"),
            "korteStraatnaam": (raw.get("straat") or raw["naamOpenbareRuimte"])[:24],
            "huisnummer": int(raw.get("huisnummer") or 0),
            **{key: raw[key] for key in kept if key in raw},
        }
    )


def _doubt(raw: Raw, what: str) -> Worded:
    """What is under investigation; the raw form names it by a code, of which we word one field."""
    if "inOnderzoek" not in raw:
        return {}
    since = raw["inOnderzoek"].get("datumIngangOnderzoek", "00000000")
    return {"inOnderzoek": {what: True, "datumIngangOnderzoek": worded_date(since)}}


def _joined(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def _filled(worded: Worded) -> Worded:
    return {name: value for name, value in worded.items() if value not in (None, "", 0, {}, [])}
