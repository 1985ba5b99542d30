"""Words in a theme that say nothing, or that spill over what stands around them."""

import json
import time

import pytest

from tests.themes.conftest import TOML
from tests.themes.test_hostile import font, woff2
from themes.folder import SENTENCE, read_folder, unusual
from themes.own_faces import LICENCE
from themes.refusal import ThemeRefused

SAYS_NOTHING = ["  ", "--", "7", "2024", "a", " a ", "\u00a0\u00a0", "’s 7", "²²"]


@pytest.mark.parametrize("words", SAYS_NOTHING)
@pytest.mark.parametrize("key", ["name", "alt"])
def test_a_name_of_no_two_letters_is_refused(folder, key, words):
    text = TOML.replace(f'{key} = "Gemeente Proef"', f"{key} = {json.dumps(words)}")
    with pytest.raises(ThemeRefused, match=f"{key}.* kan niet “"):
        read_folder(folder(theme_toml=text))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a\u0302\u0335\u0301 Proef", "COMBINING ACUTE ACCENT"),
        ("Proef" + "\u0335" * 60, "COMBINING SHORT STROKE OVERLAY"),
        ("Proef\u0e4a", "THAI CHARACTER MAI TRI"),
        ("Gemeente\u2800Proef", "BRAILLE PATTERN BLANK"),
        ("Gemeente\u034f Proef", "COMBINING GRAPHEME JOINER"),
    ],
)
def test_signs_that_spill_over_or_that_nobody_sees_are_refused(folder, words, found):
    with pytest.raises(ThemeRefused, match=found):
        read_folder(folder(theme_toml=TOML.replace("Gemeente Proef", words)))


@pytest.mark.parametrize(
    "words", ["Ee", "’s-Gravenmoer 2", "Súdwest-Fryslân", "Su\u0301dwest-Frysla\u0302n", "Ệ\u0302\u0323e"]
)
def test_a_short_or_accented_name_is_taken(words):
    assert SENTENCE.fullmatch(words)
    assert not unusual(words)


@pytest.mark.parametrize("licence", [" " * 20, "----------", "1234567890", "\u2800" * 12, "ok          "])
def test_a_licence_without_words_is_refused(folder, licence):
    with pytest.raises(ThemeRefused, match="waarom u dit lettertype mag gebruiken"):
        read_folder(folder(**font(woff2(), licence=licence)))


@pytest.mark.parametrize("shape", [SENTENCE, LICENCE], ids=["sentence", "licence"])
@pytest.mark.parametrize("text", [" " * 19_000, "a" * 19_000, "a " * 9_000, " " * 18_000 + "a"])
def test_long_words_are_read_in_no_time(shape, text):
    start = time.process_time()
    assert not shape.fullmatch(text)
    assert time.process_time() - start < 0.1
