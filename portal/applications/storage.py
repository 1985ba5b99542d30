"""Where formtools keeps what was typed: in the application's own row, encrypted; in no session, no cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from formtools.wizard.storage.base import BaseStorage

from . import content
from .models import Application


class RowStorage(BaseStorage):
    """The storage of one application; written once, when the answer is made."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: object = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.row: Application = request.application  # type: ignore[attr-defined]  # set by the view
        self.init_data()
        held = content.read(self.row)
        self.data[self.step_key] = held.get("step")
        self.data[self.step_data_key] = held.get("typed", {})
        self.told = {name: one for name, one in held.items() if name not in {"step", "typed"}}
        self._before = self._held()

    def reset(self) -> None:
        """formtools forgets what was sent; ours goes when the case is complete, and not before."""

    def set_step_data(self, step: str, typed: QueryDict) -> None:
        """Only the answers: neither the token against forgery nor the buttons."""
        super().set_step_data(
            step,
            {name: typed.getlist(name) for name in typed if name.startswith(f"{step}-")},
        )

    def forget_step(self, step: str) -> None:
        """What was typed there before; not what is known."""
        typed = self.data[self.step_data_key]
        self.data[self.step_data_key] = {name: one for name, one in typed.items() if name != step}

    def update_response(self, response: HttpResponse) -> None:  # noqa: ARG002  # formtools'
        """Write the row, where something changed and it is not sent."""
        held = self._held()
        if held != self._before and self.row.state == Application.DRAFT:
            content.put(self.row, held)
            self.row.changed = timezone.now()
            self.row.save(update_fields=["content", "changed"])

    def _held(self) -> dict[str, Any]:
        return {
            "step": self.data[self.step_key],
            "typed": dict(self.data[self.step_data_key]),
            **self.told,
        }
