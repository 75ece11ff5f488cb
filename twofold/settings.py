"""What a course says of itself in course.toml, typed; `twofold.course` reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson of the unit; chapters name it by its position, from 1."""

    title: str
    minutes: int = 45
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletSettings:
    """How this course fills the places that the booklet's layouts offer; `emblem` is a drawing for the cover."""

    size: str = "a5"
    emblem: str = ""
    emblem_alt: str = ""
    emblem_caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidesSettings:
    """How this course fills the places that the deck's layouts offer; `emblem` is a drawing for the title slide."""

    emblem: str = ""
    emblem_alt: str = ""
    emblem_caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What course.toml says. `citations` is the name of a CSL style in layouts/citations/; `source` is the text of the
    file, and no key of it."""

    title: str
    short_title: str = ""
    subtitle: str = ""
    author: str = ""
    audience: str = ""
    label: str = ""
    language: str = "en-GB"
    citations: str = "short-notes"
    imprint: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    booklet: BookletSettings = BookletSettings()
    slides: SlidesSettings = SlidesSettings()
    source: str = field(default="", compare=False, repr=False)

    @property
    def running_title(self) -> str:
        """The title for running heads and footers."""
        return self.short_title or self.title

    def line(self, *path: str | int) -> int:
        """The line of course.toml that says what stands at a path such as "lessons", 0, "title"; 0 without the file."""
        return line_of(self.source, path) if self.source else 0


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of a key in a TOML text: each step of its path is looked for below the step before it."""
    lines = text.splitlines()
    line = 0
    for step, next_step in zip(path, (*path[1:], ""), strict=True):
        if isinstance(step, int):
            continue
        pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(step)}[\"']?\s*(?:\]|=|\.)")
        matching = [number for number in range(line, len(lines)) if pattern.match(lines[number])]
        position = next_step if isinstance(next_step, int) and len(matching) > next_step else 0
        line = matching[position] if matching else line
    return line + 1
