"""The comparison of looks itself: what it must notice, and what it must let pass."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from tests.themes import looks

PARTS = {"knoppen": (40, 40, 360, 120), "melding": (40, 160, 360, 240)}


def page(*, button="#00606b", shift=0, noise=0, width=120) -> bytes:
    """A page with a button and a message."""
    image = Image.new("RGB", (400, 320), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((48, 56 + shift, 48 + width, 96 + shift), fill=button)
    draw.rectangle((40, 160 + shift, 359, 239 + shift), fill="#eef4ff", outline="#0b5cad", width=2)
    if noise:
        chance = random.Random(7)
        image = image.point(lambda value: max(0, min(255, value + chance.randint(-noise, noise))))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(autouse=True)
def known(tmp_path, monkeypatch) -> None:
    """How it should look."""
    monkeypatch.setattr(looks, "KEPT", tmp_path)
    monkeypatch.setattr(looks, "UPDATE", True)
    looks.changed("proef", page(), PARTS)
    monkeypatch.setattr(looks, "UPDATE", False)


@pytest.mark.parametrize("other", [{"button": "#7a1f5c"}, {"width": 160}])
def test_a_part_that_looks_otherwise_is_named(other, tmp_path):
    (found,) = looks.changed("proef", page(**other), PARTS)
    assert found.startswith("knoppen: ")
    assert (tmp_path / "proef.seen.png").exists()


def test_a_part_that_is_higher_gone_or_new_is_named():
    longer = {**PARTS, "knoppen": (40, 40, 360, 150)}
    assert "cellen groot" in looks.changed("proef", page(), longer)[0]
    assert looks.changed("proef", page(), {"melding": PARTS["melding"]}) == ["knoppen: is weg"]
    assert "voet: is nieuw" in looks.changed("proef", page(), {**PARTS, "voet": (0, 0, 40, 40)})


def test_how_edges_are_smoothed_and_where_a_part_stands_does_not_count():
    assert looks.changed("proef", page(noise=20), PARTS) == []
    lower = {name: (left, top + 13, right, bottom + 13) for name, (left, top, right, bottom) in PARTS.items()}
    assert looks.changed("proef", page(shift=13), lower) == []
