"""What a second person is asked to look at, and whether it is still what stands there."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Wagtail reads this package while it makes its own models
    from wagtail.models import Page, Revision, TaskState, WorkflowState


def saved_since(state: "TaskState", latest: "Revision | None") -> bool:
    """Whether anybody saved the page after the question: as a new version, or over the same one."""
    return latest is None or latest.pk != state.revision_id or latest.created_at > state.started_at


def seen(form: Any, state: "TaskState") -> bool:
    """Whether the screen that this form comes from showed the version that is asked about."""
    return bool(form.get("loaded_revision_id") == str(state.revision_id))


def makers(page: "Page", waiting: "WorkflowState") -> set[int | None]:
    """Who asked, and everybody whose work goes along with it: of what is asked, and of what was saved since.

    Work from before the question is not counted: who asked had it on the screen, and asks about it.
    """
    saved = page.revisions.filter(pk__gte=_first_asked(waiting))
    return {waiting.requested_by_id, *saved.values_list("user_id", flat=True)}


def _first_asked(waiting: "WorkflowState") -> int:
    """The version somebody asked about: a question that went along with a later one began there."""
    from wagtail.models import TaskState

    states = list(waiting.task_states.order_by("-pk"))
    first = states[0]
    for earlier in states[1:]:
        if earlier.status != TaskState.STATUS_CANCELLED:
            break
        first = earlier
    return int(first.revision_id)
