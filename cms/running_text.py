"""The editor of running text, which also takes what no editor sent: without its script one types plainly."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea

from .writing.chips import with_chips

NOT_OF_THE_EDITOR = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What Wagtail's reading raises on anything that is not its editor's own notation."""


class RunningText(DraftailRichTextArea):
    """As Wagtail's, with a chip for each slot; what is not in the editor's notation is kept as one
    paragraph, word for word.
    """

    def format_value(self, value: Any) -> Any:
        """Stored text in the editor's notation."""
        return super().format_value(with_chips(value) if isinstance(value, str) else value)

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except NOT_OF_THE_EDITOR:
            return str(format_html("<p>{}</p>", data.get(name, "")))
