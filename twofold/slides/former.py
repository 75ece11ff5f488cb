"""The deck as it was generated last: a slide that would be drawn from the same again is taken over from it.

Only a deck counts in which nothing is the teacher's; what it was drawn from is remembered beside it. The parts of such
a slide get the names that they would have if all were drawn, so that the file is the same."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import _Relationship

from twofold.builds.handmade import is_as_generated
from twofold.builds.record import digest
from twofold.files import replacing
from twofold.problems import Place, Problem
from twofold.slides.canvas import Canvas, Setting
from twofold.slides.captions import page_mark
from twofold.slides.merging.base import read_base
from twofold.slides.merging.identity import TAGS, tags_name
from twofold.slides.merging.model import Base, Slide
from twofold.slides.merging.references import slide_parts
from twofold.slides.naming import opened
from twofold.slides.planned import PlannedSlide
from twofold.trees import walk

NUMBER = re.compile(r"\d+(?=\.\w+$)")


class Drawn(msgspec.Struct):
    """What is remembered of a slide: `source`, the digest of all that it was drawn from, and what was told of it."""

    source: str
    problems: tuple[Problem, ...] = ()


class _Memory(msgspec.Struct):
    """The digest of the deck's file, and its slides in order."""

    deck: str = ""
    slides: list[Drawn] = []


@dataclass
class Former:
    """The deck at `path`, or none; `around` is a digest of all but the chapters that slides are drawn from."""

    path: Path | None = None
    around: str = ""

    def sources(self, slides: Sequence[PlannedSlide], setting: Setting) -> list[str]:
        """For each slide the digest of all that it is drawn from: the line of each word is among it, since problems
        name it, and how the slide before it and its section are called."""
        titles = {chapter.id: chapter.running_title for chapter in setting.course.chapters}
        cited = [(entry.key, entry.short) for entry in setting.course.bibliography]
        common = _digest(self.around, cited)
        return [
            _digest(
                common,
                slide,
                _lines(slide),
                before and before.anchor,
                titles.get(slide.chapter),
                page_mark(setting, slide),
            )
            for slide, before in zip(slides, (None, *slides), strict=False)
        ]

    def whole(self, sources: Sequence[str]) -> tuple[Any, Base, list[Drawn]] | None:
        """The deck, its model and what is remembered of its slides, where all of them were drawn from that."""
        if list(self._known) != sources or not sources:
            return None
        return self._presentation, self._base, [drawn for _, drawn in self._known.values()]

    def __contains__(self, source: object) -> bool:
        """Whether a slide was drawn from that."""
        return source in self._known

    def take(self, source: str, canvas: Canvas) -> Slide:
        """Lets a slide have what was drawn from that, once, and what was told of it; gives its model."""
        number, drawn = self._known.pop(source)
        canvas.part._element = self._slides[number]._element
        canvas.problems = list(drawn.problems)
        self._relate(canvas.part, self._slides[number], canvas)
        return self._base.slides[number]

    @cached_property
    def _known(self) -> dict[str, tuple[int, Drawn]]:
        memory = _remembered(self.path) if self.path and is_as_generated(self.path) else _Memory()
        return {drawn.source: (number, drawn) for number, drawn in enumerate(memory.slides)}

    @cached_property
    def _presentation(self) -> Any:
        assert self.path
        return opened(self.path)

    @cached_property
    def _slides(self) -> list[Any]:
        return list(slide_parts(self._presentation))

    @cached_property
    def _base(self) -> Base:
        base = read_base(self._presentation)
        assert base  # it is as it was generated
        return base

    # ------------------------------------------------------------ parts of one file into another

    def _relate(self, ours: Any, old: Any, canvas: Canvas) -> None:
        """Gives a part of ours the relationships of an old one, under their names."""
        for one in list(old.rels.values()):
            mode = "External" if one.is_external else "Internal"
            target = one.target_ref if one.is_external else self._ours(one.reltype, one.target_part, canvas)
            ours.rels._rels[one.rId] = _Relationship(ours.partname.baseURI, one.rId, one.reltype, mode, target)

    def _ours(self, kind: str, part: Any, canvas: Canvas) -> Any:
        """The part of our deck that stands for an old one: one of ours, or the old one itself under a new name."""
        package = canvas.part.package
        match kind:
            case RT.SLIDE_LAYOUT:
                return canvas.part.part_related_by(RT.SLIDE_LAYOUT)
            case RT.SLIDE:
                return canvas.setting.slides[self._base.slides[self._slides.index(part)].key]
            case RT.NOTES_MASTER:
                return package.presentation_part.notes_master_part
        part._package = package
        match kind:
            case RT.IMAGE if part.partname.ext == "svg":
                return canvas.setting.drawings.setdefault(part.partname, part)
            case RT.IMAGE:
                return package.take_image_part(part)
            case _ if kind == TAGS:
                part.partname = tags_name(canvas.part)
            case _:
                part.partname = package.next_partname(NUMBER.sub("%d", part.partname))
                self._relate(part, part, canvas)
        return part


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()


def _lines(slide: PlannedSlide) -> list[Place]:
    """Where the slide and each node on it was written, which a node's own repr leaves out."""
    told = (*(zone.blocks for zone in slide.zones), slide.notes, slide.answers, slide.footnotes, slide.credit)
    return [slide.place, *(node.place for node in walk(told))]


def remember(path: Path, data: bytes, drawn: Sequence[Drawn]) -> None:
    """Remembers from what the slides of a deck were drawn that becomes the file `data`."""
    with replacing(_beside(path)) as new:
        new.write_bytes(msgspec.json.encode(_Memory(hashlib.sha256(data).hexdigest(), list(drawn))))


def _remembered(path: Path) -> _Memory:
    try:
        memory = msgspec.json.decode(_beside(path).read_bytes(), type=_Memory)
    except (OSError, msgspec.DecodeError):
        return _Memory()
    return memory if memory.deck == digest(path) else _Memory()


def _beside(path: Path) -> Path:
    return path.parent / ".twofold" / f"drawn-{path.stem}.json"
