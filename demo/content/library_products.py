"""The library's products: what a municipality does or gives, once for all; `[[…]]` is filled in on each site."""

from .written import Written, contact, notice, optional, points, product, section, steps

PASSPORT = product(
    Written(
        "paspoort",
        "Paspoort aanvragen",
        "Vraag uw paspoort aan bij de balie. U maakt eerst een afspraak. Na vijf werkdagen kunt u het ophalen.",
        (
            section(
                "Hoe gaat het?",
                "Kom zelf naar de balie. Wij maken een scan van uw vingers en uw handtekening. "
                "U betaalt meteen, met pin of contant.",
                "Ophalen doet u ook zelf. Neem uw oude paspoort mee, dat houden wij in.",
            ),
            section(
                "Een paspoort voor uw kind",
                "Uw kind komt zelf mee. Beide ouders met gezag geven toestemming. "
                "Kan een van u niet komen? Geef een brief met handtekening mee, en een kopie van het paspoort.",
            ),
            section(
                "Heeft u haast?",
                "Vraag een spoedpaspoort aan voor 14.00 uur. Dan ligt het de volgende werkdag klaar. "
                "Spoed kost meer. Dat vertellen wij u vooraf.",
            ),
            contact("Afspraak maken? Bel ons"),
        ),
        checked=14,
    ),
    upl="paspoort",
    costs="[[prijs-paspoort]] voor wie 18 jaar of ouder is. Voor kinderen is het goedkoper.",
    term="Vijf werkdagen. Met spoed: de volgende werkdag.",
    needed="<ul><li>Uw oude paspoort of identiteitskaart, ook als die verlopen is.</li>"
    "<li>Een pasfoto in kleur, niet ouder dan zes maanden.</li></ul>",
    laws=("Paspoortwet, artikel 9",),
)

IDENTITY_CARD = product(
    Written(
        "identiteitskaart",
        "Identiteitskaart aanvragen",
        "Vraag uw identiteitskaart aan bij de balie. Met de kaart reist u in Europa en laat u zien wie u bent.",
        (
            section(
                "Hoe gaat het?",
                "U maakt een afspraak en komt zelf langs. Na vijf werkdagen haalt u de kaart op.",
            ),
            section(
                "Kaart of paspoort?",
                "De kaart past in uw portemonnee en is goedkoper. Buiten Europa heeft u een paspoort nodig.",
            ),
            contact("Afspraak maken? Bel ons"),
        ),
        checked=14,
    ),
    upl="identiteitskaart",
    costs="[[prijs-identiteitskaart]] voor wie 18 jaar of ouder is.",
    term="Vijf werkdagen.",
    needed="<ul><li>Uw oude kaart of paspoort.</li><li>Een pasfoto in kleur, niet ouder dan zes maanden.</li></ul>",
    laws=("Paspoortwet, artikel 9",),
)

DRIVING_LICENCE = product(
    Written(
        "rijbewijs",
        "Rijbewijs aanvragen of verlengen",
        "Verleng uw rijbewijs op tijd. Dat doet u bij de balie, met een afspraak. De volgende werkdag ligt het klaar.",
        (
            section(
                "Wanneer verlengt u?",
                "Op uw rijbewijs staat tot wanneer u ermee mag rijden. Verleng het in de drie maanden ervoor.",
                "Bent u 75 jaar of ouder? Dan keurt een arts u eerst. Begin vier maanden van tevoren.",
            ),
            section(
                "Rijbewijs kwijt of gestolen?",
                "U mag dan niet rijden tot u een nieuw heeft. Kom langs met uw paspoort. "
                "Wij melden het oude rijbewijs voor u als vermist.",
            ),
            contact("Afspraak maken? Bel ons"),
        ),
        checked=26,
    ),
    upl="rijbewijs",
    costs="[[prijs-rijbewijs]]",
    term="Een werkdag.",
    needed="<ul><li>Uw oude rijbewijs.</li><li>Een pasfoto in kleur, niet ouder dan zes maanden.</li></ul>",
    laws=("Reglement rijbewijzen",),
)

