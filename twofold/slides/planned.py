"""What a slide is before anything is written: a role, and what stands in each place of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from twofold.model import (
    NOWHERE,
    Blocks,
    Citation,
    Cited,
    Inlines,
    Paragraph,
    Text,
)
from twofold.problems import Place, Problem
from twofold.trees import walk

Label = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What stands in the place called `name`: blocks, or a label made of the layouts' own words, each with a number
    (("lesson", "2"), ("chapter", "4")). `appears` tells that the whole waits for a click, `link` leads away from it:
    "#" and the key of another slide."""

    name: str
    blocks: Blocks = ()
    label: Label = ()
    appears: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlide:
    """One slide. `key` stays the same from build to build, `anchor` is the id in the booklet of the passage which the
    slide presents, `role` names the layout. `title` stands in the headline, `zones` in the other places.

    `notes` is what the lecturer says, `answers` and `footnotes` follow it on the notes page; `works` are cited on the
    slide and `credit` is the caption of what it shows: both make the source line. `lesson` and `minutes` are 0 and
    `chapter` is "" where there is none."""

    number: int = 0
    key: str
    anchor: str
    role: str
    title: Inlines = ()
    zones: tuple[Zone, ...] = ()
    notes: Blocks = ()
    answers: Blocks = ()
    footnotes: Blocks = ()
    works: tuple[Cited, ...] = ()
    credit: Inlines = ()
    chapter: str = ""
    lesson: int = 0
    minutes: int = 0
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def title_place(self) -> Place:
        """Where its headline is written, which may stand above what the slide shows."""
        return next((part.place for part in self.title if part.place.line), self.place)

    def zone(self, name: str) -> Zone | None:
        """What stands in the place called `name`, if anything does."""
        return next((zone for zone in self.zones if zone.name == name), None)


def numbered(slides: Iterable[PlannedSlide]) -> tuple[PlannedSlide, ...]:
    """The slides, counted from 1."""
    return tuple(replace(slide, number=number) for number, slide in enumerate(slides, 1))


def said(text: str, place: Place = NOWHERE) -> Blocks:
    """A paragraph of plain words, or nothing for none."""
    return (Paragraph(content=(Text(text=text),), place=place),) if text else ()


def worded(name: str, text: str, place: Place = NOWHERE) -> tuple[Zone, ...]:
    """A place that holds plain words, or nothing for none."""
    return (Zone(name=name, blocks=said(text, place)),) if text else ()


def works(tree: object) -> tuple[Cited, ...]:
    """What is cited in `tree`, each work and locator once, in reading order."""
    cited = (work for node in walk(tree) if isinstance(node, Citation) for work in node.works)
    return tuple({(work.key, work.locator): work for work in cited}.values())
