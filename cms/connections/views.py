"""All connections of a municipality, how they are, one of them, and trying it where it stands."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.places import to_a_place
from portal.accounts.limits import too_many
from portal.municipalities.connections import Connection, all_connections
from portal.municipalities.models import ConnectionRow
from portal.registers.administering import Act, as_connection, header_names, note
from portal.registers.connecting import GRANT, ConnectionKind, connection_kind
from portal.registers.models import ConnectionAct, ProposedConnection
from portal.registers.outcomes import Outcome
from portal.registers.trying import Tried, found_out, tried

from .overview import by_kind, healths
from .places import Desk, administered_by, administering
from .words import ACTS

A_MINUTE = 5  # tries of one administrator
A_PAGE = 50


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the one municipality that one administers, or a choice."""
    return to_a_place(request, administered_by(request.user), "cms_connections", _("Koppelingen"))


@never_cache
@require_GET
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The connections by register, and what waits for a second administrator."""
    with administering(request, slug) as desk:
        waiting = list(ProposedConnection.objects.order_by("at"))
        context = {"desk": desk, "kinds": by_kind(healths()), "waiting": waiting}
        return render(request, "cms/connections/every.html", context)


@never_cache
@require_GET
def health(request: HttpRequest, slug: str) -> HttpResponse:
    """How they are: times, last success, last fault, and whether they are left alone."""
    with administering(request, slug) as desk:
        return render(request, "cms/connections/health.html", {"desk": desk, "rows": healths()})


@require_GET
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what, newest first."""
    with administering(request, slug) as desk:
        acts = Paginator(ConnectionAct.objects.order_by("-at"), A_PAGE).get_page(request.GET.get("bladzijde"))
        rows = [(act, ACTS[Act(act.kind)]) for act in acts]
        return render(request, "cms/connections/log.html", {"desk": desk, "rows": rows, "page": acts})


@never_cache
@require_GET
def one(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """One connection; nothing of its secrets but whether they are there."""
    with administering(request, slug) as desk:
        return shown(request, desk, connection)


@transaction.non_atomic_requests
@never_cache
@require_POST
def test(request: HttpRequest, slug: str, connection: UUID) -> HttpResponse:
    """Try it now; no transaction is open while the register is asked."""
    with administering(request, slug) as desk:
        with transaction.atomic():
            known, kind = connection_of(connection)
        results = _tried(desk, known, kind)
        if all(one.outcome is Outcome.WORKS for one in results) and "found" not in known.parameters:
            found_out(known, kind, desk.me)
        with transaction.atomic():
            note(known.id, known.name, Act.TESTED, desk.me)
            return shown(request, desk, connection, results)


@transaction.non_atomic_requests
@never_cache
@require_POST
def test_proposal(request: HttpRequest, slug: str, proposal: UUID) -> HttpResponse:
    """Try a connection before anybody agrees to it."""
    with administering(request, slug) as desk:
        with transaction.atomic():
            made = ProposedConnection.objects.filter(id=proposal).first()
            kind = connection_kind(made.kind) if made else None
            if made is None or kind is None:
                raise Http404
            wanted = as_connection(made)
        results = _tried(desk, wanted, kind)
        with transaction.atomic():
            note(made.connection or made.id, made.name, Act.TESTED, desk.me)
            return proposed(request, desk, made, kind, results)


def connection_of(id: UUID) -> tuple[Connection, ConnectionKind]:
    """A connection that administrators look after, with its kind. Raises Http404."""
    found = next((one for one in all_connections() if one.id == id), None)
    kind = connection_kind(found.kind) if found else None
    if found is None or kind is None:
        raise Http404
    return found, kind


def shown(
    request: HttpRequest, desk: Desk, connection: UUID, results: Sequence[Tried] = (), **more: Any
) -> HttpResponse:
    """The page of one connection."""
    health = next((one for one in healths() if one.connection.id == connection), None)
    if health is None:
        raise Http404
    used = health.connection
    context = {
        "desk": desk,
        "health": health,
        "results": results,
        "said": _said(health.kind, used.parameters),
        "has": [label for name, label in health.kind.secrets.items() if used.credentials.get(name)],
        "misses": [
            label
            for name, label in health.kind.secrets.items()
            if not used.credentials.get(name) and name not in health.kind.may_be_missing
        ],
        "headers": header_names(used.credentials),
        "certificate": bool(used.credentials.get("certificate")),
        "facts": health.kind.facts(used.parameters),
        "found": used.parameters.get("found"),
        **more,
    }
    return render(request, "cms/connections/one.html", context)


def proposed(
    request: HttpRequest,
    desk: Desk,
    made: ProposedConnection,
    kind: ConnectionKind,
    results: Sequence[Tried] = (),
) -> HttpResponse:
    """The page of a change that waits."""
    now = ConnectionRow.objects.filter(id=made.connection).first() if made.connection else None
    wanted = as_connection(made)
    context = {
        "desk": desk,
        "proposal": made,
        "kind": kind,
        "is_own": made.by == desk.me.id,
        "now": now,
        "changes": _changes(kind, now, wanted),
        "headers": header_names(wanted.credentials),
        "certificate": bool(wanted.credentials.get("certificate")),
        "results": results,
    }
    return render(request, "cms/connections/proposal.html", context)


def _tried(desk: Desk, connection: Connection, kind: ConnectionKind) -> Sequence[Tried]:
    if too_many("connection-test", str(desk.me.id), most=A_MINUTE):
        return [Tried(kind.title, Outcome.TOO_OFTEN)]
    return tried(connection, kind)


def _said(kind: ConnectionKind, parameters: Any) -> list[tuple[Any, Any]]:
    """The settings in words, as far as they are filled in."""
    rows = [
        (one.label, dict(one.choices).get(parameters.get(one.name), parameters.get(one.name)))
        for one in kind.settings
        if parameters.get(one.name)
    ]
    return [*rows, ("FSC", parameters[GRANT])] if parameters.get(GRANT) else rows


def _changes(kind: ConnectionKind, now: ConnectionRow | None, wanted: Connection) -> list[dict[str, Any]]:
    """What is another than it is used now, label by label."""
    fields: list[tuple[Any, Any, Any]] = [(_("Adres"), now.base_url if now else "", wanted.base_url)]
    before = now.parameters if now else {}
    labels: dict[str, Any] = {**{one.name: one.label for one in kind.settings}, GRANT: "FSC"}
    fields += [
        (label, before.get(name, ""), wanted.parameters.get(name, "")) for name, label in labels.items()
    ]
    return [{"label": label, "old": old, "new": new} for label, old, new in fields if old != new]
