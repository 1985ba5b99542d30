"""How often something may be tried; a fixed window in the shared cache."""

import hashlib
import logging
import time
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from portal.municipalities.acting import current_id

log = logging.getLogger(__name__)


def too_many(what: str, who: str, *, most: int, seconds: int = 60) -> bool:
    """Count one try, and say whether it is past the limit. `who` is hashed, never kept as it is.

    Without its cache it limits nothing: residents must not be locked out by a cache that is down.
    """
    key = _key(what, who, seconds)
    try:
        cache.add(key, 0, timeout=2 * seconds)
        return int(cache.incr(key)) > most
    except ValueError:  # it was dropped in between
        return False
    except (RedisError, OSError) as fault:
        log.error("no limit on %s: %s", what, type(fault).__name__)
        return False


def not_a_guess(what: str, who: str, *, seconds: int = 60) -> None:
    """Take back one try that `too_many` counted: it was right, so it guessed at nothing."""
    with suppress(ValueError, RedisError, OSError):  # it was dropped in between, or there is no cache
        cache.decr(_key(what, who, seconds))


def _key(what: str, who: str, seconds: int) -> str:
    """Where the tries of this window are counted."""
    window = int(time.time()) // seconds
    digest = hashlib.sha256(who.encode()).hexdigest()[:16]
    return f"limit|{current_id()}|{what}|{digest}|{window}"


def visitor(request: HttpRequest) -> str:
    """The address that a visitor comes from, as far as limits tell visitors apart: for IPv6 the network.

    Behind a proxy it is in the one header that the proxy sets itself (TRUSTED_IP_HEADER); of other headers
    nothing is believed, for anyone can send them.
    """
    header = settings.TRUSTED_IP_HEADER
    told = request.headers.get(header, "") if header else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told.strip())
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or address.exploded[:19])
    return str(address)
