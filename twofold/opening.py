"""A folder of chapters into a course that is read, checked and numbered: what both commands begin with."""

from dataclasses import dataclass
from pathlib import Path

from twofold.checking import check
from twofold.citations import Citer
from twofold.course import read_settings, read_sources
from twofold.ledger import read_ledger
from twofold.model import Course
from twofold.numbering import number
from twofold.problems import CourseError, Place, Problem, errors
from twofold.reading.chapters import read_chapters
from twofold.words import Words, read_words


@dataclass(frozen=True, slots=True)
class OpenedCourse:
    """A course without errors; `folder` holds its chapters, `warnings` what the author may want to mend."""

    course: Course
    folder: Path
    words: Words
    warnings: tuple[Problem, ...]


def open_course(folder: Path) -> OpenedCourse:
    """Reads, checks and numbers the course in `folder`. Raises CourseError with every error that was found."""
    if not folder.is_dir():
        raise CourseError(
            [Problem(Place(str(folder)), "there is no such folder", "name the folder that holds the chapters")]
        )
    problems: list[Problem] = []
    settings = read_settings(folder, problems)
    works = read_sources(folder, problems)
    ledger = read_ledger(folder, problems)
    words = read_words(settings.language)
    course = Course(settings=settings, chapters=read_chapters(folder, words["quotes"], ledger, problems))
    problems += check(course, folder, works, ledger, words)
    if errors(problems):
        raise CourseError(problems)
    numbered = number(course, Citer(works or {}, settings.citations, settings.language), words)
    return OpenedCourse(numbered, folder, words, tuple(problems))
