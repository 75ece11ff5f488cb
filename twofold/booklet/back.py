"""What is gathered at the back: the glossary with its pages, and the index."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from twofold.model import (
    Chart,
    Compare,
    Course,
    Figure,
    Glossary,
    GlossaryEntry,
    IndexMark,
    Source,
    Table,
    Term,
    Timeline,
)
from twofold.trees import walk

SHOWN = (Figure, Table, Chart, Timeline, Compare, Source)
Anchors = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Pages from `first` to `last`; `main` ones hold a figure, a table or a source on the matter."""

    first: int
    last: int
    main: bool = False


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One entry of the index: its pages and its sub-entries."""

    name: str
    spans: tuple[Span, ...]
    below: tuple["IndexLine", ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryLine:
    """A term with the page on which it is first used, or None when no page uses it."""

    entry: GlossaryEntry
    page: int | None


class Back:
    """The back of a course, as often as its pages are counted anew."""

    def __init__(self, course: Course) -> None:
        nodes = tuple(walk(course))
        terms = [node for node in nodes if isinstance(node, Term) and node.id]
        entries = [entry for node in nodes if isinstance(node, Glossary) for entry in node.entries]
        shown = {mark.id for node in nodes if isinstance(node, SHOWN) for mark in walk(node) if _is_mark(mark)}
        self._used = {term.entry.casefold(): term.id for term in reversed(terms)}
        self._entries = sorted(entries, key=lambda entry: order(entry.name))
        self._marks = [(node.entry, node.id, node.id in shown) for node in nodes if _is_mark(node)]

    def glossary(self, pages: Mapping[str, int]) -> tuple[GlossaryLine, ...]:
        """All glossary entries, sorted."""
        return tuple(
            GlossaryLine(entry, pages.get(self._used.get(entry.name.casefold(), ""))) for entry in self._entries
        )

    def index(self, pages: Mapping[str, int]) -> tuple[tuple[IndexLine, ...], ...]:
        """The index, sorted and grouped by first letter. A span is `main` where its mark stands in a figure, table or
        source."""
        marks: dict[str, list[Span]] = {}
        for entry, anchor, main in self._marks:
            marks.setdefault(entry, [])
            if anchor in pages:
                marks[entry].append(Span(pages[anchor], pages[anchor], main))
        lines = sorted(_lines(marks), key=lambda line: order(line.name))
        return tuple(tuple(group) for _, group in groupby(lines, key=lambda line: order(line.name)[:1]))


def _is_mark(node: object) -> bool:
    return isinstance(node, IndexMark)


def _lines(marks: Mapping[str, list[Span]]) -> list[IndexLine]:
    """“Kengir, walls” goes below “Kengir” where that is an entry too, or where several go below it; a name that is
    turned round, “Kuznetsov, Kapiton”, stays whole."""
    heads = [entry.partition(", ")[0] for entry in marks]
    lines: dict[str, list[str]] = {}
    for entry in marks:
        head, comma, _ = entry.partition(", ")
        grouped = bool(comma) and (head in marks or heads.count(head) > 1)
        lines.setdefault(head if grouped else entry, []).append(entry)
    return [
        IndexLine(
            name,
            merged(marks.get(name, [])),
            tuple(
                IndexLine(entry.partition(", ")[2], merged(marks[entry]))
                for entry in sorted(entries, key=order)
                if entry != name
            ),
        )
        for name, entries in lines.items()
    ]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Pages in order, each once, those that follow each other as one span; a main page stays apart."""
    main: dict[int, bool] = {}
    for span in spans:
        main[span.first] = main.get(span.first, False) or span.main
    result: list[Span] = []
    for page in sorted(main):
        if result and result[-1].last == page - 1 and result[-1].main == main[page]:
            result[-1] = Span(result[-1].first, page, main[page])
        else:
            result.append(Span(page, page, main[page]))
    return tuple(result)


def order(name: str) -> str:
    """What a name is sorted by: letters and digits only, without accents and case."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()
