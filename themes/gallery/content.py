"""What the gallery's pages say; all of it is made up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

QR = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" role="img" aria-label="QR-code">
<path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z"/></svg>"""


class Everything(forms.Form):
    """Each kind of field."""

    email = forms.EmailField(
        label="E-mailadres",
        help_text="Wij sturen een code naar dit adres.",
        error_messages={"invalid": "Dit e-mailadres klopt niet. Kijk of er een @ in staat."},
    )
    phone = forms.CharField(label="Mobiel nummer", required=False)
    where = forms.ChoiceField(
        label="Wijk",
        choices=[("", "Kies een wijk"), ("d", "Duinrand"), ("h", "Haven")],
        error_messages={"required": "Kies uw wijk."},
    )
    way = forms.ChoiceField(
        label="Hoe wilt u het geven?",
        widget=forms.RadioSelect,
        choices=[("app", "Met de Yivi-app"), ("type", "Ik typ het zelf")],
        help_text="Allebei is goed.",
        error_messages={"required": "Kies hoe u het wilt geven."},
    )
    topics = forms.MultipleChoiceField(
        label="Waarover?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Sport"), ("2", "Taal")],
    )
    terms = forms.BooleanField(
        label="Ook mijn mobiele nummer delen, zodat het wijkteam mij kan bellen", required=False
    )
    why = forms.CharField(
        label="Wat wilt u ons vertellen?", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    file = forms.FileField(
        label="Offerte",
        help_text="Een pdf van hoogstens 10 MB.",
        error_messages={"required": "Voeg de offerte toe."},
    )


def content() -> Mapping[str, Any]:
    """Everything that the pages name, but for their frame."""
    return {
        "topics": [
            ("Paspoort en rijbewijs", "Aanvragen, verlengen of verloren."),
            ("Verhuizen", "Geef uw nieuwe adres door."),
            ("Afval", "Wanneer wordt het opgehaald?"),
            ("Parkeren", "Vergunning voor uzelf of uw bezoek."),
            ("Trouwen", "Melden, plek kiezen, getuigen."),
            ("Hulp en zorg", "Hulp thuis, vervoer, schulden."),
        ],
        "news": [
            {
                "label": "De nieuwe brug gaat open",
                "url": "#",
                "about": "Vanaf maandag rijdt de bus weer door het centrum.",
            },
            {"label": "Praat mee over het park", "url": "#", "about": "Woensdagavond in het buurthuis."},
        ],
        "trail": [{"label": "Home", "url": "#"}, {"label": "Paspoort en rijbewijs", "url": "#"}],
        "mijn_menu": [
            {"label": "Overzicht", "url": "/mijn/"},
            {"label": "Mijn zaken", "url": "/mijn/zaken/", "count": 3},
            {"label": "Mijn gegevens", "url": "/mijn/gegevens/"},
            {"label": "Wat deel ik?", "url": "/mijn/delen/"},
        ],
        "form": Everything({"email": "geen adres", "way": "", "terms": "on", "topics": ["1"]}),
        "fields": Everything(prefix="leeg"),
        "svg": mark_safe(QR),  # noqa: S308 - stands above
    }


def frame(theme: Any, name: str) -> Mapping[str, Any]:
    """What stands around each page."""
    return {
        "municipality_name": name,
        "contact": {
            "phone": "14 0123",
            "email": "gemeente@voorbeeld.example",
            "address": "Raadhuisplein 1\n1234 AB Voorbeeldstad",
            "hours": "Maandag tot en met vrijdag van 8.30 tot 17.00 uur",
        },
        "announced": [{"kind": "notice", "text": "De balie is dicht op 5 december. Bellen kan gewoon."}],
        "fictional": True,
        "theme": theme,
        "menu": [
            {"label": word, "url": f"/{word.lower()}/"}
            for word in ("Onderwerpen", "Wonen", "Werk", "Contact")
        ],
        "mijn_url": "/mijn/",
        "languages": [
            {"code": "nl", "label": "Nederlands", "url": "#", "current": True},
            {"code": "en", "label": "English", "url": "#", "current": False},
        ],
        "legal_links": [
            {"label": word, "url": "#"} for word in ("Privacy", "Toegankelijkheid", "Proclaimer")
        ],
        "page_path": "/wonen/",
    }
