"""The document tree in words, one node a line, for goldens that a person can read."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from twofold.model import (
    Chapter,
    Course,
    Data,
    Node,
    Row,
    Text,
)
from twofold.slides.planned import PlannedSlide
from twofold.trees import plain


def outline(tree: Any, depth: int = 0) -> Iterator[str]:
    """Lines for `tree`: the kind of each node, its line in the chapter, and what it holds."""
    if isinstance(tree, tuple):
        for part in tree:
            yield from outline(part, depth)
        return
    indent = "  " * depth
    if isinstance(tree, Text):
        yield f"{indent}“{tree.text}”"
        return
    if isinstance(tree, Course):
        yield from outline(tree.chapters, depth)
        return
    plain, nested = _fields(tree)
    line = "" if isinstance(tree, Chapter | Row) else f"  :{tree.place.line}"
    yield f"{indent}{type(tree).__name__}{''.join(plain)}{line}"
    for name, value in nested:
        if name not in ("blocks", "content", "items", "rows", "works", "cells", "parts", "columns", "entries"):
            yield f"{indent}  {name}:"
            yield from outline(value, depth + 2)
        elif name == "cells":
            for cell in value:
                yield f"{indent}  |"
                yield from outline(cell, depth + 2)
        else:
            yield from outline(value, depth + 1)


def _fields(node: Node) -> tuple[list[str], list[tuple[str, Any]]]:
    """What of a node fits on its own line, and what stands below it."""
    plain, nested = [], []
    for slot in dataclasses.fields(node):
        value = getattr(node, slot.name)
        if not slot.compare or value in ("", (), 0, None):
            continue
        if isinstance(node, Data) or not _holds_nodes(value):
            plain.append(f" {slot.name}={value!r}")
        else:
            nested.append((slot.name, value))
    return plain, nested


def _holds_nodes(value: Any) -> bool:
    return isinstance(value, Node) or (isinstance(value, tuple) and any(map(_holds_nodes, value)))


def outline_of_slides(slides: Iterable[PlannedSlide]) -> Iterator[str]:
    """Lines for planned slides: number and layout, title, what stands in each zone, what is said."""
    for slide in slides:
        yield f"{slide.number} {slide.role} {slide.key} @{slide.anchor}"
        yield f"  “{plain(slide.title)}”"
        for zone in slide.zones:
            label = " · ".join(" ".join(part).strip() for part in zone.label)
            yield f"  {zone.name}:{' on click' if zone.appears else ''}{f' [{label}]' if label else ''}"
            yield from outline(zone.blocks, 2)
        for name in ("notes", "answers", "footnotes", "credit"):
            if value := getattr(slide, name):
                yield f"  {name}: {plain(value)}"
        if slide.works:
            yield f"  works: {', '.join(work.key for work in slide.works)}"
        yield from (f"  ! {problem.message}" for problem in slide.problems)
