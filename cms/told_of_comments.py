"""Mail about comments goes to who reaches the page now.

Wagtail mails whoever asked for it once or wrote in the thread, also who has left since and works for another
municipality: with the title of the page and what was written.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wagtail.admin.views.pages import edit

from .trees_in_reach import Kind, may_reach


def by_mail_to_who_reaches_the_page() -> None:
    """Called once, when the CMS is ready."""
    edit.send_notification = _fenced(edit.send_notification)


def _fenced(send: Callable[..., bool]) -> Callable[..., bool]:
    def told(users: Iterable[Any], notification: str, context: Mapping[str, Any]) -> bool:
        page = context["page"].pk
        still = [user for user in users if user.is_superuser or may_reach(user, Kind.PAGE, page)]
        return send(still, notification, context)

    return told
