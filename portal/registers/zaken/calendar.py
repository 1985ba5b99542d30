"""The last day to object as an iCalendar file (RFC 5545), for the resident's own calendar.

A calendar is often shared, and kept elsewhere: it names the municipality and the case's number, never what it
is about.
"""

from datetime import date, timedelta
from uuid import UUID

REMIND = 7  # days before


def last_day_file(id: UUID, day: date, made: date, title: str, text: str) -> bytes:
    """One event of a whole day, with a reminder a week before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mijn gemeenten//Zaken//NL",
        "BEGIN:VEVENT",
        f"UID:{id}",
        f"DTSTAMP:{made:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(text)}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(title)}",
        f"TRIGGER:-P{REMIND}D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    """A text value: its own signs are escaped (3.3.11)."""
    escaped = words.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return escaped.replace("\r\n", r"\n").replace("\n", r"\n").replace("\r", r"\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, the rest on lines that begin with a space (3.1); no sign is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > 74:
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
