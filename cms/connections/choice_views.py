"""What a back end can do, and what a municipality chooses for each kind of case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.limits import too_many
from portal.municipalities.connections import Connection
from portal.municipalities.models import ConnectionRow
from portal.registers.administering import Act, set_parameter
from portal.registers.answers import Found
from portal.registers.case_types import CHOICES, CaseTypeListed, choice_of
from portal.registers.connecting import ConnectionKind
from portal.registers.faults import Fault, fault_of
from portal.registers.gather import Question, ask_one
from portal.registers.trying import found_out

from .forms import CapabilitiesForm, CaseTypeForm
from .places import administering
from .views import A_MINUTE, connection_of, shown


@transaction.non_atomic_requests
@require_POST
def ask(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """Ask the back end what it can do; no transaction is open while it is asked."""
    with administering(request, slug) as desk:
        with transaction.atomic():
            known, kind = connection_of(connection)
        if kind.find_out is None:
            raise Http404
        if too_many("connection-test", str(desk.me.id), most=A_MINUTE):
            messages.error(request, _("Te vaak geprobeerd. Wacht een minuut."))
        elif found_out(known, kind, desk.me):
            messages.success(request, _("Gevraagd. Hieronder staat wat het systeem kan."))
        else:
            messages.error(request, _("Het systeem gaf geen antwoord. Test eerst of de koppeling werkt."))
        return redirect("cms_connection", slug, connection)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """Correct what the back end says of itself."""
    with administering(request, slug) as desk:
        known, kind = connection_of(connection)
        # Another way to search would put the BSN in an address: that is chosen by the system's name alone.
        facts = [fact for fact in kind.facts(known.parameters) if fact.name != "search"]
        form = CapabilitiesForm(facts, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            row = _locked(connection)
            others = row.parameters.get("capabilities", {})
            kept = {name: value for name, value in others.items() if name not in form.fields}
            set_parameter(row, "capabilities", kept | form.chosen, Act.ASKED, desk.me)
            messages.success(request, _("Opgeslagen. Dit geldt vanaf nu."))
            return redirect("cms_connection", slug, connection)
        return shown(request, desk, connection, choices=form)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def case_types(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """The kinds of cases of a system's catalogue, with what is chosen for each; one of them to change."""
    with administering(request, slug) as desk:
        with transaction.atomic():
            known, kind = connection_of(connection)
        listed, fault = _listed(known, kind)
        wanted = next((one for one in listed if one.key == request.GET.get("soort")), None)
        if request.method == "POST" and wanted is None:
            raise Http404
        form = None
        if wanted:
            chosen = choice_of(known.parameters, wanted.key)
            initial = {name: getattr(chosen, name) for name in CaseTypeForm.base_fields}
            form = CaseTypeForm(request.POST if request.method == "POST" else None, initial=initial)
            if request.method == "POST" and form.is_valid():
                with transaction.atomic():
                    row = _locked(connection)
                    made = {
                        name: one
                        for name, one in row.parameters.get(CHOICES, {}).items()
                        if name != wanted.key
                    }
                    kept = form.choice.kept()
                    made |= {wanted.key: kept} if kept else {}
                    set_parameter(row, CHOICES, made, Act.CASE_TYPE, desk.me)
                messages.success(request, _("Opgeslagen. Inwoners zien dit bij hun volgende pagina."))
                return redirect("cms_connection_case_types", slug, connection)
        context: dict[str, Any] = {
            "desk": desk,
            "connection": known,
            "rows": [(one, choice_of(known.parameters, one.key)) for one in listed],
            "fault": fault,
            "wanted": wanted,
            "form": form,
        }
        with transaction.atomic():
            return render(request, "cms/connections/case_types.html", context)


def _listed(known: Connection, kind: ConnectionKind) -> tuple[Sequence[CaseTypeListed], Fault | None]:
    if kind.case_types is None:
        raise Http404
    answer = ask_one(Question(known, kind.case_types))
    return (answer.value, None) if isinstance(answer, Found) else ([], fault_of(answer))


def _locked(connection: UUID) -> ConnectionRow:
    return get_object_or_404(ConnectionRow.objects.select_for_update(), id=connection)
