"""How the gallery looks, kept small: each theme an eighth of its size in few colours, compared part by part.

A cell is the mean of eight by eight pixels, so how a letter's edge is smoothed hardly shows, and a colour, a
line, a width or a part that moved does. `UPDATE_LOOKS=1` keeps what is seen as how it should be.
"""

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image, ImageChops

KEPT = Path(__file__).parent / "looks"
UPDATE = bool(os.environ.get("UPDATE_LOOKS"))
CELL = 8  # pixels
MOST = 36
"""Of 255: how much a cell may differ; further, and it counts as another."""
MOST_CELLS = 0.01
"""Which part of a component's cells may be another: a browser of another version smooths otherwise."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in cells."""


def small(screenshot: bytes) -> Image.Image:
    """A screenshot in cells."""
    whole = Image.open(io.BytesIO(screenshot)).convert("RGB")
    cells = whole.resize((whole.width // CELL, whole.height // CELL), Image.Resampling.BOX)
    return cells.point(lambda value: value & 0xF8)


def changed(name: str, screenshot: bytes, parts: Mapping[str, Box]) -> list[str]:
    """Which parts look other than they should, in words; where asked, what is seen is how it should be."""
    seen = small(screenshot)
    path = KEPT / f"{name}.png"
    if UPDATE:
        seen.save(path, optimize=True)
    kept = Image.open(path).convert("RGB")
    found = list(_differences(seen, kept, parts))
    if found:
        seen.save(path.with_name(f"{name}.seen.png"))
    return found


def _differences(seen: Image.Image, kept: Image.Image, parts: Mapping[str, Box]) -> Iterator[str]:
    if abs(seen.height - kept.height) > 2 or seen.width != kept.width:
        yield f"de hele pagina is {seen.size} in plaats van {kept.size} cellen"
    for part, box in parts.items():
        one, other = seen.crop(box), kept.crop(box)
        difference = ImageChops.difference(one, other)
        cells = difference.width * difference.height
        most = [max(pixel) for pixel in difference.get_flattened_data()]
        share = sum(value > MOST for value in most) / cells
        if share > MOST_CELLS:
            yield f"{part}: {share:.1%} van de cellen ziet er anders uit"
