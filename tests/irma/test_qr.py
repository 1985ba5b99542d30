"""The QR on the page without JavaScript."""

import re
import xml.etree.ElementTree as ET

import segno

from portal.irma.qr import svg

POINTER = '{"u":"http://zandmeer.localhost:8004/irma/session/e5y1G3o78ZoQc8i2CdYm","irmaqr":"disclosing"}'
SVG = "{http://www.w3.org/2000/svg}"


def test_the_drawn_modules_are_exactly_those_of_the_code() -> None:
    drawing = ET.fromstring(svg(POINTER, label="QR-code"))
    path = drawing.find(f"{SVG}path")
    assert path is not None

    drawn = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path.attrib["d"])}

    matrix = segno.make(POINTER, error="m", micro=False).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert drawing.attrib["viewBox"] == f"0 0 {len(matrix) + 8} {len(matrix) + 8}"


def test_it_is_a_named_image_without_style_or_script() -> None:
    text = svg(POINTER, label='Scan "deze" code & ga <door>')
    drawing = ET.fromstring(text)

    assert (drawing.attrib["role"], drawing.attrib["aria-label"]) == ("img", 'Scan "deze" code & ga <door>')
    assert "style" not in text
    assert "<script" not in text
    assert "irma/session" not in text
