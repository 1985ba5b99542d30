"""A designer's own tokens, as `tokens.json` or `tokens/`, in any of the ways that tools write them.

Tokens Studio (Figma), the Theme Wizard and other tools of DTCG 2025.10, and Style Dictionary 3. `json_file`
reads the text, `set_files` makes one file of an export in more, `arrangements` finds what is light and what
is dark in it, `trees` lists the tokens of a tree, `references` follows what they refer to, `maths` and
`colours` work values out, and `basis` knows which tokens are the theme's and what each may be. Nothing is
lost silently: what is read and not used is told.
"""

from .reading import Reading, read_tokens

__all__ = ["Reading", "read_tokens"]
