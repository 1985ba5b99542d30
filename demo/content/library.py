"""The library's six pages for life's events, once for all municipalities; `[[…]]` is filled in on each site."""

from .written import Written, contact, fill_in, notice, optional, points, product, section, steps

MOVING = product(
    Written(
        "verhuizen",
        "Verhuizen",
        "Gaat u verhuizen? Geef uw nieuwe adres door. Dat kan vanaf vier weken voor de verhuizing, tot vijf dagen erna."
        " Het kost niets.",
        (
            section(
                "Voor wie kunt u het doorgeven?",
                "Voor uzelf. En voor uw partner en uw kinderen, als zij met u mee verhuizen.",
                "Volwassen kinderen geven hun adres zelf door.",
            ),
            section(
                "Verhuist u naar een andere gemeente?",
                "Geef uw adres dan dáár door. Die gemeente vertelt het aan ons. U hoeft zich hier niet af te melden.",
            ),
            section(
                "Wat regelen wij vanzelf?",
                "Uw nieuwe adres gaat ook naar de Belastingdienst, uw pensioen en uw zorgverzekering. "
                "U hoeft het daar niet nog een keer te melden.",
                'In Mijn ziet u uw nieuwe adres. Lees meer over <a href="page:uw-gegevens">uw gegevens</a>.',
            ),
            optional(
                "Parkeren",
                "Heeft u een parkeervergunning? Die gaat mee naar uw nieuwe adres. Dat regelen wij voor u.",
            ),
            optional(
                "Afvalpas",
                "Uw afvalpas hoort bij uw huis. Laat hem daar liggen. "
                "Heeft uw nieuwe huis geen pas? Haal er een bij [[afval]].",
            ),
            contact("Doorgeven? Kom langs of bel"),
        ),
        button=("Volg uw verhuizing in Mijn", "/mijn/zaken/"),
        place="menu",
        checked=12,
    ),
    upl="verhuismelding",
    costs="Niets.",
    term="Wij verwerken het binnen twee werkdagen.",
    needed=points(
        "Uw paspoort, identiteitskaart of rijbewijs.",
        "De datum waarop u verhuist.",
        "Woont u bij iemand in? Dan vragen wij of de bewoner het goed vindt.",
    ),
    laws=("Wet basisregistratie personen, artikel 2.39",),
    case_type="verhuizing",
)

HELP_AT_HOME = product(
    Written(
        "hulp-thuis",
        "Hulp thuis",
        "Lukt het thuis niet meer alleen? Vraag hulp aan [[sociaal-team]]. U krijgt een vaste contactpersoon. "
        "Die belt u binnen vijf werkdagen.",
        (
            section(
                "Wat kan het zijn?",
                points(
                    "Hulp bij schoonmaken en de was.",
                    "Een traplift of een andere aanpassing in huis.",
                    "Vervoer, als bus en trein niet lukken.",
                    "Iemand die met u meedenkt over uw dag.",
                ),
                "Samen kijken wij wat past. Soms helpt een buur of een vrijwilliger al.",
            ),
            steps(
                "Zo gaat het",
                "Uw vraag is binnen. Een vaste contactpersoon belt u.",
                "U maakt een afspraak. Het gesprek is bij u thuis.",
                "U krijgt het verslag. Klopt er iets niet? Dan verbetert u het.",
                "Wij beslissen. Dat doen wij binnen twee weken na uw aanvraag.",
                "U krijgt het besluit. Bent u het er niet mee eens? Dan kunt u bezwaar maken.",
            ),
            section(
                "Neem iemand mee",
                "Een gesprek voelt soms spannend. Neem een vriend, buur of kind mee. "
                "Of vraag [[clientondersteuning]]. Die denkt met u mee, is niet van de gemeente en kost niets.",
            ),
            fill_in(
                "Wat betaalt u?",
                "Noem het bedrag van de eigen bijdrage per maand, en wie helpt als dat te veel is.",
                "Voor de meeste hulp betaalt u elke maand een vast bedrag. Het CAK stuurt u de rekening. "
                'Is dat te veel? Kijk bij <a href="page:rondkomen">rondkomen met weinig geld</a>.',
            ),
            notice("warning", "Heeft u snel hulp nodig?", "Bel [[telefoon]]. Is er gevaar? Bel 112."),
            section(
                "Mag iemand anders dit voor mij doen?",
                "Ja. Uw kind, buur of mantelzorger mag voor u bellen. Zeg er wel bij dat u het goed vindt.",
            ),
            contact("Hulp vragen? Bel ons of kom langs"),
        ),
        button=("Volg uw vraag in Mijn", "/mijn/zaken/"),
        place="menu",
        checked=20,
    ),
    upl="wmo ondersteuning",
    term="Een gesprek binnen zes weken, en dan binnen twee weken een besluit.",
    laws=("Wet maatschappelijke ondersteuning 2015, artikel 2.3.2 en 2.3.5",),
    case_type="hulp-thuis",
)

