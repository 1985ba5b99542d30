"""A correction as an application."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..kinds import Kind
from .forms import FactForm, WhoForm

CORRECTION = Kind(
    key="verbetering",
    title=_("Laat uw gegevens verbeteren"),
    case_title="Verbetering van gegevens in de BRP",
    file_name="verzoek-verbetering.pdf",
    lead=_(
        "Klopt er iets niet in de basisregistratie personen (BRP)? Vertel het ons. "
        "Wij zoeken uit wat juist is. Dat kost u niets."
    ),
    needed=[_("Wat er niet klopt, en wat het moet zijn"), _("Een akte, als u die heeft. Zonder mag ook.")],
    next_steps=[
        _("Wij zoeken het bewijs op. Soms vragen wij u om een kopie van een akte."),
        _("U krijgt ons besluit. Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
        _("Wij vertellen het ook aan wie het gegeven gebruikt."),
    ],
    promise=timedelta(weeks=4),
    steps={"wie": WhoForm, "gegeven": FactForm},
    properties={"Gegeven": ("gegeven", "fact")},
)
