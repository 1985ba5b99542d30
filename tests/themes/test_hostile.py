"""A folder from outside is untrusted: what could break, load or run something is refused with its reason."""

import json
import os
import struct
import zlib
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


def font(data: bytes, licence: str = "Gekocht bij de letterzetter", **other: str) -> dict[str, str | bytes]:
    block = {"family": "Proefletter", "regular": "a.woff2", "licence": licence, **other}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in block.items() if value)
    text = TOML.replace("[logo]", f'[fonts]\ntext = "eigen"\n[fonts.own.eigen]\n{lines}[logo]')
    return {"theme_toml": text, "fonts/a_woff2": data}


def woff2(length: int = 0, meta: int = 0, unpacked: int = 4000, flavour: int = 0x10000) -> bytes:
    numbers = (flavour, length or 148, 9, 0, unpacked, 100, 1, 0, meta, meta, meta, 0, 0)
    return struct.pack(">4sIIHHIIHHIIIII", b"wOF2", *numbers) + bytes(100)


def png(
    width: int = 200, height: int = 100, *, kind: int = 0, rows: int = 0, more: bytes = b"", **odd: bytes
) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = zlib.compress(bytes((width + 1) * (rows or height)))
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, len(odd))
    chunks = chunk(b"IHDR", head) + more + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def with_png(data: bytes) -> dict[str, str | bytes | None]:
    return {"logo_svg": None, "logo_png": data}


def many_uses(times: int = 12) -> str:
    rows = [f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(times)]
    return '<g id="a0"><path d="M0 0"/></g>' + "".join(rows)


