"""Remission as an application."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..kinds import Kind
from .forms import AccountForm, HouseholdForm, IncomeForm, PossessionsForm, WhoForm

REMISSION = Kind(
    key="kwijtschelding",
    title=_("Kwijtschelding aanvragen"),
    case_title="Kwijtschelding gemeentelijke belasting",
    file_name="aanvraag-kwijtschelding.pdf",
    lead=_(
        "Kunt u de belasting van de gemeente niet betalen? Vraag kwijtschelding. "
        "Zolang wij kijken, hoeft u niet te betalen."
    ),
    needed=[
        _("Wat er op uw rekeningen staat"),
        _("Uw inkomen en uw toeslagen van deze maand"),
        _("Wat u betaalt voor uw huis en uw zorgverzekering"),
        _("Uw rekeningnummer"),
    ],
    next_steps=[
        _("U hoeft nu niet te betalen. Wacht met betalen tot u ons besluit heeft."),
        _("Wij kijken naar uw inkomen en naar wat u heeft. Missen wij iets, dan vragen wij het u."),
        _("U krijgt ons besluit. Bent u het er niet mee eens? Dan kunt u bezwaar maken."),
    ],
    promise=timedelta(weeks=6),
    steps={
        "wie": WhoForm,
        "huishouden": HouseholdForm,
        "inkomen": IncomeForm,
        "bezit": PossessionsForm,
        "rekening": AccountForm,
    },
    properties={
        "Huishouden": ("huishouden", "living"),
        "Inkomen per maand": ("inkomen", "income"),
        "Rekeningnummer": ("rekening", "iban"),
    },
)
