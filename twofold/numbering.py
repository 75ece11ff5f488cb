"""Course → the same course with its numbers, citations and cross references filled in."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Any, Literal

from twofold.citations import Citer
from twofold.kept import Kept
from twofold.model import (
    Aside,
    Chapter,
    Chart,
    Citation,
    Compare,
    Course,
    Discussion,
    Exercise,
    Figure,
    Footnote,
    Heading,
    IndexMark,
    Inlines,
    Node,
    Notes,
    Only,
    Reference,
    Slide,
    Source,
    Table,
    Teacher,
    Term,
    Text,
    Timeline,
    Voice,
)
from twofold.trees import joined, plain, regrown, rewrite, shared, walk
from twofold.words import Words

Where = Literal["page", "note", "caption", "aloud"]
"""Where a node stands: on the page, inside a footnote, in words that take no footnote, or in what only a teacher
or a slide says."""

NOTES = Citation | Footnote
PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»“]?")

SERIES: dict[type[Node], str] = {
    Figure: "figure",
    Chart: "figure",
    Timeline: "figure",
    Table: "table",
    Compare: "table",
    Source: "source",
    Exercise: "exercise",
}


def number(course: Course, citer: Citer, words: Words) -> Course:
    """The course with every field marked "numbered" in the model filled in.

    Figures, tables, sources and exercises count from 1 in each chapter ("4.1", in an appendix "A.1"), footnotes and the
    citations that a note style prints as footnotes share one count per chapter. What stands only on slides or in the
    teacher's notes does not disturb the counts of the page."""
    labels = _chapter_labels(course)
    numbered = replace(
        course, chapters=tuple(_Numberer(chapter, labels[chapter.id], citer).chapter() for chapter in course.chapters)
    )
    labelled: Course = rewrite(numbered, _Labeller(numbered, words).label)
    chapters = tuple(map(_known_again, course.chapters, labelled.chapters))
    return replace(labelled, chapters=chapters, bibliography=citer.bibliography())


def _known_again(read: Chapter, numbered: Chapter) -> Chapter:
    """The very chapter that came of the one that was read when it was numbered before, if it is equal, so that what was
    made of it is known to hold. Nodes are equal wherever they stand, but all of them stand where they were read."""
    known = _NUMBERED.get(read.id)
    if not known or known[0] is not read or known[1] != numbered:
        _NUMBERED[read.id] = known = read, numbered
    return known[1]


_NUMBERED: Kept[str, tuple[Chapter, Chapter]] = Kept()
"""Chapters as they were read and as they were numbered, by their ids."""


def _chapter_labels(course: Course) -> dict[str, str]:
    """What the figures of each chapter are counted under: its number, or for appendices A, B, C …"""
    letters = iter(ascii_uppercase)
    return {
        chapter.id: next(letters, str(chapter.number)) if chapter.appendix else str(chapter.number)
        for chapter in course.chapters
    }


