"""`wijkteam-samen`: one story instead of three; a law that asks for a yes, each part chosen apart."""

from typing import Any


def one_story(name: str, phone: str) -> dict[str, Any]:
    """What the municipality's own register knows of help, passed on to the neighbourhood team."""
    return {
        "ground": "law_asks_yes",
        "consumer": "wijkteam-noord",
        "valid_months": 6,
        "wallet": False,
        "personal": True,
        "attributes": [
            {"name": "uitkering", "required": False, "register": "sociaal.uitkering"},
            {"name": "schuldhulp", "required": False, "register": "sociaal.schuldhulp"},
            {"name": "contactpersoon", "required": False, "register": "sociaal.contactpersoon"},
        ],
        "texts": {
            "nl": {
                "title": "Eén verhaal, niet drie keer vertellen",
                "law": "Wmo 2015, artikel 5.1.1. Het wijkteam mag dit alleen gebruiken als u dat goed vindt.",
                "who": f"Wijkteam Noord van gemeente {name}",
                "asked": "Wie u al helpt: of u een uitkering van de gemeente heeft, of u hulp bij schulden "
                "krijgt, en wie daar uw contactpersoon is. U kiest zelf wat u deelt.",
                "not_seen": "Wij zien geen bedragen, geen dossiers en niets over uw gezondheid.",
                "what_for": "Vraagt u om hulp thuis? Dan weten wij wie u al helpt. "
                "Dan hoeft u niet alles opnieuw te vertellen.",
                "how_long": "6 maanden.",
                "on_no": "Dan gaan wij gewoon verder met uw vraag. U vertelt zelf wat u wilt vertellen.",
                "stopping": "U kunt altijd stoppen, in Mijn of met een telefoontje. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Wat al in het verslag van uw gesprek staat, blijft daar. "
                "Het verslag bewaren wij 15 jaar.",
                "kept": "Tot het gesprek klaar is, hoogstens 6 maanden.",
                "receivers": [f"Wijkteam Noord van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {
                    "uitkering": "Of u een uitkering van de gemeente heeft",
                    "schuldhulp": "Of u hulp bij schulden krijgt",
                    "contactpersoon": "Wie daar uw contactpersoon is",
                },
            },
            "en": {
                "title": "One story, not told three times",
                "law": "Social Support Act 2015, article 5.1.1. The team may use this only if you agree.",
                "who": f"Neighbourhood team North of the municipality of {name}",
                "asked": "Who helps you already: if you get a benefit from the municipality, if you "
                "get help with debts, and who your contact is there. You choose what you share.",
                "not_seen": "We see no amounts, no files and nothing about your health.",
                "what_for": "Do you ask for help at home? Then we know who helps you already. "
                "Then you need not tell everything again.",
                "how_long": "6 months.",
                "on_no": "Then we just go on with your question. You tell us what you want to tell.",
                "stopping": "You can always stop, in Mijn or with a phone call. You need not say why.",
                "stays": "What is in the report of your talk already stays there. "
                "We keep the report for 15 years.",
                "kept": "Until the talk is done, 6 months at most.",
                "receivers": [f"Neighbourhood team North of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {
                    "uitkering": "If you get a benefit from the municipality",
                    "schuldhulp": "If you get help with debts",
                    "contactpersoon": "Who your contact there is",
                },
            },
        },
    }
