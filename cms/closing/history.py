"""What a page's history says of pages that came along with another municipality."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, PageLogEntry

CAME_ALONG = "cms.came_along"


@hooks.register("register_log_actions")
def told_in_history(actions: LogActionRegistry) -> None:
    """As Wagtail's own actions."""

    @actions.register_action(CAME_ALONG)
    class CameAlong(LogFormatter):
        label = gettext_lazy("Meegekomen")

        def format_message(self, entry: PageLogEntry | ModelLogEntry) -> str:
            return _("Meegekomen van gemeente %(name)s, als concept") % {"name": entry.data.get("name", "")}
