"""The value of one's own home and social assistance: a law, with nothing to say yes or no to."""

from typing import Any


def home_and_benefit(name: str, phone: str) -> dict[str, Any]:
    """`bijstand-woz`: what the municipality knows already is not asked again."""
    return {
        "ground": "law",
        "consumer": "demo-balie",
        "case_types": ["bijstand"],
        "attributes": [{"name": "address", "required": True, "register": "brp.address"}],
        "texts": {
            "nl": {
                "title": "Uw woning en uw uitkering",
                "law": "Participatiewet, artikel 53a lid 1: wij vragen u niet wat al in een basisregistratie "
                "staat. Artikel 34 en 50 gaan over een eigen woning.",
                "who": f"Gemeente {name}, team Inkomen",
                "asked": "Uw adres. De WOZ-waarde die bij dat adres hoort, kennen wij al.",
                "what_for": "De bijstand is voor mensen die het echt nodig hebben. Daarom kijken wij naar de "
                "waarde van een eigen huis. Wij vragen u niet om een taxatie: wij kennen de waarde al.",
                "disagree": "Klopt de waarde niet? Maak bezwaar tegen de WOZ-waarde. Klopt het besluit niet? "
                "Maak bezwaar binnen zes weken (Awb, artikel 6:7).",
                "kept": "Tot 10 jaar na het einde van de uitkering.",
                "receivers": [f"Team Inkomen van gemeente {name}"],
                "contact": f"Vragen? Bel {phone}",
                "labels": {"address": "Adres"},
            },
            "en": {
                "title": "Your home and your benefit",
                "law": "Participation Act, article 53a(1): we do not ask what a base register knows already. "
                "Articles 34 and 50 are about a home of your own.",
                "who": f"Municipality of {name}, Income team",
                "asked": "Your address. The official value that goes with it, we know already.",
                "what_for": "Social assistance is for people who really need it. That is why we look at the "
                "value of a home. We do not ask you for a valuation: we know the value already.",
                "disagree": "Is the value wrong? Object to the value of your home. Is the decision wrong? "
                "Object within six weeks (General Administrative Law Act, article 6:7).",
                "kept": "Until 10 years after the benefit ends.",
                "receivers": [f"Income team of the municipality of {name}"],
                "contact": f"Questions? Call {phone}",
                "labels": {"address": "Address"},
            },
        },
    }
