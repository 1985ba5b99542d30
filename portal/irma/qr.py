"""A QR code as SVG in the page itself: no script, no style, dark on light in every theme."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around it, without which cameras do not find the code


def svg(text: str, *, label: str) -> SafeString:
    """The QR of `text`; `label` is what someone hears who cannot see it. Scales with its container."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        ' aria-label="{label}"><rect width="{side}" height="{side}" fill="#fff"/>'
        '<path d="{path}" fill="#000" shape-rendering="crispEdges"/></svg>',
        side=side,
        label=label,
        path=path,
    )
