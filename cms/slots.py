"""`[[telefoon]]` in a text becomes the fact of the municipality whose site shows it."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from portal.municipalities.acting import current_municipality
from portal.municipalities.facts import NAMES, OWN, site_facts

from .reach import own_names_at_work

SLOT = re.compile(r"\[\[\s*([a-z][a-z0-9-]*)\s*\]\]")
NAME_OF_MUNICIPALITY = "gemeente"
LEFT_OPEN = {
    "telefoon": gettext_lazy("het telefoonnummer van de gemeente"),
    "e-mail": gettext_lazy("het e-mailadres van de gemeente"),
    "balie": gettext_lazy("de balie van de gemeente"),
    "openingstijden": gettext_lazy("vraag ons wanneer u terecht kunt"),
    "sociaal-team": gettext_lazy("het sociaal team van de gemeente"),
    "clientondersteuning": gettext_lazy("een onafhankelijke cliëntondersteuner"),
    "afval": gettext_lazy("de milieustraat"),
    "functionaris-gegevensbescherming": gettext_lazy("vraag ons wie dat is"),
    **dict.fromkeys(
        [name for name in NAMES if name.startswith(("prijs-", "leges-"))],
        gettext_lazy("een bedrag dat wij u graag vertellen"),
    ),
}
"""What a resident reads where a municipality left a fact open: it fits where the fact would stand."""
BEGINS = re.compile(r"(?:^|<(?:p|li|h\d)\b[^>]*>|[.!?])\s*$")
WORDS = re.compile(r"(?<![\w@.-])[^\W\d_]{3,}(?![\w@.-]*[@/])")
"""Words that are read out: not a number, a price or an address of mail."""


def local_facts() -> Mapping[str, str]:
    """What slots are filled with: the facts and the name of the municipality in force. One query at
    most.
    """
    municipality = current_municipality()
    return {**site_facts(municipality), NAME_OF_MUNICIPALITY: municipality.name}


def fill(html: str, known: Mapping[str, str]) -> SafeString:
    """Fill the slots of a text that is already safe HTML; a fact is text and is escaped.

    Where the municipality left a fact open other words stand for it: never a hole in a sentence.
    """
    return mark_safe(SLOT.sub(lambda found: _fact(found, known), html))  # noqa: S308  # the text was safe and what goes in is escaped


def _fact(found: re.Match[str], known: Mapping[str, str]) -> SafeString:
    return escape(known.get(found[1], "").strip() or _instead(found))


def _instead(found: re.Match[str]) -> str:
    words = str(LEFT_OPEN.get(found[1]) or gettext("vraag het ons"))
    begins = BEGINS.search(found.string, max(0, found.start() - 100), found.start())
    return words[0].upper() + words[1:] if begins else words


def fill_in_text(html: str, known: Mapping[str, str]) -> SafeString:
    """As `fill`, in running text: among words of another language a fact says that it is Dutch."""
    if get_language() == settings.LANGUAGE_CODE:
        return fill(html, known)

    def fact(found: re.Match[str]) -> str:
        said = known.get(found[1], "").strip()
        in_a_tag = html.rfind("<", 0, found.start()) > html.rfind(">", 0, found.start())
        if in_a_tag or found[1] == NAME_OF_MUNICIPALITY or not WORDS.search(said):
            return _fact(found, known)
        return format_html('<span lang="{}" dir="ltr">{}</span>', settings.LANGUAGE_CODE, said)

    return mark_safe(SLOT.sub(fact, html))  # noqa: S308  # the text was safe and what goes in is escaped


def refuse_unknown(page: Any, *names: str) -> None:
    """Raises ValidationError at the field of a page with a slot that no municipality can fill in."""
    wrong = {name: unknown_slots(str(getattr(page, name) or "")) for name in names}
    said = gettext_lazy("Dit gegeven bestaat niet: %(names)s.")
    errors = {
        name: said % {"names": ", ".join(sorted(f"[[{slot}]]" for slot in slots))}
        for name, slots in wrong.items()
        if slots
    }
    if errors:
        raise ValidationError(errors)


def unknown_slots(text: str) -> set[str]:
    """Names between brackets that nobody fills in: a writer's mistake.

    A fact of a municipality's own counts for who writes for it, and for a job, which publishes what was
    looked at when it was written.
    """
    named = {name for name in SLOT.findall(text) if name not in NAMES and name != NAME_OF_MUNICIPALITY}
    own = {name for name in named if name.startswith(OWN)}
    return named - (own & own_names_at_work(own)) if own else named
