"""How long teaching takes: the minutes that notes end with, added up."""

import re
from collections import Counter
from collections.abc import Iterator

from twofold.course import said_at
from twofold.model import Blocks, Chapter, Course, Notes
from twofold.problems import Problem, Severity
from twofold.trees import plain, walk
from twofold.words import Words

STEM = 5  # letters that "minute" and "minutes", "Minute" and "Minuten" share
SPARE = 3  # minutes that a lesson may be shorter or longer
HINT = "count the minutes that the notes end with"


def minutes_of(notes: Blocks, words: Words) -> int:
    """The minutes that notes end with, “… 4 minutes.”, or 0."""
    name = words("minutes", n="").strip()[:STEM]
    found = re.search(rf"(\d+)\s+{re.escape(name)}\w*\W*$", plain(notes[-1:]))
    return int(found[1]) if found else 0


def taught(chapter: Chapter, words: Words) -> int:
    """The minutes of all notes in a chapter."""
    return sum(minutes_of(node.blocks, words) for node in walk(chapter) if isinstance(node, Notes))


def check_minutes(course: Course, words: Words) -> Iterator[Problem]:
    """Whether notes that name minutes fit their chapter and their lesson."""
    lessons: Counter[int] = Counter()
    for chapter in course.chapters:
        minutes = taught(chapter, words)
        lessons[chapter.lesson] += minutes
        if minutes and chapter.minutes not in (0, minutes):
            message = f"the notes of this chapter add up to {minutes} minutes, its front matter has {chapter.minutes}"
            yield Problem(chapter.said_at("minutes"), message, HINT, Severity.WARNING)
    for number, lesson in enumerate(course.settings.lessons, 1):
        if lessons[number] and abs(lessons[number] - lesson.minutes) > SPARE:
            place = said_at(course.settings, "lessons", number - 1, "minutes")
            message = f"the notes of lesson {number} add up to {lessons[number]} minutes, it has {lesson.minutes}"
            yield Problem(place, message, HINT, Severity.WARNING)