def sets(**files: str) -> dict[str, str]:
    """An export of Tokens Studio in more files, with one set that is well."""
    return {f"tokens/{name}": text for name, text in {"brand_json": "{}", **files}.items()}


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
    "a name that turns text around": (toml("Gemeente Proef", "\u202eeorP"), "RIGHT-TO-LEFT OVERRIDE"),
    "a slug that leaves the folder": (toml('"proef"', '"../proef"'), "slug kan niet"),
    "another theme's slug": (toml('"proef"', '"zandmeer"'), "maar de map heet"),
    "another schema": (toml("schema = 1", "schema = 9"), "schema moet 1 zijn"),
    "a schema that only equals one": (toml("schema = 1", "schema = true"), "schema moet 1 zijn"),
    "a schema with a point": (toml("schema = 1", "schema = 1.0"), "schema moet 1 zijn"),
    "no words for the blind": (toml('alt = "Gemeente Proef"', ""), "blinde bezoeker"),
    "an unknown font": (toml("[logo]", '[fonts]\ntext = "intre"\n[logo]'), "Bedoelt u “inter”"),
    "a font from elsewhere": (toml("[logo]", '[fonts]\ntext = "https://x/a.woff2"\n[logo]'), "Kies uit"),
    "an unknown shape": (toml("[logo]", '[shape]\nradius = "999px"\n[logo]'), "Kies uit none"),
    "a logo as high as the page": (toml("[logo]", '[logo]\nblock-size = "90rem"'), "tussen 1.5rem en 6rem"),
    "a block that is a text": ({"theme_toml": TOML.replace("[seeds]\naccent-1", "seeds")}, "moet een blok"),
    "broken toml": ({"theme_toml": "schema = = 1"}, "kan niet gelezen worden"),
    "toml that is no text": ({"theme_toml": b"\xff\xfe\x00"}, "kan niet gelezen worden"),
    "a key of thousands of dots": ({"theme_toml": "a." * 4000 + "a = 1"}, "mag hoogstens"),
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
    "a drawing that draws itself": (logo('<g id="a"><use href="#a"/></g>'), "herhaalt zichzelf"),
    "a small drawing without an end": (logo(many_uses()), "herhaalt zichzelf"),
    "a long row of drawings": (
        logo("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(1200))),
        "herhaalt zichzelf",
    ),
    "entities in another alphabet": (
        {"logo_svg": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO).encode("utf-16")},
        "geen tekst in UTF-8",
    ),
    "another encoding": (
        {"logo_svg": '<?xml version="1.0" encoding="utf-7"?>' + LOGO},
        "opdracht voor een ander programma",
    ),
    "a style sheet for the drawing": (
        {"logo_svg": '<?xml-stylesheet href="https://x.example/a.css"?>' + LOGO},
        "opdracht voor een ander programma",
    ),
    "a drawing that asks elsewhere": (
        logo('<path fill="image-set(\'x.png\' 1x)" d="M0 0"/>'),
        "laden of uitvoeren",
    ),
    "a drawing by a name of another place": (
        logo('<path fill="url(//x.example/a#b)" d="M0 0"/>'),
        "laden of uitvoeren",
    ),
    "a line of a mile": (logo("", 'viewBox="0 0 90000 1"'), "te lang of te hoog"),
    "a size of nothing": (logo("", 'viewBox="0 0 0 8"'), "viewBox die niet kan"),
    "a script in the icon": ({"favicon_svg": LOGO.replace("<path", "<script/><path")}, "favicon.svg bevat"),
    "a script in the dark logo": (
        {"logo-dark_svg": LOGO.replace("<path", "<script/><path")},
        "logo-dark.svg bevat",
    ),
    "two logos": ({"logo_png": png()}, "een logo.svg en een logo.png"),
    "a page that says it is a png": (with_png(b"<html><script>alert(1)</script>"), "is geen PNG"),
    "a png with a page behind it": (with_png(png() + b"<script>alert(1)</script>"), "gaat na het plaatje"),
    "a png that unpacks without end": (with_png(png(rows=90_000)), "meer of minder pixels"),
    "a png with too few pixels": (with_png(png(rows=3)), "meer of minder pixels"),
    "a png as wide as a street": (with_png(png(9000, 100)), "hoogstens 2400 bij 1200"),
    "a png of a few pixels": (with_png(png(20, 10)), "minstens 96 hoog"),
    "a png that moves": (
        with_png(png(more=struct.pack(">I", 0) + b"acTL" + struct.pack(">I", zlib.crc32(b"acTL")))),
        "beweegt",
    ),
    "a png that was cut off": (with_png(png()[:-20]), "geen geldige PNG"),
    "a png that was damaged": (with_png(png()[:-30] + b"\xff" + png()[-29:]), "geen geldige PNG"),
    "a png in an odd way": (with_png(png(interlaced=b"")), "interlaced"),
    "a font that is a script": (font(b"alert(1)"), "is geen WOFF2"),
    "a font that was cut off": (font(woff2()[:30]), "is afgebroken"),
    "a font with something behind it": (font(woff2() + b"PK\x03\x04"), "lengte klopt niet"),
    "a font that carries more": (font(woff2(meta=60)), "draagt gegevens mee"),
    "a font that unpacks without end": (font(woff2(unpacked=4_000_000_000)), "uitgepakt te groot"),
    "a collection of fonts": (font(woff2(flavour=0x74746366)), "geen los lettertype"),
    "a huge font": (font(woff2(200_000) + bytes(200_000)), "mag hoogstens 100 kB"),
    "a font without a licence": (font(woff2(), licence=""), "waarom u dit lettertype mag gebruiken"),
    "a font that is not there": (font(woff2(), regular="b.woff2"), "fonts/b.woff2 is er niet"),
    "a font of another folder": (font(woff2(), regular="../../a.woff2"), "geen bestand in fonts/"),
    "css in the name of a font": (font(woff2(), family='A";}*{x'), "family is de naam"),
    "a font that takes a name of ours": (
        {"theme_toml": TOML.replace("[logo]", '[fonts.own.inter]\nfamily = "Inter"\n[logo]')},
        "kies een andere naam",
    ),
    "a program that says it tells whom to call": (
        {"README_md": b"\x7fELF\x02\x01"},
        "README.md is geen gewone",
    ),
    "a picture that says it tells whom to call": ({"README_md": b"\x89PNG\xff"}, "geen tekst in UTF-8"),
    "a licence that is a web page": (
        {"fonts/OFL_txt": "\n<!DOCTYPE html><script>alert(1)</script>"},
        "fonts/OFL.txt is geen gewone tekst",
    ),
    "a licence that is a picture": ({"fonts/OFL_txt": b"GIF89a\0\0"}, "geen tekst in UTF-8"),
    "a broken font that nothing names": ({"fonts/a_woff2": b"alert(1)"}, "fonts/a.woff2 is geen WOFF2"),
    "a broken second logo for the dark": (
        {"logo-dark_svg": LOGO, "logo-dark_png": b"x"},
        "een logo-dark.svg en een logo-dark.png",
    ),
    "a program among the fonts": ({"fonts/run_js": "alert(1)"}, "fonts/run.js hoort niet"),
    "a crowd of fonts": (
        {f"fonts/f{n}_woff2": woff2() for n in range(30)},
        "staan 30 bestanden",
    ),
    "a name that looks like another": (toml("Gemeente Proef", "Gemeеnte Proef"), "CYRILLIC"),
    "a name with what nobody sees": (toml("Gemeente Proef", "Gemeente\u200b Proef"), "ZERO WIDTH"),
    "a municipality that cannot be": (
        toml('slug = "proef"', 'slug = "proef"\nmunicipalities = ["../x"]'),
        "lijst met korte namen",
    ),
    "a mode that is no yes or no": (toml("[logo]", '[modes]\ndark = "yes"\n[logo]'), "true of false"),
    "a number that is none": (tokens(**{"border-radius": {"md": {"$value": float("nan")}}}), "NaN"),
    "one token twice": ({"tokens_json": '{"basis": {}, "basis": {}}'}, "twee keer"),
    "broken json": ({"tokens_json": "{"}, "kan niet gelezen worden"),
    "a list as tokens": ({"tokens_json": "[]"}, "object met tokens"),
    "very deep json": ({"tokens_json": nested(100_000)}, "kan niet gelezen worden"),
    "deep tokens": ({"tokens_json": nested(60)}, "te veel lagen"),
    "huge tokens": ({"tokens_json": '{"a":"' + "x" * 2_100_000 + '"}'}, "mag hoogstens"),
    "tokens in two ways": ({**sets(), "tokens_json": "{}"}, "Houd er één"),
    "tokens that are no folder": ({"tokens": "{}"}, "tokens is geen map"),
    "a folder of tokens without a set": ({"tokens/$themes_json": "[]"}, "staat geen set"),
    "a program among the sets": (sets(run_js="alert(1)"), "tokens/run.js hoort niet"),
    "a set that is hidden as another file": (sets(**{"brand.json_exe": "{}"}), "hoort niet"),
    "a set by a name of the tool's own": (sets(**{"$secret_json": "{}"}), "tokens/$secret.json hoort niet"),
    "a set whose name turns text around": (sets(**{"a\u202eb_json": "{}"}), "hoort niet"),
    "a folder that has the name of a file": (sets(**{"other.json/x_json": "{}"}), "hoort niet"),
    "sets in folders in folders": (sets(**{"a/b/c/d/e/f/g/h_json": "{}"}), "ligt te diep"),
    "a crowd of sets": ({f"tokens/s{n}_json": "{}" for n in range(500)}, "meer dan 400 sets"),
    "sets that are huge together": (
        {f"tokens/s{n}_json": '{"a":"' + "x" * 300_000 + '"}' for n in range(7)},
        "tokens/ is 2101 kB",
    ),
    "sets with too many values together": (
        {f"tokens/s{n}_json": '{"a":[' + "1," * 9_000 + "1]}" for n in range(7)},
        "tokens/ bevat meer dan",
    ),
    "a broken set": (sets(**{"a/dark_json": "{"}), "tokens/a/dark.json kan niet gelezen worden"),
    "a deep set": (sets(deep_json=nested(60)), "tokens/deep.json: te veel lagen"),
    "a set that is a list": (sets(list_json="[]"), "tokens/list.json moet een object met tokens"),
    "a set with one token twice": (sets(twice_json='{"a": {}, "a": {}}'), "tokens/twice.json: a staat"),
    "themes that are no list": (sets(**{"$themes_json": "{}"}), "moet een lijst met thema's"),
    "an order that is no object": (sets(**{"$metadata_json": "[]"}), "$metadata.json moet een object"),
    "an export in one file among the sets": (sets(all_json='{"$themes": []}'), "export in één bestand"),
    "css in a set": (
        sets(x_json='{"basis": {"border-radius": {"md": {"$value": "1px;}*{color:red"}}}}'),
        "geen waarde die hier kan",
    ),
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
    "text that nobody can read": (tokens(text={"font-size": {"md": {"$value": "8px"}}}), "geen waarde"),
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


