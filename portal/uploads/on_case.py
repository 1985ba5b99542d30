"""What a case's page shows of added documents, and the way to add one."""

from uuid import UUID

from django.urls import reverse

from portal.registers.about_case import CaseRef
from portal.registers.added import Added

from . import own, scanner
from .words import in_words

MOST = 20


def on_case(case: CaseRef, resident: UUID) -> Added:
    """For the page of a case of this resident's; one query."""
    shown = {
        "documents": [in_words(one) for one in own.of_case(resident, case, MOST)],
        "add_url": reverse("uploads:add", args=[case.connection, case.zaak]) if scanner.is_on() else "",
    }
    return Added("uploads/on_case.html", shown)
