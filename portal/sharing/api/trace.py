"""What a call says of itself: its key, and its place in a trace (W3C Trace Context, level 1)."""

import re

from portal.sharing.use import Caller

TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


def caller(key: str | None, traceparent: str | None) -> Caller:
    """As a use is written down; a trace that is not well formed is left out, as the standard asks."""
    found = TRACEPARENT.fullmatch(traceparent or "")
    trace, span = found.groups() if found else ("", "")
    if not trace.strip("0") or not span.strip("0"):
        trace = span = ""
    return Caller(key=key or "", trace=trace, span=span)
