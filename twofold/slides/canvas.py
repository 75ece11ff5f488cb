"""One slide while it is drawn: shapes in reading order, links, clicks, and what could not be drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from twofold.model import Course
from twofold.problems import Place, Problem, Severity
from twofold.slides.fit import Ruler
from twofold.slides.lines import Line, split
from twofold.slides.masters import own_form, placeholder
from twofold.slides.room import USUAL, stand
from twofold.slides.text import click_link, text_body
from twofold.slides.theme import Box, Kind, Spot, Theme
from twofold.slides.xml import Element, frame, make
from twofold.words import Words

WORDY: tuple[Kind, ...] = ("words", "box")
"""Kinds of places that hold nothing but words."""


@dataclass(frozen=True, slots=True)
class Click:
    """Something that appears on a click: a whole shape, or paragraphs `first` to `last` of it, counted from 0."""

    shape: int
    first: int = -1
    last: int = -1
    text: bool = True


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an object stands: within `box`, as the content of the place `spot` or, without one, freely on the slide;
    `appears` tells that it waits for a click."""

    box: Box
    spot: Spot | None = None
    appears: bool = False

    @property
    def tied(self) -> bool:
        """Whether the object is the content of its place, and not only where that is."""
        return self.spot is not None and self.spot.kind not in WORDY

    def mark(self) -> Element:
        """The properties that tie the object to its place."""
        return make("p:nvPr", placeholder(self.spot) if self.spot and self.tied else None)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all slides of a deck: `pages` are those of the booklet by anchor, `drawings` the parts of
    SVG pictures by name, `slides` the parts of the deck's slides by key."""

    course: Course
    folder: Path
    words: Words
    theme: Theme
    ruler: Ruler
    pages: Mapping[str, int]
    drawings: dict[str, Any] = field(default_factory=dict)
    slides: dict[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.course.settings.language


@dataclass(slots=True)
class Canvas:
    """`part` is the slide's part in the package, `tree` its shapes, `role` its layout, `place` where it was written."""

    part: Any
    tree: Element
    setting: Setting
    role: str
    place: Place
    clicks: list[Click] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _last_id: int = 1

    def new_id(self) -> int:
        """An id for the next shape."""
        self._last_id += 1
        return self._last_id

    def link(self, url: str) -> str:
        """The name of a relationship to an address outside, or to another slide for “#key”."""
        if url.startswith("#"):
            return str(self.part.relate_to(self.setting.slides[url[1:]], RT.SLIDE))
        return link(self.part, url)

    def lines(self, found: Iterator[Line | Problem]) -> tuple[Line, ...]:
        """The lines that were found; problems are kept."""
        lines, problems = split(found)
        self.problems += problems
        return lines

    def warn(self, place: Place, message: str, hint: str = "") -> None:
        """Keeps a warning for the author."""
        self.problems.append(Problem(place, message, hint, Severity.WARNING))

    def write(
        self,
        spot: Spot,
        lines: Sequence[Line],
        place: Place,
        hint: str = USUAL,
        *,
        at: Box | None = None,
        appears: bool = False,
        url: str = "",
    ) -> None:
        """Fills a place with text that the author wrote at `place`, and tells, with `hint`, when it is too long; `at`
        moves it from where the layout has it, `url` is where a click on it leads."""
        shape, setting = self.new_id(), self.setting
        stood = stand(lines, spot, at or spot.at, place, setting.ruler, role=self.role, hint=hint)
        self.problems += stood.problems
        body = text_body(lines, setting.theme, self.link, stood.scale, setting.theme.styles[spot.style])
        self.put(spot, shape, body, at, url)
        self.clicks += [Click(shape)] if appears else _clicks(shape, lines)

    def put(self, spot: Spot, shape: int, body: Element, at: Box | None = None, url: str = "") -> None:
        """A shape that inherits everything from its place, or brings it where there is none."""
        click = click_link(self.link(url), url) if url else None
        lock = make("p:cNvSpPr", txBox=True) if spot.kind == "box" else make("p:cNvSpPr", make("a:spLocks", noGrp=True))
        names = make(
            "p:nvSpPr", make("p:cNvPr", click, id=shape, name=spot.name), lock, make("p:nvPr", placeholder(spot))
        )
        moved = frame("a:xfrm", at or spot.at) if at or spot.moved or spot.own else None
        form = make("p:spPr", moved, *own_form(spot, body, self.setting.theme) if spot.own else ())
        self.tree.append(make("p:sp", names, form, body))

    def put_object(self, shape: int, element: Element, stand: Stand) -> None:
        """A picture, table or chart."""
        self.tree.append(element)
        if stand.appears:
            self.clicks.append(Click(shape, text=False))

    def put_graphic(self, name: str, alt: str, uri: str, content: Element, box: Box, stand: Stand) -> None:
        """A table or a chart in its frame; `box` is the size it has come to."""
        shape = self.new_id()
        names = make(
            "p:nvGraphicFramePr",
            make("p:cNvPr", id=shape, name=name.strip(), descr=alt),
            make("p:cNvGraphicFramePr", make("a:graphicFrameLocks", noGrp=True)),
            stand.mark(),
        )
        graphic = make("a:graphic", make("a:graphicData", content, uri=uri))
        self.put_object(shape, make("p:graphicFrame", names, frame("p:xfrm", box), graphic), stand)


def link(part: Any, url: str) -> str:
    """The name of a relationship from a part to an address outside."""
    return str(part.relate_to(url, RT.HYPERLINK, is_external=True))


def _clicks(shape: int, lines: Sequence[Line]) -> Iterator[Click]:
    """A click for every line that waits for one; what stands below an item of a list comes with it."""
    first: int | None = None
    for number, line in enumerate((*lines, Line(()))):
        if first is not None and not (line.click and line.depth > 1):
            yield Click(shape, first, number - 1)
            first = None
        if line.click and first is None:
            first = number
