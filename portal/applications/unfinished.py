"""What is no case yet: forms that were not sent, and sent ones that wait for the case system."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.municipalities.worded import Worded
from portal.registers.beside import Line

from .kinds import kinds
from .models import Application
from .own import kept_until
from .sending import OFFICERS

UNFINISHED = Worded(
    lambda resident: (
        Application.objects.filter(resident_id=resident).exclude(state=Application.FILED).order_by("-changed")
    ),
    resident=uuid4(),
)


def lines(resident: UUID) -> Sequence[Line]:
    """Of a resident, the newest first. One query."""
    return [_line(one) for one in UNFINISHED(resident=resident) if one.kind in kinds()]


def _line(one: Application) -> Line:
    title = kinds()[one.kind].case_title
    if one.state == Application.DRAFT:
        until = date_format(timezone.localtime(kept_until(one)), "j F Y")
        return Line(
            title=title,
            language=OFFICERS,
            url=reverse("applications:go_on", args=[one.id]),
            number="",
            status=_("Nog niet verstuurd"),
            kind="warning",
            when=_("Wij bewaren dit tot %(date)s") % {"date": until},
            to_do=_("Ga verder waar u was."),
        )
    assert one.sent is not None
    return Line(
        title=title,
        language=OFFICERS,
        url=reverse("applications:receipt", args=[one.id]),
        number=one.number,
        status=_("Wij hebben uw aanvraag"),
        kind="info",
        when=_("Verstuurd op %(date)s") % {"date": date_format(timezone.localtime(one.sent), "j F Y")},
        to_do=_("Uw zaak verschijnt zodra ons zaaksysteem weer werkt. U hoeft niets te doen."),
    )
