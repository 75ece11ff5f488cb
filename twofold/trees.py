"""Going over a document tree: every node of it, a changed copy of it, its words."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter, is_
from typing import Any

from twofold.model import (
    Aside,
    Blank,
    Break,
    Citation,
    Code,
    CodeBlock,
    Course,
    Exercise,
    Footnote,
    Glossary,
    Image,
    Inline,
    Inlines,
    Math,
    MathBlock,
    Node,
    Notes,
    Reference,
    Teacher,
    Text,
)
from twofold.problems import Place

RULE = "____"  # stands for a blank wherever words are shown to everybody

LEAVES = (str, int, float, bool, Place)
"""Fields of these types hold no node; to ask them all the same takes most of the time of a walk."""


@cache
def _branches(kind: Any) -> tuple[str, ...]:
    """The names of what may hold nodes in a node of that kind."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.type not in LEAVES)


@cache
def _held_backwards(kind: Any) -> Callable[[Any], Iterable[Any]] | None:
    """What gives all that may hold nodes in a node of that kind, the last first; None where there can be no node."""
    if not issubclass(kind, Node | Course):
        return None
    names = _branches(kind)[::-1]
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda node: (getattr(node, names[0]),)) if names else (lambda node: ())


def walk(tree: object) -> Iterator[Any]:
    """Every node below and including `tree` (a node, a course or a tuple of nodes), in reading order."""
    waiting: list[Any] = [tree]
    while waiting:
        part = waiting.pop()
        kind: Any = type(part)
        if kind is tuple:
            waiting += part[::-1]
        elif held := _held_backwards(kind):
            if kind is not Course:
                yield part
            waiting += held(part)


def rewrite(tree: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of `tree` in which every node, innermost first and in reading order, is what `change` returns for it.

    What did not change is shared with the old tree."""
    if isinstance(tree, tuple):
        return shared(tree, tuple(rewrite(part, change) for part in tree))
    if not isinstance(tree, Node | Course):
        return tree
    copy = regrown(tree, lambda _, inner: rewrite(inner, change))
    return change(copy) if isinstance(copy, Node) else copy


def regrown(node: Any, change: Callable[[str, Any], Any]) -> Any:
    """A copy of a node in which whatever may hold nodes is what `change` returns for its name and value; the node
    itself where nothing changed."""
    changed = {}
    kind: Any = type(node)
    for name in _branches(kind):
        old = getattr(node, name)
        if (new := change(name, old)) is not old:
            changed[name] = new
    return dataclasses.replace(node, **changed) if changed else node


def shared(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """The old tuple where the new one holds the very same."""
    return old if len(old) == len(new) and all(map(is_, old, new)) else new


def public(tree: Any) -> Any:
    """`tree` without what only the teacher may see before the time: notes, teacher's blocks and solutions."""

    def emptied(node: Any) -> Any:
        match node:
            case Notes() | Teacher():
                return dataclasses.replace(node, blocks=())
            case Exercise():
                return dataclasses.replace(node, solution=())
            case _:
                return node

    return rewrite(tree, emptied)


def joined(inlines: Inlines) -> Inlines:
    """The same inlines with neighbouring words as one Text and without empty ones."""
    whole: list[Inline] = []
    for inline in inlines:
        last = whole[-1] if whole else None
        if isinstance(inline, Text) and isinstance(last, Text):
            whole[-1] = dataclasses.replace(last, text=last.text + inline.text)
        elif inline != Text(text=""):
            whole.append(inline)
    return tuple(whole)


def named(inlines: Inlines) -> Inlines:
    """The same inlines with the names of works in place of their citations, for a place that is about the works."""
    return tuple(part for inline in inlines for part in (inline.content if isinstance(inline, Citation) else (inline,)))


def plain(tree: object) -> str:
    """The words in the running text of `tree`; footnotes, asides and citations are left out."""
    if isinstance(tree, tuple):
        return "".join(plain(part) for part in tree)
    match tree:
        case Text(text=text) | Code(text=text) | CodeBlock(text=text):
            return text
        case Math(tex=tex) | MathBlock(tex=tex):
            return tex
        case Break():
            return " "
        case Reference(content=content, label=label):
            return plain(content) or label
        case Blank():
            return RULE
        case Footnote() | Citation() | Aside() | Glossary() | Notes() | Image():
            return ""
        case Node():
            return "".join(plain(getattr(tree, slot.name)) for slot in dataclasses.fields(tree))
        case _:
            return ""
