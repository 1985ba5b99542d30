"""Each step of a document's life: looked up in the table, written with all that belongs to it."""

from django.utils import timezone

from . import stored
from .models import Upload
from .states import OVER, TRANSITIONS, Act, State

SAVED = (
    "state", "held", "fingerprint", "size", "number", "sent", "ended", "reason", "due", "attempts", "problem",
    "lease", "leased_until", "lock", "changed",
)  # fmt: skip


class NotNow(Exception):
    """The document is past that step, or not so far."""


def move(upload: Upload, act: Act) -> None:
    """Take a step, in the caller's transaction, which holds the row locked. Raises NotNow.

    When it was the last one, nothing of the file is kept, and nobody works on it any more.
    """
    current = Upload.objects.select_for_update().filter(id=upload.id).values_list("state", flat=True).first()
    try:
        state = TRANSITIONS[State(current or "")][act]
    except (KeyError, ValueError):
        raise NotNow from None
    upload.state, upload.changed = state, timezone.now()
    if state in OVER:
        upload.ended, upload.due, upload.problem, upload.lock = upload.changed, None, "", ""
        upload.lease = upload.leased_until = None
        stored.forget([upload.id])
    upload.save(update_fields=SAVED)
