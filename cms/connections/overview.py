"""How connections are, in words, for the administrators' pages. A number of queries that does not grow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.municipalities.connections import Connection, connections_of
from portal.registers.connecting import ConnectionKind, connection_kinds
from portal.registers.models import Breaker, ProposedConnection
from portal.registers.outcomes import WORDS
from portal.registers.response_times import Lately, lately


@dataclass(frozen=True, slots=True)
class Health:
    """One connection, as it is now."""

    kind: ConnectionKind
    connection: Connection
    lately: Lately
    rests_until: datetime | None
    """Until when nobody asks it, as it did not answer in time; None where it is asked."""
    proposal: UUID | None
    """A change that waits for a second administrator."""

    @property
    def state(self) -> str:
        """How it is, in a few words."""
        if self.connection.switched_off:
            return _("Uitgezet")
        if self.rests_until:
            return _("Wordt even niet gevraagd")
        if self.lately.failed and (self.lately.well is None or self.lately.failed > self.lately.well):
            return _("Storing")
        return _("Werkt") if self.lately.well else _("Nog niet gevraagd")

    @property
    def breaker(self) -> str:
        """Whether it is left alone, in words."""
        if not self.rests_until:
            return _("Dicht: wij vragen gewoon")
        if self.rests_until <= timezone.now():
            return _("Half open: wij proberen het weer")
        return _("Open: wij wachten tot %(until)s") % {
            "until": timezone.localtime(self.rests_until).strftime("%H:%M:%S")
        }

    @property
    def last_fault(self) -> str:
        """What went wrong last, in words."""
        return str(WORDS[self.lately.fault]) if self.lately.fault else ""


def healths() -> list[Health]:
    """The connections that administrators look after, by kind and name.

    Three queries and one look in the cache.
    """
    kinds: Mapping[str, ConnectionKind] = {one.kind: one for one in connection_kinds()}
    known = connections_of(*kinds)
    resting = dict(Breaker.objects.values_list("connection", "closed_until"))
    waiting = dict(ProposedConnection.objects.exclude(connection=None).values_list("connection", "id"))
    measures = lately(known)
    found = [
        Health(
            kinds[one.kind],
            one,
            measures[one.id],
            resting.get(one.id),
            waiting.get(one.id),
        )
        for one in known
    ]
    return sorted(found, key=lambda health: (str(health.kind.title), health.connection.name))


def by_kind(rows: Sequence[Health]) -> list[tuple[ConnectionKind, list[Health]]]:
    """Each kind that can be connected, with what is."""
    return [(kind, [row for row in rows if row.kind is kind]) for kind in connection_kinds()]
