"""layouts/words.toml: every language says everything, with the same gaps to fill in."""

import re
import tomllib

import pytest

from twofold.words import FALLBACK, LAYOUTS, read_words

TABLES = tomllib.loads((LAYOUTS / "words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", TABLES)
def test_a_language_says_all_that_the_others_say(language: str) -> None:
    assert set(TABLES[language]) == set(TABLES[FALLBACK])
    for name, words in TABLES[FALLBACK].items():
        assert set(re.findall(r"{\w+}", TABLES[language][name])) == set(re.findall(r"{\w+}", words)), name


def test_a_region_takes_the_words_of_its_language() -> None:
    assert read_words("de-AT")["chapter"] == "Kapitel"
    assert read_words("de-AT").known


def test_a_language_without_a_table_takes_english_and_says_so() -> None:
    assert read_words("la")["chapter"] == "Chapter"
    assert not read_words("la").known
