"""What is left of uses whose grant's term is over: hashes, so that the days they were sealed in still fit."""

from collections import Counter
from uuid import UUID

from portal.municipalities.acting import current_municipality
from portal.sharing.models import ForgottenUse
from portal.usage.models import LdvLine, Use, UseQuestion

from . import days

AT_ONCE = 500


def keep_leaves(grant: UUID) -> dict[str, int]:
    """Put the leaves of a grant's uses in their place, and delete the uses and what hangs on them.

    Gives how many, by day. Their days are sealed: what a leaf binds follows from that.
    """
    municipality = current_municipality()
    number: Counter[str] = Counter()
    uses = Use.objects.filter(grant_id=grant).order_by("id").values(*days.SEALED[days.NEWEST])
    versions: dict[str, int] = {}
    while some := list(uses[:AT_ONCE]):
        leaves = []
        for use in some:
            day = use["at"].astimezone(days.HERE).date()
            name = day.isoformat()
            if name not in versions:
                versions[name] = days.version_of(day)
            leaf = days.leaf_of(use, versions[name])
            leaves.append(ForgottenUse(municipality=municipality, id=use["id"], day=day, leaf=leaf))
            number[name] += 1
        ForgottenUse.objects.bulk_create(leaves)
        ids = [use["id"] for use in some]
        UseQuestion.objects.filter(use__in=ids).delete()
        LdvLine.objects.filter(use__in=ids).delete()
        Use.objects.filter(id__in=ids).delete()
    return dict(number)
