"""Control characters, which no deck can hold (XML 1.0, 2.2), wherever an author may have brought one in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from twofold.model import Chapter, Node
from twofold.problems import Place, Problem
from twofold.trees import walk

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]")


def in_text(text: str, file: str) -> Iterator[Problem]:
    """The first of them in the text of a file."""
    if found := CONTROL.search(text):
        yield _problem(found, Place(file, text[: found.start()].count("\n") + 1))


def in_tree(tree: object) -> Iterator[Problem]:
    """One of each node of a tree: there they come from files beside the chapters, and from escapes as YAML's
    `\\x0b`."""
    for node in walk(tree):
        yield from _in_chapter(node) if isinstance(node, Chapter) else in_words(node, node.place)


def in_words(holder: Any, place: Place) -> Iterator[Problem]:
    """The first of them in what a node, settings or a work hold themselves, nodes inside them apart."""
    if found := CONTROL.search("\n".join(_strings(holder))):
        yield _problem(found, place)


def _in_chapter(chapter: Chapter) -> Iterator[Problem]:
    for field in fields(chapter):
        if field.compare:
            yield from in_words(getattr(chapter, field.name), chapter.said_at(field.name))


def _strings(holder: Any) -> Iterator[str]:
    inner: Iterable[Any] = ()
    match holder:
        case str():
            yield holder
        case dict():
            inner = holder.values()
        case list() | tuple():
            inner = holder
        case _ if is_dataclass(holder):
            inner = (getattr(holder, field.name) for field in fields(holder) if field.name != "place")
    for one in inner:
        if not isinstance(one, Node):
            yield from _strings(one)


def _problem(found: re.Match[str], place: Place) -> Problem:
    hint = "delete it; word processors leave such characters for page and line breaks"
    return Problem(place, f"a control character stands here, U+{ord(found.group()):04X}", hint)
