"""A fact in running text is a chip with its name, chosen from a list. It is stored as its slot,
`[[telefoon]]`.

So everything that fills slots works as before; what was typed as a code shows as a chip as well.
"""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from .chips import ELEMENT, FEATURE


class FactElement(InlineEntityElementHandler):
    """A chip in the editor's own notation."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Its name is all there is to it."""
        return {"name": attrs.get("name", "")}


def as_slot(props: dict[str, Any]) -> Any:
    """What a chip is stored as, whatever words it shows."""
    return DOM.create_element("fragment", {}, f"[[{props.get('name', '')}]]")


@hooks.register("register_rich_text_features")
def facts_in_text(features: FeatureRegistry) -> None:
    """One more thing that a text may hold."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {"type": "FACT", "icon": "tag", "description": _("Gegeven van de gemeente")},
            js=["cms/writing.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {ELEMENT: FactElement("FACT")},
            "to_database_format": {"entity_decorators": {"FACT": as_slot}},
        },
    )


@hooks.register("insert_editor_js")
def while_writing() -> SafeString:
    """The list of facts for plain fields, and the look at what is written."""
    return format_html('<script src="{}"></script>', static("cms/writing.js"))
