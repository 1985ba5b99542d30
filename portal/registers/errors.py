"""What can go wrong when a register is asked; no text here holds an answer, an address or a person."""


class RegisterError(Exception):
    """The root of this tree."""


class RegisterUnavailable(RegisterError):
    """It cannot be reached, takes too long, or answers nonsense."""


class RegisterTooSlow(RegisterUnavailable):
    """It did not answer within its time; the breaker counts these."""


class RegisterRefused(RegisterError):
    """It does not accept our credentials or doelbinding."""


class NotThere(RegisterUnavailable):
    """The API says that what was asked is not there (404); a fault, except where a client expects it."""


class NoApiThere(RegisterUnavailable):
    """404, and not as an API says it: another path, or a proxy whose register is away. It tells nothing."""


class SentElsewhere(RegisterUnavailable):
    """It answers with a redirect, which we do not follow."""


class NotAllowedOut(RegisterUnavailable):
    """We make no call to its address; see `portal.municipalities.outgoing`."""


class NoSuchName(RegisterUnavailable):
    """The name in its address leads nowhere."""


class NobodyThere(RegisterUnavailable):
    """No connection can be made, or it is broken off."""


class CertificateExpired(RegisterUnavailable):
    """Its certificate is no longer (or not yet) valid."""


class CertificateUnknown(RegisterUnavailable):
    """Its certificate is from nobody we believe."""


class CertificateOfAnother(RegisterUnavailable):
    """Its certificate is for another name."""


class OurCertificateRefused(RegisterUnavailable):
    """It does not accept the certificate that we show, or misses one."""


class NotRecognised(RegisterRefused):
    """It does not know us (401), and never looked at the question."""


class NotUnderstood(RegisterUnavailable):
    """It answered the question, and not as it promises: what it said of it is not known."""


class RegisterSwitchedOff(RegisterError):
    """The municipality's administrator switched it off; nothing is asked."""


class NotAccepted(RegisterError):
    """It does not accept what we wanted to write (400); `fields` are the names it finds fault with."""

    def __init__(self, fields: frozenset[str]) -> None:
        super().__init__("400")
        self.fields = fields


class NoPerson(RegisterError):
    """The question names nobody. It is never sent: without a person filter a register tells of everyone."""
