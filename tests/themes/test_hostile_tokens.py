"""Token files that are made to hang, to crash or to break the page: read or refused, each with its reason."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from themes.ramp import ROLES, STEPS, generate
from themes.refusal import ThemeRefused, shown
from themes.token_files import Reading, read_tokens
from themes.token_files.basis import TEXT_SIZES

GENERATED = generate({"accent-1": "#2f4b66"})
Read = Callable[[object], Reading]


def read_in(place: Path, tree: object) -> Reading:
    path = place / "tokens.json"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree))
    return read_tokens(path, GENERATED, GENERATED, {})


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return lambda tree: read_in(tmp_path, tree)


def basis(name: str, value: object, **beside: object) -> dict[str, Any]:
    group, _, rest = name.partition(".")
    return {"basis": {group: {rest: {"$value": value, **beside}}}}


def changed(value: str = "#000000", **change: object) -> dict[str, Any]:
    return basis("heading.color", value, **{"$extensions": {"studio.tokens": {"modify": change}}})


def doubled(value: object, again: Callable[[str], object]) -> dict[str, Any]:
    """Twenty-eight tokens that each refer to the one before twice."""
    steps = {f"a{n + 1}": {"$value": again(f"{{a{n}}}")} for n in range(28)}
    return {**basis("border-radius.md", "{a28}"), "a0": {"$value": value}, **steps}


TOO_MUCH = "zo vaak naar elkaar"
HANGING = {
    "texts that are empty": (doubled("", lambda one: one + one), "geen waarde die hier kan"),
    "lists": (doubled("1", lambda one: [one, one]), "te lang"),
    "a list of long texts": (
        {**basis("border-radius.md", ["{a}"] * 900), "a": {"$value": "x" * 900_000}},
        "te lang",
    ),
    "groups that extend each other twice": (
        {
            "g0": {"t": {"$value": "1"}},
            **{
                f"g{n + 1}": {"x": {"$extends": f"{{g{n}}}"}, "y": {"$extends": f"{{g{n}}}"}}
                for n in range(23)
            },
        },
        TOO_MUCH,
    ),
    "a long chain of groups": (
        {f"g{n}": {"$extends": f"{{g{n + 1}}}"} for n in range(9000)},
        "te diep",
    ),
    "sets in sets in sets": (
        {
            "resolutionOrder": [{"$ref": "#/s/a"}],
            "s": {
                "a": {"sources": [{"$ref": "#/s/b"}] * 1000},
                "b": {"sources": [{"$ref": "#/s/c"}] * 1000},
                "c": {"sources": [{"x": {"$value": "1"}}]},
            },
        },
        TOO_MUCH,
    ),
    "a long way that is gone again and again": (
        {
            "resolutionOrder": [{"sources": [{"$ref": "#/s"}] * 9000}],
            "s": {"$ref": "#" + "/a" * 300_000},
        },
        TOO_MUCH,
    ),
    "a name that all others begin with": (
        {"x" * 900_000: {f"t{n}": {"$value": "1"} for n in range(9000)}},
        "te lang",
    ),
    "names that nearly are another": (
        {"basis": {f"text-font-siz{n}": {"$value": "1"} for n in range(9000)}},
        "Bedoelt u “text-font-size",
    ),
    "references that nearly are right": (
        {
            "basis": {
                "color": {"info": {step: {"$value": f"{{aaaaaa.{step}}}"} for step in STEPS}}
            },
            "aaaaaa": {f"q{n}": {"$value": "1"} for n in range(9000)},
        },
        "dat is er niet",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tree", "reason"), HANGING.values(), ids=HANGING.keys())
def test_a_file_that_asks_for_work_without_end_is_refused(read: Read, tree: object, reason: str):
    with pytest.raises(ThemeRefused) as refused:
        read(tree)
    assert reason in str(refused.value)
    assert len(refused.value.reasons) < 120


def test_a_token_that_is_spelled_in_every_way_is_refused(read: Read):
    roles = [*ROLES, *(f"{role}-inverse" for role in ROLES)]
    dashes = {f"color-{role}-{step}": {"$value": "#00606b"} for role in roles for step in STEPS}
    points = {role: {step: {"$value": "#00606b"} for step in STEPS} for role in roles}
    mixed = {f"{role}-{step}": {"$value": "#00606b"} for role in roles for step in STEPS}
    with pytest.raises(ThemeRefused, match=TOO_MUCH):
        read({"basis": {**dashes, "color": {**mixed, **points}}})


def test_a_set_that_stands_in_the_order_thousands_of_times_is_laid_once(read: Read):
    big = {f"t{n}": {"$value": "1"} for n in range(9000)}
    found = read({"$metadata": {"tokenSetOrder": ["big"] * 20_000}, "big": big})
    assert len(found.names) == 9000


def test_the_last_place_of_a_set_in_the_order_counts(read: Read):
    sets = {name: basis("heading.color", colour) for name, colour in (("a", "#00606b"), ("b", "#101820"))}
    found = read({"$metadata": {"tokenSetOrder": ["a", "b", "a"]}, **sets})
    assert found.light == {"heading-color": "#00606b"}


def test_a_crowd_of_themes_is_read_and_told_in_few_lines(read: Read):
    themes = [{"name": f"{'dark' if n % 2 else 'day'}{n}", "group": str(n % 999)} for n in range(14_000)]
    found = read({"$themes": themes})
    assert len(found.notes) < 120
    assert "en nog" in found.notes[-1]


def test_the_largest_export_that_a_tool_writes_is_still_read(read: Read):
    token = {"x": {"$type": "color", "$value": "#00606b"}}
    sets = {f"s{n}{'-dark' * (n % 2)}": {f"c{n}-{m}": token for m in range(90)} for n in range(150)}
    layer = {name: {"$value": "{c2-0.x}"} for name in GENERATED}
    order = [*sets, "basis"]
    found = read({**sets, "basis": {"basis": layer}, "$metadata": {"tokenSetOrder": order}})
    assert len(found.names) > 13_500
    assert set(found.light.values()) == {"#00606b"}


HUGE = 10**400
CRASHING = {
    "a colour space that is a list": (
        basis("heading.color", {"colorSpace": [], "components": [1, 2, 3]}),
        r"kleurruimte “\[\]” kennen wij niet",
    ),
    "a part of a colour without end": (
        basis("heading.color", {"colorSpace": "srgb", "components": [HUGE, 0, 0]}),
        "drie getallen",
    ),
    "a length without end": (basis("border-radius.md", HUGE), "Kies tussen 0rem en 4rem"),
    "a measure without end": (
        basis("border-radius.md", {"value": HUGE, "unit": "px"}),
        "Kies tussen 0rem en 4rem",
    ),
    "a weight without end": (basis("heading.font-weight", "9" * 4500), "Kies tussen 100 en 900"),
    "a change without end": (changed(type="lighten", value=HUGE), "niet kennen"),
    "a change of no number": (changed(type="lighten", value="nan"), "niet kennen"),
    "a change in an unknown space": (
        changed(type="mix", color="#fff", space="zzz", value=0.1),
        "niet kennen",
    ),
    "a change that is elsewhere": (
        {**changed(**{"$ref": "#/x"}), "x": {"$value": "#fff"}},
        "niet kennen",
    ),
    "a hex of five": (basis("heading.color", "rgba(#12345, 0.5)"), "is geen kleur"),
    "a number with two points": (basis("heading.color", "rgba(#ffffff, 1.2.3)"), "is geen kleur"),
    "a reference to the many-th of a list": (
        {**basis("heading.color", {"$ref": "#/x/" + "9" * 400}), "x": {"$value": [1]}},
        "geen kleur",
    ),
    "a group at the many-th of a list": (
        {"l": {"x": {"$value": [1]}}, "a": {"$extends": "#/l/x/$value/" + "9" * 5000}},
        "is er niet",
    ),
    "half a character in a name": ('{"bas\\ud800": {"x": {"$value": "1"}}}', r"basU\+D800 staat een half"),
}


@pytest.mark.parametrize(("tree", "reason"), CRASHING.values(), ids=CRASHING.keys())
def test_what_no_tool_writes_is_refused_with_its_reason(read: Read, tree: object, reason: str):
    with pytest.raises(ThemeRefused, match=reason):
        read(tree)


@pytest.mark.parametrize(
    "tree",
    [
        {"$themes": [{"name": "x", "selectedTokenSets": {"a": []}}], "a": {}},
        {"resolutionOrder": [{"$ref": "#/x/" + "9" * 5000}], "x": [1]},
    ],
)
def test_what_is_no_arrangement_is_as_if_it_were_not_there(read: Read, tree: object):
    assert read(tree).light == {}


OUTSIDE = [
    *(("text.font-size-md", size, "0.75rem en 4rem") for size in (
        ".5px", "11px", "0.74rem", "9999px", "999rem", "0", "100%", ".9em", "1em", "2ch", "-1rem")),
    *(("text.line-height-md", height, "1.1 en 2.5") for height in ("1", "2.6", "90%", "24px", "١.٥")),
    *(("focus.outline-width", width, "2px en 8px") for width in ("0", "1px", "1rem", "-2px", "50%")),
    *(("focus.outline-offset", offset, "0px en 8px") for offset in ("-9999px", "-1px", "9px")),
    *(("form-control.border-width", width, "1px en 8px") for width in ("0", "0.5px", "9px")),
    *(("border-width.sm", width, "1px en 8px") for width in ("-5px", "0px", "0.1px", "9999rem", "9px")),
    *(("page.max-inline-size", size, "40rem en 200rem") for size in ("0", "1px", "639px", "50%", "20ch")),
    *(("form-control.max-inline-size", size, "12rem en 100rem") for size in ("0", "11rem", "100%")),
    *(("border-radius.md", radius, "0rem en 4rem") for radius in ("65px", "-1px", "50%", "٣px", "²px")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "allowed"), OUTSIDE)
def test_a_size_that_breaks_the_page_is_refused_with_what_may_be(read: Read, name, value, allowed):
    with pytest.raises(ThemeRefused, match=f"geen waarde die hier kan. Kies tussen {allowed}"):
        read(basis(name, value))


@pytest.mark.parametrize(
    ("name", "value", "css"),
    [
        ("text.font-size-md", "16px", "1rem"), ("text.font-size-md", "1.5rem", "1.5rem"),
        ("text.font-size-4xl", 48, "min(3rem, clamp(2rem, 1.5rem + 2.2vw, 3rem))"),
        ("text.line-height-md", "110%", "1.1"), ("focus.outline-width", "2px", "2px"),
        ("focus.outline-offset", "0px", "0px"), ("form-control.border-width", "0.0625rem", "0.0625rem"),
        ("border-width.sm", "8", "8px"), ("page.max-inline-size", "40rem", "40rem"),
        ("form-control.max-inline-size", "45ch", "45ch"), ("border-radius.md", "4rem", "4rem"),
        ("border-radius.round", "999px", "999px"),
    ],
)  # fmt: skip
def test_a_size_at_the_edge_of_what_may_be_is_taken(read: Read, name, value, css):
    assert list(read(basis(name, value)).light.values()) == [css]


@pytest.mark.parametrize(
    ("name", "value", "css", "told"),
    [
        ("md", "12px", "1rem", "te klein om te lezen; het is nu 1rem"),
        ("md", "4rem", "1.5rem", "te groot voor een telefoon; het is nu 1.5rem"),
        ("4xl", "4rem", "min(3rem, ", "te groot voor een telefoon; het is nu 3rem"),
    ],
)
def test_text_that_is_too_small_or_too_large_is_made_to_fit_and_that_is_told(
    read: Read, name, value, css, told
):
    found = read(basis(f"text.font-size-{name}", value))
    assert next(iter(found.light.values())).startswith(css)
    assert any(told in note for note in found.notes)


def test_text_by_hand_is_nowhere_larger_than_the_style_has_it():
    style = Path("themes/style/tokens.css").read_text()
    for name, (_least, _most, widest) in TEXT_SIZES.items():
        assert not widest or f"--basis-{name}: {widest};" in style


def test_a_message_shows_what_hides_and_turns_text_around():
    assert shown("a\u202eb\x1b[31m\u200b\ud800") == "aU+202EbU+001B[31mU+200BU+D800"
    assert shown("Één  vlak\u00a0é") == "Één vlak é"
    assert len(shown("\u202e" * 9000)) <= 60


NAMES = st.sampled_from(
    [
        "basis", "heading", "color", "border-radius", "md", "a", "$value", "value", "$type", "type", "$ref",
        "$extends", "$extensions", "$root", "$themes", "$metadata", "tokenSetOrder", "selectedTokenSets",
        "resolutionOrder", "sources", "contexts", "default", "name", "group", "studio.tokens", "modify",
        "space", "colorSpace", "components", "alpha", "hex", "unit", "r", "g", "b", "fontFamily",
    ]
)  # fmt: skip
TEXTS = (
    "#00606b", "{a}", "{basis.heading.color}", "#/a", "#/basis", "#/a/0", "$a", "4px", "{a} * 2", "enabled",
    "source", "lighten", "mix", "lch", "zzz", "oklch", "color", "typography", "border", "rgba(#fff, .5)",
    "rgba(#12345, .5)", "\ud800", "٣px", "none", "(((", "dark", "9" * 5000,
)  # fmt: skip
LEAVES = st.sampled_from([*TEXTS, None, True, 0, -1, 0.5, 1e308, float("1e999"), HUGE])
NODES = LEAVES | st.dictionaries(NAMES, LEAVES, max_size=4) | st.lists(LEAVES, max_size=3)
TREES = NODES | st.dictionaries(NAMES, NODES, max_size=4) | st.lists(NODES, max_size=3)
COLOURS = st.fixed_dictionaries(
    {"colorSpace": st.sampled_from(["srgb", "hsl", "xyz", "oklch", "prophoto-rgb"]) | NODES},
    optional={
        "components": st.lists(st.floats(-9999, 9999) | LEAVES, min_size=3, max_size=3),
        "alpha": LEAVES,
    },
)
CHANGES = st.fixed_dictionaries(
    {"type": st.sampled_from(["mix", "lighten", "darken", "alpha"]), "value": LEAVES},
    optional={"color": LEAVES, "space": LEAVES, "$ref": LEAVES},
)
VALUES = st.fixed_dictionaries({"$value": NODES | COLOURS})
CHANGED = st.fixed_dictionaries(
    {"$value": LEAVES, "$extensions": CHANGES.map(lambda change: {"studio.tokens": {"modify": change}})}
)
OF_BASIS = st.fixed_dictionaries(
    {}, optional={"heading-color": VALUES | CHANGED, "border-radius-md": VALUES, "heading": TREES}
)
FILES = st.fixed_dictionaries(
    {"basis": OF_BASIS, "a": TREES | VALUES},
    optional={"$themes": TREES, "$metadata": TREES, "resolutionOrder": TREES},
)


@settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example writes its own file
)
@given(FILES)
def test_whatever_a_file_says_it_is_read_or_refused_in_words_that_can_be_shown(read: Read, tree: object):
    try:
        said = read(tree).notes
    except ThemeRefused as refused:
        said = refused.reasons
        assert said
    assert all(map(str.isprintable, said))
