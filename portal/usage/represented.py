"""That somebody came to Mijn for a resident, where that resident sees it."""

from uuid import UUID

from django.utils import timezone

from portal.municipalities.acting import current_municipality

from .activities import REPRESENTED
from .models import Basis, Use

WHO = "Iemand die dit voor u mag doen"
WHAT = ["Zaken", "Taken", "Berichten", "Wat u deelt", "Wie uw gegevens gebruikte"]
"""What is open to them (`signed_in(for_another=…)`)."""


def write_down(subject: UUID) -> None:
    """One line for each sign-in, in its own transaction."""
    Use.objects.create(
        municipality=current_municipality(),
        subject_id=subject,
        who=WHO,
        purpose="Meekijken en regelen in Mijn",
        ground=REPRESENTED.law,
        activity=REPRESENTED.address,
        what=WHAT,
        at=timezone.now(),
        basis=Basis.LAW,
    )
