"""What of irma's output may be seen: our own copies of its fixed sentences, and nothing else.

At its normal level the server logs whole requests, with the text to sign and, when it refuses one, the
values to issue; `quiet` does not stop that in v1.3.0. So no line is passed on: a line we know is replaced by
a sentence from this list, every other line is only counted.
"""

import re
from collections.abc import Iterable, Iterator

KNOWN = (
    "irma server running",
    "Determined schemes path",
    "TLS is not enabled",
    "Private key parsed, JWT endpoints enabled",
    "Server listening",
    "Session started",
    "Session status updated",
    "Session expired",
    "Deleting session",
    "Sending session error",
    "Session request authentication failed",
    "Failed to verify session request",
    "Exiting",
    "address already in use",
)
# One of the server's own codes, e.g. SESSION_UNKNOWN; values of ours are never among them.
CODES = (
    "SESSION_UNKNOWN", "UNEXPECTED_REQUEST", "UNAUTHORIZED", "INVALID_REQUEST", "MALFORMED_INPUT",
    "PROTOCOL_ERROR", "INTERNAL_ERROR", "TIMEOUT",
)  # fmt: skip
LEVEL = re.compile(r'^time="[^"]*" level=(info|warning|error|fatal) msg=(.*)')


def visible(lines: Iterable[str]) -> Iterator[str]:
    """Give for each line of irma the sentence that may be seen; ends with how many were held back."""
    held_back = 0
    for line in lines:
        sentence = known(line)
        if sentence:
            yield sentence
        else:
            held_back += 1
    yield f"irma: {held_back} lines held back, since they may hold personal data"


def known(line: str) -> str | None:
    """The sentence of ours that stands for this line, or None when we do not know it."""
    found = LEVEL.match(line)
    if not found:
        return None
    level, message = found.groups()
    sentence = next((text for text in KNOWN if message.lstrip('"').startswith(text)), None)
    if sentence is None and level == "fatal" and "address already in use" in message:
        sentence = "address already in use"
    if sentence is None:
        return None
    code = next((code for code in CODES if f"error={code}" in message.split()), None)
    return f"irma: {level}: {sentence}" + (f" ({code})" if code else "")
