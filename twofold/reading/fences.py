"""Fenced blocks: code, and the charts and timelines that are written as data."""

import re
from collections.abc import Iterator
from typing import get_args

from markdown_it.tree import SyntaxTreeNode

from twofold.course import data_file, data_text
from twofold.highlight import known_language
from twofold.model import Block, Chart, ChartKind, CodeBlock, Data, Timeline
from twofold.problems import CourseError, Place, did_you_mean
from twofold.reading.attributes import Attributes
from twofold.reading.desk import Desk
from twofold.reading.inlines import citation

DRAWN = {"chart": ("type", "title", "alt", "data", "from"), "timeline": ("title", "alt", "data", "from")}
PAIRED = {"range": "a name, from and to", "dumbbell": "a name and two numbers"}
CHART_KINDS: tuple[ChartKind, ...] = get_args(ChartKind)


def read_fence(desk: Desk, node: SyntaxTreeNode) -> Iterator[Block]:
    """Code, or a chart or timeline where the info string holds `{.chart …}`."""
    place, info = desk.place(node), node.info.strip()
    if _never_closed(desk, node):
        desk.error(place, f"the code block opened here with {node.markup} never closes", f"add a line {node.markup}")
    if not info.startswith("{"):
        language = info.split()[0] if info else ""
        if language in DRAWN:
            desk.error(place, f"the rows of this {language} would be printed as code", f"write {{.{language} …}}")
            return
        yield CodeBlock(text=node.content.removesuffix("\n"), language=language, place=place)
        return
    attributes = desk.attributes(info, place)
    name = next(iter(attributes.classes), "")
    if name in DRAWN:
        desk.check_names(f"attribute of a {name}", attributes.pairs, DRAWN[name], place)
        data = _data(desk, node, attributes, place)
        if data:
            yield _drawn(desk, name, attributes, data, place)
    elif known_language(name):
        yield CodeBlock(text=node.content.removesuffix("\n"), language=name, place=place)
    else:
        desk.error(place, f"unknown kind of fenced block “{name}”", did_you_mean(name, DRAWN))


def _never_closed(desk: Desk, node: SyntaxTreeNode) -> bool:
    last = desk.lines[(node.map or (0, 1))[1] - 1].lstrip("> \t").rstrip()
    return not (last.startswith(node.markup) and not last.strip(node.markup[0]))


def _drawn(desk: Desk, name: str, attributes: Attributes, data: Data, place: Place) -> Block:
    title, alt = attributes.pairs.get("title", ""), attributes.pairs.get("alt", "")
    origin = citation(desk, words, place) if (words := attributes.pairs.get("from")) else None
    if name == "timeline":
        _check_columns(desk, data, 2, "a timeline needs a column of dates and one of events")
        _check_events(desk, data)
        return Timeline(data=data, title=title, alt=alt, origin=origin, id=attributes.id, place=place)
    _check_columns(desk, data, 2, "a chart needs a column of names and at least one of numbers")
    kind = _kind(desk, attributes, place)
    if kind in PAIRED and len(data.header) != 3:
        desk.error(data.place, f"a {kind} needs three columns: {PAIRED[kind]}", "write as Survivors,500,700")
    elif _check_numbers(desk, data) and kind in PAIRED:
        (_check_spans if kind == "range" else _check_pairs)(desk, data)
    return Chart(kind=kind, data=data, title=title, alt=alt, origin=origin, id=attributes.id, place=place)


def _kind(desk: Desk, attributes: Attributes, place: Place) -> ChartKind:
    wanted = attributes.pairs.get("type", "bar")
    for kind in CHART_KINDS:
        if kind == wanted:
            return kind
    desk.error(place, f"unknown type of chart “{wanted}”", did_you_mean(wanted, CHART_KINDS))
    return "bar"


def _data(desk: Desk, node: SyntaxTreeNode, attributes: Attributes, place: Place) -> Data | None:
    try:
        if src := attributes.pairs.get("data"):
            if node.content.strip():
                hint = "take out data=, or the rows"
                desk.error(place, f"rows stand here and a file of data is named, “{src}”", hint)
            desk.needs_no_file = False
            return data_file(desk.folder, src)
        return data_text(node.content, Place(place.file, place.line + 1))
    except CourseError as error:
        desk.problems += error.problems
        return None
    except ValueError as error:
        desk.error(
            place, str(error), 'name a CSV in the chapters folder, as data="data/deaths.csv", or write its rows here'
        )
        return None


def _check_columns(desk: Desk, data: Data, least: int, message: str) -> None:
    if len(data.header) < least:
        desk.error(data.place, message, "separate the columns by commas")


def _check_events(desk: Desk, data: Data) -> None:
    for number, row in enumerate(data.rows, start=1):
        if not all(row[:2]):
            desk.error(_row_place(data, number), "this row has no date or no event", "write both")


def _check_numbers(desk: Desk, data: Data) -> bool:
    """Whether all cells but the names are numbers or empty."""
    right = True
    for number, row in enumerate(data.rows, start=1):
        for value in row[1:]:
            if value and not re.fullmatch(r"-?\d+(\.\d+)?", value):
                hint = "write digits only, as 5597 or 46.4; leave it empty if unknown"
                desk.error(_row_place(data, number), f"“{value}” is not a number", hint)
                right = False
    return right


def _check_spans(desk: Desk, data: Data) -> None:
    for number, (name, low, high) in enumerate(data.rows, start=1):
        if not low and not high:
            desk.error(_row_place(data, number), f"the range of “{name}” has neither end", "write one or both numbers")
        elif min(float(low or high), float(high or low)) < 0:
            message = f"the range of “{name}” goes below zero, where a native chart stacks no bars"
            desk.error(_row_place(data, number), message, "use type=bar, or count from another zero")
        elif low and high and float(low) > float(high):
            message = f"the range of “{name}” goes from {low} down to {high}"
            desk.error(_row_place(data, number), message, "write the lower number first")


def _check_pairs(desk: Desk, data: Data) -> None:
    for number, (name, *values) in enumerate(data.rows, start=1):
        if not all(values):
            message = f"“{name}” has not both its numbers, which a dumbbell joins"
            desk.error(
                _row_place(data, number), message, "write both; in a chart of type=dot or range one may be empty"
            )


def _row_place(data: Data, number: int) -> Place:
    return Place(data.place.file, data.lines[number - 1])
