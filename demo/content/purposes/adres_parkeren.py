"""`adres-parkeren`: by law; the new address for a parking permit, read while that case runs."""

from typing import Any


def address_for_parking(name: str, phone: str) -> dict[str, Any]:
    """The text and attributes for one municipality."""
    return {
        "ground": "law",
        "consumer": "zaaksysteem-parkeren",
        "case_types": ["parkeren"],
        "attributes": [{"name": "address", "required": True, "register": "brp.address"}],
        "texts": {
            "nl": {
                "title": "Nieuw adres, zelfde vergunning",
                "law": "Wet BRP, artikel 1.7. De gemeente gebruikt de gegevens uit de BRP. "
                "Parkeren: Gemeentewet, artikel 225, en de verordening.",
                "who": f"Gemeente {name}, team Parkeren",
                "asked": "Uw nieuwe adres uit de BRP.",
                "not_seen": "Wij kijken niet naar andere gegevens.",
                "what_for": "Geeft u uw verhuizing door? "
                "Dan hoeft u dat voor uw vergunning niet nog een keer te doen.",
                "kept": "Zolang u de vergunning heeft, en daarna 7 jaar.",
                "disagree": f"Klopt er iets niet? Bel het team Parkeren: {phone}.",
                "receivers": [f"Team Parkeren van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"address": "Adres"},
            },
            "en": {
                "title": "New address, same permit",
                "law": "BRP Act, article 1.7. The municipality uses the data in the BRP. "
                "Parking: Municipalities Act, article 225, and the by-law.",
                "who": f"Municipality of {name}, Parking team",
                "asked": "Your new address from the BRP.",
                "not_seen": "We look at no other data.",
                "what_for": "Do you tell us that you moved? Then you need not do it again for your permit.",
                "kept": "As long as you have the permit, and 7 years after that.",
                "disagree": f"Is something wrong? Call the Parking team: {phone}.",
                "receivers": [f"Parking team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"address": "Address"},
            },
        },
    }
