"""The open typefaces that a theme can name without bringing a file:

Which package they come from and how they are declared.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """A bundled typeface under the SIL Open Font License."""

    family: str
    fallback: str
    package: str
    files: tuple[tuple[str, str], ...]
    """What stands in the file's name after the subset, and the weight it is declared with."""
    about: str


VARIABLE = (("wght-normal", "200 900"),)
TWO_WEIGHTS = (("400-normal", "400"), ("700-normal", "700"))

FACES = {
    "source-sans-3": Face(
        "Source Sans 3",
        "sans-serif",
        "@fontsource-variable/source-sans-3",
        VARIABLE,
        "rustig en open, voor veel tekst",
    ),
    "inter": Face(
        "Inter", "sans-serif", "@fontsource-variable/inter", (("wght-normal", "100 900"),), "strak en modern"
    ),
    "atkinson-hyperlegible": Face(
        "Atkinson Hyperlegible",
        "sans-serif",
        "@fontsource/atkinson-hyperlegible",
        TWO_WEIGHTS,
        "gemaakt voor slechtziende lezers",
    ),
    "zilla-slab": Face(
        "Zilla Slab", "serif", "@fontsource/zilla-slab", (("700-normal", "700"),), "met schreven, voor koppen"
    ),
}

USUAL_FACE = "source-sans-3"
SUBSETS = ("latin", "latin-ext")
