"""What a resident reads while a wallet is waited for, and when it did not work: what happened, what now."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .following import Stand

WAITING_WORDS: dict[Stand, str | Promise] = {
    Stand.WAITING: _("Wij wachten op uw app."),
    Stand.PAIRING: _("Uw app laat een code van vier cijfers zien. Vul die hieronder in."),
    Stand.CONNECTED: _("Kijk in uw app. Daar ziet u wat wij vragen en kunt u ja of nee zeggen."),
    Stand.RETURN: _("U bent klaar in de app. Ga vanuit de app terug naar deze site."),
    Stand.PROVEN: _("Gelukt. U ziet zo wat u gaat delen."),
    Stand.ENDED: _("Het is niet gelukt. Er is niets gedeeld."),
    Stand.UNREACHABLE: _("De verbinding met de app werkt nu niet. Wij proberen het vanzelf opnieuw."),
}

WHY_IT_ENDED: dict[str, str | Promise] = {
    "declined": _(
        "U zei nee in de app, of u sloot de app. Dat mag. Er is niets gedeeld. "
        "Mist u een kaartje in de app? Kies dan een andere manier."
    ),
    "timed_out": _("Het duurde te lang. Er is niets gedeeld. U kunt het opnieuw proberen."),
    "expired": _("Uw kaartje in de app is verlopen. Vernieuw het in de app en probeer het opnieuw."),
    "too_old": _("Uw kaartje in de app is te oud. Vernieuw het in de app en probeer het opnieuw."),
    "empty": _("Een gegeven in uw app is leeg. Vernieuw uw kaartje in de app en probeer het opnieuw."),
    "wrong_value": _("Uw app gaf een ander antwoord dan nodig is. Er is niets gedeeld."),
    "other_person": _("Deze app is van iemand anders. Gebruik uw eigen app. Er is niets gedeeld."),
    "wrong_pairing": _("De code was drie keer fout. Daarom zijn wij gestopt. Er is niets gedeeld."),
    "forgotten": _("De verbinding met de app is weg. Er is niets gedeeld. Begin opnieuw met de app."),
    "unreachable": _(
        "De verbinding met de app werkt nu niet. Er is niets gedeeld. Probeer het straks opnieuw."
    ),
    "invalid": _("Wij konden het antwoord van de app niet gebruiken. Er is niets gedeeld."),
}


def qr_label() -> str:
    """What a screen reader says of the QR code."""
    return gettext("QR-code. Scan deze met de Yivi-app op uw telefoon.")
