"""How the gallery looks, kept small: each part an eighth of its size in few colours, one picture a theme.

A cell is the mean of eight by eight pixels, so how a letter's edge is smoothed hardly shows; a colour, a
line, a width or something that moved within its part does. Where a part stands on the page does not count.
`UPDATE_LOOKS=1` keeps what is seen as how it should be.
"""

import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

KEPT = Path(__file__).parent / "looks"
UPDATE = bool(os.environ.get("UPDATE_LOOKS"))
CELL = 8  # pixels
MOST = 16
"""Of 255: how much a cell may differ; further, and it counts as another. A thin line in it gone is 25."""
MOST_CELLS = 20
"""How many cells of a part may be another: a browser of another version smooths otherwise."""
MOST_LONGER = 1
"""By how many cells a part may be higher: a browser of another version breaks a line otherwise."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom."""


def changed(name: str, screenshot: bytes, parts: Mapping[str, Box]) -> list[str]:
    """Which parts look other than they should, in words; where asked, what is seen is how it should be."""
    whole = Image.open(io.BytesIO(screenshot)).convert("RGB")
    seen = {part: _small(whole.crop(box)) for part, box in parts.items()}
    if UPDATE:
        _write(name, seen)
    found = list(_differences(seen, _read(name)))
    if found:
        _write(f"{name}.seen", seen)
    return found


def _small(part: Image.Image) -> Image.Image:
    size = max(part.width // CELL, 1), max(part.height // CELL, 1)
    return part.resize(size, Image.Resampling.BOX).point(lambda value: value & 0xF8)


def _write(name: str, parts: Mapping[str, Image.Image]) -> None:
    """All parts below each other; the picture itself says which is where."""
    width, height = max(one.width for one in parts.values()), sum(one.height + 1 for one in parts.values())
    picture, boxes, top = Image.new("RGB", (width, height)), {}, 0
    for part, one in parts.items():
        picture.paste(one, (0, top))
        boxes[part] = (0, top, one.width, top + one.height)
        top += one.height + 1
    told = PngInfo()
    told.add_text("parts", json.dumps(boxes))
    KEPT.mkdir(exist_ok=True)
    picture.save(KEPT / f"{name}.png", optimize=True, pnginfo=told)


def _read(name: str) -> dict[str, Image.Image]:
    picture = Image.open(KEPT / f"{name}.png")
    boxes = json.loads(picture.info["parts"])
    return {part: picture.convert("RGB").crop(box) for part, box in boxes.items()}


def _differences(seen: Mapping[str, Image.Image], kept: Mapping[str, Image.Image]) -> Iterator[str]:
    for part in seen.keys() ^ kept.keys():
        yield f"{part}: {'is nieuw' if part in seen else 'is weg'}"
    for part in seen.keys() & kept.keys():
        one, other = seen[part], kept[part]
        if one.width != other.width or abs(one.height - other.height) > MOST_LONGER:
            yield f"{part}: {one.size} cellen groot, en het was {other.size}"
            continue
        least = (0, 0, one.width, min(one.height, other.height))
        difference = ImageChops.difference(one.crop(least), other.crop(least))
        raw = difference.tobytes()
        cells = [max(raw[at : at + 3]) for at in range(0, len(raw), 3)]
        other_cells = sum(value > MOST for value in cells)
        if other_cells > MOST_CELLS:
            yield f"{part}: {other_cells} van de {len(cells)} cellen zien er anders uit"
