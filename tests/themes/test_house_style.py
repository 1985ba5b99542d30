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
FORBIDDEN = {
    "!important": r"!important",
    "a colour of its own": r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl|oklch|lab)a?\((?!0 0 0 /)",
    "left, right, top or bottom": (
        rf"[\s;{{](?:(?:margin|padding|border)-(?:{SIDES})|{SIDES}|width|height)\s*:"
    ),
    "an alignment to a side": r"(?:text-align|float|clear):\s*(?:left|right)",
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
    wrong = [
        f"{path}: {found}"
        for path, text in pages()
        for found in re.findall(
            r"\sclass=|\sstyle=|<style|\son[a-z]+=|#[0-9a-f]{6}\b|<script(?![^>]* src=)", text
        )
    ]
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
        ("a{ margin-left: 1rem }", "left, right, top or bottom"),
        ("a{width:1px}", "left, right, top or bottom"),
        ("a{text-align: left}", "an alignment to a side"),
        ("@import url(x)", "an address elsewhere"),
    ],
)
def test_each_of_these_is_found(css: str, what: str):
    assert re.findall(FORBIDDEN[what], css)
