"""What the layouts say in the course's language: layouts/words.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The layouts' words in one language; `language` is the BCP 47 tag of the course, `known` is false
    where English words stand in for it."""

    language: str
    known: bool
    table: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.table[name]

    def __call__(self, name: str, **values: object) -> str:
        """The words called `name` with its {placeholders} filled in."""
        return self.table[name].format(**values)


def read_words(language: str) -> Words:
    """Words for a language tag; "de-AT" takes the table [de], a language without a table takes English."""
    tables = tomllib.loads((LAYOUTS / "words.toml").read_text(encoding="utf-8"))
    primary = language.lower().split("-")[0]
    return Words(language, primary in tables, tables[FALLBACK] | tables.get(primary, {}))
