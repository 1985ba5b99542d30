"""The base style in which a container can put all within it under the mouse, the focus or the finger.

So the gallery shows states with the very templates that pages use, without touching them.
"""

import re
from functools import cache
from pathlib import Path

BASE = Path(__file__).parent.parent / "static" / "themes" / "base.css"
REACHED = "a,button,input,select,textarea,summary,[tabindex]"
"""What can have the focus."""
FORCED = {
    ":hover": ":is(:hover,:where(.toon-hover *))",
    ":active": ":is(:active,:where(.toon-active *))",
    ":focus-visible": f":is(:focus-visible,:where(.toon-focus :is({REACHED})))",
    ":focus": f":is(:focus,:where(.toon-focus :is({REACHED})))",
}


@cache
def style() -> str:
    """The whole of `base.css`, with states that can be forced."""
    return re.sub(
        r"(?<!forced-colors):(hover|active|focus-visible|focus)(?![\w-])",
        lambda found: FORCED[found[0]],
        BASE.read_text(),
    )
