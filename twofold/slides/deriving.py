"""Slides for a chapter whose author wrote none: headings become titles, lists and evidence stand below them, prose
goes into the notes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from twofold.model import (
    Block,
    Blocks,
    BulletList,
    Chapter,
    Discussion,
    Exercise,
    Glossary,
    Heading,
    Incremental,
    Inlines,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Rule,
    Teacher,
    Text,
)
from twofold.problems import Place

MOST_POINTS = 7
"""A list of more items is continued on a further slide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A slide as the chapter has it, before a role is chosen; notes still stand among its blocks."""

    key: str
    anchor: str
    title: Inlines
    blocks: Blocks
    layout: str = ""
    place: Place


@dataclass
class _Section:
    """What follows one heading: its slides so far, and the prose that no slide holds yet. Its slides count from
    `first`, which is 2 where the chapter's section slide has taken the key."""

    id: str
    title: Inlines
    place: Place
    first: int = 1
    slides: list[Draft] = field(default_factory=list)
    prose: list[Block] = field(default_factory=list)

    def show(self, block: Block) -> None:
        """A slide for `block`, spoken to with the prose before it; a task brings its own title."""
        anchor = getattr(block, "id", "") or self.id
        count = len(self.slides) + self.first
        key = self.id if count == 1 else f"{self.id}-{count}"
        blocks = (block, *_spoken(self.prose))
        title = () if isinstance(block, Exercise | Discussion) else self.title
        self.slides.append(Draft(key=key, anchor=anchor, title=title, blocks=blocks, place=block.place))
        self.prose = []

    def closed(self) -> Iterator[Draft]:
        """The slides; prose after the last belongs to it, prose without any gets one that shows the heading alone."""
        if not self.slides:
            yield Draft(key=self.id, anchor=self.id, title=self.title, blocks=_spoken(self.prose), place=self.place)
            return
        yield from self.slides[:-1]
        last = self.slides[-1]
        yield replace(last, blocks=(*last.blocks, *_spoken(self.prose)))


def derive(chapter: Chapter) -> tuple[Blocks, tuple[Draft, ...]]:
    """What is said on the chapter's section slide, and the slides after it."""
    place = chapter.said_at("title")
    opening = _Section(f"chapter-{chapter.id}", (Text(text=chapter.title, place=place),), place, first=2)
    sections = [opening]
    for block in _unwrapped(chapter.blocks):
        match block:
            case Heading(content=content, id=id):
                sections.append(_Section(id, content, block.place))
            case BulletList() | OrderedList():
                for part in _short(block):
                    sections[-1].show(part)
            case Paragraph() | Notes() | Teacher():
                sections[-1].prose.append(block)
            case Rule() | Glossary():
                pass  # nothing to draw: a pause in the prose, and what the booklet gathers at its back
            case _:
                sections[-1].show(block)
    if not opening.slides:
        return tuple(opening.prose), _all(sections[1:])
    return (), _all(sections)


def _all(sections: list[_Section]) -> tuple[Draft, ...]:
    return tuple(draft for section in sections for draft in section.closed())


def _unwrapped(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Only) and block.output == "booklet":
            continue
        if isinstance(block, Incremental) and len(block.blocks) > 1:
            yield from _unwrapped(tuple(replace(block, blocks=(part,)) for part in block.blocks))
        else:
            yield block


def _short(block: BulletList | OrderedList) -> Iterator[Block]:
    for start in range(0, len(block.items), MOST_POINTS):
        items = block.items[start : start + MOST_POINTS]
        if isinstance(block, OrderedList):
            yield replace(block, items=items, start=block.start + start)
        else:
            yield replace(block, items=items)


def _spoken(prose: list[Block]) -> Blocks:
    return (Notes(blocks=tuple(prose)),) if prose else ()
