"""What the library of the demo says about the steps of each kind of case: what one does, what follows.

By the identification of the zaaktype and the number of the step.
"""

from collections.abc import Mapping

NOTHING = ""
STEPS: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "verhuizing": {
        1: (NOTHING, "Wij kijken er binnen twee werkdagen naar."),
        2: (NOTHING, "Soms bellen wij u met een vraag."),
        3: (NOTHING, "U krijgt een bevestiging. Andere organisaties horen het van ons."),
    },
    "dakkapel": {
        1: (NOTHING, "U krijgt een ontvangstbevestiging."),
        2: (NOTHING, "Mist er iets? Dan krijgt u bericht van ons."),
        3: (NOTHING, "Wij bellen u als iets niet past. Dan kunt u uw plan aanpassen."),
        4: (NOTHING, "U krijgt het besluit per brief."),
        5: ("Lees het besluit goed.", "Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
    },
    "hulp-thuis": {
        1: (NOTHING, "Een vaste contactpersoon belt u."),
        2: ("Neem iemand mee naar het gesprek, als u dat fijn vindt.", "Cliëntondersteuning is gratis."),
        3: ("Lees het verslag. Klopt er iets niet? Bel ons, of stel een vraag.", "Daarna beslissen wij."),
        4: (NOTHING, "U krijgt het besluit per brief."),
        5: ("Lees het besluit goed.", "Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
    },
    "bijstand": {
        1: (NOTHING, "U krijgt een ontvangstbevestiging."),
        2: ("Stuur niet op wat wij al weten.", "Wij vragen alleen wat wij niet zelf kunnen opzoeken."),
        3: ("Stuur ons wat wij nog missen.", "Daarna gaan wij meteen verder."),
        4: (NOTHING, "Het voorschot gaat later van uw uitkering af."),
        5: (NOTHING, "U krijgt het besluit per brief."),
        6: ("Lees het besluit goed.", "Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
    },
    "bijzondere-bijstand": {
        1: (NOTHING, "U krijgt een ontvangstbevestiging."),
        2: (NOTHING, "Soms vragen wij een rekening of een offerte."),
        3: (NOTHING, "U krijgt het besluit per brief."),
        4: (NOTHING, "Krijgt u geld? Dan betalen wij binnen vijf werkdagen."),
    },
    "kwijtschelding": {
        1: ("U hoeft de aanslag nu niet te betalen.", "Wij bekijken uw aanvraag binnen zes weken."),
        2: (NOTHING, "Soms vragen wij iets over uw inkomen of spaargeld."),
        3: ("Lees het besluit goed.", "Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
    },
    "parkeren": {
        1: (NOTHING, "Wij kijken of er plaats is in uw straat."),
        2: (NOTHING, "U krijgt bericht zodra er plaats is."),
        3: ("Betaal de vergunning.", "Na uw betaling gaat de vergunning in."),
        4: (NOTHING, "U kunt parkeren. U hoeft niets achter de ruit te leggen."),
    },
    "melding": {
        1: (NOTHING, "Wij gaan binnen vijf werkdagen kijken."),
        2: (NOTHING, "Het werk staat op de planning."),
        3: ("Is het niet opgelost? Laat het ons weten.", "Dan gaan wij opnieuw kijken."),
    },
    "bezwaar": {
        1: (NOTHING, "U krijgt een ontvangstbevestiging."),
        2: (NOTHING, "Wij bellen u. Misschien is het zo op te lossen."),
        3: (
            "Kom naar de hoorzitting. U mag iemand meenemen.",
            "U vertelt daar waarom u het er niet mee eens bent.",
        ),
        4: (NOTHING, "Wij lezen het advies van de commissie en beslissen dan."),
        5: (
            "Lees het besluit goed.",
            "Bent u het er niet mee eens? Dan kunt u in beroep gaan bij de rechtbank.",
        ),
    },
    "verbetering": {
        1: (NOTHING, "U krijgt een ontvangstbevestiging."),
        2: (NOTHING, "Soms vragen wij een kopie van een akte."),
        3: (NOTHING, "U krijgt het besluit per brief."),
        4: (NOTHING, "Wij vertellen het ook aan wie het gegeven gebruikt."),
    },
}