EXTRACT = product(
    Written(
        "uittreksel",
        "Uittreksel uit de BRP",
        "Heeft u bewijs nodig van waar u woont of wie u bent? Vraag een uittreksel aan uit de Basisregistratie Personen.",
        (
            section(
                "Waarvoor vraagt men erom?",
                "Vaak wil een verhuurder, school of rechter het zien. Vraag wat er precies op moet staan.",
                "Vraagt een overheid erom? Die kan het meestal zelf opzoeken. U hoeft dan niets te betalen.",
            ),
            section(
                "Zelf bekijken kost niets",
                'In Mijn ziet u wat er van u in de BRP staat. Lees meer over <a href="page:uw-gegevens">uw gegevens</a>.',
            ),
            contact("Aanvragen? Kom langs of bel"),
        ),
        checked=18,
    ),
    upl="uittreksel basisregistratie personen (brp)",
    costs="[[prijs-uittreksel]]",
    term="U krijgt het meteen aan de balie. Per post duurt het drie werkdagen.",
    needed="<ul><li>Uw paspoort, identiteitskaart of rijbewijs.</li></ul>",
    laws=("Wet basisregistratie personen, artikel 2.55",),
)

PARKING = product(
    Written(
        "parkeervergunning",
        "Parkeervergunning voor bewoners",
        "Woont u in een straat met betaald parkeren? Met een vergunning zet u uw auto bij huis neer.",
        (
            section(
                "Wie krijgt een vergunning?",
                points(
                    "U staat op dat adres ingeschreven.",
                    "De auto staat op uw naam, of is van uw werk of van een leasebedrijf.",
                    "Er is plaats in uw wijk. Is die er niet? Dan komt u op de wachtlijst.",
                ),
            ),
            section(
                "Bezoek laten parkeren",
                "Met een bezoekersregeling betaalt uw bezoek minder. Vraag hem tegelijk aan.",
            ),
            section(
                "Verhuist u, of krijgt u een andere auto?",
                "Een nieuw kenteken geeft u aan ons door. Verhuist u binnen [[gemeente]]? "
                "Dan gaat uw vergunning vanzelf mee.",
            ),
            contact("Aanvragen? Bel ons"),
        ),
        button=("Bekijk uw zaak in Mijn", "/mijn/zaken/"),
        checked=9,
    ),
    upl="parkeervergunning",
    costs="[[prijs-parkeervergunning]]",
    term="Drie werkdagen, als er plaats is.",
    needed="<ul><li>Het kenteken van uw auto.</li><li>Een leaseauto? Dan ook het contract.</li></ul>",
    laws=("Gemeentewet, artikel 225",),
    case_type="parkeren",
)

BIRTH = product(
    Written(
        "geboorte-aangeven",
        "Geboorte aangeven",
        "Gefeliciteerd met uw kind. Geef de geboorte aan binnen drie werkdagen, bij de gemeente waar uw kind is geboren.",
        (
            section(
                "Wie doet aangifte?",
                "De vader, de duomoeder of de moeder. Kan dat niet? Dan doet iemand het die erbij was.",
            ),
            section(
                "De naam van uw kind",
                "Bij de aangifte zegt u hoe uw kind heet. Kiest u de achternaam van u beiden? Kom dan samen.",
            ),
            section(
                "Bent u niet getrouwd?",
                "Dan erkent de vader of duomoeder het kind. Doe dat liefst voor de geboorte. Het kost niets.",
            ),
            contact("Afspraak maken? Bel ons"),
        ),
        checked=35,
    ),
    upl="geboorteaangifte",
    costs="Niets. Een afschrift van de akte kost [[prijs-uittreksel]].",
    term="Een half uur aan de balie.",
    needed="<ul><li>Uw paspoort of identiteitskaart.</li>"
    "<li>Het bewijs van geboorte van de verloskundige of het ziekenhuis.</li></ul>",
    laws=("Burgerlijk Wetboek, Boek 1, artikel 19e",),
)

MARRIAGE = product(
    Written(
        "trouwen",
        "Trouwen of partner worden",
        "Wilt u trouwen of geregistreerd partner worden? Meld het minstens twee weken van tevoren bij ons.",
        (
            steps(
                "Zo gaat het",
                "Kies een dag en een plek, en bel ons.",
                "Meld uw huwelijk. Dat mag op papier of aan de balie.",
                "Wij kijken of alles klopt. U krijgt bericht.",
                "Op de dag zelf neemt u twee tot vier getuigen mee.",
            ),
            section(
                "Trouwen zonder te betalen",
                "Op maandagochtend trouwt u gratis, met alleen de getuigen erbij. Er is dan geen toespraak.",
            ),
            contact("Een dag kiezen? Bel ons"),
        ),
        checked=40,
    ),
    upl="huwelijk",
    costs="Dat hangt af van de dag en de plek. Op maandagochtend kost het niets.",
    term="Meld het uiterlijk twee weken voor de dag, en hoogstens een jaar ervoor.",
    needed="<ul><li>Paspoort of identiteitskaart van u beiden.</li><li>Kopieën van die van uw getuigen.</li></ul>",
    laws=("Burgerlijk Wetboek, Boek 1, artikel 43",),
)

