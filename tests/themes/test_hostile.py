"""A folder from outside is untrusted: what could break, load or run something is refused with its reason."""

import json
import os
from pathlib import Path

import pytest

from tests.themes.conftest import LOGO, TOML
from themes.build import build, read_list
from themes.folder import read_folder
from themes.make import make
from themes.refusal import ThemeRefused


def logo(inside: str, attributes: str = 'viewBox="0 0 8 8"') -> dict[str, str]:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return {"logo_svg": f"<svg {names} {attributes}>{inside}</svg>"}


def toml(old: str, new: str) -> dict[str, str]:
    assert old in TOML
    return {"theme_toml": TOML.replace(old, new)}


def tokens(**basis: object) -> dict[str, str]:
    return {"tokens_json": json.dumps({"basis": basis})}


def nested(depth: int) -> str:
    return '{"a":' * depth + "1" + "}" * depth


HOSTILE = {
    "css in a colour": (toml('"#00606b"', '"red;}body{display:none"'), "is geen kleur"),
    "an address in a colour": (toml('"#00606b"', '"url(https://x.example)"'), "is geen kleur"),
    "a see-through colour": (toml('"#00606b"', '"#00606b80"'), "doorzichtig"),
    "an endless colour": (toml('"#00606b"', '"oklch(99999999% 0.1 200)"'), "niet kan"),
    "a colour by name": (toml('"#00606b"', '"teal"'), "is geen kleur"),
    "a number as colour": (toml('"#00606b"', "7"), "is geen kleur"),
    "no brand colour": (toml("accent-1", "accent-2"), "ontbreekt accent-1"),
    "a misspelt seed": (toml("accent-1", "acent-1"), "Bedoelt u “accent-1”"),
    "a misspelt block": (toml("[seeds]", "[seed]"), "Bedoelt u “seeds”"),
    "markup in the name": (toml("Gemeente Proef", "<script>x</script>"), "name kan niet"),
    "a name that turns text around": (toml("Gemeente Proef", "\u202eeorP"), "name kan niet"),
    "a slug that leaves the folder": (toml('"proef"', '"../proef"'), "slug kan niet"),
    "another theme's slug": (toml('"proef"', '"zandmeer"'), "maar de map heet"),
    "another schema": (toml("schema = 1", "schema = 9"), "schema moet 1 zijn"),
    "no words for the blind": (toml('alt = "Gemeente Proef"', ""), "blinde bezoeker"),
    "an unknown font": (toml("[logo]", '[fonts]\ntext = "intre"\n[logo]'), "Bedoelt u “inter”"),
    "a font from elsewhere": (toml("[logo]", '[fonts]\ntext = "https://x/a.woff2"\n[logo]'), "Kies uit"),
    "an unknown shape": (toml("[logo]", '[shape]\nradius = "999px"\n[logo]'), "Kies uit none"),
    "a logo as high as the page": (toml("[logo]", '[logo]\nblock-size = "90rem"'), "tussen 1.5rem en 6rem"),
    "a block that is a text": ({"theme_toml": TOML.replace("[seeds]\naccent-1", "seeds")}, "moet een blok"),
    "broken toml": ({"theme_toml": "schema = = 1"}, "kan niet gelezen worden"),
    "toml that is no text": ({"theme_toml": b"\xff\xfe\x00"}, "kan niet gelezen worden"),
    "huge toml": ({"theme_toml": TOML + "#" * 30_000}, "mag hoogstens"),
    "no logo": ({"logo_svg": None}, "logo.svg ontbreekt"),
    "a script in the logo": (logo("<script>alert(1)</script>"), "een script"),
    "a web page in the logo": (logo("<foreignObject><p/></foreignObject>"), "foreignObject"),
    "code on an event": (logo('<path onload="alert(1)" d="M0 0"/>'), "code bij een gebeurtenis"),
    "code on the whole logo": (logo("", 'viewBox="0 0 8 8" onclick="x()"'), "code bij een gebeurtenis"),
    "a link to elsewhere": (logo('<use xlink:href="https://x.example/#a"/>'), "verwijzing naar buiten"),
    "a link that runs": (logo('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), "een link"),
    "an image from elsewhere": (logo('<image href="https://x.example/a.png"/>'), "ingesloten plaatje"),
    "a style that loads": (
        logo('<path style="fill:url(https://x.example)" d="M0 0"/>'),
        "laden of uitvoeren",
    ),
    "a style block": (logo("<style>@import url(x)</style>"), "stijlblok"),
    "an animation": (logo('<path d="M0 0"><animate attributeName="d"/></path>'), "animatie"),
    "entities": ({"logo_svg": '<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO}, "entiteiten"),
    "a logo that is html": ({"logo_svg": "<html><body/></html>"}, "is geen SVG"),
    "a logo that is a picture": ({"logo_svg": b"\x89PNG\r\n\x1a\n"}, "geen geldige SVG"),
    "a huge logo": (logo(f'<path d="M0 0{"h1" * 30_000}"/>'), "mag hoogstens 50 kB"),
    "a very deep logo": (logo("<g>" * 200 + "</g>" * 200), "te veel lagen"),
    "a logo without a size to scale": (logo("", ""), "geen viewBox"),
    "broken json": ({"tokens_json": "{"}, "kan niet gelezen worden"),
    "a list as tokens": ({"tokens_json": "[]"}, "object met tokens"),
    "very deep json": ({"tokens_json": nested(100_000)}, "kan niet gelezen worden"),
    "deep tokens": ({"tokens_json": nested(60)}, "te veel lagen"),
    "huge tokens": ({"tokens_json": '{"a":"' + "x" * 2_100_000 + '"}'}, "mag hoogstens"),
    "an unknown token": (
        tokens(**{"border-radius": {"mdd": {"$value": "1px"}}}),
        "Bedoelt u “border-radius-md”",
    ),
    "css in a token": (
        tokens(**{"border-radius": {"md": {"$value": "1px;}*{color:red"}}}),
        "geen waarde die hier kan",
    ),
    "an address in a token": (
        tokens(**{"border-radius": {"md": {"$value": "url(x)"}}}),
        "geen waarde die hier kan",
    ),
    "a calculation in a token": (
        tokens(**{"border-radius": {"md": {"$value": "calc(1px*9)"}}}),
        "geen waarde",
    ),
    "text that cannot grow": (tokens(text={"font-size": {"md": {"$value": "14px"}}}), "staat in px"),
    "a font family from elsewhere": (
        tokens(heading={"font-family": {"$value": "Evil, url(x)"}}),
        "hebben wij niet",
    ),
    "a reference to nothing": (tokens(heading={"color": {"$value": "{no.such}"}}), "dat is er niet"),
    "a reference in a circle": (
        tokens(heading={"color": {"$value": "{basis.heading.color}"}}),
        "in een kring",
    ),
}


@pytest.mark.parametrize(("files", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_folder_is_refused_with_its_reason_and_nothing_is_served(folder, tmp_path, files, reason):
    with pytest.raises(ThemeRefused) as refused:
        build(folder(**files), tmp_path / "built")
    assert reason in str(refused.value)
    assert read_list(tmp_path / "built") == {}
    assert not (tmp_path / "built").exists()


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    place: Path = folder(logo_svg=None)
    (tmp_path / "secret.svg").write_text(LOGO)
    os.symlink(tmp_path / "secret.svg", place / "logo.svg")
    with pytest.raises(ThemeRefused, match="verwijzing naar een andere plek"):
        read_folder(place)


def test_a_stray_file_is_refused(folder):
    place: Path = folder()
    (place / "style.css").write_text("*{}")
    with pytest.raises(ThemeRefused, match="hoort niet in een themamap"):
        read_folder(place)


def test_all_reasons_are_told_at_once(folder):
    files = toml('"#00606b"', '"geen"')
    with pytest.raises(ThemeRefused) as refused:
        read_folder(
            folder(theme_toml=files["theme_toml"].replace("schema = 1", "schema = 2"), **logo("<script/>"))
        )
    assert len(refused.value.reasons) == 3


def test_what_a_drawing_program_leaves_behind_is_dropped(folder):
    inside = '<metadata>Jan</metadata><x:y xmlns:x="urn:inkscape"/><path x:z="1" xmlns:x="urn:i" d="M0 0h8"/>'
    drawn = make(read_folder(folder(**logo(inside)))).folder.logo
    assert "M0 0h8" in drawn
    assert "Jan" not in drawn
    assert "urn:" not in drawn


def test_a_refused_change_leaves_the_old_theme_in_force(folder, tmp_path):
    place: Path = folder()
    build(place, tmp_path / "built")
    before = read_list(tmp_path / "built")
    (place / "theme.toml").write_text(TOML.replace("#00606b", "geen kleur"))
    with pytest.raises(ThemeRefused):
        build(place, tmp_path / "built")
    assert read_list(tmp_path / "built") == before
