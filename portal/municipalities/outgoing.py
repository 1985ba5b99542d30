"""The one way out: calls go to hosts that the operator listed, at addresses that were looked at first.

Who configures a connection chooses an address, so an address proves nothing. A call is made only when
its host stands in OUTGOING_HOSTS, and each address that its name leads to is public or lies in
OUTGOING_NETWORKS. Then that very address is connected to, so that a name cannot lead elsewhere a moment
later; TLS still checks the name. No redirect is followed and no proxy of the environment is used.
"""

import asyncio
import os
import socket
import ssl
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Any, TypeAlias

import httpcore
import httpx
from django.conf import settings

PORTS = {"https": 443, "http": 80}
WHOLE_CALL, CONNECT = 5.0, 2.0  # seconds
LARGEST = 1_000_000  # bytes of the answer to a message
NAT64 = ip_network("64:ff9b::/96")
UNICAST = ip_network("2000::/3")
"""All that was ever given out of IPv6. Python knows the exceptions of its day only: to it a site-local
address, or one that leads to 10.0.0.1 by a NAT64 of somebody's own, is as public as any."""
RESERVED = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
LOOKUPS = ThreadPoolExecutor(64, "lookup")
"""Looking up a name cannot be broken off. In the loop's few threads of its own, one name server that is
silent would hold up the calls to all others."""
Address: TypeAlias = IPv4Address | IPv6Address

if not find_spec("sniffio"):
    # httpcore tries to import it four times a call, and Python goes through every folder for what is not
    # there: a tenth of a call's time.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # says that there is none


class AddressRefused(httpx.TransportError):
    """We make no call to that address; the text is a fixed reason, without the address."""


def check_host(url: str | httpx.URL) -> None:
    """Raises AddressRefused for an address whose host, port or scheme the operator did not list."""
    try:
        asked = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise AddressRefused("not an address") from None
    if asked.userinfo:
        raise AddressRefused("a name and password in the address")
    if asked.scheme not in PORTS or not asked.host or asked.host.endswith("."):
        raise AddressRefused("not an address")
    port = asked.port or PORTS[asked.scheme]
    if not any(_lists(entry, asked.scheme, asked.host.lower(), port) for entry in settings.OUTGOING_HOSTS):
        raise AddressRefused("a host that is not listed")


def check_addresses(addresses: Iterable[str]) -> None:
    """Raises AddressRefused when one of these is neither public nor in a network that the operator listed."""
    found = [_inner(ip_address(one)) for one in addresses]
    if not found or not all(_may_be_called(one) for one in found):
        raise AddressRefused("an address within")


def trust(certificate: str = "", key: str = "") -> ssl.SSLContext:
    """Whom we believe, and who we say we are: a certificate and its key as PEM. Raises ssl.SSLError."""
    if not certificate:
        return _usual()
    context = httpx.create_ssl_context()
    handle = os.memfd_create("certificate")  # the key never lies on a disk
    try:
        with open(handle, "w", closefd=False) as written:
            written.write(f"{certificate.strip()}\n{key.strip()}\n")
        context.load_cert_chain(f"/proc/self/fd/{handle}", password="")  # else it asks at a terminal
    finally:
        os.close(handle)
    return context


