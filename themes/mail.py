"""A mail in a municipality's brand, beside its plain text: the same words in its colours.

No picture, no link and nothing that is fetched, so nobody learns whether it was read. Styles stand on the
elements and values are worked out, since mail programs know no custom properties.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .compiled import BASE, themes_in_force, tokens_of

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light only"><title>{subject}</title></head>
<body style="margin:0;background-color:{page};color:{text};font-family:sans-serif;font-size:18px;line-height:1.6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">
<tr><td style="background-color:{band};color:{on_band};padding:16px 24px;font-weight:bold">{sender}</td></tr>
<tr><td style="padding:24px">{paragraphs}</td></tr>
</table></body></html>
"""  # noqa: E501 - as it is sent
PARAGRAPH = '<p style="margin:0 0 16px;max-width:600px">{}</p>'


def in_brand(slug: str, sender: str, subject: str, text: str, language: str) -> SafeString:
    """The mail as HTML; paragraphs are parted by an empty line in its text."""
    tokens = tokens_of(slug if slug in themes_in_force() else BASE)
    lines = [line for line in text.strip().split("\n\n") if line.strip()]
    return format_html(
        PAGE,
        language=language,
        subject=subject,
        sender=sender,
        page=tokens["color-default-bg-document"],
        text=tokens["color-default-color-document"],
        band=tokens["color-accent-1-inverse-bg-default"],
        on_band=tokens["color-accent-1-inverse-color-default"],
        paragraphs=format_html_join("", PARAGRAPH, ((line,) for line in lines)),
    )
