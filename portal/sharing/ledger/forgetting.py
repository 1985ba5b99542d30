"""The end of accountability: when a grant is over and its purpose's term as well, its records are forgotten.

The record key goes, and with it every salt; the records go. The entries stay, and so does a note in the log
of which entries were forgotten: a record that is gone without such a note was taken away by somebody else.
The rule of when it may stands once, in the database (`accountability_is_over`); the triggers ask it too.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import BooleanField, F, Func

from portal.sharing.models import ActRecord, Grant, LogRecord, PurposeVersion, RecordKey
from portal.sharing.purposes import read as read_version

from .entries import note


def forget_over(at: datetime, most: int = 200) -> int:
    """Forget the records of grants whose term is over; gives of how many grants."""
    shortest = min((_years(row) for row in PurposeVersion.objects.select_related("purpose")), default=None)
    if shortest is None:
        return 0
    may_be_over = at - timedelta(days=365 * shortest)  # no calendar has shorter years
    is_over = Func(F("grant_id"), function="accountability_is_over", output_field=BooleanField())
    found = RecordKey.objects.filter(created__lte=may_be_over).annotate(over=is_over).filter(over=True)
    with transaction.atomic():
        grants = list(
            Grant.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(id__in=list(found.order_by("created").values_list("grant_id", flat=True)[:most]))
            .select_related("version__purpose")
        )
        if grants:
            _forget(grants, at)
    return len(grants)


def forgotten_positions(row: LogRecord) -> set[int]:
    """Which entries a note says were forgotten."""
    return {position for positions in row.payload.get("terms", {}).values() for position in positions}


def _forget(grants: list[Grant], at: datetime) -> None:
    """Positions are noted by term and not by grant: that some acts were of one grant is forgotten too."""
    terms: dict[str, list[int]] = defaultdict(list)
    term_of = {grant.id: f"P{_years(grant.version)}Y" for grant in grants}  # ISO 8601
    records = ActRecord.objects.filter(grant__in=grants)
    for grant, position in records.values_list("grant_id", "entry__position"):
        terms[term_of[grant]].append(position)
    records.delete()
    RecordKey.objects.filter(grant__in=grants).delete()
    note(LogRecord.FORGOTTEN, {"terms": {term: sorted(found) for term, found in sorted(terms.items())}}, at)


def _years(version: PurposeVersion) -> int:
    return read_version(version, "nl").proof_years
