"""Token files of three tools, with every construct of their formats: read whole, nothing lost silently."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from themes.colour import hex_of, read_colour
from themes.ramp import generate
from themes.refusal import ThemeRefused
from themes.token_files import Reading, read_tokens
from themes.token_files.maths import worked_out

FIXTURES = Path(__file__).parent / "tokens"
GENERATED = generate({"accent-1": "#2f4b66"})


@pytest.fixture
def reading(tmp_path):
    """Reads a tree, or one of the fixtures, as a token file or a folder of them."""

    def one(tree: Mapping[str, object] | str) -> Reading:
        if isinstance(tree, str) and (FIXTURES / tree).is_dir():
            return read_tokens(FIXTURES / tree, GENERATED, GENERATED, {})
        text = (FIXTURES / f"{tree}.json").read_text() if isinstance(tree, str) else json.dumps(tree)
        (tmp_path / "tokens.json").write_text(text)
        return read_tokens(tmp_path / "tokens.json", GENERATED, GENERATED, {})

    return one


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.iterdir()))
def test_every_token_is_used_or_told_with_why_it_is_not(reading, name: str):
    found = reading(name)
    left = {one.split(" (")[0] for names in found.left.values() for one in names}
    assert found.used | left == found.names
    told = " ".join(found.notes)
    for why, names in found.left.items():
        assert why in told
        assert names[0] in told


def test_the_export_of_tokens_studio_is_read_whole(reading):
    found = reading("tokens-studio")
    assert found.light == {
        "color-accent-1-color-document": "#113a40",
        "color-accent-1-color-active": "#003036",
        "color-accent-1-border-subtle": "#f3d89d",
        "color-default-color-document": "#101820",
        "color-default-bg-document": "#ffffff",
        "border-radius-sm": "2px", "border-radius-md": "8px", "border-radius-lg": "12px",
        "border-radius-round": "999px", "border-width-sm": "1px", "border-width-md": "2px",
        "text-font-family-default": '"Inter", sans-serif', "text-font-size-md": "1.125rem",
        "text-font-size-lg": "1.4062rem", "text-font-weight-default": "400", "text-font-weight-bold": "600",
        "text-line-height-md": "1.6",
        "heading-font-family": '"Inter", sans-serif', "heading-font-weight": "700",
        "color-action-2-color-default": "#00606b",
        "page-max-inline-size": "1120px",
    }  # fmt: skip
    assert found.dark == {
        "color-default-bg-document": "#0b1416",
        "color-default-color-document": "#f2f5f5",
    }
    told = " ".join(found.notes)
    for left in ("“weg”", "“oud”", "“Ruim”", "density/ruim", "description (1)", "$description (1)"):
        assert left in told
    assert "$extensions org.example.owner (1)" in told
    assert "alleen bron is: stap, rood" in told


def test_an_export_of_tokens_studio_in_more_files_is_read_whole(reading):
    found = reading("tokens-studio-folder")
    assert found.light == {
        "color-action-2-color-default": "#00606b",
        "color-default-color-document": "#101820",
        "border-radius-md": "8px",
        "page-max-inline-size": "1280px",
    }
    assert found.dark == {"color-default-color-document": "#f2f5f5"}
    assert [note for note in found.notes if "de set" in note] == [
        "tokens: de set “verdwenen” staat in de volgorde, maar is er niet.",
        "tokens: de set “los” staat niet in de volgorde ($metadata); hij ligt bovenop.",
        "tokens: een thema zet de set “kwijt” aan, maar die is er niet.",
        "tokens: de set “los” staat in geen gekozen thema aan.",
    ]


def test_one_file_and_the_same_in_more_files_come_to_the_same(reading, tmp_path):
    tree = json.loads((FIXTURES / "tokens-studio.json").read_text())
    for name, one in tree.items():
        path = tmp_path / "tokens" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(one))
    assert read_tokens(tmp_path / "tokens", GENERATED, GENERATED, {}) == reading("tokens-studio")


@pytest.mark.parametrize("metadata", [None, {}, {"tokenSetOrder": "b"}])
def test_files_without_an_order_lie_on_their_names_and_that_is_told(tmp_path, metadata):
    for name, colour in (("b", "#00606b"), ("a", "#101820")):
        tree = {"basis": {"heading": {"color": {"$value": colour}}}}
        (tmp_path / f"{name}.json").write_text(json.dumps(tree))
    if metadata is not None:
        (tmp_path / "$metadata.json").write_text(json.dumps(metadata))
    found = read_tokens(tmp_path, GENERATED, GENERATED, {})
    assert found.light == {"heading-color": "#00606b"}
    assert "tokenSetOrder" in found.notes[0]


def test_a_set_is_known_however_a_computer_writes_its_accents(tmp_path):
    (tmp_path / "$metadata.json").write_text(json.dumps({"tokenSetOrder": ["Kleur\u00e9", "b"]}))
    (tmp_path / "Kleure\u0301.json").write_text('{"basis": {"heading": {"color": {"$value": "#00606b"}}}}')
    (tmp_path / "b.json").write_text("{}")
    assert read_tokens(tmp_path, GENERATED, GENERATED, {}).notes == []


def test_dtcg_is_read_whole(reading):
    found = reading("dtcg")
    assert found.light == {
        "color-accent-2-color-default": "#00606b",
        "color-accent-2-color-document": "#003b41",
        "color-accent-3-color-default": "#00606b",
        "color-accent-3-color-document": "#003b41",
        "color-accent-3-color-hover": "#2e2e2e",
        "color-info-color-default": "#00606b",
        "color-info-color-hover": "#006066",
        "color-info-color-active": "#003b41",
        "color-info-border-default": "#00606a",
        "border-radius-sm": "4px", "border-radius-md": "0.75rem",
        "text-line-height-md": "1.6", "text-font-weight-bold": "600",
        "heading-font-family": '"Source Sans 3", sans-serif', "heading-font-weight": "600",
        "focus-outline-color": "#0b0c0c", "focus-outline-width": "4px",
    }  # fmt: skip
    told = " ".join(found.notes)
    assert "accent-9" in told
    assert "$deprecated (1)" in told
    assert "$extensions nl.nldesignsystem.contrast-with (1)" in told


@pytest.mark.parametrize(
    "space",
    [
        "srgb-linear",
        "hsl",
        "hwb",
        "lab",
        "lch",
        "oklab",
        "p3",
        "a98",
        "prophoto",
        "rec2020",
        "xyz65",
        "xyz50",
    ],
)
def test_a_colour_is_read_in_each_space_of_dtcg(reading, space):
    tree = json.loads((FIXTURES / "dtcg.json").read_text())
    tree["basis"] = {"color": {"info": {"color-default": {"$value": f"{{merk.{space}}}"}}}}
    colour = reading(tree).light["color-info-color-default"]
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    assert red < 70
    assert 60 < green < 130
    assert 60 < blue < 140


def test_the_resolver_of_dtcg_is_read_whole(reading):
    found = reading("dtcg-resolver")
    assert found.light == {
        "border-radius-md": "6px",
        "color-default-color-document": "#101820",
        "color-action-2-color-default": "#00606b",
    }
    assert found.dark == {"color-default-color-document": "#f2f5f5"}
    told = " ".join(found.notes)
    assert "“elders.tokens.json” zit er niet bij" in told
    assert "“veel contrast” is niet gekozen" in told


def test_the_download_of_the_theme_wizard_is_read_whole(reading):
    found = reading("theme-wizard")
    assert found.light == {
        "color-default-color-document": "#101820",
        "color-default-bg-document": "#ffffff",
        "color-action-2-color-default": "#00606b",
        "border-radius-md": "8px",
        "text-font-family-default": '"Inter", sans-serif',
        "text-font-size-md": "1.125rem",
        "text-font-weight-bold": "700",
        "text-line-height-md": "1.5",
    }
    assert {why: len(names) for why, names in found.left.items()} == {
        "hoort niet bij de basislaag (voorbeeldstad)": 1,
        "hoort niet bij de basislaag (nl)": 1,
        "stellen wij niet per thema in": 1,
    }


def test_style_dictionary_3_is_read_whole(reading):
    found = reading("style-dictionary-3")
    assert found.light == {
        "color-accent-2-color-default": "#00606b",
        "color-accent-2-color-hover": "#000080",
        "color-accent-2-color-document": "#101820",
        "color-accent-3-color-default": "#00606b",
        "color-accent-3-color-hover": "#00606b",
        "color-accent-3-color-active": "#101820",
        "color-accent-3-color-document": "#00606b",
        "border-radius-sm": "4px", "border-radius-md": "0.75rem",
        "heading-font-family": '"Zilla Slab", serif', "heading-font-weight": "700",
        "text-line-height-md": "1.6", "text-font-size-sm": "1rem",
    }  # fmt: skip
    assert "comment (1)" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("sum_", "outcome"),
    [
        ("4px * 2", "8px"), ("(1rem + 0.5rem) / 2", "0.75rem"), ("-4px", "-4px"), ("2 ^ 3", "8"),
        ("roundTo(10px / 3, 1)", "3.3px"), ("min(4px, 2px)", "2px"), ("10px / 4px", "2.5"),
        ("4px + 2rem", "4px + 2rem"), ("4px / 0", "4px / 0"), ("4px 8px", "4px 8px"), ("9^9^9", "9^9^9"),
        ("__import__(1)", "__import__(1)"), ("(" * 90 + "1", "(" * 90 + "1"),
    ],
)  # fmt: skip
def test_sums_are_worked_out_and_what_is_no_sum_stays_as_it_is(sum_: str, outcome: str):
    assert worked_out(sum_) == outcome


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ({"a": {"$value": "{b}"}, "b": {"$value": "{a}"}}, "in een kring"),
        ({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}, "in een kring"),
        ({"a": {"$ref": "https://elders.example/a.json"}}, "ander bestand"),
        ({"a": {"$ref": "#/nergens"}}, "dat is er niet"),
        ({"a": {"$value": {"colorSpace": "cmyk", "components": [0, 0, 0, 0]}}}, "cmyk"),
        ({"a": {"$value": {"colorSpace": "srgb", "components": ["none", 1]}}}, "drie getallen"),
        ({"a": {"$value": {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5}}}, "doorzichtig"),
        (
            {
                "a": {
                    "$value": "#fff",
                    "$extensions": {"studio.tokens": {"modify": {"type": "alpha", "value": ".5"}}},
                }
            },
            "doorzichtig",
        ),
        (
            {"a": {"$value": "#fff", "$extensions": {"studio.tokens": {"modify": {"type": "melt"}}}}},
            "niet kennen",
        ),
        ({"a": {"$value": "linear-gradient(red, blue)"}}, "is geen kleur"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_with_its_reason(reading, tree, reason):
    tree["basis"] = {"color": {"info": {"color-default": {"$value": "{a}"}}}}
    with pytest.raises(ThemeRefused, match=reason):
        reading(tree)


def test_groups_that_extend_each_other_in_a_circle_are_refused(reading):
    with pytest.raises(ThemeRefused, match="in een kring uit"):
        reading({"a": {"$extends": "{b}"}, "b": {"$extends": "{a}"}})


def test_texts_that_grow_without_end_are_refused(reading):
    tree: dict[str, object] = {"t0": {"$value": "x" * 90}}
    tree |= {f"t{n + 1}": {"$value": f"{{t{n}}} {{t{n}}}"} for n in range(30)}
    tree["basis"] = {"color": {"info": {"color-default": {"$value": "{t30}"}}}}
    with pytest.raises(ThemeRefused, match="te lang"):
        reading(tree)


@given(st.integers(0, 0xFFFFFF), st.sampled_from([str.lower, str.upper]))
def test_a_colour_that_is_written_as_hex_is_what_the_library_makes_of_it(number, written):
    text = written(f"#{number:06x}")
    assert read_colour(f" {text} ", "hier") == hex_of(Color(text))


def token(value: object) -> dict[str, object]:
    return {"$value": value}


def sets(light: Mapping[str, object], dark: Mapping[str, object]) -> dict[str, object]:
    """An export of Tokens Studio with a set for the day and one that lies over it in the dark."""
    return {"licht": light, "dark": dark, "$metadata": {"tokenSetOrder": ["licht", "dark"]}}


def test_a_value_without_its_dollar_is_told_however_deep_it_stands(reading):
    found = reading({"basis": {"heading": {"color": "#7a1020"}, "focus": {"color": ["#000000"]}}})
    assert found.light == {}
    told = " ".join(found.notes)
    assert "basis.heading.color (1)" in told
    assert "basis.focus.color (1)" in told


def test_what_only_the_dark_set_has_and_is_not_used_is_told_too(reading):
    found = reading(
        sets(
            {"basis": {"heading": {"color": token("#101820")}}},
            {
                "basis": {"heading": {"color": token("#f2f5f5")}, "shadow": {"x": token("1px")}},
                "brand": {"glow": {"$value": "#ffffff", "$extensions": {"org.example": 1}}},
            },
        )
    )
    told = " ".join(found.notes)
    assert found.dark == {"heading-color": "#f2f5f5"}
    for left in ("brand.glow", "basis.shadow.x", "$extensions org.example (1)"):
        assert left in told


def test_of_a_typeface_that_we_do_not_have_the_one_in_its_place_is_told(reading):
    found = reading({"basis": {"heading": {"font-family": token(["Gotham", "Inter"])}}})
    assert found.light == {"heading-font-family": '"Inter", sans-serif'}
    assert 'want “gotham” hebben wij niet; het is nu "Inter": basis.heading.font-family' in found.notes[0]


def test_of_what_stands_there_twice_the_first_is_told_to_do_nothing(reading):
    found = reading({"basis": {"heading": {"color": token("#101820")}, "heading-color": token("#7a1020")}})
    assert found.light == {"heading-color": "#7a1020"}
    assert "want hetzelfde staat later nog eens in het bestand: basis.heading.color" in found.notes[0]
