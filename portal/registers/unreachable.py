"""Why a call did not get through, out of what httpx raises: a kind of fault, never the other side's text."""

import socket
import ssl
from collections.abc import Iterator, Mapping

import httpx

from portal.municipalities.outgoing import AddressRefused

from .errors import (
    CertificateExpired,
    CertificateOfAnother,
    CertificateUnknown,
    NobodyThere,
    NoSuchName,
    NotAllowedOut,
    OurCertificateRefused,
    RegisterUnavailable,
)

VERDICTS: Mapping[int, type[RegisterUnavailable]] = {
    9: CertificateExpired,  # not yet valid
    10: CertificateExpired,
    62: CertificateOfAnother,
    64: CertificateOfAnother,  # the same, for an IP address
}
"""By OpenSSL's X509_V_ERR; all others are certificates that we cannot trace to whom we believe."""
OURS = ("CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE")
"""In the alerts of a server that does not like the certificate we showed, or misses it."""


def fault_of_call(fault: httpx.HTTPError | httpx.InvalidURL) -> RegisterUnavailable:
    """The same as one of our own faults."""
    if isinstance(fault, AddressRefused):
        return NotAllowedOut(str(fault))
    for cause in _causes(fault):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return VERDICTS.get(cause.verify_code, CertificateUnknown)()
        if isinstance(cause, ssl.SSLError):
            alert = cause.reason or ""
            ours = "ALERT" in alert and any(word in alert for word in OURS)
            return OurCertificateRefused() if ours else NobodyThere("TLS")
        if isinstance(cause, socket.gaierror):
            return NoSuchName()
    if isinstance(fault, httpx.NetworkError):
        return NobodyThere()
    return RegisterUnavailable(type(fault).__name__)


def _causes(fault: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = fault
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
