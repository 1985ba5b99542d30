"""What people type, and what it is called on a page; for all sites, and for one municipality."""

from cms.models import Synonym
from portal.municipalities.models import Municipality

SHARED = {
    "traplift": "hulp thuis traplift",
    "huishoudelijke hulp": "hulp thuis schoonmaken",
    "boodschappen": "hulp thuis",
    "rolstoel": "hulp thuis aanpassing",
    "geen geld": "rondkomen weinig geld",
    "rekening niet betalen": "rondkomen schulden",
    "arm": "rondkomen weinig geld",
    "ander huis": "verhuizen nieuw adres",
    "dakraam": "dakkapel",
    "uitbouw": "dakkapel vergunningcheck",
    "verbouwen": "dakkapel vergunningcheck",
    "mag ik bouwen": "dakkapel vergunning",
    "dood": "overleden overlijden",
    "begrafenis": "overleden begraven",
    "akte": "aangifte overlijden geboorte",
    "bsn": "gegevens",
    "gegevens bekeken": "uw gegevens zien",
    "toestemming intrekken": "gegevens delen stoppen",
    "baby": "geboorte kind",
    "bevalling": "geboorte aangeven",
    "huwelijk": "trouwen",
    "scheiden": "uit elkaar scheiding",
    "vuilnis": "afval",
    "kliko": "afval bak",
    "milieupark": "grof afval",
    "lantaarnpaal": "kapot straat melden lantaarn",
    "stoep": "stoeptegel straat melden",
    "id kaart": "identiteitskaart",
    "pas": "afvalpas",
    "uitkering": "bijstandsuitkering",
    "bijspijkeren": "nederlands leren",
    "inloggen": "digid mijn",
    "ozb": "belasting",
    "hek": "straatfeest hekken",
    "buurtfeest": "straatfeest evenement",
    "invalidenkaart": "gehandicaptenparkeerkaart",
    "schoolbus": "vervoer school",
    "stemmen": "stempas achttien",
    "kapotte straatlamp": "lantaarn kapot melden",
}
OWN = {"oeverstad": {"stort": "recyclepunt haven"}, "zandmeer": {"stort": "milieustraat duinrand"}}


def load() -> None:
    """To repeat it changes nothing that an editor made of it."""
    for typed, means in SHARED.items():
        Synonym.objects.get_or_create(municipality=None, typed=typed, defaults={"means": means})
    for slug, words in OWN.items():
        municipality = Municipality.objects.get(slug=slug)
        for typed, means in words.items():
            Synonym.objects.get_or_create(municipality=municipality, typed=typed, defaults={"means": means})