REMISSION = product(
    Written(
        "kwijtschelding",
        "Kwijtschelding van belasting",
        "Kunt u de belasting van de gemeente niet betalen? Vraag kwijtschelding. Zolang wij kijken, hoeft u niet te betalen.",
        (
            section(
                "Wanneer krijgt u het?",
                "Als uw inkomen rond de bijstand ligt en u weinig spaargeld heeft. "
                "Ook met een baan of een klein pensioen kan dat zo zijn.",
            ),
            section(
                "Voor welke belasting?",
                points(
                    "Afvalstoffenheffing.",
                    "Rioolheffing.",
                    "Een deel van de onroerendezaakbelasting (OZB).",
                ),
            ),
            section(
                "Elk jaar vanzelf",
                "U kunt ons elk jaar laten nakijken of u weer kwijtschelding krijgt. "
                "Dan vult u geen formulier meer in.",
            ),
            contact("Hulp bij invullen? Bel ons of kom langs"),
        ),
        button=("Vraag kwijtschelding aan", "/mijn/aanvragen/kwijtschelding/"),
        checked=5,
    ),
    upl="kwijtschelding van gemeentelijke belastingen",
    costs="Niets.",
    term="Zes weken. Invullen duurt ongeveer tien minuten.",
    needed="<ul><li>DigiD.</li><li>Wat u verdient en wat uw huur kost.</li></ul>",
    laws=("Gemeentewet, artikel 255", "Invorderingswet 1990, artikel 26"),
    case_type="kwijtschelding",
)

BENEFIT = product(
    Written(
        "bijstand",
        "Bijstandsuitkering",
        "Heeft u geen werk en te weinig geld om van te leven? Vraag bijstand aan. Wij beslissen binnen acht weken.",
        (
            section(
                "Hoeveel krijgt u?",
                "Dat hangt ervan af met wie u woont, en wat u en uw partner verdienen. Wij rekenen het met u uit.",
            ),
            section(
                "Kunt u niet wachten?",
                "Vraag om een voorschot. Dat krijgt u binnen vier weken. Het gaat later van uw uitkering af.",
            ),
            section(
                "Heeft u een eigen huis of spaargeld?",
                "Een eigen huis hoeft geen probleem te zijn. De waarde kennen wij al: daar vragen wij u niet om.",
            ),
            notice("info", "Ook al werkt u", "Verdient u te weinig? Dan vullen wij soms aan."),
            contact("Aanvragen? Bel ons of kom langs"),
        ),
        button=("Bekijk uw zaak in Mijn", "/mijn/zaken/"),
        checked=11,
    ),
    upl="bijstandsuitkering",
    costs="Niets.",
    term="Hoogstens acht weken. Een voorschot binnen vier weken.",
    needed="<ul><li>Bankafschriften van de laatste drie maanden.</li><li>Uw huurcontract of hypotheek.</li></ul>"
    "<p>Wat wij al weten, vragen wij niet.</p>",
    laws=("Participatiewet, artikel 11 en 52",),
    case_type="bijstand",
)

SPECIAL = product(
    Written(
        "bijzondere-bijstand",
        "Bijzondere bijstand",
        "Moet u iets betalen dat echt nodig is, en lukt dat niet? Vraag bijzondere bijstand, liefst voordat u het koopt.",
        (
            section(
                "Waarvoor kan het?",
                points(
                    "Een kapotte wasmachine of koelkast.",
                    "Een bril of een gebit, als de verzekering niet genoeg betaalt.",
                    "De advocaat, als u die zelf moet betalen.",
                    "Spullen voor uw eerste eigen huis.",
                ),
            ),
            section(
                "Lenen of krijgen?", "Soms is het een gift, soms een lening. Dat vertellen wij u vooraf."
            ),
            contact("Aanvragen? Bel ons of kom langs"),
        ),
        checked=11,
    ),
    upl="bijzondere bijstand",
    costs="Niets.",
    term="Hoogstens acht weken. Na het besluit betalen wij binnen vijf werkdagen.",
    needed="<ul><li>De rekening of een offerte.</li><li>Uw laatste bankafschrift.</li></ul>",
    laws=("Participatiewet, artikel 35",),
    case_type="bijzondere-bijstand",
)

