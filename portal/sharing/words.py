"""What a resident reads when what is known already cannot be given: what happened, what now."""

from django.utils.translation import gettext_lazy as _

NOT_AGAIN = _("Wat u nu deelt, is hier niet genoeg of te oud. Kies een andere manier om het te geven.")
NOT_KNOWN = _(
    "Dit staat niet in de basisregistratie, of wij mogen het daar niet uit halen. Kies een andere manier."
)
OTHER_ANSWER = _(
    "De basisregistratie geeft een ander antwoord dan nodig is. Er is niets gedeeld. "
    "Klopt dat niet? Bel ons dan."
)
REGISTER_SILENT = _(
    "De basisregistratie geeft nu geen antwoord. Er is niets gedeeld. "
    "Probeer het straks opnieuw, of kies een andere manier."
)
