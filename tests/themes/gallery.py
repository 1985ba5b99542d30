"""Pages that together use every component, with made-up content, for each theme:

What the tests look at, and what a person looks at.
"""

import re
import shutil
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.template import engines
from django.utils.safestring import mark_safe

from themes.compiled import theme

PAGES = Path(__file__).parent / "pages"
QR = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21">
<path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z"/></svg>"""
NAMES = {"zandmeer": "Zandmeer", "veldrecht": "Veldrecht", "oeverstad": "Oeverstad"}


class Everything(forms.Form):
    email = forms.EmailField(label="E-mailadres", help_text="Wij sturen een code naar dit adres.")
    phone = forms.CharField(label="Mobiel nummer", required=False)
    where = forms.ChoiceField(
        label="Wijk", choices=[("", "Kies een wijk"), ("d", "Duinrand"), ("h", "Haven")]
    )
    way = forms.ChoiceField(
        label="Hoe wilt u het geven?",
        widget=forms.RadioSelect,
        choices=[("app", "Met de Yivi-app"), ("type", "Ik typ het zelf")],
        help_text="Allebei is goed.",
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
    file = forms.FileField(label="Offerte", help_text="Een pdf van hoogstens 10 MB.")


def frame(slug: str) -> dict[str, Any]:
    """What the frame's context processor gives a page."""
    return {
        "municipality_name": f"Gemeente {NAMES[slug]}",
        "contact": {
            "phone": "14 0123",
            "email": f"gemeente@{slug}.example",
            "address": "Raadhuisplein 1\n1234 AB " + NAMES[slug],
            "hours": "Maandag tot en met vrijdag van 8.30 tot 17.00 uur",
        },
        "announced": [
            {"kind": "crisis", "text": "Er is brand. Houd ramen en deuren dicht.", "url": "/x/"},
            {"kind": "notice", "text": "De balie is dicht op 5 december. Bellen kan gewoon.", "url": ""},
        ],
        "fictional": True,
        "theme": theme(slug),
        "menu": [
            {"label": word, "url": f"/{word.lower()}/"}
            for word in ("Onderwerpen", "Wonen", "Werk", "Contact")
        ],
        "mijn_url": "/mijn/",
        "languages": [
            {"code": "nl", "label": "Nederlands", "url": "/", "current": True},
            {"code": "en", "label": "English", "url": "/en/", "current": False},
        ],
        "legal_links": [
            {"label": word, "url": "/x/"} for word in ("Privacy", "Toegankelijkheid", "Proclaimer")
        ],
        "page_path": "/wonen/",
    }


def context(slug: str) -> dict[str, Any]:
    """Everything the pages name."""
    return {
        "frame": frame(slug),
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
                "url": "/n/1/",
                "about": "Vanaf maandag rijdt de bus weer door het centrum.",
            },
            {"label": "Praat mee over het park", "url": "/n/2/", "about": "Woensdagavond in het buurthuis."},
        ],
        "trail": [{"label": "Home", "url": "/"}, {"label": "Paspoort en rijbewijs", "url": "/p/"}],
        "mijn_menu": [
            {"label": "Overzicht", "url": "/mijn/"},
            {"label": "Mijn zaken", "url": "/mijn/zaken/", "count": 3},
            {"label": "Mijn gegevens", "url": "/mijn/gegevens/"},
            {"label": "Wat deel ik?", "url": "/mijn/delen/"},
        ],
        "form": Everything({"email": "geen adres", "way": "", "terms": "on", "topics": ["1"]}),
        "svg": mark_safe(QR),
    }


def render(page: str, slug: str) -> str:
    """One page in one theme, as HTML."""
    template = engines["django"].from_string((PAGES / f"{page}.html").read_text())
    return template.render(context(slug))


def pages() -> list[str]:
    """The names of all pages."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


def write(to: Path) -> None:
    """The whole gallery as a folder that any web server can show."""
    static = to / "static" / "themes"
    shutil.copytree(Path(settings.THEMES_DIRS[-1]) / "static" / "themes", static, dirs_exist_ok=True)
    theme("_base")
    shutil.copytree(Path(settings.THEMES_BUILD) / "static" / "themes", static, dirs_exist_ok=True)
    for slug in NAMES:
        for page in pages():
            (to / f"{slug}-{page}.html").write_text(render(page, slug))


def classes(html: str) -> set[str]:
    """All class names in a page."""
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
