"""Residents with many cases, and case systems of their own for them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from demo.content.cases import CASES, CaseStory
from demo.content.residents import CODES, Resident
from demo.registers.serving import Register
from demo.registers.zaken import demo_register
from demo.registers.zgw_profiles import PROFILES

from .conftest import DAY, SECRET


def many(resident: Resident, count: int, prefix: str = "NR") -> list[CaseStory]:
    """So many cases of a resident, of several kinds, running and closed, one a day going back."""
    models = [one for one in CASES if one.reached and not one.about.startswith("Nooit")]
    return [_another(models[number % len(models)], resident, number, prefix) for number in range(count)]


def _another(model: CaseStory, resident: Resident, number: int, prefix: str) -> CaseStory:
    back = model.started + number
    return replace(
        model,
        resident=resident,
        number=f"{prefix}-{number:04}",
        started=-number,
        reached=[day - back for day in model.reached],
        ended=None if model.ended is None else model.ended - back,
    )


@contextmanager
def case_system(stories: Sequence[CaseStory], back_end: str = "openzaak") -> Iterator[Register]:
    """A case system with these cases, for all municipalities."""
    clients = {f"mijn-{code}": SECRET for code, _name in CODES.values()}
    with demo_register(clients, DAY, stories=stories, profile=PROFILES[back_end]) as register:
        yield register
