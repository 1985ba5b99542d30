"""The step in which somebody else looks."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class SecondPerson(AbstractGroupApprovalTask):
    """An editor of the same group who neither asked nor made the last change."""

    class Meta:
        verbose_name = _("tweede persoon")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What this person may do with a page that waits; nothing with what is their own work."""
        if not self._user_in_groups(user) or user.pk in _makers(obj):
            return []
        return [
            ("reject", gettext("Vraag een verandering"), True),
            ("approve", gettext("Keur goed en publiceer"), False),
        ]


def _makers(page: Any) -> set[int | None]:
    """Who asked, who wrote what is asked about, and who changed it since."""
    waiting = page.current_workflow_state
    if waiting is None or waiting.current_task_state is None:
        return set()
    latest = page.latest_revision
    return {
        waiting.requested_by_id,
        waiting.current_task_state.revision.user_id,
        latest.user_id if latest else None,
    }
