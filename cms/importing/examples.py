"""The example file: one of each kind, to write over."""

from .columns import ADDRESS, KIND, PLAIN, PRODUCT, QUESTION, UPL

EXAMPLES = (
    {
        KIND: PRODUCT,
        ADDRESS: "/hondenpenning/",
        "titel": "Hondenpenning",
        "antwoord": "U vraagt een penning aan voor uw hond. De penning kost niets.",
        "knoptekst": "Penning aanvragen",
        "knopadres": "/mijn/",
        UPL: "hondenpenning",
        "nodig": "<ul><li>Uw adres</li><li>De naam van uw hond</li></ul>",
        "kosten": "Niets",
        "tijd": "Een week",
        "wet": "Gemeentewet, artikel 226 | https://wetten.overheid.nl/BWBR0005416/",
        "tekst": "<h2>Zo werkt het</h2><p>Vul het formulier in. Of bel <b>[[telefoon]]</b>.</p>",
    },
    {
        KIND: QUESTION,
        ADDRESS: "/hondenpenning/penning-kwijt/",
        "titel": "Ik ben de penning kwijt. Wat nu?",
        "antwoord": "Vraag een nieuwe aan. Ook die kost niets.",
    },
    {
        KIND: PLAIN,
        ADDRESS: "/honden/",
        "titel": "Honden in de gemeente",
        "antwoord": "U leest hier waar uw hond los mag lopen.",
        "tekst": '<h2>Waar mag het?</h2><p>In de <a href="/parken/">parken</a>.</p>',
    },
)
