"""Official publications of the three municipalities, as their officers write them; all made up.

Days count back from the day of reset. The rubric is one of the national list's (OVERHEIDop.Rubriek).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PERMIT, OTHER_PERMIT = "omgevingsvergunning", "andere vergunning"
EVENT, TRAFFIC = "evenementenvergunning", "verkeersbesluit of -mededeling"
PLAN, RULE = "ruimtelijk plan of omgevingsdocument", "algemeen verbindend voorschrift (verordening)"
POLICY, OTHER = "beleidsregel", "overige overheidsinformatie"


@dataclass(frozen=True)
class Address:
    """Where a publication is about."""

    street: str
    number: str
    postcode: str
    place: str


@dataclass(frozen=True)
class Published:
    """One publication."""

    ago: int
    """How many days before the day of reset."""
    rubric: str
    title: str
    text: str
    at: Sequence[Address] = ()
    label: str = ""
    """What is written beside an area on the map; an area has no address of its own."""
    point: str = ""
    """Latitude and longitude, where only a point is known."""


def _at(street: str, number: str, postcode: str, place: str) -> tuple[Address, ...]:
    return (Address(street, number, postcode, place),)


PUBLISHED: Mapping[str, Sequence[Published]] = {
    "zandmeer": (
        Published(
            1, PERMIT, "Verleende omgevingsvergunning, plaatsen dakkapel, Duinroosstraat 12, 1996 AB Zandmeer",
            "Wij hebben een vergunning gegeven voor een dakkapel aan de voorkant van het huis.",
            _at("Duinroosstraat", "12", "1996AB", "Zandmeer"),
        ),
        Published(
            2, TRAFFIC, "Verkeersbesluit gehandicaptenparkeerplaats Zeewindhof",
            "Wij maken een parkeerplaats voor de auto van één bewoner.",
            _at("Zeewindhof", "25", "1996CE", "Zandmeer"),
        ),
        Published(
            4, EVENT, "Aanvraag evenementenvergunning Nieuwjaarsduik, Strandplein, 1996 AA Zandmeer",
            "De reddingsbrigade vraagt toestemming voor de duik op 1 januari.",
            _at("Strandplein", "1", "1996AA", "Zandmeer"),
        ),
        Published(
            6, PERMIT, "Aanvraag omgevingsvergunning, kappen van twee dennen, Duinweg 40, 1996 BD Zandmeer-Bad",
            "De bomen staan te dicht bij het huis. Wij beslissen binnen acht weken.",
            _at("Duinweg", "40", "1996BD", "Zandmeer-Bad"),
        ),
        Published(
            9, PERMIT, "Verlenging beslistermijn omgevingsvergunning, Duinweg 12, 1996 BD Zandmeer-Bad",
            "Wij hebben zes weken meer nodig voor de aanvraag van een uitbouw.",
            _at("Duinweg", "12", "1996BD", "Zandmeer-Bad"),
        ),
        Published(
            13, TRAFFIC, "Tijdelijke verkeersmaatregel strandopgang 3",
            "De strandopgang is dicht voor wandelaars en fietsers tijdens het werk aan het duin.",
            label="Strandopgang 3, Zandmeer-Bad",
        ),
        Published(
            16, RULE, "Verordening toeristenbelasting Zandmeer",
            "De raad heeft het tarief voor het nieuwe jaar vastgesteld.",
        ),
        Published(
            20, OTHER_PERMIT, "Verleende standplaatsvergunning viskraam, Strandplein, 1996 AA Zandmeer",
            "De viskraam mag op woensdag en zaterdag op het plein staan.",
            _at("Strandplein", "3", "1996AA", "Zandmeer"),
        ),
        Published(
            27, PLAN, "Ontwerp wijziging omgevingsplan Duinrand ter inzage",
            "Het plan maakt vijftien woningen mogelijk. U kunt het zes weken bekijken en erop reageren.",
            label="Milieustraat De Duinrand, 1996 BD Zandmeer-Bad",
        ),
        Published(
            34, "omgevingsmelding", "Sloopmelding schuur, Dorpsstraat 7, 1996 AA Zandmeer",
            "De eigenaar meldt dat hij een schuur met asbest laat slopen.",
            _at("Dorpsstraat", "7", "1996AA", "Zandmeer"),
        ),
        Published(
            48, POLICY, "Beleidsregel ligplaatsen voor strandhuisjes",
            "Zo verdelen wij de plaatsen voor huisjes op het strand.",
        ),
        Published(
            75, OTHER, "Bekendmaking sluitingsdagen gemeentehuis",
            "De balie is dicht op Tweede Kerstdag en op nieuwjaarsdag.",
        ),
        Published(
            130, PERMIT, "Geweigerde omgevingsvergunning, reclamebord, Strandplein 9, 1996 AA Zandmeer",
            "Het bord is te groot voor het plein.",
            _at("Strandplein", "9", "1996AA", "Zandmeer"),
        ),
    ),
    "veldrecht": (
        Published(
            1, PERMIT, "Aanvraag omgevingsvergunning rijksmonument, herstel kozijnen, Vestingstraat 8, Veldrecht",
            "De eigenaar wil acht kozijnen herstellen in de oude kleur.",
            _at("Vestingstraat", "8", "1997AA", "Veldrecht"),
        ),
        Published(
            3, TRAFFIC, "Verkeersbesluit instellen 30 kilometer, Dorpsstraat, Oosterwal",
            "Op de Dorpsstraat mag u straks 30 kilometer per uur rijden.",
            _at("Dorpsstraat", "2", "1997DD", "Oosterwal"),
        ),
        Published(
            5, EVENT, "Verleende evenementenvergunning Lichtjestocht op de vesting",
            "De tocht is op de tweede zaterdag van december, van 17.00 tot 21.00 uur.",
            label="Vestingwallen, 1997 BC Veldrecht",
        ),
        Published(
            8, PERMIT, "Verleende omgevingsvergunning, plaatsen traplift aan de buitengevel, Molenwal 5, Veldrecht",
            "De lift komt aan de achterkant van het huis.",
            _at("Molenwal", "5", "1997BC", "Veldrecht"),
        ),
        Published(
            11, "omgevingsmelding", "Melding aanleg gesloten bodemenergiesysteem, Dorpsstraat 14, Oosterwal",
            "De bewoner verwarmt het huis met warmte uit de grond.",
            _at("Dorpsstraat", "14", "1997DD", "Oosterwal"),
        ),
        Published(
            15, TRAFFIC, "Tijdelijke afsluiting Veerdam bij hoogwater",
            "De weg naar het veer is dicht zolang het water hoog staat.",
            point="51.98712 5.10234",
        ),
        Published(
            19, RULE, "Verordening op de heffing en invordering van leges Veldrecht",
            "Hierin staat wat een paspoort, een vergunning en een huwelijk kosten.",
        ),
        Published(
            25, OTHER_PERMIT, "Verleende drank- en horecavergunning dorpshuis Oosterwal",
            "Het dorpshuis mag op avonden van verenigingen alcohol schenken.",
            _at("Dorpsstraat", "1", "1997DD", "Oosterwal"),
        ),
        Published(
            39, PLAN, "Vastgesteld omgevingsprogramma Vestingwallen",
            "Zo onderhouden wij de wallen en grachten de komende tien jaar.",
            label="Vestingwallen, 1997 BC Veldrecht",
        ),
        Published(
            58, POLICY, "Beleidsregel zonnepanelen in het beschermd stadsgezicht",
            "Panelen mogen op daken die u vanaf de wallen niet ziet.",
        ),
        Published(
            92, OTHER, "Benoeming leden monumentencommissie",
            "Het college heeft drie leden benoemd, voor vier jaar.",
        ),
    ),
    "oeverstad": (
        Published(
            0, TRAFFIC, "Tijdelijke verkeersmaatregel: Kadeplein afgesloten door hoogwater",
            "Het water staat hoog. Auto's en fietsers rijden om over de Havenstraat.",
            _at("Kadeplein", "10", "1998AK", "Oeverstad"),
        ),
        Published(
            1, PERMIT, "Aanvraag omgevingsvergunning, splitsen woning in vier appartementen, Havenstraat 21, Oeverstad",
            "De eigenaar wil het pand verbouwen tot vier woningen.",
            _at("Havenstraat", "21", "1998BB", "Oeverstad"),
        ),
        Published(
            2, PERMIT, "Verleende omgevingsvergunning, plaatsen warmtepompen Stroomweg 5 tot en met 9, Oeverstad",
            "De woningcorporatie plaatst warmtepompen op het dak.",
            tuple(Address("Stroomweg", number, "1998CD", "Oeverstad") for number in ("5", "7", "9")),
        ),
        Published(
            3, OTHER_PERMIT, "Aanvraag exploitatievergunning eetcafé De Steiger, Kadeplein 39, Oeverstad",
            "De ondernemer vraagt een vergunning voor een café met terras.",
            _at("Kadeplein", "39", "1998AK", "Oeverstad"),
        ),
        Published(
            5, EVENT, "Verleende evenementenvergunning intocht met stoomboot, Kadeplein, Oeverstad",
            "Er zijn van 11.00 tot 15.00 uur geen auto's op de kade.",
            _at("Kadeplein", "1", "1998AK", "Oeverstad"),
        ),
        Published(
            7, TRAFFIC, "Verkeersbesluit laadpalen Brugstraat en Havenstraat, Oeverstad",
            "Op vier plaatsen mag u alleen parkeren als u uw auto oplaadt.",
            (
                Address("Brugstraat", "14", "1998GH", "Oeverstad"),
                Address("Havenstraat", "2", "1998BB", "Oeverstad"),
            ),
        ),
        Published(
            10, PERMIT, "Verleende omgevingsvergunning, kappen van een zieke kastanje, Brugstraat 30, Oeverstad",
            "De boom is ziek. Er komt een nieuwe boom voor terug.",
            _at("Brugstraat", "30", "1998GH", "Oeverstad"),
        ),
        Published(
            14, PLAN, "Ontwerp omgevingsplan Havenkwartier ter inzage",
            "Op de oude werf komen 400 woningen, een school en een park. U kunt zes weken reageren.",
            label="Havenkwartier, 1998 BB Oeverstad",
        ),
        Published(
            18, RULE, "Verordening parkeerbelastingen Oeverstad",
            "De raad heeft de tarieven voor het parkeren vastgesteld.",
        ),
        Published(
            24, POLICY, "Beleidsregels kamerverhuur Oeverstad",
            "In een straat mag één op de tien huizen kamers verhuren.",
        ),
        Published(
            33, PERMIT, "Aanvraag omgevingsvergunning, dakopbouw, Uiterwaardlaan 6, Rietveld",
            "De eigenaar wil een verdieping op het huis bouwen.",
            _at("Uiterwaardlaan", "6", "1998CD", "Rietveld"),
        ),
        Published(
            61, "hogere waarde", "Besluit hogere grenswaarden geluid Havenkwartier",
            "Bij de nieuwe woningen mag het geluid van de weg iets hoger zijn.",
            label="Havenkwartier, 1998 BB Oeverstad",
        ),
        Published(
            110, OTHER, "Uitkomst verdeling buurtbudget",
            "De bewoners kozen voor het speelveld en de moestuin.",
        ),
    ),
}  # fmt: skip
"""By the municipality's slug, the newest first."""
