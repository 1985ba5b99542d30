"""The editor's form of a page; refuses references to what belongs to another municipality."""

from wagtail.admin.forms import WagtailAdminPageForm


class SitePageForm(WagtailAdminPageForm):
    """Being fenced."""
