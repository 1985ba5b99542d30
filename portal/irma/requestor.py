"""Asks an IRMA server: start, follow, pair, fetch the outcome, cancel."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import jwt

from .accept import accept
from .errors import Cancelled, RequestRefused, TimedOut, WalletUnreachable
from .request import DisclosureRequest
from .server import IrmaServer
from .session import Outcome, Session, Status
from .transport import call

WAIT = 300  # seconds a session waits for a wallet; the pages say five minutes
VALIDITY = 120  # seconds a result's signature counts
CLOCKS = 5  # seconds our clock may be ahead of the server's
FRONTEND = {"X-IRMA-MinProtocolVersion": "1.0", "X-IRMA-MaxProtocolVersion": "1.1"}


@dataclass(frozen=True, slots=True)
class Requestor:
    """Every method asks the server once, within five seconds.

    Each raises WalletUnreachable, RequestRefused when the server does not accept us, and,
    once a session exists, SessionUnknown when the server forgot it.
    """

    server: IrmaServer

    def start(
        self,
        request: DisclosureRequest,
        *,
        pairing: bool,
        return_url: str | None = None,
        wait: int = WAIT,
    ) -> Session:
        """Start a session: pairing for a QR, or with a return address for a wallet on the same device.

        `return_url` carries a one-time reference of the caller's, never a token; `wait` is in seconds.
        Raises ValueError unless it is exactly one of the two.
        """
        if pairing == (return_url is not None):
            raise ValueError("a QR pairs, a wallet on the same device returns: one of the two")
        now = datetime.now(UTC)
        claims = {
            "iss": self.server.requestor,
            "iat": int(now.timestamp()) - CLOCKS,
            "sub": "verification_request",
            "sprequest": {
                "timeout": wait,
                "validity": VALIDITY,
                "request": request.for_irma(self.server.scheme) | self._circumstances(return_url),
            },
        }
        answer = call(
            "POST",
            f"{self.server.base_url}/session",
            content=jwt.encode(claims, self.server.hmac_key, "HS256"),
            headers={"Content-Type": "text/plain"},
        ).json
        try:
            pointer = {key: str(answer["sessionPtr"][key]) for key in ("u", "irmaqr")}
            token, frontend = str(answer["token"]), str(answer["frontendRequest"]["authorization"])
        except (KeyError, TypeError):
            raise WalletUnreachable("no session in the answer") from None
        code = self._pairing_code(pointer["u"], frontend) if pairing else None
        return Session(token, pointer, frontend, code, request, now)

    def status(self, session: Session) -> Status:
        """How the session stands now."""
        try:
            return Status(call("GET", f"{self._path(session)}/status").json)
        except ValueError:
            raise WalletUnreachable("unknown status") from None

    def pair(self, session: Session, typed: str) -> bool:
        """Let the wallet go on if `typed` is the code it shows; False when it is another one.

        Once more with the right code is no error. The caller counts wrong tries, and cancels.
        A code is no proof of whose wallet it is: for ten seconds irma shows the same one to a second
        wallet that scans, and only the first can answer. So compare the BSN, or show the values.
        Raises Cancelled, TimedOut when the session ended meanwhile.
        """
        if session.pairing_code is None:
            raise ValueError("this session does not pair")
        if not hmac.compare_digest(session.pairing_code.encode(), "".join(typed.split()).encode()):
            return False
        try:
            self._frontend(session.pointer["u"], session.frontend_authorization, "pairingcompleted")
        except RequestRefused:
            match self.status(session):
                case Status.CONNECTED | Status.DONE:
                    return True
                case Status.CANCELLED:
                    raise Cancelled from None
                case Status.TIMEOUT:
                    raise TimedOut from None
            raise
        return True

    def outcome(self, session: Session) -> Outcome:
        """Fetch the result and check it against exactly what was asked.

        Raises NotFinished, Cancelled, TimedOut, ProofInvalid.
        """
        return accept(self.server, session, call("GET", f"{self._path(session)}/result-jwt").text)

    def cancel(self, session: Session) -> None:
        """End the session at the server and in the wallet; a session that ended already stays as it is."""
        call("DELETE", self._path(session))

    def app_link(self, session: Session) -> str:
        """The address that opens this session in the wallet on the same device."""
        return self.server.link(session.pointer_text)

    def _circumstances(self, return_url: str | None) -> dict[str, str]:
        host = {} if self.server.host is None else {"host": self.server.host}
        # Never with IRMA's own augmenting of the address: that puts the secret token into it.
        return host if return_url is None else host | {"clientReturnUrl": return_url}

    def _path(self, session: Session) -> str:
        return f"{self.server.base_url}/session/{quote(session.token, safe='')}"

    def _pairing_code(self, address: str, authorization: str) -> str:
        """Turn pairing on; possible only before a wallet came, so before anyone saw the QR."""
        options = '{"@context":"https://irma.app/ld/request/frontendoptions/v1","pairingMethod":"pin"}'
        code = self._frontend(address, authorization, "options", options).get("pairingCode")
        if not isinstance(code, str) or not code.isdecimal():
            raise WalletUnreachable("no pairing code in the answer")
        return code

    def _frontend(
        self, address: str, authorization: str, act: str, content: str | None = None
    ) -> dict[str, str]:
        # The pointer's own address is the public one; from here the server is reached by ours,
        # and checks that the host is still the one the session was started for.
        public = urlsplit(address)
        client_token = quote(public.path.rpartition("/")[2], safe="")
        answer = call(
            "POST",
            f"{self.server.base_url}/irma/session/{client_token}/frontend/{act}",
            content=content,
            headers=FRONTEND
            | {"Host": public.netloc, "Authorization": authorization, "Content-Type": "application/json"},
        )
        found = answer.json if answer.body else {}
        return found if isinstance(found, dict) else {}
