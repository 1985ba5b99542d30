"""The library's questions and answers; most stand below the product that they are about."""

from .written import contact, points, question, section

QUESTIONS = (
    question(
        "paspoort-gestolen",
        "Mijn paspoort is gestolen of kwijt. Wat nu?",
        "Meld het meteen bij ons, dan kan niemand het gebruiken. Aan de balie vraagt u een nieuw paspoort aan.",
        section(
            "Bent u in het buitenland?",
            "Ga naar de politie daar, en dan naar de ambassade. U krijgt een papier om naar huis te reizen.",
        ),
        below="paspoort",
    ),
    question(
        "paspoort-geldig",
        "Hoe lang is een paspoort geldig?",
        "Tien jaar, als u 18 jaar of ouder bent. Voor kinderen vijf jaar. De datum staat op de bladzijde met uw foto.",
        below="paspoort",
    ),
    question(
        "paspoort-ophalen",
        "Mag iemand anders mijn paspoort ophalen?",
        "Nee, u haalt uw paspoort zelf op. Kunt u echt niet komen, door ziekte? Bel ons, dan komen wij soms bij u thuis.",
        below="paspoort",
    ),
    question(
        "wanneer-afval",
        "Wanneer wordt mijn afval opgehaald?",
        "Dat verschilt per straat. Bel [[telefoon]], dan sturen wij u de afvalkalender voor uw adres.",
        section("Niet opgehaald?", "Haal de bak niet binnen en bel ons. Wij komen de volgende dag."),
        below="afval",
    ),
    question(
        "containerpas",
        "Mijn afvalpas doet het niet",
        "Haal een nieuwe pas bij [[afval]]. Neem de oude mee. Heeft u geen auto? Bel ons, dan sturen wij hem op.",
        below="afval",
    ),
    question(
        "betalen-in-delen",
        "Kan ik mijn belasting in delen betalen?",
        "Ja. Met automatische incasso betaalt u in tien keer. Bel ons, dan zetten wij het voor u klaar.",
        section(
            "Lukt ook dat niet?",
            'Kijk dan of u <a href="page:kwijtschelding">kwijtschelding</a> krijgt, of vraag '
            '<a href="page:schulden">hulp bij schulden</a>.',
        ),
        below="kwijtschelding",
    ),
    question(
        "afspraak",
        "Hoe maak ik een afspraak?",
        "Bel [[telefoon]], of kom langs. Vertel waarvoor u komt, dan zeggen wij wat u meeneemt.",
        section("Open", "[[balie]]: [[openingstijden]]."),
        contact("Afspraak maken of verzetten"),
    ),
    question(
        "digid",
        "Ik heb geen DigiD. Kan ik toch alles regelen?",
        "Ja. Bel ons of kom langs: wij doen het samen met u. Een DigiD vraagt u gratis aan op digid.nl.",
        section(
            "DigiD kwijt of vergeten?",
            "Op digid.nl vraagt u een nieuw wachtwoord aan. Geef uw DigiD aan niemand, ook niet aan ons.",
        ),
    ),
    question(
        "namens-iemand",
        "Mag ik iets regelen voor iemand anders?",
        "Ja. Voor uw vader, moeder of buurvrouw mag u bellen of meekomen. Die ander moet het wel goed vinden.",
        section(
            "Wat neemt u mee?",
            "Een briefje met de handtekening van de ander, en een kopie van diens paspoort.",
        ),
    ),
    question(
        "burenruzie",
        "Ik heb ruzie of overlast met mijn buren",
        "Praat eerst samen. Lukt dat niet? Vraag gratis een bemiddelaar via [[sociaal-team]]. Die kiest geen partij.",
        section("Is er geweld of gevaar?", "Bel 112. Hoort u nu lawaai? Bel de politie op 0900 8844."),
    ),
    question(
        "mantelzorg",
        "Ik zorg voor iemand. Wie helpt mij?",
        "[[sociaal-team]] denkt met u mee. Er is iemand om mee te praten, en hulp die het even van u overneemt.",
        section(
            "Wat kan het zijn?",
            points(
                "Een vrijwilliger die een middag komt.",
                "Een paar dagen logeren voor wie u verzorgt.",
                "Een cursus of groep.",
            ),
        ),
        contact("Praat met iemand"),
    ),
    question(
        "taal-leren",
        "Waar kan ik Nederlands leren?",
        "Dat kan gratis in de bibliotheek of bij een taalmaatje. Moet u inburgeren? Dan maken wij samen een plan.",
        contact("Vraag het ons"),
    ),
)