@dataclass(slots=True)
class _Numberer:
    """Numbers one chapter from its first node to its last; `label` stands before the point of its numbers."""

    of: Chapter
    label: str
    citer: Citer
    counts: Counter[str] = field(default_factory=Counter)

    def chapter(self) -> Chapter:
        return replace(self.of, blocks=self.inside(self.of.blocks, "page"))

    def inside(self, tree: Any, where: Where) -> Any:
        """`tree` with everything in it numbered, in reading order."""
        if isinstance(tree, tuple):
            parts = shared(tree, tuple(self.inside(part, where) for part in tree))
            return _behind_punctuation(parts) if self.citer.in_notes and where in ("page", "aloud") else parts
        if not isinstance(tree, Node):
            return tree
        numbered = self.numbered(tree, where)
        return regrown(numbered, lambda name, inner: self.inside(inner, _within(tree, name, where)))

    def numbered(self, node: Any, where: Where) -> Any:
        match node:
            case Figure() | Chart() | Timeline() | Table() | Compare() | Source() | Exercise() if where == "page":
                return self.in_series(node)
            case Footnote():
                return replace(node, number=self.next_note(where))
            case Citation():
                return self.cited(node, where)
            case Term():
                return replace(node, id=self.anchor("term", where))
            case IndexMark():
                return replace(node, id=self.anchor("index", where))
            case _:
                return node

    def in_series(self, node: Any) -> Any:
        """The node with its number and an id to find it by; a table or picture without a caption is not counted."""
        if isinstance(node, Figure | Table) and not node.caption and not node.id:
            return node
        series = SERIES[type(node)]
        self.counts[series] += 1
        count = self.counts[series]
        identifier = node.id or f"{self.of.id}:{series}-{count}"
        return replace(node, number=f"{self.label}.{count}", id=identifier)

    def next_note(self, where: Where) -> int:
        series = "note aloud" if where == "aloud" else "note"
        self.counts[series] += 1
        return self.counts[series]

    def cited(self, citation: Citation, where: Where) -> Citation:
        content = self.citer.cite(citation)
        if not self.citer.in_notes:
            return replace(citation, content=content)
        match where:
            case "page":
                return replace(citation, content=_ended(content), number=self.next_note(where))
            case "caption":
                return replace(citation, content=(Text(text="("), *content, Text(text=")")))
            case "aloud":  # it follows the full stop, as a note would
                return replace(citation, content=(Text(text=" ("), *content, Text(text=")")))
            case "note":
                return replace(citation, content=content)

    def anchor(self, kind: str, where: Where) -> str:
        """An id for a place that the glossary or index names; what is not printed has none."""
        if where == "aloud":
            return ""
        self.counts[kind] += 1
        return f"{kind}-{self.label}-{self.counts[kind]}"


def _within(node: Node, name: str, where: Where) -> Where:
    """Where the field `name` of a node stands, when the node itself stands at `where`."""
    match node:
        case Voice():
            return "note" if name == "source" else "caption"
        case _ if where == "aloud":
            return where
        case Slide() | Notes() | Teacher() | Only(output="slides"):
            return "aloud"
        case Exercise() if name == "solution":
            return "aloud"
        case Footnote():
            return "note"
        case Source() if name == "origin":
            return "note"
        case Figure() | Table() if name == "caption":
            return "caption"
        case Chart() | Timeline() if name == "origin":
            return "caption"
        case Aside():
            return "caption"
        case _:
            return where


def _behind_punctuation(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Authors write "so it was [@key]."; the number of a note belongs behind the full stop, without a space."""
    if not any(isinstance(part, NOTES) for part in parts):
        return parts
    moved: list[Any] = []
    notes: list[Any] = []
    for part in parts:
        if isinstance(part, NOTES):
            if moved and isinstance(moved[-1], Text):
                moved[-1] = replace(moved[-1], text=moved[-1].text.rstrip())
            notes.append(part)
            continue
        if notes and isinstance(part, Text):
            mark = PUNCTUATION.match(part.text)
            moved.append(Text(text=mark.group() if mark else "", place=part.place))
            part = replace(part, text=part.text[mark.end() :] if mark else part.text)
        moved += [*notes, part]
        notes = []
    return joined((*moved, *notes))


def _ended(content: Inlines) -> Inlines:
    """A note of its own ends with a full stop."""
    return content if plain(content).rstrip().endswith((".", "!", "?")) else (*content, Text(text="."))


class _Labeller:
    """Knows what every id of the course is called."""

    def __init__(self, course: Course, words: Words) -> None:
        self.labels: dict[str, str] = {}
        self.words = words
        for chapter in course.chapters:
            named = f"“{chapter.title}”" if chapter.appendix else f"{words['chapter']} {chapter.number}"
            self.labels[chapter.id] = named
            for node in _named(chapter):
                self.labels.setdefault(node.id, self.name(node))

    def name(self, node: Any) -> str:
        match node:
            case Heading(content=content) | Slide(title=content):
                return f"“{plain(content)}”"
            case Discussion(title=title):
                return title or self.words["discussion"]
            case _:
                return f"{self.words[SERIES[type(node)]]} {node.number}".rstrip()

    def label(self, node: Any) -> Any:
        if isinstance(node, Reference):
            name = node.target.removeprefix("term:")
            return replace(node, label=self.labels.get(node.target, name))
        return node


def _named(chapter: Chapter) -> list[Any]:
    kinds: tuple[Any, ...] = (*SERIES, Heading, Slide, Discussion)
    return [node for node in walk(chapter.blocks) if isinstance(node, kinds) and node.id]
