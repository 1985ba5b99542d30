"""The steps of a form, on formtools: each has an address, is sent by POST, and loses nothing on the way."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from formtools.wizard.views import NamedUrlWizardView, WizardView

from portal.irma.waiting import on_phone

from . import wallet
from .content import Known, known_answers
from .kinds import CHECK, Kind
from .models import Application
from .sending import groups
from .step_forms import ByAppForm, StepForm
from .storage import RowStorage
from .wallet import WAYS, Asking

LATER = "later"
"""The button that keeps what was typed, right or wrong, for another day."""
APP = "app"
"""The buttons that keep it too, and let the app answer; the value is the way."""
NOTHING = "kies"
"""In the address, after such a button was pressed with nothing chosen."""
WRONG = "fout"
"""In the address, after a step was sent that is not right."""
FROM_APP = "uit-app"
"""In the address, after the app answered."""
LONGEST, MOST = 5_000, 50
"""Signs of one answer that are kept, right or wrong, and answers to one question."""


class Steps(NamedUrlWizardView):
    """One form, filled in step by step. The view gives it a locked row that is not sent."""

    kind: Kind = None  # type: ignore[assignment]  # given to as_view
    storage: RowStorage
    storage_name = "portal.applications.storage.RowStorage"
    template_name = "applications/step.html"
    http_method_names = ["get", "head", "post"]

    @property
    def row(self) -> Application:
        return self.storage.row

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002  # formtools'
        return self.kind.key

    def get_step_url(self, step: str) -> str:
        return reverse(self.url_name, args=[self.row.id, step])

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        told, asked = self.storage.told, step or self.steps.current
        return {
            "known": Known.of(told.get("known")),
            "answers": known_answers(told, asked),
            "silent": (told.get("silent") or {}).get(asked, ()),
        }

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """A step, or where it stands for a step there is not. The check comes when all before it is right."""
        step = kwargs["step"]
        wrong = self.first_wrong() if step == CHECK else None
        if wrong or step not in self.get_form_list():
            return redirect(self._to_wrong(wrong) if wrong else self.get_step_url(self.steps.current))
        answer: HttpResponse = super().get(*args, **kwargs)
        return answer

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """On, back, or later. Back and later keep what was typed without judging it."""
        if kwargs["step"] not in self.get_form_list():
            return redirect(self.get_step_url(self.steps.current))
        self.storage.current_step = kwargs["step"]
        back, way = self.request.POST.get("wizard_goto_step"), self.request.POST.get(APP)
        if LATER in self.request.POST or way in WAYS or back in self.get_form_list():
            self._keep_as_typed()
            if way in WAYS:
                return self._to_the_app(way)
            if back is None:
                return redirect("applications:kept", self.row.id)
        answer: HttpResponse = super().post(*args, **kwargs)
        return answer

    def _to_the_app(self, way: str) -> HttpResponse:
        """Which answers come out of it, for the view that called; else the step once more."""
        chosen = ByAppForm(self.get_form(), self.request.POST)
        if not (chosen.is_valid() and wallet.is_there()):
            return redirect(f"{self.get_step_url(self.steps.current)}?{NOTHING}=1")
        self.request.to_prove = Asking(self.steps.current, tuple(chosen.cleaned_data["by_app"]), way=way)
        return redirect("applications:wallet", self.row.id)

    def process_step(self, form: StepForm) -> QueryDict:
        """What is kept of a step: only what it asks, and no more of it than one types.

        All of it lies in one row, which every page about applications reads.
        """
        given, kept = self.request.POST, QueryDict(mutable=True)
        for name in filter(given.__contains__, map(form.add_prefix, form.fields)):
            kept.setlist(name, [one[:LONGEST] for one in given.getlist(name)[:MOST]])
        return kept

    def render(self, form: StepForm | None = None, **kwargs: Any) -> HttpResponse:
        """The step. What was kept on the way to another step or day is not judged before it is sent.

        What is wrong stands at an address too: browsers keep no page of ours, and who goes back to one that
        came of a POST finds an error of the browser's own.
        """
        if self.request.method == "POST":
            self.storage.forget_step(self.steps.current)
            self._keep_as_typed()
            return redirect(f"{self.get_step_url(self.steps.current)}?{WRONG}=1")
        form = form or self.get_form()
        if WRONG not in self.request.GET:
            form.errors.clear()
        elif not form.is_bound:
            form = self.get_form(data={})
        answer: HttpResponse = super().render(form, **kwargs)
        return answer

    def render_next_step(self, form: StepForm, **kwargs: Any) -> HttpResponse:  # noqa: ARG002  # formtools'
        """Who changes one answer of a complete form is back at the check at once."""
        step = self.get_next_step() if self.first_wrong() else CHECK
        self.storage.current_step = step
        return redirect(self.get_step_url(step))

    def render_done(self, form: StepForm, **kwargs: Any) -> HttpResponse:
        """On this POST, and without formtools' own redirect to a GET that would send."""
        answer: HttpResponse = WizardView.render_done(self, form, **kwargs)
        return answer

    def done(self, form_list: Any, form_dict: Mapping[str, StepForm], **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """All is right: the view sends it, in the same transaction."""
        self.request.complete_forms = form_dict  # for the view that called
        return redirect("applications:receipt", self.row.id)

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        context |= {"kind": self.kind, "application": self.row, "known": form.known}
        context["from_app"] = FROM_APP in self.request.GET and form.has_proven()
        if form.provable() and wallet.is_there():
            context["by_app"] = ByAppForm(form, {} if NOTHING in self.request.GET else None)
            context["on_phone"] = on_phone(self.request)
        if self.steps.current == CHECK:
            context["groups"] = groups(self.kind, self._all_forms())
        return context

    def render_revalidation_failure(self, failed_step: str, form: StepForm, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """What was right when it was sent is not any more: to where it is told."""
        return redirect(self._to_wrong(failed_step))

    def _to_wrong(self, step: str) -> str:
        """The address of a step that is not right; of one that was never filled in nothing is said."""
        url = self.get_step_url(step)
        return f"{url}?{WRONG}=1" if self.storage.get_step_data(step) else url

    def first_wrong(self) -> str | None:
        """The first step that is not filled in, or not rightly."""
        forms = self._all_forms()
        return next((step for step in self.kind.steps if not forms[step].is_valid()), None)

    def _all_forms(self) -> dict[str, StepForm]:
        forms = {
            step: self.get_form(step, self.storage.get_step_data(step) or {}) for step in self.kind.steps
        }
        for form in forms.values():
            form.is_valid()
        return forms

    def _keep_as_typed(self) -> None:
        """An empty page is not kept: it would come back without what we fill in ourselves."""
        step, typed = self.storage.current_step, self.process_step(self.get_form())
        if step != CHECK and any(str(one).strip() for one in typed.values()):
            self.storage.set_step_data(step, typed)
