"""The library's guides: what to do one after another at a turn in somebody's life."""

from .written import Written, contact, guide

NEW_CHILD = guide(
    Written(
        "kind-krijgen",
        "U krijgt een kind",
        "Gefeliciteerd. Dit regelt u, in deze volgorde. Niet alles hoeft vandaag.",
        (contact("Vragen? Bel ons"),),
        checked=21,
    ),
    {
        "title": "Erken uw kind",
        "when": "Voor de geboorte, als u niet getrouwd bent",
        "text": "<p>Kom samen naar de balie. Dan is de vader of duomoeder meteen ook op papier ouder.</p>",
    },
    {
        "title": "Geef de geboorte aan",
        "when": "Binnen drie werkdagen",
        "text": '<p>Dat doet u waar uw kind is geboren. Lees hoe het gaat bij <a href="page:geboorte-aangeven">geboorte aangeven</a>.</p>',
    },
    {
        "title": "Meld uw kind bij de zorgverzekering",
        "when": "Binnen vier maanden",
        "text": "<p>Voor kinderen betaalt u niets. Ga ook langs bij het consultatiebureau: dat stuurt u zelf een brief.</p>",
    },
    {
        "title": "Zoek opvang of een school",
        "when": "In het eerste jaar",
        "text": "<p>Een plek in de opvang kan lang duren. Voor school schrijft u uw kind in als het drie is.</p>",
    },
)

SEPARATING = guide(
    Written(
        "uit-elkaar",
        "U gaat uit elkaar",
        "Dat is een moeilijke tijd. Dit zijn de dingen die u bij de gemeente regelt. Praten mag ook: bel [[sociaal-team]].",
        (contact("Praat met iemand"),),
        checked=29,
        asks=False,
    ),
    {
        "title": "Maak samen afspraken over de kinderen",
        "when": "Zo snel als het kan",
        "text": "<p>Dat heet een ouderschapsplan. Een bemiddelaar helpt u. Is dat te duur? Bel ons.</p>",
    },
    {
        "title": "Geef uw nieuwe adres door",
        "when": "Tot vijf dagen na uw verhuizing",
        "text": '<p>Lees hoe het gaat bij <a href="page:verhuizen">verhuizen</a>. Kinderen staan op één adres.</p>',
    },
    {
        "title": "Kijk wat er met uw geld gebeurt",
        "when": "In dezelfde maand",
        "text": '<p>Uw toeslagen veranderen. Komt u niet rond? Kijk bij <a href="page:rondkomen">rondkomen met weinig geld</a>.</p>',
    },
    {
        "title": "Laat de scheiding inschrijven",
        "when": "Binnen zes maanden na de uitspraak",
        "text": "<p>Uw advocaat doet dit meestal. Pas dan bent u echt gescheiden.</p>",
    },
)

EIGHTEEN = guide(
    Written(
        "achttien-worden",
        "U wordt 18 jaar",
        "Vanaf uw achttiende regelt u veel zelf. Dit is de lijst, met wat er snel moet en wat kan wachten.",
        (contact("Vragen? Bel ons"),),
        checked=36,
    ),
    {
        "title": "Vraag DigiD aan",
        "when": "Voor uw verjaardag",
        "text": "<p>Daarmee logt u in bij de overheid. Het is gratis en duurt een paar dagen.</p>",
    },
    {
        "title": "Kies een zorgverzekering",
        "when": "Binnen vier maanden",
        "text": "<p>U betaalt nu zelf. Meestal krijgt u er zorgtoeslag voor terug.</p>",
    },
    {
        "title": "Ga stemmen",
        "when": "Bij de volgende verkiezing",
        "text": "<p>Uw stempas komt met de post. Neem op de dag zelf ook uw paspoort of rijbewijs mee.</p>",
    },
    {
        "title": "Komt u niet rond?",
        "when": "Als het nodig is",
        "text": '<p>Ook op uw achttiende kunt u hulp krijgen. Kijk bij <a href="page:schulden">hulp bij schulden</a>.</p>',
    },
)

GUIDES = (NEW_CHILD, SEPARATING, EIGHTEEN)