MAKING_ENDS_MEET = Written(
    "rondkomen",
    "Rondkomen met weinig geld",
    "Heeft u weinig geld? Kijk wat u kunt krijgen. Wat wij al van u weten, vragen wij niet nog een keer.",
    (
        section(
            "Bijstand",
            "Heeft u geen werk en te weinig geld om van te leven? Dan kunt u bijstand krijgen. "
            "Wij beslissen binnen acht weken.",
            "Kunt u niet wachten? Vraag om een voorschot. Dat krijgt u binnen vier weken.",
        ),
        section(
            "Bijzondere bijstand",
            "Moet u iets betalen dat echt nodig is, en lukt dat niet? Denk aan een kapotte wasmachine of een bril. "
            "Vraag dan bijzondere bijstand, liefst voordat u het koopt.",
        ),
        section(
            "Kwijtschelding",
            "Kunt u de belasting van de gemeente niet betalen? Vraag kwijtschelding. "
            "Zolang wij kijken, hoeft u niet te betalen. Het duurt ongeveer tien minuten. U heeft DigiD nodig.",
            "U kunt ons ook elk jaar laten nakijken of u weer kwijtschelding krijgt. "
            "Dan vult u geen formulier meer in. Vraag ernaar als u belt.",
        ),
        optional(
            "Meedoen",
            "Er is geld voor sport, muziek, een zwemdiploma of een dagje uit. Vraag ernaar bij [[sociaal-team]].",
        ),
        notice(
            "info",
            "Schulden? U bent niet de enige",
            "Bel [[telefoon]] en vraag naar hulp bij schulden. Bellen mag ook zonder uw naam te noemen.",
        ),
        contact("Aanvragen? Bel ons of kom langs"),
    ),
    button=("Vraag kwijtschelding aan", "/mijn/aanvragen/kwijtschelding/"),
    place="menu",
    checked=7,
)

DORMER = product(
    Written(
        "dakkapel",
        "Dakkapel bouwen",
        "Soms heeft u een vergunning nodig. Doe eerst de vergunningcheck. Dan weet u het in vijf minuten.",
        (
            section(
                "Wanneer mag het zonder vergunning?",
                "Aan de achterkant mag een dakkapel vaak zonder vergunning. Dit zijn de regels:",
                points(
                    "De dakkapel heeft een plat dak.",
                    "Hij is niet hoger dan 1,75 meter.",
                    "Er blijft rondom een halve meter dak over.",
                    "Uw huis is geen monument.",
                ),
                "Aan de voorkant heeft u bijna altijd een vergunning nodig.",
            ),
            section(
                "Vertel het uw buren",
                "U hoeft geen toestemming te vragen. Vertel het wel voor u begint. Dat voorkomt ruzie en bezwaar.",
            ),
            steps(
                "Zo gaat het",
                "U doet de vergunningcheck bij het Omgevingsloket.",
                "U vraagt daar de vergunning aan, met een tekening erbij.",
                "Wij kijken of alles erbij zit. Mist er iets? Dan krijgt u bericht.",
                "Wij beslissen binnen acht weken. In Mijn volgt u hoe ver wij zijn.",
            ),
            contact(),
        ),
        button=("Naar de vergunningcheck", "https://omgevingswet.overheid.nl/checken"),
        place="menu",
        checked=41,
    ),
    upl="omgevingsvergunning",
    costs="Een vergunning voor een dakkapel kost [[leges-dakkapel]].",
    term="Wij beslissen binnen acht weken.",
    laws=("Omgevingswet",),
    case_type="dakkapel",
)