DEBTS = product(
    Written(
        "schulden",
        "Hulp bij schulden",
        "Lukt het niet meer om alles te betalen? Bel ons. Binnen vier weken praat u met iemand die met u meedenkt.",
        (
            section(
                "Wat doen wij?",
                "Wij zetten samen op een rij wat u moet betalen en aan wie. Wij bellen met de mensen die geld krijgen. "
                "Als het nodig is, maken wij één afspraak voor alles.",
            ),
            section(
                "Dreigt er iets?",
                "Wordt uw huis ontruimd, of gaat het gas of het water dicht? Dan helpen wij binnen drie werkdagen.",
            ),
            section(
                "Wie hoort het?",
                "Niemand, als u dat niet wilt. Bellen mag ook zonder uw naam te noemen.",
            ),
            contact("Praat met ons"),
        ),
        checked=7,
    ),
    upl="schuldhulpverlening",
    costs="Niets.",
    term="Een gesprek binnen vier weken. Bij nood binnen drie werkdagen.",
    needed="<p>U hoeft niets bij u te hebben. Brieven die u niet open durft te maken, openen wij samen.</p>",
    laws=("Wet gemeentelijke schuldhulpverlening, artikel 4",),
)

REPORT = product(
    Written(
        "melding",
        "Iets kapots op straat melden",
        "Is er een lantaarn kapot, ligt er een tegel los of zwerft er afval? Meld het. Binnen vijf werkdagen kijken wij.",
        (
            section(
                "Wat kunt u melden?",
                points(
                    "Een kapotte lamp, een gat in de weg of een losse stoeptegel.",
                    "Afval op straat, een volle bak of een dood dier.",
                    "Een boom die gevaarlijk lijkt, of een verstopte put.",
                    "Overlast van ratten of een wespennest in een boom van de gemeente.",
                ),
            ),
            notice("warning", "Is het gevaarlijk?", "Bel [[telefoon]], dag en nacht. Bij nood belt u 112."),
            contact("Melden? Bel ons"),
        ),
        checked=22,
    ),
    upl="melding openbare ruimte",
    costs="Niets.",
    term="Wij kijken binnen vijf werkdagen. Is het gevaarlijk, dan komen wij meteen.",
    needed="<ul><li>De straat en het huisnummer het dichtst erbij.</li><li>Een foto, als u die heeft.</li></ul>",
    case_type="melding",
)

OBJECTION = product(
    Written(
        "bezwaar",
        "Bezwaar maken",
        "Bent u het niet eens met een besluit? Maak bezwaar binnen zes weken. Bel eerst: vaak lossen wij het zo op.",
        (
            steps(
                "Zo gaat het",
                "Schrijf op welk besluit het is, en waarom u het er niet mee eens bent.",
                "Zet uw naam, adres, de datum en uw handtekening eronder. Stuur het naar [[balie]].",
                "Wij bellen u. Misschien is het zo op te lossen.",
                "Is er een hoorzitting? Dan vertelt u uw verhaal. U mag iemand meenemen.",
                "U krijgt het besluit op uw bezwaar. Daarna kunt u nog naar de rechter.",
            ),
            section(
                "Bent u te laat?",
                "Had u een goede reden, zoals opname in een ziekenhuis? Schrijf die erbij.",
            ),
            contact("Twijfelt u? Bel ons"),
        ),
        button=("Bekijk uw zaak in Mijn", "/mijn/zaken/"),
        checked=30,
    ),
    upl="bezwaarschrift",
    costs="Niets.",
    term="Zes weken. Met een commissie twaalf weken.",
    needed="<ul><li>Het besluit, met de datum en het nummer.</li></ul>",
    laws=("Algemene wet bestuursrecht, artikel 6:7 en 7:10",),
    case_type="bezwaar",
)

