"""The library's pages that every municipality must have."""

from .written import Written, contact, notice, points, section, steps

ACCESSIBILITY = Written(
    "toegankelijkheid",
    "Toegankelijkheid",
    "Iedereen moet deze site kunnen gebruiken. Lukt u iets niet? Zeg het ons, dan helpen wij u meteen.",
    (
        section(
            "Hoe toegankelijk is deze site?",
            "Wij houden ons aan de Europese regels voor toegankelijke sites (WCAG 2.2, niveau AA). "
            "Wij testen elke pagina met het toetsenbord, met een klein scherm en met een programma.",
            "Dit is een demonstratie. Een onafhankelijk onderzoek is er nog niet.",
        ),
        section(
            "Lukt er iets niet?",
            "Bel [[telefoon]] of mail naar [[e-mail]]. Vertel welke pagina het is en wat er gebeurt.",
            "U krijgt binnen twee werkdagen antwoord. Wij zorgen ook dat u krijgt waar u voor kwam.",
        ),
        section(
            "Niet tevreden met ons antwoord?",
            'Dan kunt u een <a href="page:klacht">klacht indienen</a>. '
            "Daarna kunt u naar de Nationale ombudsman.",
        ),
        contact(),
    ),
    place="legal",
    checked=60,
)

PRIVACY = Written(
    "privacy",
    "Privacy",
    "Wij gebruiken niet meer gegevens dan nodig is. U ziet zelf wat wij gebruiken, en waarom.",
    (
        section(
            "Wie is verantwoordelijk?",
            "Gemeente [[gemeente]]. Vragen over uw privacy stelt u aan onze functionaris gegevensbescherming: "
            "[[functionaris-gegevensbescherming]].",
        ),
        section(
            "Als u deze site leest",
            "Dan weten wij niet wie u bent. Wij zetten geen cookies om u te volgen. "
            "Er staat niets op deze site van andere bedrijven.",
        ),
        section(
            "Als u inlogt",
            "Dan zetten wij één cookie, tot u uitlogt of 15 minuten niets doet. "
            "Uw gegevens halen wij op als u de pagina opent. Wij maken er geen kopie van.",
        ),
        section(
            "Wat zijn uw rechten?",
            points(
                "Zien wat wij van u weten.",
                "Een fout laten verbeteren.",
                "Stoppen met delen.",
                "Vragen om gegevens te wissen, als de wet niet zegt dat wij ze moeten bewaren.",
            ),
            'Hoe dat gaat, leest u bij <a href="page:uw-gegevens">uw gegevens</a>.',
        ),
        section(
            "Niet tevreden?",
            "Praat met ons. Komt u er niet uit? Dan kunt u naar de Autoriteit Persoonsgegevens.",
        ),
        contact(),
    ),
    place="legal",
    checked=15,
)

VULNERABILITY = Written(
    "kwetsbaarheid-melden",
    "Kwetsbaarheid melden",
    "Ziet u een zwakke plek in onze systemen? Meld het ons. Dan lossen wij het op voor iemand er misbruik van maakt.",
    (
        steps(
            "Zo meldt u het",
            "Mail naar [[e-mail]] en zet erboven: kwetsbaarheid.",
            "Schrijf op wat u zag, waar, en hoe wij het kunnen nadoen.",
            "U krijgt binnen drie werkdagen antwoord van een mens.",
            "Wij houden u op de hoogte tot het is opgelost.",
        ),
        section(
            "Wat vragen wij u?",
            points(
                "Kijk niet verder dan nodig is om het te laten zien.",
                "Bekijk, verander of bewaar geen gegevens van anderen.",
                "Vertel het nog niet aan anderen. Wacht tot het is opgelost.",
            ),
        ),
        section(
            "Wat beloven wij u?",
            "Houdt u zich hieraan? Dan doen wij geen aangifte. Wilt u dat, dan noemen wij uw naam als dank.",
        ),
        contact(),
    ),
    place="legal",
    checked=90,
)

CHANNELS = Written(
    "digitaal-bereikbaar",
    "Digitaal bereikbaar",
    "U mag ons digitaal berichten sturen. Hier leest u welk bericht waar hoort. Post of langskomen mag altijd.",
    (
        section(
            "Welk bericht hoort waar?",
            points(
                "Een aanvraag of een bezwaar: met een brief, of aan de balie.",
                "Een vraag: per mail naar [[e-mail]], of bel [[telefoon]].",
                "Een brief: [[balie]].",
            ),
        ),
        section(
            "Wat krijgt u van ons?",
            "Een bewijs dat uw bericht binnen is, met de datum. Kwam het op de verkeerde plek? "
            "Dan zorgen wij dat het goed terechtkomt.",
        ),
        notice(
            "info",
            "Werkt het even niet?",
            'Bent u door een <a href="page:storing">storing</a> te laat? Dan telt dat niet tegen u.',
        ),
        contact(),
    ),
    place="legal",
    checked=25,
)

COMPLAINT = Written(
    "klacht",
    "Klacht over de gemeente",
    "Deden wij iets niet goed? Vertel het ons. U krijgt binnen zes weken antwoord.",
    (
        steps(
            "Zo gaat het",
            "Bel [[telefoon]], mail naar [[e-mail]] of kom langs. Schrijven hoeft niet.",
            "U krijgt bericht dat uw klacht binnen is, en van wie u antwoord krijgt.",
            "Wij bellen u. Vaak is het dan al op te lossen.",
            "U krijgt ons antwoord op papier.",
        ),
        section(
            "Bent u het niet eens met een besluit?",
            "Dan maakt u bezwaar. Dat is iets anders dan een klacht. Doe dat binnen zes weken na het besluit.",
        ),
        section(
            "Niet tevreden met ons antwoord?",
            "Dan kunt u naar de Nationale ombudsman. Dat kost niets.",
        ),
        contact(),
    ),
    place="legal",
    checked=48,
)

OUTAGE = Written(
    "storing",
    "Storing",
    "Werkt er iets niet? Bel ons, dan helpen wij u op een andere manier. Een storing telt niet tegen u.",
    (
        section(
            "Wat kunt u doen?",
            points(
                "Wacht een kwartier en probeer het opnieuw.",
                "Ziet u in Mijn een deel niet? De rest klopt wel.",
                "Heeft u haast? Bel [[telefoon]].",
            ),
        ),
        section(
            "Moest u vandaag iets inleveren?",
            "Dan krijgt u de tijd erbij die de storing duurde. Bel ons of stuur een brief. Bewaar wat u heeft.",
        ),
        contact(),
    ),
    checked=10,
)

LEGAL = (ACCESSIBILITY, PRIVACY, VULNERABILITY, CHANNELS, COMPLAINT, OUTAGE)

LAWS = {
    "toegankelijkheid": "Besluit digitale toegankelijkheid overheid",
    "privacy": "AVG, artikel 13",
    "kwetsbaarheid-melden": "Baseline Informatiebeveiliging Overheid",
    "digitaal-bereikbaar": "Awb, artikel 2:13",
    "klacht": "Awb, artikel 9:1",
}
"""Which rule asks for a page: no municipality can leave it out."""
