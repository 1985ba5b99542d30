"""The step in which somebody else looks."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from .second_person.asked import makers, saved_since


class SecondPerson(AbstractGroupApprovalTask):
    """An editor of the same group who neither asked nor made any of what is asked about."""

    class Meta:
        verbose_name = _("tweede persoon")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What this person may do with a page that waits; nothing with what is their own work."""
        waiting = obj.current_workflow_state
        if not self._user_in_groups(user) or (waiting and user.pk in makers(obj, waiting)):
            return []
        return [
            ("reject", gettext("Vraag een verandering"), True),
            ("approve", gettext("Keur goed en publiceer"), False),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """A yes counts for the version that was asked about; one that was saved since is asked about anew.

        An editor's screen shows the newest text, so to publish the older one would surprise as much, and to
        drop the question would let anybody's save undo it.
        """
        if action_name == "approve":
            page = Page.objects.select_for_update(of=("self",)).get(pk=task_state.workflow_state.object_id)
            latest = page.revisions.select_for_update().order_by("-created_at", "-id").first()
            if saved_since(task_state, latest):
                task_state.cancel(user=user, resume=True)
                return None
        return super().on_action(task_state, user, action_name, **kwargs)
