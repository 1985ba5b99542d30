"""Wagtail starts its choosers by inline scripts, which our policy forbids.

Here a chooser says in data attributes what is to be started, and `static/cms/start.js` starts it; the
templates in `templates/wagtailadmin/` do the same for dates and for panels.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser


def render(self: Any, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:  # noqa: ARG001
    """As Wagtail's `BaseChooser.render`, without its script."""
    value_data = self.get_value_data(value)
    html = self.render_html(name, value_data, attrs)
    arguments = json.dumps([attrs["id"], self.get_js_init_options(attrs["id"], name, value_data)])
    return format_html(
        '{}<span hidden data-cms-start="{}" data-cms-arguments="{}"></span>',
        html,
        self.js_constructor,
        arguments,
    )


def without_inline_scripts() -> None:
    """Called once, when the CMS is ready."""
    BaseChooser.render = render
