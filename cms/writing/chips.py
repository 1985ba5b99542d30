"""How the editor of running text reads a slot: as a chip that shows the name of the fact."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cms.slots import NAME_OF_MUNICIPALITY, SLOT
from portal.municipalities.facts import NAMES, OWN, label_of

FEATURE = "fact"
"""What Wagtail calls it among what a text may hold."""
ELEMENT = "x-fact"
"""What a slot is while the editor reads it; never stored."""


def with_chips(html: str) -> str:
    """Stored text as the editor reads it: each slot an element that shows the name of the fact."""

    def chip(found: Any) -> str:
        name = found[1]
        known = name in NAMES or name.startswith(OWN)
        label = _("Naam van de gemeente") if name == NAME_OF_MUNICIPALITY else known and label_of(name)
        return format_html('<{0} name="{1}">{2}</{0}>', ELEMENT, name, label) if label else found[0]

    return SLOT.sub(chip, html)
