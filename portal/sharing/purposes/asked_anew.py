"""What changed so much since the published text that an earlier yes may not count for it.

The editor marks a change as big; what can be seen without judging is not left to memory.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .finding import Around, Content, Finding, attributes, error, warning
from .record import Ground


def says_that_it_is_big(content: Content, around: Around) -> Iterator[Finding]:
    """Another ground, system or attribute than is published asks everyone again; a receiver more may."""
    before = around.published
    if before is None or content.get("substantial"):
        return
    if before.get("ground") == content["ground"] == Ground.LAW:
        return  # nobody says yes to it
    if before.get("ground") != content["ground"]:
        yield error(
            "substantial",
            _("De grond is anders dan nu. Zet dit aan: wie al deelt, moet opnieuw kiezen."),
        )
    if content.get("consumer") and before.get("consumer") != content["consumer"]:
        yield error(
            "substantial",
            _("Een ander systeem leest het dan nu. Zet dit aan: wie al deelt, moet opnieuw kiezen."),
        )
    asked = {(one.get("name"), one.get("must_equal") or None) for one in attributes(before)}
    for one in attributes(content):
        if (one.get("name"), one.get("must_equal") or None) not in asked:
            yield error(
                "substantial",
                _("“%(name)s” wordt nu niet gevraagd. Zet dit aan: wie al deelt, moet opnieuw kiezen.")
                % {"name": _label(content, str(one.get("name", "")))},
            )
    known = set(before.get("texts", {}).get("nl", {}).get("receivers", []))
    for receiver in content.get("texts", {}).get("nl", {}).get("receivers", []):
        if receiver not in known:
            yield warning(
                "substantial",
                _("Nu krijgt “%(name)s” het niet. Komt er een ontvanger bij? Zet dit dan aan.")
                % {"name": receiver},
            )


def _label(content: Content, name: str) -> str:
    return str(content.get("texts", {}).get("nl", {}).get("labels", {}).get(name, "")) or name
