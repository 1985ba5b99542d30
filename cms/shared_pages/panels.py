"""Above the form of a library page: who uses it, before it is changed."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.trees import is_library


class UsePanel(Panel):
    """Who shows, fills in, replaces or leaves out this page; and room to ask local editors something."""

    class BoundPanel(Panel.BoundPanel):
        """On one page."""

        template_name = "cms/shared/use_panel.html"

        def is_shown(self) -> bool:
            """Only for a page of the library that is there already."""
            return bool(self.instance.pk and is_library(self.instance.url_path))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """With the names of the municipalities."""
            from .use import use_of

            return {
                **super().get_context_data(parent_context),
                "use": use_of(self.instance),
                "page": self.instance,
            }
