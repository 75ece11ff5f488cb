"""The YAML at the top of a chapter into typed values."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from twofold.problems import Place
from twofold.reading.desk import Desk

KINDS = {str: "words", int: "a whole number", list: "a list of words"}
KEYS: dict[str, type] = {
    "title": str,
    "short-title": str,
    "summary": str,
    "lesson": int,
    "minutes": int,
    "dates": str,
    "question": str,
    "aims": list,
    "strip": str,
    "emblem": str,
    "emblem-caption": str,
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by field name of `model.Chapter`, and the lines they stand on."""

    values: dict[str, Any]
    places: dict[str, Place]


def read_front_matter(desk: Desk, text: str) -> FrontMatter:
    """Front matter that begins on the second line of the chapter; what is wrong with it is reported on its line."""
    first = Place(desk.file, 2)
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        desk.error(
            _yaml_place(desk, error),
            f"the front matter is not YAML: {_yaml_reason(error)}",
            "write “key: value”, one a line",
        )
        return FrontMatter({}, {})
    if loaded is None:
        return FrontMatter({}, {})
    if not isinstance(loaded, dict):
        desk.error(first, "the front matter holds no keys", "write “title: …” between the two lines ---")
        return FrontMatter({}, {})
    places = {key: _line_of(desk, text, str(key)) for key in loaded}
    for key in loaded:
        desk.check_names("key of front matter", [str(key)], KEYS, places[key])
    known = {key: value for key, value in loaded.items() if key in KEYS and value is not None}
    values = {_field(key): _typed(desk, key, value, places[key]) for key, value in known.items()}
    return FrontMatter(values, {_field(key): places[key] for key in known})


def _typed(desk: Desk, key: str, value: Any, place: Place) -> Any:
    wanted: Any = KEYS[key]
    if wanted is str and type(value) in (int, float, date):  # title: 1954
        value = str(value)
    if type(value) is not wanted or (wanted is int and value < 0):
        desk.error(place, f"“{key}” should be {KINDS[wanted]}", 'words that hold a colon need quotes: "a: b"')
        return wanted()
    return tuple(map(str, value)) if wanted is list else value


def _field(key: str) -> str:
    return key.replace("-", "_")


def _line_of(desk: Desk, text: str, key: str) -> Place:
    before = re.split(rf"^['\"]?{re.escape(key)}['\"]?\s*:", text, maxsplit=1, flags=re.MULTILINE)[0]
    return Place(desk.file, 2 + before.count("\n"))


def _yaml_place(desk: Desk, error: yaml.YAMLError) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(desk.file, 2 + (mark.line if mark else 0))


def _yaml_reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]