@pytest.mark.parametrize("name", ["tokens", "tokens/dark", "tokens/dark.json"])
def test_a_link_out_of_the_folder_of_tokens_is_refused(folder, tmp_path, name):
    place: Path = folder(**({"tokens/brand_json": "{}"} if "/" in name else {}))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.json").write_text("{}")
    os.symlink(tmp_path / "elsewhere" / ("secret.json" if name.endswith("json") else ""), place / name)
    with pytest.raises(ThemeRefused, match="verwijzing naar een andere plek"):
        read_folder(place)


def test_words_beside_a_theme_are_taken_with_all_that_people_write(folder):
    words = "# Wie te bellen\r\n<h1>Jan</h1> café\f\tbel <https://x.example>\n"
    assert read_folder(folder(**{"README_md": "\ufeff" + words, "fonts/OFL_txt": words})).slug == "proef"


def test_a_stray_file_is_refused(folder):
    place: Path = folder()
    (place / "style.css").write_text("*{}")
    with pytest.raises(ThemeRefused, match="hoort niet in een themamap"):
        read_folder(place)


def test_of_a_crowd_of_stray_files_some_are_told_and_the_rest_is_counted(folder):
    place: Path = folder()
    for number in range(100):
        (place / f"x{number}").write_text("")
    with pytest.raises(ThemeRefused) as refused:
        read_folder(place)
    assert len(refused.value.reasons) == 21
    assert refused.value.reasons[-1] == "En nog 80 van zulke bestanden."