DEATH = Written(
    "overlijden",
    "Als iemand is overleden",
    "Gecondoleerd. Wij leggen uit wat er moet gebeuren, en in welke volgorde. Niet alles hoeft vandaag.",
    (
        section(
            "Vandaag of morgen",
            points(
                "Bel de huisarts. Die komt langs en geeft u een verklaring.",
                "Bel een uitvaartondernemer, als u die wilt. Die regelt veel voor u.",
            ),
        ),
        section(
            "Deze week",
            "Geef het overlijden aan bij de gemeente waar iemand is overleden. "
            "Meestal doet de uitvaartondernemer dat voor u.",
            "Begraven of cremeren is uiterlijk zes werkdagen na het overlijden.",
        ),
        section(
            "Later",
            points(
                "Vraag bij de notaris na of er een testament is.",
                "Zeg abonnementen en verzekeringen op.",
                "Kijk na of u recht heeft op een uitkering voor nabestaanden.",
            ),
        ),
        section(
            "Wat gebeurt vanzelf?",
            "Wij geven het overlijden door aan de Belastingdienst, de AOW, het pensioen en de "
            "zorgverzekering. U hoeft dat niet te doen.",
        ),
        section(
            "Begraven of cremeren in [[gemeente]]",
            "Wij vertellen u graag wat hier kan, en wat het kost. Bel ons. U hoeft nog niets te kiezen.",
        ),
        contact("Praat met iemand"),
    ),
    checked=33,
    asks=False,
)

YOUR_DATA = Written(
    "uw-gegevens",
    "Uw gegevens",
    "Wat weten wij van u? In Mijn [[gemeente]] ziet u het. Ook wie het gebruikte, en waarom.",
    (
        section(
            "Zien",
            "Log in en open Mijn gegevens. Bij elk gegeven staat waar wij het vandaan hebben.",
        ),
        section(
            "Verbeteren",
            "Klopt er iets niet? Bel ons of kom langs. In Mijn staat wat u dan meeneemt. "
            "Is het verbeterd? Dan vertellen wij het ook aan wie het al gebruikte.",
        ),
        section(
            "Delen en stoppen",
            "Soms vragen wij of u een gegeven wilt delen. U mag nee zeggen. Dan is er altijd een andere weg.",
            "Zei u ja? Dan kunt u altijd stoppen. Stoppen is net zo makkelijk als beginnen.",
        ),
        section(
            "Wat wij moeten gebruiken van de wet",
            "Voor sommige taken moet de gemeente gegevens gebruiken. Dan vragen wij geen toestemming. "
            "Wij laten wel zien wat wij gebruiken, en welke wet dat zegt.",
        ),
        section(
            "Wat u hier níét ziet",
            "Soms verbiedt de wet ons om een gebruik te tonen, bijvoorbeeld bij opsporing. Dat is zeldzaam.",
        ),
        section(
            "Niet tevreden?",
            "Vraag het onze functionaris gegevensbescherming: [[functionaris-gegevensbescherming]]. "
            "Komt u er samen niet uit? Dan kunt u naar de Autoriteit Persoonsgegevens.",
        ),
        contact("Geen computer? Kom langs of bel"),
    ),
    button=("Naar mijn gegevens", "/mijn/gegevens/"),
    place="menu",
    checked=3,
)

EVENTS = (MOVING, HELP_AT_HOME, MAKING_ENDS_MEET, DORMER, DEATH, YOUR_DATA)
