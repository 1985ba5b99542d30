"""A mail in a municipality's brand, beside its plain text: the same words in its colours.

No picture and nothing that is fetched, so nobody learns whether it was read; and no link, but in a mail that
somebody asked for to have its links. Styles stand on the elements and values are worked out, since mail
programs know no custom properties.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .compiled import BASE, themes_in_force, tokens_of
from .spoken import direction

PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><meta name="color-scheme" content="light only"><title>{subject}</title></head>
<body style="margin:0;background-color:{page};color:{text};font-family:sans-serif;font-size:18px;line-height:1.6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">
<tr><td style="background-color:{band};color:{on_band};padding:16px 24px;font-weight:bold">{sender}</td></tr>
<tr><td style="padding:24px">{paragraphs}</td></tr>
</table></body></html>
"""  # noqa: E501 - as it is sent
PARAGRAPH = '<p style="margin:0 0 16px;max-width:600px">{}</p>'
LINK = '<a href="{}" style="color:{}">{}</a>'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a mail; with a link its text is what one follows."""

    text: str
    link: str = ""
    below: str = ""
    """A line below it."""
    language: str = ""
    """Of the text, when it is not the mail's."""


def as_text(paragraphs: Iterable[Paragraph]) -> str:
    """The mail as plain text, with the address of each link on a line of its own."""
    return "\n\n".join("\n".join(filter(None, (one.text, one.below, one.link))) for one in paragraphs) + "\n"


def in_brand(slug: str, sender: str, subject: str, text: str, language: str) -> SafeString:
    """The mail as HTML; paragraphs are parted by an empty line in its text."""
    lines = [line for line in text.strip().split("\n\n") if line.strip()]
    return paragraphs_in_brand(slug, sender, subject, map(Paragraph, lines), language)


def paragraphs_in_brand(
    slug: str, sender: str, subject: str, paragraphs: Iterable[Paragraph], language: str
) -> SafeString:
    """The mail as HTML, links included."""
    tokens = tokens_of(slug if slug in themes_in_force() else BASE)
    ink = tokens["color-default-color-document"]
    return format_html(
        PAGE,
        language=language,
        direction=direction(language),
        subject=subject,
        sender=sender,
        page=tokens["color-default-bg-document"],
        text=ink,
        band=tokens["color-accent-1-inverse-bg-default"],
        on_band=tokens["color-accent-1-inverse-color-default"],
        paragraphs=format_html_join("", PARAGRAPH, ((_shown(one, ink),) for one in paragraphs)),
    )


def _shown(one: Paragraph, ink: str) -> SafeString:
    text = format_html(LINK, one.link, ink, one.text) if one.link else format_html("{}", one.text)
    if one.language:
        text = format_html('<span lang="{}" dir="{}">{}</span>', one.language, direction(one.language), text)
    return format_html("{}<br>{}", text, one.below) if one.below else text
