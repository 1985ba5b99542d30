"""What each municipality writes itself: its home page, some pages and news, and one page in place of the library's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .written import Written, contact, location, notice, points, section, steps


@dataclass(frozen=True)
class OwnSite:
    """The own part of a site."""

    title: str
    intro: str
    tasks: Mapping[str, str]
    """Slug of a library page and what one can do there."""
    pages: Sequence[Written]
    filled_in: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Slug of a library page and title of the place left open in it, with what the municipality writes there."""
    left_out: Sequence[str] = ()
    """Titles of optional parts of library pages that are not shown."""


TASKS = {
    "verhuizen": "Geef uw nieuwe adres door. Het kost niets.",
    "hulp-thuis": "Lukt het thuis niet meer alleen? Vraag hulp.",
    "rondkomen": "Kijk wat u kunt krijgen als u weinig geld heeft.",
    "dakkapel": "Kijk of u een vergunning nodig heeft.",
    "overlijden": "Wat er moet gebeuren, en in welke volgorde.",
    "uw-gegevens": "Zie wat wij van u weten en wie het gebruikte.",
}

ZANDMEER = OwnSite(
    "Welkom in Zandmeer",
    "Regel het hier, of bel ons. Wij helpen u graag, ook aan de balie bij het strand.",
    TASKS,
    (
        Written(
            "strand",
            "Strand en duinen",
            "Het strand is altijd open. Honden mogen los van oktober tot en met april.",
            (
                section(
                    "Waar kunt u parkeren?",
                    "Parkeer bij het Strandplein of bij Milieustraat De Duinrand. In de duinen mag het niet.",
                ),
                section(
                    "Met de rolstoel naar zee",
                    "Bij strandopgang 1 staan twee strandrolstoelen. Lenen kost niets. Bel [[telefoon]] de dag ervoor.",
                ),
                section(
                    "Wat mag niet?",
                    points("Vuur maken in de duinen.", "Met de auto het strand op.", "Planten plukken."),
                ),
                contact(),
            ),
            place="menu",
            picture=True,
        ),
        location(
            Written(
                "gemeentehuis",
                "Gemeentehuis",
                "Aan het Strandplein vindt u onze balie. Maak eerst een afspraak, dan hoeft u niet te wachten.",
                (
                    section(
                        "Goed bereikbaar",
                        "Voor de deur zijn twee plaatsen voor wie moeilijk loopt. De deur gaat vanzelf open.",
                    ),
                ),
                checked=8,
            ),
            ("Strandplein 1", "1996 AA", "Zandmeer"),
            {0: "9.00-16.00", 1: "9.00-16.00", 2: "9.00-16.00", 3: "9.00-20.00", 4: "9.00-16.00"},
            phone="(0999) 12 34 56",
            appointment="Alleen op afspraak.",
            differing=((27, "Kerst"),),
        ),
        location(
            Written(
                "milieustraat",
                "Milieustraat De Duinrand",
                "Breng hier uw grof afval, tuinafval en oude apparaten. Met uw afvalpas kost het niets.",
                (section("Wat neemt u mee?", points("Uw afvalpas.", "Afval dat al gescheiden is.")),),
                checked=8,
            ),
            ("Duinrand 12", "1996 ZH", "Zandmeer"),
            {1: "13.00-17.00", 2: "9.00-17.00", 4: "9.00-17.00", 5: "9.00-16.00"},
        ),
        Written(
            "strandopgang-3-dicht",
            "Strandopgang 3 is dicht tot {day+9}",
            "De trap is kapot door de storm. Gebruik opgang 2 of 4. Die liggen vijf minuten lopen verder.",
            (
                section(
                    "Wat doen wij?",
                    "Wij maken de trap weer veilig. Op {day+9} gaat hij open. Lukt het eerder, dan leest u het hier.",
                ),
                section(
                    "Komt u met een rolstoel?",
                    "Opgang 1 heeft een hellend pad en een vlonder tot aan zee.",
                ),
            ),
            kind="NewsPage",
            checked=1,
        ),
        Written(
            "maatje-worden",
            "Word maatje van een nieuwe inwoner",
            "Wij zoeken mensen die een nieuwe inwoner op weg helpen. Het kost u een uur per week.",
            (
                steps(
                    "Zo meldt u zich aan",
                    "Log in bij Mijn en kies Maatje worden.",
                    "Laat zien dat u 18 jaar of ouder bent. Uw geboortedatum zien wij niet.",
                    "Wij bellen u voor een kop koffie.",
                ),
                section(
                    "Geen DigiD of wallet?",
                    "Kom langs met uw paspoort. Wij kijken alleen en maken geen kopie.",
                ),
                contact(),
            ),
            button=("Aanmelden in Mijn", "/mijn/delen/starten/maatje-18/"),
            kind="NewsPage",
            checked=9,
        ),
    ),
)