def test_what_has_the_name_of_a_file_and_is_none_is_told_so(folder):
    place: Path = folder(logo_svg=None)
    (place / "logo.svg").mkdir()
    os.mkfifo(place / "tokens.json")
    (place / "fonts").write_text("")
    with pytest.raises(ThemeRefused) as refused:
        read_folder(place)
    assert refused.value.reasons == [
        "fonts is geen map.",
        "logo.svg is geen gewoon bestand.",
        "tokens.json is geen gewoon bestand.",
    ]


def test_so_is_what_has_the_name_of_a_typeface_and_is_none(folder):
    place: Path = folder()
    (place / "fonts").mkdir()
    os.mkfifo(place / "fonts" / "eigen.woff2")
    with pytest.raises(ThemeRefused, match=r"fonts/eigen\.woff2 is geen gewoon bestand\."):
        read_folder(place)


def test_all_reasons_are_told_at_once(folder):
    files = toml('"#00606b"', '"geen"')
    with pytest.raises(ThemeRefused) as refused:
        read_folder(
            folder(theme_toml=files["theme_toml"].replace("schema = 1", "schema = 2"), **logo("<script/>"))
        )
    assert len(refused.value.reasons) == 3


def test_what_a_drawing_program_leaves_behind_is_dropped(folder):
    inside = (
        '<metadata>Jan</metadata><x:y xmlns:x="urn:inkscape"/><path x:z="1" xmlns:x="urn:i" d="M0 0h8v8"/>'
    )
    drawn = make(read_folder(folder(**logo(inside)))).folder.logo
    assert "M0 0h8v8" in drawn
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
