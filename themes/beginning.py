"""A new theme: a folder that passes at once, with every choice written out for its designer to change.

`make theme-new` begins one, and so does the form of `make theme-watch`.
"""

from dataclasses import dataclass
from pathlib import Path

from . import png
from .colour import read_colour
from .drawn import drawn
from .faces import FACES, USUAL_FACE
from .files import SIZES, too_large
from .folder import SENTENCE, SLUG, unusual
from .logo import clean_logo
from .ramp import USUAL
from .refusal import ThemeRefused, shown
from .shapes import LOGO_HEIGHTS, USUAL_LOGO_HEIGHT

TOML = """\
# De huisstijl van {name}. Verander iets, bewaar, en kijk: make theme-watch
# Alles achter een # is uitleg; regels met een # ervoor gelden pas als u die weghaalt.
schema = 1
name = "{name}"
slug = "{slug}"                    # de naam van deze map
# municipalities = ["{slug}"]      # welke gemeenten dit thema mogen kiezen; anders alleen {slug}

[seeds]                           # alle andere kleuren maken wij hiervan
accent-1 = "{accent}"              # de huiskleur: balk, voet, koppen
# accent-2 = "#e8b23a"            # een tweede kleur, voor vormen en rustige vlakken
{action_1}# knoppen; anders de huiskleur
# action-2 = "{accent}"            # links; anders de kleur van knoppen
# neutral = "{neutral}"             # de tint van grijs en tekst
# info = "{info}"                # meldingen: blauw, groen, oker en rood
# positive = "{positive}"
# warning = "{warning}"
# negative = "{negative}"

[fonts]                           # source-sans-3, inter, atkinson-hyperlegible of zilla-slab
text = "{text}"
heading = "{heading}"
# Een eigen lettertype: zet het als .woff2 in de map fonts/, noem het hieronder, en zet die naam hierboven.
# [fonts.own.huisletter]
# family = "Huisletter"
# regular = "huisletter-regular.woff2"
# bold = "huisletter-bold.woff2"
# licence = "Gekocht bij … op …, voor gebruik op onze sites"

[shape]
radius = "md"                     # hoeken: none, sm, md of round
borders = "thin"                  # lijnen: thin of thick
tint = "accent-1"                 # grote rustige vlakken: accent-1, accent-2 of neutral

[logo]                            # logo.svg in deze map, of logo.png: één van de twee
alt = "{name}, naar de startpagina"   # wat een blinde bezoeker hoort
block-size = "{height}"            # hoogte, van {lowest:g}rem tot {highest:g}rem
name-beside = true                # false als de naam al in het logo staat

[modes]
{dark}# true: wie zijn apparaat op donker zet, ziet de site donker
"""

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <!-- Een voorbeeld: zet hier uw eigen logo. -->
  <rect width="64" height="64" rx="14" fill="{accent}"/>
  <circle cx="45" cy="20" r="7" fill="#e8b23a"/>
  <path d="M8 50c8-14 16-20 24-20s16 6 24 20z" fill="#ffffff"/>
</svg>
"""

README = """\
# De huisstijl van {name}

Wie te bellen over deze map: naam, telefoonnummer.
Van wie het logo en de lettertypen zijn, en waar zij gebruikt mogen worden: …
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a designer may choose before there is a folder; the rest waits in it."""

    slug: str
    name: str = ""
    """Of the municipality; made of the slug where there is none."""
    accent: str = "#2f4b66"
    action: str = ""
    face: str = USUAL_FACE
    dark: bool = False
    logo: bytes = b""
    """An SVG or a PNG; a drawing of ours where there is none."""


def begin(choices: Choices, into: Path) -> Path:
    """Make the folder. Raises ThemeRefused when it is there already, or when a choice cannot be."""
    files = written(choices)
    folder = free_place(choices.slug, into)
    try:
        folder.mkdir(parents=True)  # fails where somebody was just before us
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except FileExistsError:
        raise there_already(folder) from None
    except OSError as error:
        raise ThemeRefused([f"In {into} kunnen wij geen map maken ({error.strerror})."]) from None
    return folder


def written(choices: Choices) -> dict[str, bytes]:
    """The files of the folder; theme.toml is the last, since a folder is a theme once it has one."""
    name = fit_name(choices.name) or f"Gemeente {choices.slug.replace('-', ' ').title()}"
    accent = read_colour(choices.accent, "Huiskleur")
    action = read_colour(choices.action, "Kleur van knoppen") if choices.action else ""
    toml = TOML.format(
        slug=choices.slug,
        name=name,
        accent=accent,
        action_1=f'action-1 = "{action}"'.ljust(34) if action else f'# action-1 = "{accent}"'.ljust(34),
        heading=choices.face,
        height=USUAL_LOGO_HEIGHT,
        lowest=LOGO_HEIGHTS[0],
        highest=LOGO_HEIGHTS[1],
        **USUAL,
        text=choices.face if reads_as_text(choices.face) else USUAL_FACE,
        dark=f"dark = {str(choices.dark).lower()}".ljust(34),
    )
    logo = choices.logo or LOGO.format(accent=accent).encode()
    return {
        name_of_logo(logo): logo,
        "README.md": README.format(name=name).encode(),
        "theme.toml": toml.encode(),
    }


def reads_as_text(face: str) -> bool:
    """Whether a typeface of ours is for more than headings; those come in bold only."""
    return any(weight != "700" for _file, weight in FACES[face].files)


def free_place(slug: str, into: Path) -> Path:
    """Where a theme of this name may come. Raises ThemeRefused."""
    if not SLUG.fullmatch(slug) or slug == "_base":
        raise ThemeRefused(
            [f"“{shown(slug)}” kan niet. Kies een korte naam in kleine letters, zoals voorbeeldstad."]
        )
    folder = into / slug
    if folder.exists() or folder.is_symlink():
        raise there_already(folder)
    return folder


def there_already(folder: Path) -> ThemeRefused:
    """Why nothing is made where something is."""
    return ThemeRefused([f"De map {folder} is er al. Kies een andere naam, of verander wat er staat."])


def fit_name(name: str) -> str:
    """The name, or nothing where none was given. Raises ThemeRefused."""
    if name and ('"' in name or not SENTENCE.fullmatch(name) or unusual(name)):
        raise ThemeRefused([f"De naam kan niet “{shown(name)}” zijn. Gebruik letters, cijfers en spaties."])
    return name


def name_of_logo(data: bytes) -> str:
    """The name of the file that a logo goes in, by what it is. Raises ThemeRefused when it is not fit."""
    name = "logo.png" if data.startswith(png.SIGNATURE) else "logo.svg"
    if len(data) > SIZES[name]:
        raise ThemeRefused([too_large("Het logo", len(data), SIZES[name])])
    if name == "logo.png":
        drawn(png.as_svg(data, "Het logo"), "Het logo", "white")
    elif not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ThemeRefused(["Het logo is geen SVG en geen PNG."])
    else:
        drawn(clean_logo(data, "Het logo"), "Het logo", "white")
    return name
