"""What came of a call, out of a fixed set: what administrators read. Never a body, a text or an address."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import errors


class Outcome(StrEnum):
    """In the order from well to worst."""

    WORKS = "works"
    NOT_FOUND = "not_found"
    UNEXPECTED = "unexpected"
    SENT_ELSEWHERE = "sent_elsewhere"
    KEY_REFUSED = "key_refused"
    NO_RIGHT = "no_right"
    OURS_REFUSED = "ours_refused"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    TOO_LATE = "too_late"
    NOBODY_THERE = "nobody_there"
    NO_SUCH_NAME = "no_such_name"
    NOT_ALLOWED = "not_allowed"
    TOO_OFTEN = "too_often"


WORDS: Mapping[Outcome, str | Promise] = {
    Outcome.WORKS: _("Werkt"),
    Outcome.NOT_FOUND: _("Niet gevonden"),
    Outcome.UNEXPECTED: _("Onverwacht antwoord"),
    Outcome.SENT_ELSEWHERE: _("Stuurt ons door"),
    Outcome.KEY_REFUSED: _("Sleutel geweigerd"),
    Outcome.NO_RIGHT: _("Geen recht om dit te vragen"),
    Outcome.OURS_REFUSED: _("Ons certificaat geweigerd"),
    Outcome.CERTIFICATE_EXPIRED: _("Verlopen certificaat"),
    Outcome.CERTIFICATE_UNKNOWN: _("Onbekend certificaat"),
    Outcome.CERTIFICATE_OF_ANOTHER: _("Certificaat van een ander adres"),
    Outcome.TOO_LATE: _("Geen antwoord in de tijd"),
    Outcome.NOBODY_THERE: _("Geen verbinding"),
    Outcome.NO_SUCH_NAME: _("Naam bestaat niet"),
    Outcome.NOT_ALLOWED: _("Adres niet toegestaan"),
    Outcome.TOO_OFTEN: _("Te vaak geprobeerd. Wacht een minuut."),
}

ADVICE: Mapping[Outcome, str | Promise] = {
    Outcome.NOT_FOUND: _("De server antwoordt, maar niet op dit adres. Kijk het pad na."),
    Outcome.UNEXPECTED: _("De server antwoordt anders dan de standaard zegt. Kijk of het adres klopt."),
    Outcome.SENT_ELSEWHERE: _("Wij volgen geen doorverwijzing. Vul het adres in waar hij op uitkomt."),
    Outcome.KEY_REFUSED: _("Vraag de leverancier om een nieuwe sleutel, en vul die in."),
    Outcome.NO_RIGHT: _("De sleutel klopt, maar mag dit niet. Vraag de leverancier om het recht."),
    Outcome.OURS_REFUSED: _("De leverancier kent ons certificaat niet, of het ontbreekt."),
    Outcome.CERTIFICATE_EXPIRED: _("De leverancier moet het certificaat van zijn server vernieuwen."),
    Outcome.CERTIFICATE_UNKNOWN: _("Wij vertrouwen de uitgever niet. Vraag de beheerder van de installatie."),
    Outcome.CERTIFICATE_OF_ANOTHER: _("Het certificaat is voor een andere naam. Kijk het adres na."),
    Outcome.TOO_LATE: _("Probeer het over een minuut nog eens. Bel anders de leverancier."),
    Outcome.NOBODY_THERE: _(
        "Op dit adres luistert niets, of de server verbreekt de verbinding. Kijk het adres en de poort na, "
        "en of hij een certificaat van ons wil zien."
    ),
    Outcome.NO_SUCH_NAME: _("Kijk de naam in het adres na."),
    Outcome.NOT_ALLOWED: _("Dit adres staat niet op de lijst van de beheerder van de installatie."),
}
"""What an administrator can do about it."""

FAULTS: tuple[tuple[type[Exception], Outcome], ...] = (
    (errors.RegisterTooSlow, Outcome.TOO_LATE),
    (errors.NotThere, Outcome.NOT_FOUND),
    (errors.NoApiThere, Outcome.NOT_FOUND),
    (errors.SentElsewhere, Outcome.SENT_ELSEWHERE),
    (errors.NotAllowedOut, Outcome.NOT_ALLOWED),
    (errors.NoSuchName, Outcome.NO_SUCH_NAME),
    (errors.NobodyThere, Outcome.NOBODY_THERE),
    (errors.CertificateExpired, Outcome.CERTIFICATE_EXPIRED),
    (errors.CertificateUnknown, Outcome.CERTIFICATE_UNKNOWN),
    (errors.CertificateOfAnother, Outcome.CERTIFICATE_OF_ANOTHER),
    (errors.OurCertificateRefused, Outcome.OURS_REFUSED),
)


def outcome_of(fault: BaseException) -> Outcome:
    """What went wrong; what we do not know is an answer that we did not expect."""
    if isinstance(fault, errors.RegisterRefused):
        return Outcome.NO_RIGHT if str(fault) == "403" else Outcome.KEY_REFUSED
    return next((outcome for kind, outcome in FAULTS if isinstance(fault, kind)), Outcome.UNEXPECTED)
