"""Bringing a municipality into being: its row, its keys and its first facts, in one transaction."""

from collections.abc import Mapping

from django.db import transaction

from .acting import acting_for
from .keys import make_keys
from .models import Fact, LibraryGeneration, Municipality


def found(
    slug: str,
    name: str,
    host: str,
    code: str,
    theme: str,
    facts: Mapping[str, str],
    *,
    fictional: bool = False,
) -> Municipality:
    """A new municipality with keys and facts. Raises IntegrityError when slug, host or code is taken."""
    with transaction.atomic():
        LibraryGeneration.objects.get_or_create(id=True)
        municipality = Municipality.objects.create(
            slug=slug, name=name, host=host, code=code, theme=theme, fictional=fictional
        )
        with acting_for(municipality):
            make_keys()
            Fact.objects.bulk_create(
                Fact(municipality=municipality, key=key, value=value) for key, value in facts.items()
            )
    return municipality