WASTE = product(
    Written(
        "afval",
        "Afval en afvalpas",
        "Met uw afvalpas opent u de bakken in de straat en komt u binnen bij [[afval]].",
        (
            section(
                "Wat gaat waar in?",
                points(
                    "Groente, fruit en tuinafval (gft): groene bak.",
                    "Plastic, blik en pakken: in de zak of de oranje bak.",
                    "Oud papier en karton: blauwe bak.",
                    "Glas, kleding en batterijen: de bakken bij de winkel.",
                    "Wat overblijft: restafval.",
                ),
            ),
            section("Pas kwijt of kapot?", "Haal een nieuwe bij [[afval]]. De eerste keer kost dat niets."),
            contact(),
        ),
        place="",
        checked=16,
    ),
    upl="huisvuil",
    costs="U betaalt het met de afvalstoffenheffing.",
)

BULKY_WASTE = product(
    Written(
        "grofvuil",
        "Grof afval wegbrengen of laten ophalen",
        "Een oude bank of een matras? Breng het naar [[afval]]. Lukt dat niet, dan halen wij het bij u op.",
        (
            section(
                "Laten ophalen",
                "Bel ons voor een afspraak. Zet het om zeven uur ’s ochtends aan de straat, en niet eerder.",
            ),
            section(
                "Nog goed?",
                "Geef het aan de kringloop. Die haalt meubels vaak gratis op.",
            ),
            contact("Afspraak maken? Bel ons"),
        ),
        below="afval",
        checked=16,
    ),
    upl="grofvuil",
    costs="Wegbrengen kost niets met uw afvalpas. Ophalen is vier keer per jaar gratis.",
    term="Wij komen meestal binnen een week.",
)

DISABLED_PARKING = product(
    Written(
        "gehandicaptenparkeerkaart",
        "Gehandicaptenparkeerkaart",
        "Kunt u niet meer dan honderd meter lopen? Met deze kaart parkeert u dicht bij waar u moet zijn.",
        (
            section(
                "Hoe gaat het?",
                "U vraagt de kaart aan. Een arts kijkt naar uw situatie. De kaart geldt vijf jaar, in heel Europa.",
            ),
            section(
                "Een eigen plek voor de deur",
                "Heeft u de kaart en een auto? Dan kunt u een eigen parkeerplaats aanvragen bij uw huis.",
            ),
            contact("Aanvragen? Bel ons"),
        ),
        checked=28,
    ),
    upl="gehandicaptenparkeerkaart",
    costs="U betaalt alleen voor het onderzoek van de arts.",
    term="Acht weken.",
    needed="<ul><li>Een pasfoto.</li><li>Uw paspoort of identiteitskaart.</li></ul>",
    laws=("Besluit administratieve bepalingen inzake het wegverkeer, artikel 49",),
)

SCHOOL_TRANSPORT = product(
    Written(
        "leerlingenvervoer",
        "Vervoer naar school",
        "Kan uw kind niet zelf naar school, door een beperking of omdat de school ver weg is? Wij regelen vervoer.",
        (
            section(
                "Wat kan het zijn?",
                points("Geld voor de bus of de fiets.", "Een busje dat uw kind haalt en brengt."),
                "Samen kijken wij wat past, en of uw kind later zelf kan reizen.",
            ),
            contact("Aanvragen? Bel ons"),
        ),
        checked=50,
    ),
    upl="leerlingenvervoer",
    costs="Verdient u meer dan een vast bedrag? Dan betaalt u een deel zelf.",
    term="Acht weken. Vraag het aan voor 1 juni, dan is het klaar als de school begint.",
    needed="<ul><li>De naam van de school.</li><li>Een verklaring van de school of een arts.</li></ul>",
    laws=("Wet op het primair onderwijs, artikel 4",),
)

HOUSE_VALUE = product(
    Written(
        "woz",
        "De WOZ-waarde van uw huis",
        "Elk jaar schatten wij wat uw huis waard is. Dat heet de WOZ-waarde. U ziet hem in Mijn en op uw aanslag.",
        (
            section(
                "Klopt de waarde niet?",
                "Bel ons eerst. Wij laten zien hoe wij rekenden, en met welke huizen. "
                'Komen wij er niet uit? Dan maakt u <a href="page:bezwaar">bezwaar</a>, binnen zes weken na de aanslag.',
            ),
            section(
                "Pas op met bureaus",
                "Een bureau dat gratis bezwaar maakt, verdient daaraan. Zelf bellen kost ook niets, en gaat sneller.",
            ),
            contact(),
        ),
        button=("Bekijk de waarde in Mijn", "/mijn/gegevens/"),
        checked=33,
    ),
    upl="woz-waarde",
    costs="Niets.",
    laws=("Wet waardering onroerende zaken, artikel 22 en 30",),
)

