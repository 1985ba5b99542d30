"""A drawing for each municipality, made here so that nothing of others is in the demo."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 630)
FINER = 2
"""Drawn larger and made smaller, so that slanted lines are smooth."""

Points = list[tuple[float, float]]


def drawing(slug: str) -> tuple[bytes, str]:
    """A PNG and, in words, what it shows."""
    draw, shows = DRAWINGS[slug]
    canvas = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER), "#cfe6f2")
    draw(ImageDraw.Draw(canvas))
    file = BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue(), shows


def _scaled(points: Points) -> Points:
    return [(x * FINER, y * FINER) for x, y in points]


def _beach(on: ImageDraw.ImageDraw) -> None:
    on.ellipse(_scaled([(930, 70), (1050, 190)]), fill="#ffd98a")
    on.polygon(_scaled([(0, 300), (1200, 300), (1200, 470), (0, 470)]), fill="#2f7f9f")
    on.polygon(_scaled([(0, 440), (1200, 400), (1200, 630), (0, 630)]), fill="#f0d9a6")
    on.polygon(_scaled([(0, 630), (0, 390), (180, 340), (380, 470), (560, 630)]), fill="#dcbf80")
    for x in (60, 110, 150, 210, 250):
        on.line(_scaled([(x, 400), (x + 14, 330)]), fill="#5f7f3a", width=6 * FINER)
    on.polygon(_scaled([(760, 470), (770, 200), (830, 200), (840, 470)]), fill="#ffffff")
    on.polygon(_scaled([(764, 360), (767, 280), (833, 280), (836, 360)]), fill="#b5322b")
    on.polygon(_scaled([(755, 200), (800, 150), (845, 200)]), fill="#b5322b")


def _fortress(on: ImageDraw.ImageDraw) -> None:
    on.polygon(_scaled([(0, 360), (1200, 340), (1200, 630), (0, 630)]), fill="#7fa35b")
    on.polygon(_scaled([(0, 480), (1200, 480), (1200, 560), (0, 560)]), fill="#4d88a3")
    wall = [(120, 480), (200, 380), (420, 380), (500, 440), (700, 440), (780, 380), (1000, 380), (1080, 480)]
    on.polygon(_scaled([(float(x), float(y)) for x, y in wall]), fill="#8a4b3a")
    on.polygon(_scaled([(545, 440), (545, 200), (655, 200), (655, 440)]), fill="#b98463")
    on.polygon(_scaled([(530, 200), (600, 90), (670, 200)]), fill="#4a3f3a")
    for x in (260, 320, 820, 880):
        on.polygon(_scaled([(x, 380), (x, 320), (x + 22, 290), (x + 44, 320), (x + 44, 380)]), fill="#c9573d")


def _bridge(on: ImageDraw.ImageDraw) -> None:
    for x, height, colour in (
        (80, 200, "#5a6b86"),
        (180, 260, "#6f7fa0"),
        (920, 290, "#5a6b86"),
        (1030, 210, "#6f7fa0"),
    ):
        on.polygon(_scaled([(x, 420), (x, 420 - height), (x + 90, 420 - height), (x + 90, 420)]), fill=colour)
    on.polygon(_scaled([(0, 420), (1200, 420), (1200, 630), (0, 630)]), fill="#2b6f8f")
    on.line(_scaled([(0, 400), (1200, 400)]), fill="#33383f", width=16 * FINER)
    for tower in (360, 840):
        on.line(_scaled([(tower, 430), (tower, 150)]), fill="#33383f", width=18 * FINER)
        for reach in (60, 120, 180, 240):
            for side in (-reach, reach):
                on.line(_scaled([(tower, 160), (tower + side, 396)]), fill="#d8dde4", width=3 * FINER)
    on.polygon(_scaled([(520, 500), (700, 500), (670, 545), (550, 545)]), fill="#f2f2f2")


DRAWINGS: dict[str, tuple[Callable[[ImageDraw.ImageDraw], None], str]] = {
    "zandmeer": (_beach, "Het strand van Zandmeer met duinen, zee en een vuurtoren"),
    "veldrecht": (_fortress, "De vestingwal van Veldrecht met gracht, toren en rode daken"),
    "oeverstad": (_bridge, "De brug over de rivier in Oeverstad, met een boot en hoge gebouwen"),
}
