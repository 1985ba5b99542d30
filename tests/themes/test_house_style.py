"""What holds pages and styles together: pages are made of components, and only themes know colours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from themes.bundle import COMMENT

OF_RESIDENTS = (
    "portal/**/templates/**/*.html",
    "cms/templates/cms/*.html",
    "cms/templates/cms/blocks/*.html",
)
OF_STAFF = re.compile(r"/staff_|{% extends \"wagtailadmin|{% extends \"cms/staff")
"""Pages in Wagtail's own frame and style."""
A_COMPONENT_GIVES = (
    r"table|button|input|select|textarea|dialog|details|nav|article|fieldset|progress|dl|h1 class"
)
ITS_OWN = r"\sclass=|\sstyle=|<style|\son[a-z]+=|#[0-9a-f]{6}\b|<script(?![^>]* src=)"
PLAIN_HERE = {
    ("zaken/long_list.html", "nav"): "pages of a list: two links and no style of its own",
    ("zaken/documents.html", "nav"): "pages of a list: two links and no style of its own",
    ("sharing/access.html", "dl"): "a download to read elsewhere, without our style",
}
STYLES = [
    path
    for room in ("portal", "cms", "themes")
    for path in Path(room).rglob("*.css")
    if "built" not in path.parts and path.name not in {"base.css", "staff.css"}  # made of these; Wagtail's
]
SIDES = "left|right|top|bottom"
NAMED = (
    "aqua|blue|brown|crimson|cyan|fuchsia|gold|gray|green|grey|lime|maroon|navy|olive|orange|pink|purple|red"
    "|silver|teal|yellow"
)
"""Black and white are for paper, plates and codes to scan."""
LENGTH = r"[^\s;{}()]+"
FORBIDDEN = {
    "!important": r"!important",
    "a colour of its own": (
        r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl|hwb|ok?lch|ok?lab|color)a?\((?!0 0 0 /)"
        rf"|:[^;{{}}]*(?<![\w-])(?:dark|light)?(?:{NAMED})(?![\w-])"
    ),
    "left, right, top or bottom": (
        rf"[\s;{{](?:(?:margin|padding|border|scroll-margin)-(?:{SIDES})(?:-[a-z-]+)?"
        rf"|border-(?:top|bottom)-(?:left|right)-radius|{SIDES}|(?:max-|min-)?(?:width|height))\s*:"
        rf"|[\s;{{](?:margin|padding|inset|border-width):\s*{LENGTH}\s+({LENGTH})\s+{LENGTH}\s+(?!\1[\s;}}]){LENGTH}\s*[;}}]"
    ),
    "an alignment to a side": r"(?:text-align|float|clear|background-position):\s*(?:left|right)",
    "an address elsewhere": r"url\((?!#)|@import",
}


def pages() -> Iterator[tuple[Path, str]]:
    """The templates of residents' pages, without what Django or a comment says."""
    for pattern in OF_RESIDENTS:
        for path in sorted(Path().glob(pattern)):
            source = path.read_text()
            if path.parent.name != "components" and not OF_STAFF.search(f"{path}\n{source}"):
                yield path, re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", source, flags=re.S)


def test_pages_are_made_of_components():
    seen, bypassing = 0, []
    for path, text in pages():
        seen += 1
        for tag in re.findall(rf"<({A_COMPONENT_GIVES})\b(?![^>]*type=\"hidden\")", text):
            if not any(str(path).endswith(place) and tag == one for place, one in PLAIN_HERE):
                bypassing.append(f"{path}: <{tag}>, which a component gives")
    assert seen > 60
    assert bypassing == []


def test_pages_have_no_classes_styles_colours_or_scripts_of_their_own():
    wrong = [f"{path}: {found}" for path, text in pages() for found in re.findall(ITS_OWN, text)]
    assert wrong == []


@pytest.mark.parametrize("path", STYLES, ids=str)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_style_leaves_colours_to_themes_and_sides_to_the_language(path: Path, what: str):
    assert re.findall(FORBIDDEN[what], COMMENT.sub("", path.read_text())) == []


@pytest.mark.parametrize(
    ("css", "what"),
    [
        ("a{color:red !important}", "!important"),
        ("a{color:#fff;}", "a colour of its own"),
        ("a{color:rgb(1 2 3)}", "a colour of its own"),
        ("a{color:red}", "a colour of its own"),
        ("a{border: 1px solid darkgreen}", "a colour of its own"),
        ("a{color:hwb(1 2% 3%)}", "a colour of its own"),
        ("a{color:oklab(1 2 3)}", "a colour of its own"),
        ("a{color:color(srgb 1 0 0)}", "a colour of its own"),
        ("a{border-left-color: currentcolor}", "left, right, top or bottom"),
        ("a{border-top-left-radius: 1px}", "left, right, top or bottom"),
        ("a{max-width: 1px}", "left, right, top or bottom"),
        ("a{margin: 0 1rem 0 2rem}", "left, right, top or bottom"),
        ("a{ padding: 1px 2px 3px 4px; }", "left, right, top or bottom"),
        ("a{background-position: left}", "an alignment to a side"),
        ("a{ margin-left: 1rem }", "left, right, top or bottom"),
        ("a{width:1px}", "left, right, top or bottom"),
        ("a{text-align: left}", "an alignment to a side"),
        ("@import url(x)", "an address elsewhere"),
    ],
)
def test_each_of_these_is_found(css: str, what: str):
    assert re.findall(FORBIDDEN[what], css)


def test_which_theme_a_municipality_has_now_is_asked_in_one_place():
    """Its column alone misses a planned theme whose time has come."""
    asking = [
        str(path)
        for room in ("portal", "cms")
        for path in Path(room).rglob("*.py")
        if re.search(r"\b(?:here|municipality|current_municipality\(\))\.theme\b", path.read_text())
    ]
    assert asking == ["portal/municipalities/brand.py"]
