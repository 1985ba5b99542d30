"""What a page's history says of pages that came from a file."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

READ_IN = "cms.read_in"


@hooks.register("register_log_actions")
def told_in_history(actions: LogActionRegistry) -> None:
    """As Wagtail's own actions."""
    actions.register_action(READ_IN, _("Inlezen"), _("Ingelezen uit een bestand, als concept"))
