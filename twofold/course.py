"""What surrounds the chapters: course.toml, sources.json and data files into typed values."""

import csv
import dataclasses
import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from twofold.drawings import inside
from twofold.model import Data
from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.settings import Settings, line_of

SETTINGS = "course.toml"
SOURCES = "sources.json"
WORK_HINT = (
    'write "title": "…", "author": [{"family": "…", "given": "…"}], "issued": {"date-parts": [[2003]]}, '
    '"language": "en"; "accessed" is like "issued"'
)
PARTS_OF_NAMES = ("family", "given", "literal")
WORK = re.compile(r"[^\s,]")
WHOLE = re.compile(r"-?\d+")
TOML_NAMES = {str: "words in quotes", int: "a whole number", tuple: "a list in [brackets]", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Work:
    """A work of sources.json as CSL-JSON; `csl` is its object, unchanged."""

    key: str
    csl: dict[str, Any]
    place: Place


def said_at(settings: Settings, *path: str | int) -> Place:
    """Where course.toml says what a field of the settings holds, such as "lessons", 0, "title"."""
    steps = (step.replace("_", "-") if isinstance(step, str) else step for step in path)
    return Place(SETTINGS, settings.line(*steps))


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    """What to say of a file that could not be decoded at once."""
    place = Place(file, error.object.count(b"\n", 0, error.start) + 1)
    return Problem(place, "this line is not UTF-8", "save the file as UTF-8 in your editor")


# ---------------------------------------------------------------- course.toml


def read_settings(folder: Path, problems: list[Problem]) -> Settings:
    """The settings of a course; without course.toml the folder's name is its title."""
    path = folder / SETTINGS
    if not path.is_file():
        return Settings(title=folder.resolve().name.replace("-", " ").capitalize())
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        problems.append(not_utf8(SETTINGS, error))
    except tomllib.TOMLDecodeError as error:
        problems.append(_toml_problem(str(error), text.count("\n") + 1))
    else:
        values = _Table(text, problems).values(Settings, tables, ())
        if "title" in values:
            return Settings(**values, source=text)
        problems.append(Problem(Place(SETTINGS, 1), "the course has no title", 'write title = "…" on the first line'))
    return Settings(title="")


def _toml_problem(message: str, last: int) -> Problem:
    found = re.search(r"line (\d+)", message)
    reason = re.sub(r"\s*\(at .*\)$", "", message)
    return Problem(
        Place(SETTINGS, int(found[1]) if found else last), f"this is not TOML: {reason}", 'write key = "value"'
    )


@dataclass(slots=True)
class _Table:
    """Reads tables of one TOML text into the fields of dataclasses, and knows the lines of their keys."""

    text: str
    problems: list[Problem]

    def values(self, kind: type, table: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        types = get_type_hints(kind)
        names = {field.name.replace("_", "-"): field.name for field in dataclasses.fields(kind) if field.compare}
        values = {}
        for key, value in table.items():
            if key not in names:
                self._report((*path, key), f"unknown key “{key}”", did_you_mean(key, names))
                continue
            try:
                values[names[key]] = self._value(types[names[key]], value, (*path, key))
            except TypeError as error:
                self._report(
                    (*path, key),
                    f"“{key}” should be {error}",
                    "see the course.toml of the course that comes with twofold",
                )
        return values

    def _value(self, kind: Any, value: Any, path: tuple[str | int, ...]) -> Any:
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            if not isinstance(value, dict):
                raise TypeError(TOML_NAMES[dict])
            return self._built(kind, value, path)
        if kind in (str, int):
            if type(value) is not kind:
                raise TypeError(TOML_NAMES[kind])
            return value
        if not isinstance(value, list):
            raise TypeError(TOML_NAMES[tuple])
        return tuple(self._value(get_args(kind)[0], item, (*path, number)) for number, item in enumerate(value))

    def _built(self, kind: type, value: dict[str, Any], path: tuple[str | int, ...]) -> Any:
        values = self.values(kind, value, path)
        for field in dataclasses.fields(kind):
            if field.default is not dataclasses.MISSING or field.name in values:
                continue
            values[field.name] = ""
            if field.name not in value:
                self._report(path, f"“{field.name}” is missing here", f'write {field.name} = "…"')
        return kind(**values)

    def _report(self, path: tuple[str | int, ...], message: str, hint: str) -> None:
        self.problems.append(Problem(Place(SETTINGS, line_of(self.text, path)), message, hint))


# ---------------------------------------------------------------- sources.json


def read_sources(folder: Path, problems: list[Problem]) -> dict[str, Work] | None:
    """The works of sources.json by key, also those that are told as wrong: they are not missing. An empty table without
    the file, None when it cannot be read."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        items = json.loads(text)
    except json.JSONDecodeError as error:
        problems.append(
            Problem(Place(SOURCES, error.lineno), f"this is not JSON: {error.msg}", "check commas and quotes above")
        )
        return None
    except UnicodeDecodeError as error:
        problems.append(not_utf8(SOURCES, error))
        return None
    if not isinstance(items, list):
        problems.append(Problem(Place(SOURCES, 1), "a bibliography is a list of works", "export it as CSL-JSON"))
        return None
    return _works(items, text, problems)


def _works(items: list[Any], text: str, problems: list[Problem]) -> dict[str, Work]:
    works: dict[str, Work] = {}
    for item, line in zip(items, _lines(text, len(items)), strict=True):
        key, place = item.get("id") if isinstance(item, dict) else None, Place(SOURCES, line)
        if not isinstance(key, str) or not isinstance(item.get("type"), str):
            message = "this work has no “id” or no “type”"
            problems.append(Problem(place, message, 'each work needs "id": "key" and "type": "book"'))
        elif wrong := _wrong_shape(item):
            problems.append(Problem(place, f"{wrong} of “{key}” cannot be read", WORK_HINT))
        if not isinstance(key, str):
            continue
        if key in works:
            problems.append(Problem(place, f"two works have the id “{key}”", "rename one of them"))
        works[key] = Work(key, item, place)
    return works


def _wrong_shape(item: dict[str, Any]) -> str:
    """The first field of a work that is not as CSL-JSON has it, or ""."""
    for name in ("author", "editor", "translator"):
        people = item.get(name, [])
        if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
            return name
        if not all(isinstance(person.get(part, ""), str) for person in people for part in PARTS_OF_NAMES):
            return name
    for name in ("issued", "accessed"):
        date = item.get(name, {})
        if not isinstance(date, dict) or not _dated(date.get("date-parts", [])):
            return name
    if not isinstance(item.get("language", ""), str):
        return "language"
    return "" if isinstance(item.get("title"), str) and item["title"].strip() else "title"


def _dated(dates: Any) -> bool:
    """Whether these are dates as CSL-JSON has them: none, or one or two lists of a year, a month and a day."""
    if not isinstance(dates, list):
        return False
    return all(isinstance(date, list) and date and all(map(WHOLE.fullmatch, map(str, date))) for date in dates)


def _lines(text: str, count: int) -> Iterator[int]:
    """The lines on which the works of a list begin, so many of them."""
    decoder, line, before, end = json.JSONDecoder(), 1, 0, text.index("[") + 1
    for _ in range(count):
        start = next(WORK.finditer(text, end)).start()
        line, before = line + text.count("\n", before, start), start
        yield line
        _, end = decoder.raw_decode(text, start)


# ---------------------------------------------------------------- data


def data_file(folder: Path, src: str) -> Data:
    """The CSV `src` below `folder`. Raises ValueError with a sentence that says why it cannot be used, CourseError for
    what is wrong in it."""
    try:
        return data_text(inside(folder, src).read_text(encoding="utf-8-sig"), Place(src, 1))
    except UnicodeDecodeError as error:
        raise CourseError([not_utf8(src, error)]) from None


def data_text(text: str, place: Place) -> Data:
    """Data from the text of a CSV that begins at `place`; its first line names the columns. Raises CourseError."""
    rows = csv_rows(text, place)
    if len(rows) < 2:
        hint = "write one row a line, its cells parted by commas"
        raise CourseError([Problem(place, "the data hold no rows below the line that names the columns", hint)])
    (first, header), *rest = rows
    return Data(header=header, rows=tuple(row for _, row in rest), lines=tuple(at.line for at, _ in rest), place=first)


def csv_rows(text: str, place: Place) -> list[tuple[Place, tuple[str, ...]]]:
    """The rows of a CSV that begins at `place`, but for empty ones, each with the line on which it begins, since a cell
    may hold several. Raises CourseError for what is no CSV and for rows that are not as long as the first."""
    reader, line = csv.reader(io.StringIO(text)), place.line
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((Place(place.file, line), tuple(cell.strip() for cell in row)))
            line = place.line + reader.line_num
    except csv.Error as error:
        hint = "look for a quote that is never closed"
        raise CourseError([Problem(Place(place.file, line), f"this is not CSV: {error}", hint)]) from None
    columns = len(rows[0][1]) if rows else 0
    hint = 'a cell that holds a comma stands in "quotes"'
    if misfits := [
        Problem(at, f"this row has {len(cells)} cells, the first line names {columns} columns", hint)
        for at, cells in rows
        if len(cells) != columns
    ]:
        raise CourseError(misfits)
    return rows
