"""A file between the look at it and the writing of it: kept here, for whoever sent it and nobody else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.models import ReadIn
from portal.municipalities.turns import at_each_turn

from .places import Tree

KEPT = timedelta(minutes=30)


def keep(content: bytes, name: str, tree: Tree, user: Any) -> ReadIn:
    """In the place of an earlier file of this person for this tree."""
    ReadIn.objects.filter(user=user, tree=tree.slug).delete()
    return ReadIn.objects.create(user=user, tree=tree.slug, name=name[:100], content=content)


def kept(id_: UUID, tree: Tree, user: Any, *, to_write: bool = False) -> ReadIn | None:
    """The file, when it is this person's, for this tree, and not too old. To write, nobody else meanwhile."""
    mine = ReadIn.objects.filter(pk=id_, user=user, tree=tree.slug, at__gt=timezone.now() - KEPT)
    return (mine.select_for_update() if to_write else mine).first()


def erase_old(at: datetime) -> None:
    """Whatever was left too long, in the worker's turn; a file that is being read in now goes by itself."""
    old = ReadIn.objects.filter(at__lte=at - KEPT)
    free = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))
    ReadIn.objects.filter(pk__in=free).delete()


def listen() -> None:
    """Called once all models are there."""
    at_each_turn(erase_old)
