"""Below the form of a page: what to look at again."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class CheckPanel(Panel):
    """Asks the server after each pause in writing; `static/cms/writing.js`."""

    class BoundPanel(Panel.BoundPanel):
        """On one page."""

        template_name = "cms/writing/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """With where to ask."""
            page, url = self.instance, ""
            if page.pk:
                url = reverse("cms_check", args=[page.pk])
            elif (parent := getattr(self.form, "parent_page", None)) is not None:
                url = reverse("cms_check_new", args=[page._meta.app_label, page._meta.model_name, parent.pk])
            return {**super().get_context_data(parent_context), "check_url": url}
