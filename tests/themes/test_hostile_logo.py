"""Drawings that look small and harmless: refused before a browser or a printer has to draw them."""

import time
from contextlib import suppress

import pytest

from tests.themes.conftest import LOGO
from tests.themes.test_hostile import logo
from themes.folder import read_folder
from themes.logo import MOST, clean_logo
from themes.refusal import ThemeRefused

BOX = '<rect width="8" height="8"/>'


def drawing(inside: str, attributes: str = 'viewBox="0 0 8 8"') -> bytes:
    return logo(inside, attributes)["logo_svg"].encode()


def doubling(element: str, refers: str, times: int = 14) -> str:
    """Every one is drawn twice by the next: 16.000 times at the end."""
    twice = "".join(f'<{element} id="a{n + 1}">{refers % n}{refers % n}</{element}>' for n in range(times))
    return f'<{element} id="a0">{BOX}</{element}>{twice}{refers % times}'


BOMBS = {
    "copies": doubling("g", '<use href="#a%d"/>'),
    "copies by the old name": doubling("g", '<use xlink:href="#a%d"/>'),
    "masks": doubling("mask", '<rect width="8" height="8" mask="url(#a%d)"/>'),
    "edges": doubling("clipPath", '<rect width="8" height="8" clip-path="url(#a%d)"/>'),
    "edges of edges": doubling("clipPath", "<g clip-path=\"url('#a%d')\"/>"),
    "masks in a style": doubling("mask", '<rect width="8" height="8" style="fill:#fff;mask:url(#a%d)"/>'),
    "filters in a style": doubling("g", '<rect width="8" height="8" style="filter: url( #a%d )"/>'),
    "markers in a style": doubling("g", '<path style="marker-end:url(&quot;#a%d&quot;)" d="M0 0h8"/>'),
    "colours": doubling("mask", '<rect width="8" height="8" fill="url(#a%d) #fff"/>'),
    "colours of lines": doubling("symbol", '<path d="M0 0h8" stroke="url(#a%d)"/>'),
    "gradients after gradients": "".join(f'<linearGradient id="a{n}" href="#a{n + 1}"/>' for n in range(400)),
    "one long path, again and again": f'<path id="a" d="{"M0 0h8v8z" * 4000}"/>' + '<use href="#a"/>' * 60,
    "a mask that masks itself": '<mask id="a"><rect width="8" height="8" mask="url(#a)"/></mask>',
    "a gradient after itself": '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
}


@pytest.mark.parametrize("inside", BOMBS.values(), ids=BOMBS.keys())
def test_a_small_drawing_without_an_end_is_refused(inside):
    with pytest.raises(ThemeRefused, match="herhaalt zichzelf"):
        clean_logo(drawing(inside))


def test_colours_that_run_over_are_no_repetition():
    inside = (
        '<linearGradient id="a"><stop stop-color="#fff"/><stop stop-color="#000"/></linearGradient>'
        '<linearGradient id="b" xlink:href="#a"/><clipPath id="c"><rect width="8" height="8"/></clipPath>'
        + '<g clip-path="url(#c)">' + '<path fill="url(#b)" d="M0 0h8v8z"/>' * 600 + "</g>"
    )  # fmt: skip
    assert clean_logo(drawing(inside)).count("url(#b)") == 600


@pytest.mark.parametrize("name", ["%61", "a ", "a&#10;", "a&#9;b", ""])
def test_a_reference_that_a_browser_reads_as_another_name_is_refused(name):
    with pytest.raises(ThemeRefused, match="naam die niet kan"):
        clean_logo(drawing(f'<g id="a">{BOX}</g><use href="#{name}"/>'))
    if name:
        with pytest.raises(ThemeRefused, match="laden of uitvoeren"):
            clean_logo(drawing(f'<g id="a">{BOX}</g><g fill="url(#{name}x%61)">{BOX}</g>'))


def test_one_name_for_two_shapes_is_refused():
    with pytest.raises(ThemeRefused, match="meer dan één vorm met de id “a0”"):
        clean_logo(drawing(doubling("g", '<use href="#a%d"/>', 3) + '<g id="a0"/>'))


def test_a_layer_may_have_a_name_that_no_reference_has():
    kept = clean_logo(drawing(f'<g id="Frame 1">{BOX}</g><g id="Frame 1">{BOX}</g>'))
    assert "Frame" not in kept


@pytest.mark.parametrize("alphabet", ["utf-16", "utf-16-be", "utf-16-le", "utf-32-be"])
def test_entities_in_another_alphabet_are_refused_with_or_without_its_mark(alphabet):
    text = '<!DOCTYPE svg [<!ENTITY a "h1">]>' + LOGO.replace("M0 0", "M0 0&a;")
    with pytest.raises(ThemeRefused, match="geen tekst in UTF-8"):
        clean_logo(text.encode(alphabet))


