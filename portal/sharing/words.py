"""What a resident reads when what is known already cannot be given: what happened, what now."""

from django.utils.translation import gettext_lazy as _

NOT_AGAIN = _("Wat u nu deelt, is hier niet genoeg of te oud. Er is niets veranderd.")
NOT_KNOWN = _("Dit staat niet in het register, of wij mogen het daar niet uit halen. Er is niets gedeeld.")
OTHER_ANSWER = _("Het register geeft een ander antwoord dan nodig is. Er is niets gedeeld.")
REGISTER_SILENT = _("Het register geeft nu geen antwoord. Er is niets gedeeld. Probeer het straks opnieuw.")