SECRET_ADDRESS = product(
    Written(
        "adres-geheim",
        "Uw adres geheim houden",
        "Wilt u dat anderen uw adres niet krijgen? Vraag het ons. U hoeft niet te zeggen waarom.",
        (
            section(
                "Wie ziet het dan nog?",
                "Overheden die uw adres nodig hebben, zien het nog. Een kerk, club of familie krijgt het niet.",
            ),
            section(
                "Voelt u zich bedreigd?",
                "Vertel het ons. Dan denken wij mee. Is er nu gevaar? Bel 112.",
            ),
            contact("Vraag het ons"),
        ),
        checked=44,
    ),
    upl="geheimhouding persoonsgegevens",
    costs="Niets.",
    term="Meteen aan de balie. Per brief binnen vier weken.",
    needed="<ul><li>Uw paspoort of identiteitskaart.</li></ul>",
    laws=("Wet basisregistratie personen, artikel 2.59",),
)

CORRECTION = product(
    Written(
        "gegevens-verbeteren",
        "Uw gegevens laten verbeteren",
        "Klopt er iets niet in wat wij van u weten? Laat het verbeteren. Dat kan in Mijn, of aan de balie.",
        (
            section(
                "Wat kunnen wij verbeteren?",
                "Een naam die verkeerd geschreven is, een foute datum of een verkeerd adres. "
                "Komt de fout uit een akte? Dan kijken wij eerst naar die akte.",
            ),
            section(
                "Wie hoort het?",
                "Wij vertellen de verbetering ook aan wie het gegeven van ons kreeg.",
            ),
            contact("Liever samen kijken? Kom langs of bel"),
        ),
        button=("Vraag verbetering aan", "/mijn/aanvragen/verbetering/"),
        checked=4,
    ),
    upl="correctie persoonsgegevens",
    costs="Niets.",
    term="Vier weken.",
    needed="<ul><li>DigiD.</li><li>Als u die heeft: een bewijs, zoals een akte.</li></ul>",
    laws=("Wet basisregistratie personen, artikel 2.58",),
    case_type="verbetering",
)

TREES = product(
    Written(
        "boom-kappen",
        "Boom kappen",
        "Wilt u een boom in uw tuin omhakken? Soms heeft u een vergunning nodig. Doe eerst de vergunningcheck.",
        (
            section(
                "Wanneer heeft u een vergunning nodig?",
                "Meestal als de stam op borsthoogte dikker is dan dertig centimeter, of als de boom op een lijst staat.",
            ),
            section(
                "Vogels en vleermuizen",
                "Zit er een nest in? Wacht dan tot het leeg is. Dat zegt de wet, ook zonder vergunning.",
            ),
            contact(),
        ),
        button=("Naar de vergunningcheck", "https://omgevingswet.overheid.nl/checken"),
        checked=38,
    ),
    upl="kapvergunning",
    costs="Een vergunning kost niets.",
    term="Hoogstens acht weken.",
    laws=("Omgevingswet",),
)

EVENT = product(
    Written(
        "straatfeest",
        "Straatfeest of evenement houden",
        "Een feest met de buurt? Meld het twee weken van tevoren. Voor iets groots vraagt u een vergunning aan.",
        (
            section(
                "Is melden genoeg?",
                points(
                    "Er komen minder dan honderd mensen.",
                    "Het duurt tot elf uur ’s avonds.",
                    "Er hoeft geen grote weg dicht.",
                ),
                "Anders heeft u een vergunning nodig.",
            ),
            optional(
                "Tafels, hekken en borden lenen", "Voor een buurtfeest leent u ze gratis. Bel ons op tijd."
            ),
            contact("Melden? Bel ons"),
        ),
        checked=55,
    ),
    upl="evenementenvergunning",
    costs="Een melding kost niets.",
    term="Melden: twee weken van tevoren. Een vergunning: twaalf weken van tevoren.",
)

PRODUCTS = (
    PASSPORT, IDENTITY_CARD, DRIVING_LICENCE, EXTRACT, PARKING, BIRTH, MARRIAGE, REMISSION, BENEFIT, SPECIAL, DEBTS,
    REPORT, OBJECTION, WASTE, BULKY_WASTE, DISABLED_PARKING, SCHOOL_TRANSPORT, HOUSE_VALUE, SECRET_ADDRESS,
    CORRECTION, TREES, EVENT,
)  # fmt: skip