def test_a_drawing_that_grows_when_it_is_written_out_is_refused():
    inside = f"<title>{'>' * (MOST - 500)}</title>{BOX}"
    with pytest.raises(ThemeRefused, match="uitgeschreven groter"):
        clean_logo(drawing(inside))


def test_a_declaration_of_a_drawing_program_is_taken():
    declared = '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n' + LOGO
    assert "M0 0h8v8H0z" in clean_logo(declared.encode())


@pytest.mark.parametrize(
    "text",
    [
        f'<svg><path d="M0 0{"h1" * 24_500}"/></svg>',
        f'<svg><path d="M0 0{" " * 49_000}"/></svg>',
        f'<svg><path d="M0 0{"a(" * 24_000}"/></svg>',
        f'<svg><path fill="{"url(#a" * 8_000}"/></svg>',
        f'<svg viewBox="{"1" * 49_000}"/>',
        f'<svg viewBox="0{" " * 49_000}"/>',
        "<?xml " * 8_300,
        "<?xml " + "version='1' " * 4_000,
    ],
    ids=["letters", "spaces", "calls", "references", "digits", "wide", "declarations", "declared"],
)
def test_a_long_value_is_read_in_no_time(text):
    start = time.process_time()  # of this process: another that is busy counts for nothing
    with suppress(ThemeRefused):
        clean_logo(text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').encode())
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    "box",
    [
        "x0y0z8q8",
        "0 0 8",
        "0 0 8 8 8",
        "0,,0 8 8",
        "0 0 -8 -8",
        "0 0 0.000001 0.000001",
        "0 0 ٨ ٨",
        "0 0 8 8e9",
        "0 0 nan nan",
        "0 0 999999 999999",
        "0 0 8 8; 9",
        "",
    ],
)
def test_a_frame_that_is_no_four_numbers_of_some_size_is_refused(box):
    with pytest.raises(ThemeRefused, match="viewBox die niet kan"):
        clean_logo(drawing(BOX, f'viewBox="{box}"'))


@pytest.mark.parametrize("box", ["0 0 101 10", "0 0 10 20.1"])
def test_a_drawing_that_would_run_off_the_paper_is_refused(box):
    with pytest.raises(ThemeRefused, match="10 keer zo breed als hoog, en 2 keer zo hoog als breed"):
        clean_logo(drawing(BOX, f'viewBox="{box}"'))


@pytest.mark.parametrize(
    "box",
    ["0 0 100 10", "0 0 10 20", "0 0 8 8", " 0,0,8,8 ", "-4.5 -.5 12.7 +8.", "0,\n0 , 2834.65\t1417.32"],
)
def test_a_frame_of_a_drawing_program_is_taken(box):
    assert "<rect" in clean_logo(drawing(BOX, f'viewBox="{box}"'))


@pytest.mark.parametrize(
    "size",
    [
        'width="0" height="0"',
        'width="0%"',
        'height="0"',
        'width="-5" height="-5"',
        'width="1" height="100000"',
        'width="16mm" height="16px"',
        'width="100%" height="100%"',
        'width="nan" height="nan"',
    ],
)
def test_a_size_that_is_none_or_another_than_that_of_the_drawing_does_not_count(folder, size):
    place = folder(logo_svg=drawing(BOX, f'viewBox="0 0 8 8" {size}'))
    assert read_folder(place).logo.split(">")[0].endswith('viewBox="0 0 8 8"')


def test_a_size_of_the_shape_of_the_drawing_stays():
    assert 'width="16mm" height="8.01mm"' in clean_logo(
        drawing(BOX, 'viewBox="0 0 8 4" width="16mm" height="8.01mm"')
    )


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<title>Proef</title><g/>",
        f"<defs>{BOX}</defs>",
        f'<symbol id="a">{BOX}</symbol>',
        '<path style="fill:red; display: none" d="M0 0h8v8z"/>',
        f'<g opacity="0">{BOX}</g>',
        f'<g style="opacity:0">{BOX}</g>',
    ],
)
def test_a_drawing_in_which_nothing_shows_is_refused(inside):
    with pytest.raises(ThemeRefused, match="is leeg"):
        clean_logo(drawing(inside))


UNSEEN = {
    "see-through": '<rect width="8" height="8" opacity="0.0"/>',
    "nearly see-through": '<rect width="8" height="8" style="opacity:1e-9"/>',
    "hidden": f'<g visibility="hidden">{BOX}</g>',
    "without colour": '<rect width="8" height="8" fill="none"/>',
    "of a colour that is see-through": '<rect width="8" height="8" fill-opacity="0"/>',
    "made to nothing": '<rect width="8" height="8" transform="scale(0)"/>',
    "of no size": '<rect width="0" height="8"/>',
    "a path to nowhere": "<path/>",
    "a line without width": '<path d="M0 0h8"/>',
    "a copy of nothing": '<use href="#nothing"/>',
    "cut off": f'<clipPath id="a"/><g clip-path="url(#a)">{BOX}</g>',
    "outside the frame": '<rect x="99" width="8" height="8"/>',
}


