"""Adding and changing a connection, a second administrator's word, and switching a register off."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.municipalities.models import ConnectionRow
from portal.registers import administering as acts
from portal.registers.administering import Refused
from portal.registers.connecting import ConnectionKind, connection_kind
from portal.registers.models import ProposedConnection

from .forms import ConnectionForm
from .places import Desk, administering
from .views import proposed
from .words import REFUSED


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Connect a register; a second administrator agrees before it is used."""
    with administering(request, slug) as desk:
        return _filled_in(request, desk, _known(kind), None)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """Change a connection; where the data goes only with a second administrator."""
    with administering(request, slug) as desk:
        row = _row(connection)
        return _filled_in(request, desk, _known(row.kind), row)


@never_cache
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, slug: str, proposal: UUID) -> HttpResponse:
    """Look at what somebody else wants, and agree or not."""
    with administering(request, slug) as desk:
        made = get_object_or_404(ProposedConnection, id=proposal)
        if request.method != "POST":
            return proposed(request, desk, made, _known(made.kind))
        try:
            if request.POST.get("step") == "approve":
                row = acts.approve(made.id, desk.me)
                messages.success(request, _("Goedgekeurd. De koppeling werkt nu zo."))
                return redirect("cms_connection", slug, row.id)
            acts.reject(made.id, desk.me)
            messages.success(request, _("Weggegooid. Er is niets veranderd."))
        except Refused as refused:
            messages.error(request, str(REFUSED[str(refused)]))
        return redirect("cms_connections", slug)


@require_POST
def switch(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """Off or on; residents see it at their next page."""
    with administering(request, slug) as desk:
        off = request.POST.get("off") == "1"
        acts.switch(_row(connection), desk.me, off=off)
        told = (
            _("Uitgezet. Inwoners lezen nu dat u dit niet toont.")
            if off
            else _("Aangezet. Inwoners zien dit weer.")
        )
        messages.success(request, told)
        return redirect("cms_connection", slug, connection)


def _filled_in(
    request: HttpRequest, desk: Desk, kind: ConnectionKind, row: ConnectionRow | None
) -> HttpResponse:
    waiting = acts.waiting_for(row)
    if waiting:
        messages.warning(request, str(REFUSED[Refused.WAITING]))
        return redirect("cms_connection_proposal", desk.municipality.slug, waiting.id)
    form = ConnectionForm(kind, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            waits = acts.save(kind, row, form.wanted, desk.me)
        except Refused as refused:
            form.add_error("name", str(REFUSED[str(refused)]))
        else:
            if waits:
                messages.success(request, _("Bewaard. Een andere beheerder moet dit nog goedkeuren."))
                return redirect("cms_connection_proposal", desk.municipality.slug, waits)
            assert row is not None
            messages.success(request, _("Opgeslagen. Dit geldt vanaf nu."))
            return redirect("cms_connection", desk.municipality.slug, row.id)
    context = {"desk": desk, "kind": kind, "row": row, "form": form}
    return render(request, "cms/connections/form.html", context)


def _row(connection: UUID) -> ConnectionRow:
    row = ConnectionRow.objects.select_for_update().filter(id=connection).first()
    if row is None or connection_kind(row.kind) is None:
        raise Http404
    return row


def _known(kind: str) -> ConnectionKind:
    found = connection_kind(kind)
    if found is None:
        raise Http404
    return found