class Outgoing(httpx.AsyncHTTPTransport):
    """For clients on an asyncio loop."""

    def __init__(self, context: ssl.SSLContext | None = None, connections: int = 10) -> None:
        used = context or trust()
        super().__init__(verify=used)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=used,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5,  # seconds, as httpx's own
            network_backend=_Checked(),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises AddressRefused, and what httpx raises."""
        check_host(request.url)
        return await super().handle_async_request(request)


class _Plain(httpx.HTTPTransport):
    def __init__(self, seconds: float, listed: bool) -> None:
        super().__init__(verify=trust())
        self._listed = listed
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust(), network_backend=_Ending(monotonic() + seconds, listed)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._listed:
            check_host(request.url)
        return super().handle_request(request)


def post(url: str, *, seconds: float = WHOLE_CALL, listed: bool = True, **message: Any) -> httpx.Response:
    """One message, for who is on no loop; over in `seconds`, whatever the other side does.

    `listed`: the operator must have listed host and network; False for an address out of the settings, which
    is the operator's own. Raises AddressRefused, and what httpx raises.
    """
    limits = httpx.Timeout(seconds, connect=min(CONNECT, seconds))
    transport = _Plain(seconds, listed)
    with httpx.Client(transport=transport, timeout=limits, follow_redirects=False, trust_env=False) as client:
        return client.post(url, **message)


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class _Checked(httpcore.AsyncNetworkBackend):
    """Looks at the addresses, and connects to the first that answers."""

    def __init__(self) -> None:
        self._wire = httpcore.AnyIOBackend()
        self._asked: dict[tuple[str, int], asyncio.Future[Sequence[str]]] = {}

    async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        try:
            found = await asyncio.shield(self._looked_up(host, port))
        except (OSError, UnicodeError) as fault:
            raise httpcore.ConnectError("name") from fault
        check_addresses(found)
        for address in found[:-1]:
            try:
                return await self._wire.connect_tcp(address, port, *rest, **more)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._wire.connect_tcp(found[-1], port, *rest, **more)

    async def sleep(self, seconds: float) -> None:
        await self._wire.sleep(seconds)

    def _looked_up(self, host: str, port: int) -> "asyncio.Future[Sequence[str]]":
        """What its name leads to; who asks while that is being looked up waits for the same answer."""
        asking = self._asked.get((host, port))
        if asking is None:
            asking = asyncio.get_running_loop().run_in_executor(LOOKUPS, resolve, host, port)
            self._asked[host, port] = asking
            asking.add_done_callback(lambda done: self._answered(host, port, done))
        return asking

    def _answered(self, host: str, port: int, done: "asyncio.Future[Sequence[str]]") -> None:
        del self._asked[host, port]
        if not done.cancelled():
            done.exception()  # nobody may wait for it any more


class _Ending(httpcore.NetworkBackend):
    """As `_Checked`, on no loop, and for one call that ends in time."""

    def __init__(self, ends: float, listed: bool) -> None:
        self._wire = httpcore.SyncBackend()
        self._ends, self._listed = ends, listed

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *rest: Any, **more: Any
    ) -> httpcore.NetworkStream:
        try:
            found = LOOKUPS.submit(resolve, host, port).result(timeout)
        except TimeoutError as fault:
            raise httpcore.ConnectTimeout("name") from fault
        except (OSError, UnicodeError) as fault:
            raise httpcore.ConnectError("name") from fault
        if self._listed:
            check_addresses(found)
        wire = self._wire.connect_tcp(found[0], port, timeout, *rest, **more)
        return _EndingStream(wire, self._ends)

    def sleep(self, seconds: float) -> None:
        self._wire.sleep(seconds)


class _EndingStream(httpcore.NetworkStream):
    """Breaks off when the whole call took too long or brought too much.

    httpx counts its time-outs from one piece to the next: who sends a byte now and then is never too late.
    """

    def __init__(self, wire: httpcore.NetworkStream, ends: float) -> None:
        self._wire, self._ends, self._came = wire, ends, 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        came = self._wire.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))
        self._came += len(came)
        if self._came > LARGEST:
            raise httpcore.ReadError("too much")
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._wire.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _EndingStream(self._wire.start_tls(ssl_context, server_hostname, left), self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._wire.get_extra_info(info)

    def _left(self, timeout: float | None, late: type[Exception]) -> float:
        left = self._ends - monotonic()
        if left <= 0:
            raise late("took too long")
        return left if timeout is None else min(left, timeout)


@cache
def parts_of(entry: str) -> tuple[str, str, str]:
    """Scheme, host and port of an entry of OUTGOING_HOSTS: `host`, `*.host`, `host:8443`, `http://host:*`."""
    scheme, mark, rest = entry.rpartition("://")
    host, colon, port = rest.rpartition(":") if not rest.endswith("]") else (rest, "", "")
    if not colon:
        host, port = rest, ""
    scheme = scheme if mark else "https"
    return scheme, host.strip("[]").lower(), port or str(PORTS.get(scheme, 443))


def _lists(entry: str, scheme: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    listed, name, at = parts_of(entry)
    known = host.endswith(name[1:]) if name.startswith("*.") else host == name
    return listed == scheme and known and at in ("*", str(port))


def _may_be_called(address: Address) -> bool:
    if any(address in ip_network(one) for one in settings.OUTGOING_NETWORKS):
        return True
    if any(address in one for one in RESERVED) or (address.version == 6 and address not in UNICAST):
        return False
    return address.is_global and not address.is_multicast


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


@cache
def _usual() -> ssl.SSLContext:
    # The usual authorities, or those that SSL_CERT_FILE names: registers often have PKIoverheid's.
    return httpx.create_ssl_context()  # takes longer to make than a whole call
