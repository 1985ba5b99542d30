"""What a resident may see of messages, what counts as reading, and what a text becomes: tables of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic, process_time
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string

from portal.municipalities.bsn import BSN
from portal.registers.berichten.records import Attachment, Message
from portal.registers.berichten.text import Look, blocks_of
from portal.registers.berichten.visible import attachment_of, is_being_read, is_shown, newest_first
from portal.registers.urns import urn_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HELGA, KEES = BSN("999970458"), BSN("999990329")


def message(**change: object) -> Message:
    plain = Message(
        id=uuid4(),
        subject="Onderwerp",
        text="",
        at=NOW,
        opened=None,
        until=None,
        case=None,
        attachments=[],
        _to=urn_of(HELGA),
    )
    return replace(plain, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "change", "shown"),
    [
        ("one to them", {}, True),
        ("one that was read", {"opened": NOW}, True),
        ("one whose date the register leaves open", {"at": None}, True),
        ("one of which the day is still to come", {"at": NOW + timedelta(seconds=1)}, False),
        ("one to somebody else", {"_to": urn_of(KEES)}, False),
        ("one to nobody", {"_to": ""}, False),
        ("one to a company whose number looks like theirs", {"_to": "urn:nld:hr:kvknummer:999970458"}, False),
        ("one to a number without its name", {"_to": "999970458"}, False),
    ],
)
def test_what_a_resident_sees(sentence: str, change: dict[str, object], shown: bool) -> None:
    assert is_shown(message(**change), HELGA, NOW) is shown, sentence


def test_the_newest_stands_first_and_what_has_no_date_last() -> None:
    days = [NOW - timedelta(2), None, NOW, NOW - timedelta(1)]
    messages = [message(at=at, subject=str(place)) for place, at in enumerate(days)]

    assert [one.subject for one in newest_first(messages)] == ["2", "3", "0", "1"]


def test_an_attachment_is_of_its_own_message_only() -> None:
    mine = message(attachments=[Attachment(UUID(int=1), "a")])

    assert attachment_of(mine, UUID(int=1)) == Attachment(UUID(int=1), "a")
    assert attachment_of(mine, UUID(int=2)) is None
    assert attachment_of(message(), UUID(int=1)) is None


@pytest.mark.parametrize(
    ("headers", "reads"),
    [
        ({}, True),
        ({"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Purpose": "prefetch"}, False),
        ({"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Dest": "document"}, False),
        ({"Purpose": "prefetch"}, False),
        ({"X-Purpose": "preview"}, False),
        ({"X-Moz": "prefetch"}, False),
        ({"Sec-Fetch-Dest": "empty"}, False),
        ({"Sec-Fetch-Dest": "iframe"}, False),
        ({"X-Automatic": "1"}, False),
    ],
)
def test_what_is_fetched_ahead_or_by_a_script_is_no_reading(headers: dict[str, str], reads: bool) -> None:
    assert is_being_read(headers) is reads


def shown(text: str) -> str:
    """As a page shows it, without the blanks between."""
    drawn = [render_to_string("berichten/block.html", {"block": one}) for one in blocks_of(text)]
    return "".join("".join(drawn).split("\n"))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Een\r\nTwee", "<p>Een<br>Twee</p>"),
        ("Een\n\nTwee", "<p>Een</p><p>Twee</p>"),
        ("Neem mee:\n- pas\n- pen", "<p>Neem mee:</p><ul><li>pas</li><li>pen</li></ul>"),
        ("* pas\n\n* pen", "<ul><li>pas</li><li>pen</li></ul>"),
        ("1. Ga\n2) Doe", "<ol><li>Ga</li><li>Doe</li></ol>"),
        ("## Wat nu?\nBel ons.", "<h2>Wat nu?</h2><p>Bel ons.</p>"),
        ("Het kost **€ 48**.", "<p>Het kost <strong>€ 48</strong>.</p>"),
        ("2 * 3 * 4 - 1", "<p>2 * 3 * 4 - 1</p>"),
        ("", ""),
        ("<b>x</b> & <script>", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;</p>"),
        ("**<i>x</i>**", "<p><strong>&lt;i&gt;x&lt;/i&gt;</strong></p>"),
        (
            "Kijk op https://www.x.example/a?b=1&c=2.",
            '<p>Kijk op <a href="https://www.x.example/a?b=1&amp;c=2">https://www.x.example/a?b=1&amp;c=2</a>.</p>',
        ),
        ("(https://x.example)", '<p>(<a href="https://x.example">https://x.example</a>)</p>'),
        (
            "[uw bank](https://kwaad.example/x)",
            '<p><a href="https://kwaad.example/x">uw bank</a> (<bdi dir="ltr">kwaad.example</bdi>)</p>',
        ),
        ("[klik](javascript:alert)", "<p>[klik](javascript:alert)</p>"),
        ("[klik](http://x.example/)", "<p>[klik](http://x.example/)</p>"),
        ("http://x.example/", "<p>http://x.example/</p>"),
        ("https://a@b.example/", "<p>https://a@b.example/</p>"),
        (
            'https://x.example/"onclick="x',
            '<p><a href="https://x.example/">https://x.example/</a>&quot;onclick=&quot;x</p>',
        ),
    ],
)
def test_a_text_becomes_plain_pieces_and_never_html_of_the_register(text: str, becomes: str) -> None:
    assert shown(text) == becomes


def test_a_text_of_many_lines_is_read_at_once() -> None:
    begun = process_time()
    for line in ("a\n", "- a\n"):
        assert len(blocks_of(line * 60_000)[0].lines) == 60_000
    assert process_time() - begun < 8, "it took twenty seconds when each line copied those before it"


def test_a_very_long_text_of_signs_is_read_at_once() -> None:
    begun = monotonic()
    for sign in ("**", "[", "[a](", "https://", "- ", "**a", "[a](b"):
        assert blocks_of(sign * 20_000)
    assert monotonic() - begun < 10, "it took a minute and a half for each bracket to look for its end"


def test_nothing_of_a_text_is_lost() -> None:
    text = "Kijk [hier](https://x.example/a), of **bel** ons."
    (block,) = blocks_of(text)
    (line,) = block.lines

    assert [one.look for one in line] == [Look.PLAIN, Look.LINK, Look.PLAIN, Look.BOLD, Look.PLAIN]
    assert "".join(one.text for one in line) == "Kijk hier, of bel ons."
