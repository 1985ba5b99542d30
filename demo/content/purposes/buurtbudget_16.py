"""A vote on the neighbourhood's budget: consent, once, and no name with it."""

from typing import Any


def neighbourhood_vote(name: str, phone: str) -> dict[str, Any]:
    """`buurtbudget-16`: two proofs, read one time."""
    return {
        "ground": "consent",
        "consumer": "demo-balie",
        "one_time": True,
        "valid_days": 30,
        "wallet": True,
        "personal": False,
        "max_age_days": 365,
        "attributes": [
            {
                "name": "over16",
                "claim": "gemeente.personalData.over16",
                "required": True,
                "must_equal": "yes",
                "register": "brp.over16",
            },
            {
                "name": "lives_here",
                "claim": "gemeente.address.municipality",
                "required": True,
                "must_equal": name,
                "register": "brp.municipality",
            },
        ],
        "texts": {
            "nl": {
                "title": "Stemmen over het buurtbudget",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a). Vanaf 16 jaar mag u die zelf geven "
                "(UAVG, artikel 5).",
                "who": f"Gemeente {name}, team Wijken",
                "asked": f"Een bewijs dat u 16 jaar of ouder bent, en dat u in {name} woont.",
                "not_seen": "Wij zien uw naam en adres niet.",
                "what_for": "U stemt één keer over € 50.000 voor uw buurt.",
                "how_long": "Eenmalig. Stemt u binnen 30 dagen niet, dan is het vanzelf voorbij.",
                "on_no": "Haal een stembiljet in het buurthuis. Papier telt even zwaar. "
                "Mijn is er vanaf 18 jaar. Bent u 16 of 17? Dan stemt u zo.",
                "stopping": "U kunt stoppen tot u stemt, in Mijn of met een telefoontje.",
                "stays": "Uw stem, zonder naam.",
                "kept": "Alleen een code tegen dubbel stemmen, tot de uitslag.",
                "receivers": [f"Team Wijken van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"over16": "16 jaar of ouder", "lives_here": f"U woont in {name}"},
                "shown_as": {"over16": "Ja, u bent 16 jaar of ouder", "lives_here": f"Ja, u woont in {name}"},
            },
            "en": {
                "title": "Vote on the neighbourhood budget",
                "law": "Your consent (GDPR, article 6(1)(a)). From 16 you may give it yourself "
                "(Dutch GDPR Implementation Act, article 5).",
                "who": f"Municipality of {name}, Neighbourhoods team",
                "asked": f"Proof that you are 16 or older, and that you live in {name}.",
                "not_seen": "We do not see your name and address.",
                "what_for": "You vote once on € 50,000 for your neighbourhood.",
                "how_long": "One time. If you do not vote within 30 days, it is over by itself.",
                "on_no": "Get a ballot paper at the community centre. Paper counts just as much. "
                "Mijn is for who is 18 or older. Are you 16 or 17? Then you vote like this.",
                "stopping": "You can stop until you vote, in Mijn or with a phone call.",
                "stays": "Your vote, without your name.",
                "kept": "Only a code against voting twice, until the result.",
                "receivers": [f"Neighbourhoods team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"over16": "16 or older", "lives_here": f"You live in {name}"},
                "shown_as": {"over16": "Yes, you are 16 or older", "lives_here": f"Yes, you live in {name}"},
            },
        },
    }
