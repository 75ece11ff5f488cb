"""The slide that opens a lesson, with the way to its chapters, and which slides belong to one lesson."""

from collections.abc import Iterable, Sequence

from twofold.course import said_at
from twofold.model import Blocks, Chapter, Course, Link, Paragraph, Text
from twofold.slides.planned import PlannedSlide, Zone, said, worded

WIDE_SPACE = "\u2002"


def lesson_key(lesson: int) -> str:
    """The key of the slide that opens a lesson."""
    return f"lesson-{lesson}"


def has_opening(course: Course, lesson: int) -> bool:
    """Whether a slide opens the lesson: course.toml has to tell its title."""
    return 0 < lesson <= len(course.settings.lessons)


def opening(course: Course, lesson: int) -> PlannedSlide:
    """The slide that opens a lesson: its title and question, and its chapters, each a link to where it begins."""
    about = course.settings.lessons[lesson - 1]
    chapters = [chapter for chapter in course.chapters if chapter.lesson == lesson]
    zones = (
        Zone(name="head", label=(("lesson-of", str(lesson)),)),
        *worded("question", about.question, said_at(course.settings, "lessons", lesson - 1, "question")),
        Zone(name="audience", label=(("minutes", str(about.minutes)),)),
        Zone(name="body", blocks=tuple(_way(chapter) for chapter in chapters)),
    )
    return PlannedSlide(
        key=lesson_key(lesson),
        anchor="",
        role="lesson",
        title=(Text(text=about.title),),
        zones=zones,
        notes=_summaries(chapters),
        chapter=chapters[0].id,
        lesson=lesson,
        place=said_at(course.settings, "lessons", lesson - 1, "title"),
    )


def _way(chapter: Chapter) -> Paragraph:
    words = Text(text=f"{chapter.number}{WIDE_SPACE}{chapter.running_title}")
    link = Link(url=f"#chapter-{chapter.id}", content=(words,))
    return Paragraph(content=(link,), place=chapter.running_title_at)


def _summaries(chapters: Iterable[Chapter]) -> Blocks:
    return tuple(block for chapter in chapters for block in said(chapter.summary, chapter.said_at("summary")))


def lessons(slides: Iterable[PlannedSlide]) -> tuple[int, ...]:
    """The lessons of a deck, each once."""
    return tuple(dict.fromkeys(slide.lesson for slide in slides if slide.lesson))


def of_lesson(slides: Sequence[PlannedSlide], lesson: int) -> tuple[PlannedSlide, ...]:
    """The slides of one lesson. They keep the numbers that they have in the whole deck, which are in the booklet."""
    return tuple(slide for slide in slides if slide.lesson == lesson)
