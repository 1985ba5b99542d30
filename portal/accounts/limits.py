"""How often something may be tried; a fixed window in the shared cache."""

import hashlib
import time

from django.core.cache import cache

from portal.municipalities.acting import current_id


def too_many(what: str, who: str, *, most: int, seconds: int = 60) -> bool:
    """Count one try, and say whether it is past the limit. `who` is hashed, never kept as it is."""
    window = int(time.time()) // seconds
    digest = hashlib.sha256(who.encode()).hexdigest()[:16]
    key = f"limit|{current_id()}|{what}|{digest}|{window}"
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it was dropped in between
        return False
