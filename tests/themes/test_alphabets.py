"""Text files as a designer's editor saves them: Windows puts a mark in front, or writes another alphabet."""

import json

import pytest

from tests.themes.conftest import LOGO, TOML
from themes.folder import read_folder
from themes.make import make
from themes.refusal import ThemeRefused

TOKENS = json.dumps({"basis": {"heading": {"color": {"$value": "#101820"}}}})
TEXTS = {"theme_toml": TOML, "logo_svg": LOGO, "tokens_json": TOKENS}
OTHERS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def test_the_mark_that_windows_puts_in_front_is_read_over(folder):
    made = make(read_folder(folder(**{name: text.encode("utf-8-sig") for name, text in TEXTS.items()})))
    assert made.folder.name == "Gemeente Proef"
    assert made.tokens["heading-color"] == "#101820"


def test_the_mark_is_read_over_in_a_folder_of_sets(folder):
    made = make(read_folder(folder(**{"tokens/brand_json": TOKENS.encode("utf-8-sig")})))
    assert made.tokens["heading-color"] == "#101820"


@pytest.mark.parametrize("alphabet", OTHERS)
@pytest.mark.parametrize("name", [*TEXTS, "tokens/brand_json"])
def test_another_alphabet_is_refused_with_what_to_do(folder, name, alphabet):
    text = TEXTS.get(name, TOKENS)
    with pytest.raises(ThemeRefused) as refused:
        make(read_folder(folder(**{name: text.encode(alphabet)})))
    (reason,) = refused.value.reasons
    assert reason.startswith(name.replace("_", "."))
    assert "geen tekst in UTF-8. Kies bij het bewaren de codering UTF-8." in reason
