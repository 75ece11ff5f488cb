"""What the first pages list: the title in two parts, and the chapters by lesson."""

import re
from dataclasses import dataclass
from itertools import groupby

from twofold.model import Chapter, Course

YEAR = re.compile(r"(.+?),? (\d{4}(?:[–-]\d{2,4})?)")


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """Chapters of one lesson; `number` and `minutes` are 0 where the course has no lessons."""

    number: int
    minutes: int
    chapters: tuple[Chapter, ...]


def title_parts(title: str) -> tuple[str, str]:
    """A title and the year it ends with, or ""."""
    found = YEAR.fullmatch(title)
    return (found[1], found[2]) if found else (title, "")


def lessons(course: Course) -> tuple[LessonEntry, ...]:
    """Chapters in order, those of one lesson together; appendices are listed elsewhere."""
    numbered = [chapter for chapter in course.chapters if not chapter.appendix]
    return tuple(
        _entry(course, number, tuple(chapters))
        for number, chapters in groupby(numbered, key=lambda chapter: chapter.lesson)
    )


def _entry(course: Course, number: int, chapters: tuple[Chapter, ...]) -> LessonEntry:
    known = course.settings.lessons
    minutes = known[number - 1].minutes if 0 < number <= len(known) else sum(chapter.minutes for chapter in chapters)
    return LessonEntry(number, minutes, chapters)
