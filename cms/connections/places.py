"""Of which municipalities somebody of the staff is the administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cms.models import Administration
from cms.places import place_named
from cms.reach import User, once_a_request
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers.administering import Administrator


@dataclass(frozen=True, slots=True)
class Desk:
    """One municipality, and who is at work."""

    municipality: Municipality
    me: Administrator


@once_a_request
def administered_by(user: User) -> list[Municipality]:
    """The municipalities whose connections this person looks after, by name. One query."""
    if getattr(user, "is_superuser", False):
        return list(Municipality.objects.filter(keys_destroyed=None))
    own = Administration.objects.filter(group__user=user.pk).values("municipality")
    return list(Municipality.objects.filter(id__in=own, keys_destroyed=None))


@contextmanager
def administering(request: HttpRequest, slug: str) -> Iterator[Desk]:
    """The municipality that an address names, in force. Raises Http404 for who is not its administrator."""
    found = place_named(slug, administered_by(request.user))
    user: Any = request.user
    with acting_for(found):
        yield Desk(found, Administrator(user.pk, user.get_full_name() or user.get_username()))
