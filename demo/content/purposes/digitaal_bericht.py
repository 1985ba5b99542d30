"""Messages by e-mail: a law that asks for a yes."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.notices.kinds import Kind

ABOUT: Mapping[str, Sequence[Kind]] = {
    "mail_questions": (Kind.REQUEST, Kind.INSIGHT, Kind.ANSWER),
    "mail_cases": (Kind.CASE,),
    "mail_sharing": (
        Kind.GIVEN,
        Kind.CHANGED,
        Kind.STOPPED,
        Kind.EXPIRED,
        Kind.RECALLED,
        Kind.REMINDER,
        Kind.OVERVIEW,
    ),
}
"""What is ticked, and the notices that then go by mail; each kind is in one."""


def message_by_email(name: str, phone: str) -> dict[str, Any]:
    """`digitaal-bericht`: a law that asks for a yes; an address, and about what one wants mail."""
    return {
        "ground": "law_asks_yes",
        "consumer": "demo-balie",
        "wallet": True,
        "personal": False,
        "for_another": True,
        "max_age_days": 3650,
        "attributes": [
            {"name": "email", "claim": "sidn-pbdf.email.email", "required": True, "typed": "email"},
            *(
                {"name": name, "required": False, "choice": True, "notices": [str(kind) for kind in kinds]}
                for name, kinds in ABOUT.items()
            ),
        ],
        "texts": {
            "nl": {
                "title": "Bericht per e-mail",
                "law": "Algemene wet bestuursrecht, artikel 2:8. "
                "De gemeente mag u alleen digitaal schrijven als u dat goed vindt. "
                "U kiest dit per soort bericht.",
                "who": f"Gemeente {name}, team Dienstverlening",
                "asked": "Uw e-mailadres. U kiest zelf waarover wij u mailen. De rest krijgt u met de post.",
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
                "labels": {
                    "email": "E-mailadres",
                    "mail_questions": "Mail als wij u iets vragen, of uw vraag beantwoorden",
                    "mail_cases": "Mail over uw zaken",
                    "mail_sharing": "Mail over wat u deelt, ook de herinneringen",
                },
            },
            "en": {
                "title": "Messages by e-mail",
                "law": "General Administrative Law Act, article 2:8. "
                "The municipality may write to you digitally only if you say so. "
                "You choose this for each kind of message.",
                "who": f"Municipality of {name}, Services team",
                "asked": "Your e-mail address. You choose what we mail you about. The rest comes by post.",
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
                "labels": {
                    "email": "E-mail address",
                    "mail_questions": "Mail when we ask you something, or answer your question",
                    "mail_cases": "Mail about your cases",
                    "mail_sharing": "Mail about what you share, reminders too",
                },
            },
        },
    }