VELDRECHT = OwnSite(
    "Welkom in Veldrecht",
    "Eén stad, negen dorpen. Bel ons, kom langs of regel het hier.",
    TASKS,
    (
        Written(
            "bouwen-in-de-vesting",
            "Dakkapel bouwen in Veldrecht",
            "Binnen de wallen heeft u altijd een vergunning nodig, ook aan de achterkant. In de dorpen vaak niet.",
            (
                notice(
                    "warning",
                    "Woont u binnen de vestingwallen?",
                    "Dan hoort uw huis bij het beschermde stadsgezicht. Begin niet voordat u de vergunning heeft.",
                ),
                section(
                    "Regels binnen de wallen",
                    points(
                        "De dakkapel zit aan de kant die u vanaf de wal niet ziet.",
                        "Hij is van hout of zink, in een kleur van de vesting.",
                        "Het dak blijft van rode pannen.",
                    ),
                    "De kleuren kunt u bekijken in het Stadhuis. Wij geven u een staal mee.",
                ),
                section(
                    "In de dorpen",
                    "Aan de achterkant mag het vaak zonder vergunning. Doe eerst de vergunningcheck.",
                ),
                section("Wat kost het?", "Een vergunning kost [[leges-dakkapel]]. Advies vooraf kost niets."),
                steps(
                    "Zo gaat het",
                    "Bel [[telefoon]] voor een gesprek met onze bouwkundige.",
                    "Vraag de vergunning aan bij het Omgevingsloket.",
                    "De commissie voor de vesting kijkt mee. Wij beslissen binnen acht weken.",
                ),
                contact(),
            ),
            button=("Naar de vergunningcheck", "https://omgevingswet.overheid.nl/checken"),
            replaces="dakkapel",
            checked=18,
            picture=True,
        ),
        Written(
            "dorpenteam",
            "Het Dorpenteam bij u in de buurt",
            "Het Dorpenteam komt naar u toe. Elke week zitten wij in een ander dorpshuis. U hoeft niets af te spreken.",
            (
                section(
                    "Waar zijn wij?",
                    points(
                        "Maandag: dorpshuis Oosterwal, 9.00 tot 12.00 uur.",
                        "Woensdag: dorpshuis Lage Veld, 13.00 tot 16.00 uur.",
                        "Vrijdag: Stadhuis, 9.00 tot 12.30 uur.",
                    ),
                ),
                section(
                    "Waarvoor kunt u komen?",
                    'Voor <a href="page:hulp-thuis">hulp thuis</a>, voor <a href="page:rondkomen">geldzorgen</a>, '
                    "of om een brief samen te lezen.",
                ),
                contact(),
            ),
            place="menu",
        ),
        location(
            Written(
                "stadhuis",
                "Stadhuis",
                "Het Stadhuis staat op de Markt. U komt op afspraak. Past geen enkele tijd? Bel ons, dan zoeken wij iets anders.",
                (section("Goed bereikbaar", "De trap heeft een plateaulift. Bel aan, dan helpen wij u."),),
                checked=8,
            ),
            ("Markt 4", "1997 AA", "Veldrecht"),
            {0: "9.00-12.30", 2: "9.00-12.30", 4: "9.00-12.30"},
            phone="(0998) 12 34 56",
            appointment="Alleen op afspraak.",
            differing=((3, "Verhuizing van het archief"), (27, "Kerst")),
        ),
        Written(
            "stadhuis-dicht",
            "Stadhuis dicht op {day+3}",
            "Op {day+3} is het Stadhuis dicht. Bellen kan die dag wel, van 9.00 tot 12.30 uur.",
            (
                section(
                    "Moet u iets ophalen?",
                    "Uw paspoort of rijbewijs ligt de volgende werkdag voor u klaar.",
                ),
            ),
            kind="NewsPage",
            checked=2,
        ),
    ),
    left_out=("Parkeren",),
)

