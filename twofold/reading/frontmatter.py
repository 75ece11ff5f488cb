"""The YAML at the top of a chapter into typed values."""

from dataclasses import dataclass
from typing import Any

import yaml

from twofold.problems import Place
from twofold.reading.desk import Desk

KINDS = {str: "words", int: "a whole number", bool: "true or false", list: "a list of words"}
TRUTH = {"true": True, "false": False}
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
    "appendix": bool,
}


class _Words(yaml.SafeLoader):
    """Safe YAML in which every value is words: a title may be "12:30", dates may be "1954-26-06"."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by field name of `model.Chapter`, and the lines they stand on."""

    values: dict[str, Any]
    places: dict[str, Place]


def read_front_matter(desk: Desk, text: str) -> FrontMatter:
    """Front matter that begins on the second line of the chapter; what is wrong with it is reported on its line."""
    first = Place(desk.file, 2)
    try:
        loaded = yaml.load(text, Loader=_Words)  # it is a SafeLoader
    except yaml.YAMLError as error:
        desk.error(
            _yaml_place(desk, error),
            f"the front matter is not YAML: {_yaml_reason(error)}",
            "write “key: value”, one a line",
        )
        return FrontMatter({}, {})
    if loaded is None or loaded == "":
        return FrontMatter({}, {})
    if not isinstance(loaded, dict):
        desk.error(first, "the front matter holds no keys", "write “title: …” between the two lines ---")
        return FrontMatter({}, {})
    lines = _lines(text)
    places = {key: Place(desk.file, lines.get(str(key), first.line)) for key in loaded}
    for key in loaded:
        desk.check_names("key of front matter", [str(key)], KEYS, places[key])
    known = {key: value for key, value in loaded.items() if key in KEYS and value != ""}
    values = {_field(key): _typed(desk, key, value, places[key]) for key, value in known.items()}
    return FrontMatter(values, {_field(key): places[key] for key in known})


def _typed(desk: Desk, key: str, value: Any, place: Place) -> Any:
    wanted: Any = KEYS[key]
    if wanted is int and isinstance(value, str) and value.isdecimal():
        value = int(value)
    if wanted is bool:
        value = TRUTH.get(value, value) if isinstance(value, str) else value
    if type(value) is not wanted:
        desk.error(place, f"“{key}” should be {KINDS[wanted]}", 'words that hold a colon need quotes: "a: b"')
        return wanted()
    return tuple(map(str, value)) if wanted is list else value


def _field(key: str) -> str:
    return key.replace("-", "_")


def _lines(text: str) -> dict[str, int]:
    """The lines of the chapter on which the keys of a mapping stand; of a key that stands twice that of the last, which
    counts."""
    mapping: Any = yaml.compose(text, Loader=_Words)
    return {key.value: 2 + key.start_mark.line for key, _ in mapping.value if isinstance(key, yaml.ScalarNode)}


def _yaml_place(desk: Desk, error: yaml.YAMLError) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(desk.file, 2 + (mark.line if mark else 0))


def _yaml_reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]
