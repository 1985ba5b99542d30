"""What the filter lets through of irma's output."""

import pytest

from demo.irma.output import known, visible

TIME = 'time="2026-11-24T08:47:13Z" level='


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (TIME + 'info msg="Server listening at 127.0.0.1:18404/"', "irma: info: Server listening"),
        (TIME + 'info msg="Session started" action=disclosing session=GEHEIM', "irma: info: Session started"),
        (TIME + 'warning msg="Sending session error" error=SESSION_UNKNOWN description="GEHEIM"',
         "irma: warning: Sending session error (SESSION_UNKNOWN)"),
        (TIME + 'warning msg="Sending session error" error=GEHEIM', "irma: warning: Sending session error"),
        (TIME + 'fatal msg="listen tcp 127.0.0.1:8004: bind: address already in use"',
         "irma: fatal: address already in use"),
        (TIME + 'info msg="Session request (purged of attribute values)" request="{GEHEIM}"', None),
        (TIME + 'warning msg="full request: {\\"bsn\\": GEHEIM}"', None),
        (TIME + 'debug msg="Session started" GEHEIM', None),
        ('GEHEIM msg="Session started"', None),
        ("GEHEIM", None),
        ("", None),
    ],
)  # fmt: skip
def test_only_our_own_copy_of_a_known_sentence_passes(line: str, seen: str | None) -> None:
    assert known(line) == seen
    assert "GEHEIM" not in (known(line) or "")


def test_what_is_held_back_is_counted() -> None:
    lines = [TIME + "info msg=Exiting", "GEHEIM", "GEHEIM"]

    assert list(visible(lines)) == [
        "irma: info: Exiting",
        "irma: 2 lines held back, since they may hold personal data",
    ]
