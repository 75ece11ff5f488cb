"""What the students' booklet says, passage by passage and with its page: what an errata slip is made from.

Page numbers, numbers of slides and all else that follows from where things stand are left out: in the booklet that a
class has they are true."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from twofold.builds.errata import Passage
from twofold.model import (
    Aside,
    Block,
    Blocks,
    BulletList,
    Callout,
    Chapter,
    Chart,
    Citation,
    CodeBlock,
    Columns,
    Compare,
    Course,
    Discussion,
    Exercise,
    Figure,
    Footnote,
    Glossary,
    Heading,
    Incremental,
    Inlines,
    MathBlock,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Slide,
    Source,
    Table,
    Teacher,
    Timeline,
)
from twofold.trees import plain, walk

JOIN = " · "


@dataclass(slots=True)
class _Reader:
    """Reads a course as students do; `_folio` is the page that it has come to."""

    folios: Mapping[str, int]
    drawing: Callable[[str], bytes]
    _folio: int = 1

    def course(self, course: Course) -> Iterator[Passage]:
        for chapter in course.chapters:
            yield from self._chapter(chapter)
        self._turn_to("glossary")
        for node in walk(tuple(course.chapters)):
            if isinstance(node, Glossary):
                yield from self._glossary(node)
        self._turn_to("bibliography")
        yield from (self._passage(plain(entry.full)) for entry in course.bibliography)

    def _turn_to(self, *names: str) -> None:
        self._folio = next((self.folios[name] for name in names if name in self.folios), self._folio)

    def _chapter(self, chapter: Chapter) -> Iterator[Passage]:
        self._turn_to(f"chapter-{chapter.id}")
        for words in (chapter.title, chapter.dates, chapter.question, *chapter.aims):
            yield from self._said(words)
        yield from self._blocks(chapter.blocks)

    def _blocks(self, blocks: Blocks) -> Iterator[Passage]:
        for block in blocks:
            self._turn_to(str(block.place), getattr(block, "id", ""))
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Passage]:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield from self._words(content)
            case BulletList(items=items) | OrderedList(items=items):
                for item in items:
                    yield from self._blocks(item.blocks)
            case CodeBlock() | MathBlock():
                yield from self._said(plain(block))
            case Figure(src=src, caption=caption, number=number):
                yield self._passage(plain(caption) or number, hashlib.sha256(self.drawing(src)).hexdigest())
            case Table(caption=caption, head=head, rows=rows):
                yield from self._words(caption)
                for row in (head, *rows):
                    yield from self._row(row.cells)
            case Chart(title=title, data=data, origin=origin) | Timeline(title=title, data=data, origin=origin):
                yield from self._said(title)
                yield from (self._passage(JOIN.join(filter(None, row))) for row in data.rows)
                yield from self._notes(origin)
            case Compare(question=question, voices=voices):
                yield from self._said(question)
                for voice in voices:
                    yield from self._row((voice.source, voice.claim, voice.evidence), voice.verdict)
            case Source(title=title, blocks=blocks, origin=origin):
                yield from self._said(title)
                yield from self._blocks(blocks)
                yield from self._notes(origin)
            case Callout(title=title, blocks=blocks) | Discussion(title=title, blocks=blocks):
                yield from self._said(title)
                yield from self._blocks(blocks)
            case Quote(blocks=blocks) | Exercise(blocks=blocks) | Incremental(blocks=blocks):
                yield from self._blocks(blocks)
            case Columns(columns=columns):
                for column in columns:
                    yield from self._blocks(column.blocks)
            case Only(output=output, blocks=blocks):
                yield from self._blocks(blocks) if output == "booklet" else ()
            case Rule() | Glossary() | Teacher() | Notes() | Slide():
                pass  # nothing of it is printed here
            case _:
                assert_never(block)

    def _words(self, content: Inlines) -> Iterator[Passage]:
        """A line of running text, then the notes that belong to it."""
        yield from self._said(plain(content))
        yield from self._notes(content)

    def _row(self, cells: tuple[Inlines, ...], more: str = "") -> Iterator[Passage]:
        yield from self._said(JOIN.join(filter(None, (*map(plain, cells), more))))
        yield from self._notes(cells)

    def _notes(self, tree: object) -> Iterator[Passage]:
        for node in walk(tree):
            if isinstance(node, Footnote):
                yield from self._said(" ".join(map(plain, node.blocks)))
            elif isinstance(node, Citation | Aside):
                yield from self._said(plain(node.content))

    def _glossary(self, glossary: Glossary) -> Iterator[Passage]:
        for entry in glossary.entries:
            name = f"{entry.name} ({plain(entry.original)})" if entry.original else entry.name
            yield from self._said(f"{name}: {plain(entry.definition)}")

    def _said(self, text: str) -> Iterator[Passage]:
        if text.strip():
            yield self._passage(text)

    def _passage(self, text: str, look: str = "") -> Passage:
        return Passage(self._folio, " ".join(text.split()), look)


def read_passages(course: Course, folios: Mapping[str, int], drawing: Callable[[str], bytes]) -> tuple[Passage, ...]:
    """Everything the students' booklet says, in reading order. `folios` gives the pages of anchors and of places
    ("file:line"), `drawing` the bytes of a picture by its name in the course."""
    return tuple(_Reader(folios, drawing).course(course))
