"""A new theme: a folder that passes at once, with every choice written out for its designer to change."""

from pathlib import Path

from .folder import SENTENCE, SLUG, unusual
from .refusal import ThemeRefused, shown

TOML = """\
# De huisstijl van {name}. Verander iets, bewaar, en kijk: make theme-watch
# Alles achter een # is uitleg; regels met een # ervoor gelden pas als u die weghaalt.
schema = 1
name = "{name}"
slug = "{slug}"                    # de naam van deze map
# municipalities = ["{slug}"]      # welke gemeenten dit thema mogen kiezen; anders alleen {slug}

[seeds]                           # alle andere kleuren maken wij hiervan
accent-1 = "#2f4b66"              # de huiskleur: balk, voet, koppen
# accent-2 = "#e8b23a"            # een tweede kleur, voor vormen en rustige vlakken
# action-1 = "#2f4b66"            # knoppen; anders de huiskleur
# action-2 = "#2f4b66"            # links; anders de kleur van knoppen
# neutral = "#5b6470"             # de tint van grijs en tekst
# info = "#0b5cad"                # meldingen: blauw, groen, oker en rood
# positive = "#1d6b34"
# warning = "#8a5a00"
# negative = "#b3131b"

[fonts]                           # source-sans-3, inter, atkinson-hyperlegible of zilla-slab
text = "source-sans-3"
heading = "source-sans-3"
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

[logo]                            # logo.svg in deze map; heeft u alleen een PNG, noem die dan logo.png
alt = "{name}, naar de startpagina"   # wat een blinde bezoeker hoort
block-size = "3.25rem"            # hoogte, van 1.5rem tot 6rem
name-beside = true                # false als de naam al in het logo staat

[modes]
dark = false                      # true: wie zijn apparaat op donker zet, ziet de site donker
"""

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <!-- Een voorbeeld: zet hier uw eigen logo. -->
  <rect width="64" height="64" rx="14" fill="#2f4b66"/>
  <circle cx="45" cy="20" r="7" fill="#e8b23a"/>
  <path d="M8 50c8-14 16-20 24-20s16 6 24 20z" fill="#ffffff"/>
</svg>
"""

README = """\
# De huisstijl van {name}

Wie te bellen over deze map: naam, telefoonnummer.
Van wie het logo en de lettertypen zijn, en waar zij gebruikt mogen worden: …
"""


def begin(slug: str, name: str, into: Path) -> Path:
    """Make the folder. Raises ThemeRefused when the name cannot be, or is there already."""
    if not SLUG.fullmatch(slug) or slug == "_base":
        raise ThemeRefused(
            [f"“{shown(slug)}” kan niet. Kies een korte naam in kleine letters, zoals voorbeeldstad."]
        )
    if name and ('"' in name or not SENTENCE.fullmatch(name) or unusual(name)):
        raise ThemeRefused([f"De naam kan niet “{shown(name)}” zijn. Gebruik letters, cijfers en spaties."])
    folder = into / slug
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise ThemeRefused(
            [f"De map {folder} is er al. Kies een andere naam, of verander wat er staat."]
        ) from None
    words = {"slug": slug, "name": name or f"Gemeente {slug.replace('-', ' ').title()}"}
    (folder / "theme.toml").write_text(TOML.format(**words))
    (folder / "logo.svg").write_text(LOGO)
    (folder / "README.md").write_text(README.format(**words))
    return folder
