"""Readable for everyone: by construction from seeds, and by refusal for what is made by hand."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.themes.conftest import LOGO, TOML
from themes.build import folders
from themes.colour import contrast, parts_of
from themes.contrast import PAIRS, unreadable
from themes.folder import ThemeFolder, read_folder
from themes.made_of import tokens_of_base
from themes.make import in_mode, make
from themes.ramp import BUTTON_GROUNDS, DARK, LIGHT, ROLES, SEEDS, STEPS
from themes.refusal import ThemeRefused

SHIPPED = folders([Path("themes")])
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
HARDEST = ["#ffffff", "#000000", "#f5d90a", "#cc0000", "#00ff00", "#0000ff"]
OTHER_SEEDS = [seed for seed in SEEDS if seed != "accent-1"]


def folder_of(seeds: dict[str, str]) -> ThemeFolder:
    return ThemeFolder(
        slug="proef", name="Proef", seeds=seeds, text_face="inter", heading_face="inter", radius="none",
        borders="thin", tint="accent-1", logo="<svg/>", logo_alt="Proef", logo_height=3,
        name_beside_logo=True, icon="<svg/>", tokens=None,
    )  # fmt: skip


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_pair_of_a_shipped_theme_can_be_read(slug: str):
    made = make(read_folder(SHIPPED[slug]))
    assert unreadable(made.tokens) == []
    assert not made.night or unreadable(made.night) == []


@settings(max_examples=200, deadline=None)
@given(accent=COLOURS, others=st.dictionaries(st.sampled_from(OTHER_SEEDS), COLOURS))
def test_any_seeds_give_a_theme_that_can_be_read_by_day_and_by_night(accent: str, others: dict[str, str]):
    folder = folder_of({"accent-1": accent, **others})
    assert unreadable(in_mode(folder, LIGHT)) == []
    assert unreadable(in_mode(folder, DARK)) == []


@pytest.mark.parametrize("accent", HARDEST)
def test_the_hardest_seeds_give_a_theme_that_can_be_read_by_day_and_by_night(accent: str):
    folder = folder_of(dict.fromkeys(SEEDS, accent))
    assert unreadable(in_mode(folder, LIGHT)) == []
    assert unreadable(in_mode(folder, DARK)) == []


WITH_DARK = TOML + "[modes]\ndark = true\n"


def test_a_theme_is_dark_only_when_it_says_so_and_then_on_screens_that_ask_for_it(folder, tmp_path):
    assert "prefers-color-scheme" not in make(read_folder(folder())).css
    (tmp_path / "themes" / "proef" / "theme.toml").write_text(WITH_DARK)
    by_day, by_night = make(read_folder(tmp_path / "themes" / "proef")).css.split("@media ")
    assert by_night.startswith("screen and (prefers-color-scheme:dark){:root{color-scheme:dark;")
    assert "--basis-color-default-bg-document:#ffffff" in by_day
    assert "--basis-color-default-bg-document:#ffffff" not in by_night


def test_a_logo_without_a_dark_one_lies_on_white_by_night(folder, tmp_path):
    made = make(read_folder(folder(theme_toml=WITH_DARK)))
    assert "--mijn-logo-plate:#ffffff" in made.css
    assert any("logo-dark.svg" in note for note in made.notes)
    (tmp_path / "themes" / "proef" / "logo-dark.svg").write_text(LOGO)
    assert "--mijn-logo-plate" not in make(read_folder(tmp_path / "themes" / "proef")).css


def test_tokens_by_hand_for_the_night_are_used_and_checked(folder, tmp_path):
    tree = {
        "$metadata": {"tokenSetOrder": ["licht", "donker"]},
        "licht": json.loads(hand_made("#101820")),
        "donker": json.loads(hand_made("#eef2f4")),
    }
    place = folder(theme_toml=WITH_DARK, tokens_json=json.dumps(tree))
    made = make(read_folder(place))
    assert made.tokens["color-default-color-document"] == "#101820"
    assert made.night["color-default-color-document"] == "#eef2f4"
    tree["donker"] = json.loads(hand_made("#333333"))
    (place / "tokens.json").write_text(json.dumps(tree))
    with pytest.raises(ThemeRefused, match="In het donker: lopende tekst"):
        make(read_folder(place))
    (place / "theme.toml").write_text(TOML)
    assert any("[modes] dark = true" in note for note in make(read_folder(place)).notes)


def test_all_roles_and_steps_are_there_and_all_that_the_base_style_reaches():
    tokens = make(read_folder(SHIPPED["zandmeer"])).tokens
    assert {
        f"color-{role}{kind}-{step}" for role in ROLES for kind in ("", "-inverse") for step in STEPS
    } <= tokens.keys()
    assert {name for name in tokens_of_base() if name.startswith("color-")} <= tokens.keys()
    assert len(PAIRS) >= 192


def test_a_brand_colour_that_reads_is_used_as_it_is():
    tokens = make(read_folder(SHIPPED["zandmeer"])).tokens
    assert tokens["color-accent-1-inverse-bg-default"] == "#00606b"
    assert tokens["color-action-1-inverse-bg-default"] == "#00606b"


def test_the_designer_is_told_where_a_colour_had_to_move(folder):
    place = folder(theme_toml=WITH_DARK.replace("#00606b", "#f5d90a"))
    moved = " ".join(make(read_folder(place)).moved)
    assert re.search(r"action-2 .*#f5d90a is geworden #[0-9a-f]{6}, want een link moet", moved)
    assert "Bevalt die niet, kies dan zelf een kleur bij action-2." in moved
    assert moved.count("zwarte tekst") == 1  # by night it is the same


@pytest.mark.parametrize("brand", ["#f5d90a", "#e17000", "#8fd3ff", "#ffffff"])
def test_a_light_brand_keeps_its_buttons_and_they_get_a_line(folder, brand):
    made = make(read_folder(folder(theme_toml=WITH_DARK.replace("#00606b", brand))))
    assert made.tokens["color-action-1-inverse-bg-default"] == brand
    line = made.tokens["primary-button-border-color"]
    assert min(contrast(line, made.tokens[ground]) for ground in BUTTON_GROUNDS) >= 3
    assert f"--basis-primary-button-border-color:{line}" in made.css
    assert any("donkere lijn" in note for note in made.notes)


def test_beside_a_pale_button_texts_are_grey_and_so_are_links_that_were_given_no_colour(folder):
    pale = TOML.replace("#00606b", "#f5d90a")
    place = folder(theme_toml=pale)
    tokens = make(read_folder(place)).tokens
    assert parts_of(tokens["color-action-1-color-default"])[1] < 0.05
    assert parts_of(tokens["color-action-2-color-default"])[1] < 0.05
    (place / "theme.toml").write_text(pale.replace("[seeds]", '[seeds]\naction-2 = "#00606b"'))
    assert make(read_folder(place)).tokens["color-action-2-color-default"] == "#00606b"


def test_a_button_that_stands_out_has_no_line(folder):
    made = make(read_folder(folder()))
    assert made.tokens["primary-button-border-color"] == made.tokens["color-transparent"]
    assert not any("donkere lijn" in note for note in made.notes)


def test_a_light_button_by_hand_gets_a_line_or_is_refused(folder, tmp_path):
    def by_hand(**steps: str) -> str:
        ramp = {step.replace("_", "-"): {"$type": "color", "$value": value} for step, value in steps.items()}
        return json.dumps({"basis": {"color": {"action-1-inverse": ramp}}})

    black = dict.fromkeys(("color_default", "color_hover", "color_active", "color_document"), "#000000")
    light = dict.fromkeys(("bg_subtle", "bg_default", "bg_hover", "bg_active"), "#ffe14d")
    lines = ("border_default", "border_hover", "border_active")
    place = folder(tokens_json=by_hand(**black, **light, **dict.fromkeys(lines, "#5c4a00")))
    assert make(read_folder(place)).tokens["primary-button-border-color"] == "#5c4a00"
    (place / "tokens.json").write_text(by_hand(**black, **light, **dict.fromkeys(lines, "#fff7cc")))
    with pytest.raises(ThemeRefused, match="rand"):
        make(read_folder(place))


SIGNS = dict.fromkeys(("color-default", "color-hover", "color-active", "color-document"), "#000000")
LIGHT_FILL = dict.fromkeys(("bg-subtle", "bg-default", "bg-hover", "bg-active"), "#ffe14d")
LIGHT_LINE = dict.fromkeys(("border-default", "border-hover", "border-active"), "#fff7cc")


@pytest.mark.parametrize(
    "steps",
    [{"bg-default": "#ffe14d"}, {**SIGNS, **LIGHT_FILL}, {**SIGNS, **LIGHT_FILL, **LIGHT_LINE}],
    ids=["a fill", "a fill with its text", "a fill with its text and line"],
)
def test_what_is_advised_for_a_light_button_is_of_tokens_that_were_set_and_is_accepted(folder, steps):
    def written(steps: dict[str, str]) -> str:
        ramp = {step: {"$type": "color", "$value": value} for step, value in steps.items()}
        return json.dumps({"basis": {"color": {"action-1-inverse": ramp}}})

    place = folder(tokens_json=written(steps))
    with pytest.raises(ThemeRefused) as refused:
        make(read_folder(place))
    named = re.findall(r"wel kan voor basis\.([a-z0-9.-]+) is (#[0-9a-f]{6})", str(refused.value))
    advised = {name.removeprefix("color.action-1-inverse."): colour for name, colour in named}
    assert advised
    assert advised.keys() <= steps.keys()
    (place / "tokens.json").write_text(written({**steps, **advised}))
    make(read_folder(place))


def hand_made(value: str, name: str = "color.default.color-document") -> str:
    tree: dict[str, object] = {"$type": "color", "$value": value}
    for part in reversed(["basis", *name.split(".")]):
        tree = {part: tree}
    return json.dumps(tree)


def test_a_hand_made_token_wins(folder):
    made = make(read_folder(folder(tokens_json=hand_made("#101820"))))
    assert made.tokens["color-default-color-document"] == "#101820"
    assert "--basis-color-default-color-document:#101820" in made.css


def test_a_colour_that_was_set_by_hand_is_not_told_as_moved(folder):
    steps = {step: {"$type": "color", "$value": "#7a1f5c"} for step in ("bg-default", "bg-document")}
    tokens = {"basis": {"color": {"action-1-inverse": steps}}}
    assert make(read_folder(folder(tokens_json=json.dumps(tokens)))).moved == []


def test_a_seed_whose_text_is_clearly_another_colour_is_told_and_one_that_is_as_good_as_the_same_is_not(
    folder,
):
    seeds = 'negative = "#ff9999"\ninfo = "#0b5cad"\n[logo]'
    told = make(read_folder(folder(theme_toml=TOML.replace("[logo]", seeds)))).moved
    assert [one.partition(":")[0] for one in told] == ["negative"]
    assert re.search(r"negative: als tekst is #ff9999 geworden #[0-9a-f]{6}", told[0])


def test_colours_by_hand_that_do_nothing_in_the_dark_are_told(folder, tmp_path):
    place = folder(theme_toml=WITH_DARK, tokens_json=hand_made("#101820"))
    assert any("alleen in het licht" in note for note in make(read_folder(place)).notes)
    both = {"$metadata": {"tokenSetOrder": ["licht", "donker"]}, "licht": json.loads(hand_made("#101820"))}
    (place / "tokens.json").write_text(json.dumps({**both, "donker": json.loads(hand_made("#eef2f4"))}))
    assert not any("alleen in het licht" in note for note in make(read_folder(place)).notes)


def test_a_hand_made_token_that_cannot_be_read_is_refused_with_the_nearest_that_can(folder):
    with pytest.raises(ThemeRefused) as refused:
        make(read_folder(folder(tokens_json=hand_made("#8a9aa8"))))
    reason = refused.value.reasons[0]
    found = re.search(r"basis\.color\.default\.color-document is (#[0-9a-f]{6})", reason)
    assert "basis.color.default.color-document (#8a9aa8) op basis." in reason
    assert re.search(r"haalt 2,\d+ : 1; nodig is 4,5 : 1", reason)
    assert found
    assert contrast(found[1], "#ffffff") >= 4.5


def test_the_advised_colour_is_accepted(folder, tmp_path):
    place = folder(tokens_json=hand_made("#8a9aa8"))
    with pytest.raises(ThemeRefused) as refused:
        make(read_folder(place))
    advised = re.search(r"document is (#[0-9a-f]{6})", refused.value.reasons[0])
    assert advised
    (place / "tokens.json").write_text(hand_made(advised[1]))
    assert make(read_folder(place)).tokens["color-default-color-document"] == advised[1]


@pytest.mark.parametrize(
    "tokens",
    [
        {"basis": {"border-radius": {"md": {"$type": "dimension", "$value": {"value": 4, "unit": "px"}}}}},
        {"basis": {"border-radius": {"md": {"value": "4px"}}}},
        {"brand": {"r": {"$value": "4px"}}, "basis": {"border-radius": {"md": {"$value": "{brand.r}"}}}},
        {
            "$metadata": {"tokenSetOrder": ["common", "brand"]},
            "common": {"basis": {"border-radius": {"md": {"$value": "2px"}}}},
            "brand": {"basis": {"border-radius": {"md": {"$value": "4px"}}}},
        },
    ],
    ids=["DTCG", "Style Dictionary 3", "a reference", "Tokens Studio"],
)
def test_token_files_are_read_in_each_way_that_tools_write_them(folder, tokens):
    assert make(read_folder(folder(tokens_json=json.dumps(tokens)))).tokens["border-radius-md"] == "4px"


def test_a_colour_object_of_dtcg_is_read(folder):
    colour = {"colorSpace": "srgb", "components": [0.0627, 0.0941, 0.1255], "alpha": 1}
    tokens = {"basis": {"color": {"default": {"color-document": {"$type": "color", "$value": colour}}}}}
    assert (
        make(read_folder(folder(tokens_json=json.dumps(tokens)))).tokens["color-default-color-document"]
        == "#101820"
    )


def test_what_does_not_belong_to_the_basis_is_told_and_not_used(folder):
    made = make(
        read_folder(folder(tokens_json=json.dumps({"utrecht": {"button": {"color": {"$value": "red"}}}})))
    )
    assert any("utrecht" in note for note in made.notes)
    assert "red" not in made.css