OEVERSTAD = OwnSite(
    "Welkom in Oeverstad",
    "Regel uw zaken hier, dag en nacht. Of loop binnen bij het Stadskantoor, tot 12.00 uur zonder afspraak.",
    TASKS,
    (
        Written(
            "recyclepunt-haven",
            "Recyclepunt Haven",
            "Breng grof afval en oude apparaten naar Recyclepunt Haven. Met uw afvalpas kost het niets.",
            (
                section(
                    "Wanneer is het open?",
                    "Van maandag tot en met zaterdag, van 8.00 tot 17.00 uur.",
                ),
                section(
                    "Wat neemt u mee?",
                    points(
                        "Uw afvalpas.", "Hout, metaal en tuinafval apart.", "Verf en olie in een dichte pot."
                    ),
                ),
                section(
                    "Nog bruikbaar?",
                    "Zet het bij de kringloophoek. Wat u er ziet, mag u gratis meenemen.",
                ),
                contact(),
            ),
            place="menu",
        ),
        location(
            Written(
                "stadskantoor",
                "Stadskantoor",
                "In het Stadskantoor helpen wij u met alles van de gemeente. Tot 12.00 uur kunt u zo binnenlopen.",
                (
                    section(
                        "Goed bereikbaar",
                        "De ingang heeft geen drempel. Er is een lift, en een toilet voor iedereen.",
                    ),
                ),
                checked=8,
            ),
            ("Kadeplein 10", "1998 AA", "Oeverstad"),
            {0: "8.30-17.00", 1: "8.30-17.00", 2: "8.30-17.00", 3: "8.30-20.00", 4: "8.30-17.00"},
            phone="(0997) 12 34 56",
            appointment="Tot 12.00 uur zonder afspraak.",
            differing=((27, "Kerst"),),
        ),
        Written(
            "hoogwater",
            "Hoogwater: de kade is afgesloten",
            "Het water in de rivier staat hoog. De kade is dicht voor auto’s en fietsers. De winkels zijn open.",
            (
                section(
                    "Woont u aan de kade?",
                    "Zet uw auto op parkeerterrein Noord. Dat kost nu niets. Zandzakken liggen klaar bij het Kadeplein.",
                ),
                section(
                    "Een bericht als het water stijgt",
                    "Wij sturen u een sms, als u dat wilt. Dat regelt u in Mijn, of bel [[telefoon]]. Bij gevaar krijgt u ook NL-Alert. Dat staat hier los van.",
                ),
                notice("warning", "Is er gevaar?", "Bel 112."),
            ),
            button=("Vraag de sms aan in Mijn", "/mijn/delen/starten/hoogwater-sms/"),
            kind="NewsPage",
            checked=0,
            picture=True,
        ),
        Written(
            "buurtbudget",
            "Stem over € 50.000 voor uw buurt",
            "Kies mee wat er in uw buurt komt. Stemmen kan tot {day+30}, vanaf 16 jaar.",
            (
                section(
                    "Waar kunt u op stemmen?",
                    points(
                        "Een beweegtuin in Noord.",
                        "Bankjes en bomen langs de Stroomweg.",
                        "Een buurtkeuken in het buurthuis.",
                    ),
                ),
                section(
                    "Wat vragen wij van u?",
                    "Alleen een bewijs dat u 16 jaar of ouder bent, en dat u in Oeverstad woont. "
                    "Uw naam en adres zien wij niet.",
                ),
                section("Liever op papier?", "Haal een stembiljet in het buurthuis. Papier telt even zwaar."),
            ),
            button=("Stem mee in Mijn", "/mijn/delen/starten/buurtbudget-16/"),
            kind="NewsPage",
            checked=6,
        ),
    ),
    filled_in={
        ("hulp-thuis", "Wat betaalt u?"): (
            "<p>U betaalt elke maand € 21,60. Het CAK stuurt u de rekening.</p>"
            "<p>Heeft u weinig geld? Dan betaalt u niets. Uw wijkteam regelt dat met u.</p>"
        )
    },
)

OWN_SITES = {"zandmeer": ZANDMEER, "veldrecht": VELDRECHT, "oeverstad": OEVERSTAD}
