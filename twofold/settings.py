"""What a course says of itself in course.toml, typed; `twofold.course` reads it."""

from dataclasses import dataclass


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
    """What course.toml says. `citations` is the name of a CSL style in layouts/citations/."""

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

    @property
    def running_title(self) -> str:
        """The title for running heads and footers."""
        return self.short_title or self.title