@pytest.mark.parametrize("inside", UNSEEN.values(), ids=UNSEEN.keys())
def test_a_drawing_of_which_nothing_is_seen_is_refused(folder, inside):
    with pytest.raises(ThemeRefused, match=r"logo\.svg is leeg"):
        read_folder(folder(logo_svg=drawing(inside)))


def filled(colour):
    return drawing(f'<path d="M0 0h8v8z" fill="{colour}"/>')


@pytest.mark.parametrize("colour", ["#fff", "#fefefe", "#e5e5e5", "#00606b0a"])
def test_a_logo_that_white_swallows_is_refused(folder, colour):
    with pytest.raises(ThemeRefused, match=r"logo\.svg is zo licht dat u hem, of een groot deel"):
        read_folder(folder(logo_svg=filled(colour)))


@pytest.mark.parametrize("colour", ["#000", "#003", "#ffffff08"])
def test_a_logo_for_the_dark_that_the_dark_swallows_is_refused(folder, colour):
    with pytest.raises(ThemeRefused, match=r"logo-dark\.svg is zo donker"):
        read_folder(folder(**{"logo-dark_svg": filled(colour)}))


DOT = '<path d="M0 0h2v8h-2z" fill="#a00"/>'


@pytest.mark.parametrize(
    ("name", "rest"), [("logo", "#fff"), ("logo-dark", "#020202")], ids=["on white", "on black"]
)
def test_so_is_one_of_which_only_a_small_part_shows(folder, name, rest):
    dot = DOT if name == "logo" else DOT.replace("#a00", "#fff")
    half_seen = drawing(f'{dot}<path d="M3 1h4v6h-4z" fill="{rest}"/>')
    with pytest.raises(ThemeRefused, match="een groot deel ervan"):
        read_folder(folder(**{f"{name}_svg": half_seen}))


def test_a_logo_that_brings_its_own_white_is_taken(folder):
    on_a_plate = drawing('<path d="M0 0h8v8h-8z" fill="#fff"/><path d="M3 3h2v2h-2z" fill="#a00"/>')
    assert "#a00" in read_folder(folder(logo_svg=on_a_plate)).logo


def test_a_yellow_logo_is_taken_a_white_one_for_the_dark_and_a_white_icon(folder):
    light = {"logo-dark_svg": filled("#fff"), "favicon_svg": filled("#fff")}
    theme = read_folder(folder(logo_svg=filled("#fc0"), **light))
    assert "#fc0" in theme.logo
    assert "#fff" in theme.logo_dark
    assert "#fff" in theme.icon


def test_a_drawing_at_which_the_printer_stumbles_is_refused(folder):
    inside = '<rect width="4" height="4" stroke="#000" stroke-width="1e30"/>'
    with pytest.raises(ThemeRefused, match="niet af te drukken"):
        read_folder(folder(logo_svg=drawing(inside, 'viewBox="0 0 64 64"')))


def test_a_drawing_that_is_half_seen_through_or_shows_a_copy_is_taken():
    assert "<rect" in clean_logo(drawing(f'<g style="opacity:0.5">{BOX}</g>'))
    assert "<use" in clean_logo(drawing(f'<symbol id="a">{BOX}</symbol><use href="#a"/>'))


def test_a_style_keeps_what_draws_and_nothing_that_lays_out_a_page():
    over = "position:fixed; inset:0;z-index:99;width:100vw;pointer-events:all"
    program = "-inkscape-stroke:none;font-variation-settings:normal;fill:#123456 /* a */;margin:-9px"
    drawn = "fill:#00606b;fill-opacity:0.5;stroke:rgb(1, 2, 3);clip-path:url(#c);mix-blend-mode:multiply"
    shape = f'<path class="mijn-header" style="{over}; {program};{drawn}" d="M0 0h8"/>'
    inside = f'<clipPath id="c">{BOX}</clipPath>{shape}'
    kept = clean_logo(drawing(inside, f'viewBox="0 0 8 8" style="{over}"'))
    assert f'<path style="{drawn}" d="M0 0h8" />' in kept
    assert kept.count("style=") == 1
    assert "class" not in kept


@pytest.mark.parametrize("hides", ['display="none"', 'style="display:none!important"', 'visibility="hidden"'])
def test_a_layer_that_is_hidden_stays_hidden(hides):
    kept = clean_logo(drawing(f"<g {hides}>{BOX}</g>{BOX}"))
    assert "none" in kept or "hidden" in kept
