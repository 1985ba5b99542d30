"""How it stands with a document, in a resident's words; and what to do when it could not be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import held, kinds
from .delivering import CASE_CLOSED
from .models import Upload
from .scanner import Infected
from .states import UNDER_WAY, State


@dataclass(frozen=True, slots=True)
class UploadInWords:
    """A document as pages show it, also as a link in a list."""

    url: str
    label: str
    """What it is called: the resident's own words, or the file's name."""
    number: str
    state: str
    """How it stands, in a few words."""
    kind: str
    """How a message about it looks."""
    says: Sequence[str]
    """What that means, and what to do."""
    waits: bool
    """It will get further by itself."""
    facts: str
    label_language: str = ""

    @property
    def about(self) -> str:
        """The line below its name in a list."""
        return f"{self.state}. {self.facts}"


def in_words(upload: Upload) -> UploadInWords:
    """For the resident whose it is."""
    about = held.read(upload)
    state, kind, says = _state(upload)
    word = kinds.BY_FORMAT[about.format].word if about.format in kinds.BY_FORMAT else ""
    size = filesizeformat(upload.received if upload.size is None else upload.size)
    facts = [moment(upload.sent or upload.begun), word, size]
    return UploadInWords(
        url=reverse("uploads:one", args=[upload.id]),
        label=about.called,
        number=upload.number,
        state=state,
        kind=kind,
        says=says,
        waits=upload.state in UNDER_WAY,
        facts=", ".join(fact for fact in facts if fact),
    )


def moment(at: datetime) -> str:
    """Day and time, as people say them."""
    there = timezone.localtime(at)
    return _("%(day)s om %(time)s uur") % {
        "day": date_format(there, "j F Y"),
        "time": date_format(there, "H.i"),
    }


def _state(upload: Upload) -> tuple[str, str, Sequence[str]]:
    match upload.state:
        case State.RECEIVING:
            return _("Nog niet verstuurd"), "warning", [_("Maak het verstuurde deel af, of gooi het weg.")]
        case State.QUARANTINE:
            return _quarantine(upload)
        case State.CLEAN:
            says = [_("Wij vonden geen virus. Nu zetten wij uw document bij uw zaak.")]
            if upload.problem:
                says = [
                    _("Wij vonden geen virus. Maar ons zaaksysteem werkt nu niet goed."),
                    _("Er is niets weg. Wij proberen het vanzelf weer. U hoeft niets te doen."),
                ]
            return _("Gecontroleerd, nog niet toegevoegd"), "info", says
        case State.DELIVERED:
            return _("Toegevoegd aan uw zaak"), "success", [_("Wie uw zaak behandelt, kan het nu lezen.")]
        case State.REFUSED:
            return _refused(upload)
        case _:
            return _failed(upload)


def _quarantine(upload: Upload) -> tuple[str, str, Sequence[str]]:
    if upload.problem:
        return (
            _("Ontvangen, nog niet gecontroleerd"),
            "info",
            [
                _("De controle op virussen werkt nu niet. Uw document blijft veilig bij ons staan."),
                _("Wij proberen het vanzelf weer. U hoeft niets te doen en niets opnieuw te sturen."),
            ],
        )
    return (
        _("Ontvangen, wordt gecontroleerd op virussen"),
        "info",
        [_("Dat duurt meestal minder dan een minuut. U hoeft er niet op te wachten.")],
    )


def _refused(upload: Upload) -> tuple[str, str, Sequence[str]]:
    if upload.reason == Infected.UNSCANNABLE:
        return (
            _("Niet aangenomen: wij konden er niet in kijken"),
            "error",
            [
                _("Onze controle op virussen kon dit bestand niet helemaal lezen. Wij gooiden het weg."),
                _("Sla het op als gewone PDF en voeg het opnieuw toe. Lukt dat niet? Bel ons."),
            ],
        )
    return (
        _("Niet aangenomen: er zit een virus in"),
        "error",
        [
            _("Onze controle vond een virus in dit bestand. Wij gooiden het weg; niemand opende het."),
            _("Laat uw computer of telefoon controleren. Voeg daarna een schoon bestand toe, of bel ons."),
        ],
    )


def _failed(upload: Upload) -> tuple[str, str, Sequence[str]]:
    if upload.reason == CASE_CLOSED:
        why = _("Uw zaak was al afgerond toen wij uw document wilden toevoegen. Wij bewaren het niet.")
    else:
        why = _("Uw zaak staat niet meer in ons zaaksysteem. Wij bewaren uw document niet.")
    return (
        _("Niet toegevoegd"),
        "error",
        [why, _("Is het document toch nodig? Bel ons en noem het nummer van uw bewijs.")],
    )
