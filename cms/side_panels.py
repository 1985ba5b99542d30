"""Beside a page that is edited stands only what works.

Wagtail's own checks run in a script within the page that is shown, by its userbar. Our pages have none, so
that panel says of every page that there are no problems. What to look at stands below the page (`writing`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView


def without_checks() -> None:
    """Called once, when the CMS is ready."""
    for view in (CreateView, EditView):
        view.get_side_panels = _but_checks(view.get_side_panels)


def _but_checks(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(ask)
    def panels(view: Any) -> Any:
        return MediaContainer(one for one in ask(view) if not isinstance(one, ChecksSidePanel))

    return panels
