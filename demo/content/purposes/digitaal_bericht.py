"""Messages by e-mail or text: a law that asks for a yes."""

from typing import Any

from portal.notices.kinds import Kind


def message_by_email(name: str, phone: str) -> dict[str, Any]:
    """`digitaal-bericht`: a law that asks for a yes; e-mail, and a mobile number if one likes."""
    return {
        "ground": "law_asks_yes",
        "consumer": "demo-balie",
        "wallet": True,
        "personal": False,
        "max_age_days": 3650,
        "notices": [str(kind) for kind in Kind],
        "attributes": [
            {"name": "email", "claim": "sidn-pbdf.email.email", "required": True, "typed": "email"},
            {
                "name": "mobile",
                "claim": "sidn-pbdf.mobilenumber.mobilenumber",
                "required": False,
                "typed": "mobile",
            },
        ],
        "texts": {
            "nl": {
                "title": "Bericht per e-mail of sms",
                "law": "Algemene wet bestuursrecht, artikel 2:8. "
                "De gemeente mag u alleen digitaal schrijven als u dat goed vindt.",
                "who": f"Gemeente {name}, team Dienstverlening",
                "asked": "Uw e-mailadres. Uw mobiele nummer mag ook. Dat kiest u zelf.",
                "what_for": "Wij laten u weten dat er nieuws is in uw zaak, of over uw gegevens. "
                "En of u iets moet doen, en voor welke dag.",
                "how_long": "Tot u stopt. Elk jaar vragen wij of het adres nog klopt.",
                "on_no": "Dan krijgt u brieven met de post. U krijgt dezelfde hulp, even snel.",
                "stopping": "U kunt altijd stoppen, in Mijn of met een telefoontje. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Berichten die al verstuurd zijn, staan in uw zaak. Die blijven daar, "
                "want ze horen bij uw zaak.",
                "kept": "Uw adres bewaren wij tot u stopt. Het bewijs van uw keuze bewaren wij 5 jaar.",
                "receivers": [f"Team Dienstverlening van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"email": "E-mailadres", "mobile": "Mobiel nummer"},
            },
            "en": {
                "title": "Messages by e-mail or text",
                "law": "General Administrative Law Act, article 2:8. "
                "The municipality may write to you digitally only if you say so.",
                "who": f"Municipality of {name}, Services team",
                "asked": "Your e-mail address. Your mobile number too, if you like. You choose.",
                "what_for": "We let you know when there is news in your case, or about your data. "
                "And whether you must do something, and by which day.",
                "how_long": "Until you stop. Every year we ask if the address is still right.",
                "on_no": "Then you get letters by post. You get the same help, just as fast.",
                "stopping": "You can always stop, in Mijn or with a phone call. You need not say why.",
                "stays": "Messages that were sent already are in your case. They stay there, "
                "because they belong to your case.",
                "kept": "We keep your address until you stop. We keep the proof of your choice for 5 years.",
                "receivers": [f"Services team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"email": "E-mail address", "mobile": "Mobile number"},
            },
        },
    }
