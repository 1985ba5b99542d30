"""Makes the gallery's pages with the product's own templates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import get_template

from ..colour import contrast
from ..compiled import theme, themes_in_force, tokens_of
from ..contrast import decimal
from ..ramp import ROLES, STEPS
from .content import content, frame

PAGES: Mapping[str, str] = {
    "alles": "Alle onderdelen, in elke toestand",
    "kleuren": "Kleuren en letters",
    "front": "Voorpagina",
    "article": "Pagina met tekst",
    "mijn": "Overzicht van Mijn",
    "case": "Zaak",
    "form": "Formulier met fouten",
}
"""Name to what an editor reads, in the order of looking."""
TEMPLATES = Path(__file__).parent.parent / "templates" / "gallery" / "pages"
WIDTHS = {"": "zo breed als het past", "768": "tablet", "390": "telefoon", "320": "kleinste telefoon"}
"""Pixels to what a designer reads; `gallery.css` knows the same."""
LIGHTS = {"": "zoals dit apparaat", "licht": "licht", "donker": "donker"}
WAYS = ("bg", "border", "color")


def page(name: str, slug: str, states_url: str, changes_url: str = "") -> str:
    """One page of the gallery in one theme, as HTML."""
    shown = theme(slug)
    context = {
        **content(),
        "frame": frame(shown, name_of(slug)),
        "states_url": states_url,
        "changes_url": changes_url,
        **(palette(slug) if name == "kleuren" else {}),
    }
    html = str(get_template(f"gallery/pages/{name}.html").render(context))
    # On the page of all parts the summary of errors is one of many, and must not draw the page to itself.
    return html.replace(" autofocus", "") if name == "alles" else html


def name_of(slug: str) -> str:
    """What a theme is called."""
    return str(themes_in_force()[slug]["name"])


def palette(slug: str) -> dict[str, Any]:
    """All colours of a theme as strips, by day and by night."""
    modes = [("licht", "Kleuren", "Alle rollen", tokens_of(slug))]
    if night := tokens_of(slug, night=True):
        modes.append(("donker", "Kleuren in het donker", "Alle rollen in het donker", night))
    return {
        "dark": len(modes) > 1,
        "modes": [
            {"id": id_, "title": title, "about": about, "roles": [_role(role, tokens) for role in roles()]}
            for id_, title, about, tokens in modes
        ],
    }


def roles() -> list[str]:
    """All roles, plain and inverse."""
    return [f"{role}{kind}" for role in ROLES for kind in ("", "-inverse")]


def _role(role: str, tokens: Mapping[str, str]) -> dict[str, Any]:
    ratio = contrast(tokens[f"color-{role}-color-default"], tokens[f"color-{role}-bg-default"])
    return {
        "name": role,
        "strips": [
            [tokens[f"color-{role}-{step}"] for step in STEPS if step.startswith(way)] for way in WAYS
        ],
        "ratio": decimal(ratio),
    }


class Choice(forms.Form):
    """Which themes lie beside each other, with which page, and how wide and dark."""

    a = forms.ChoiceField(label="Thema")
    b = forms.ChoiceField(label="Ernaast", required=False)
    pagina = forms.ChoiceField(label="Pagina", choices=list(PAGES.items()))
    breedte = forms.ChoiceField(label="Breedte", required=False, choices=list(WIDTHS.items()))
    stand = forms.ChoiceField(label="Licht of donker", required=False, choices=list(LIGHTS.items()))

    def __init__(self, slugs: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        a, b = self.fields["a"], self.fields["b"]
        a.choices = list(slugs.items())  # type: ignore[attr-defined]  # a ChoiceField, see above
        b.choices = [("", "niets"), *slugs.items()]  # type: ignore[attr-defined]


def desk(given: Mapping[str, str], slugs: Mapping[str, str], address: Any, **more: Any) -> str:
    """Two themes side by side, as HTML; `address(slug, page)` is where a page of the gallery is."""
    first = {"a": next(iter(slugs)), "b": "", "pagina": "alles", "breedte": "", "stand": ""}
    choice = Choice(slugs, {**first, **{name: given[name] for name in first if name in given}})
    chosen = choice.cleaned_data if choice.is_valid() else first
    frames = [
        {"title": slugs[slug], "url": address(slug, chosen["pagina"])}
        for slug in (chosen["a"], chosen["b"])
        if slug
    ]
    look = " ".join(f"toon-{chosen[name]}" for name in ("breedte", "stand") if chosen[name])
    context = {"neutral": theme("_base"), "choice": choice, "frames": frames, "look": look, **more}
    return str(get_template("gallery/index.html").render(context))


def new(request: HttpRequest, form: forms.Form, place: str) -> str:
    """The form that begins a theme, as HTML; `place` is where its folder comes."""
    context = {"neutral": theme("_base"), "form": form, "place": place}
    return str(get_template("gallery/new.html").render(context, request))
