"""Wijkteam Noord of Oeverstad: a professional's system that asks a resident, waits, reads, and lets go.

It hears of answers by asking for events after the last one it saw, and keeps what it read only in memory.
"""

SLUG = "wijkteam-noord"
NAME = "Wijkteam Noord"
PLACE = "oeverstad"
PURPOSE = "wijkteam-samen"
BACK = "/terug"
"""Where a resident is led back to; the other page is the team's own."""
