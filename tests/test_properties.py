"""What holds for any course, tried on courses made at random, in the reopened PDF and the reopened deck."""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader

from tests.courses import SmallCourse
from tests.generated import Generated, chapters, fragments
from twofold.booklet import lay_out
from twofold.opening import OpenedCourse
from twofold.problems import CourseError
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan, slide_numbers

BUILDS = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],  # a failing course is small enough to read, and making it smaller takes minutes
)
UNHYPHENATED = 'title = "A small course"\nlanguage = "mi"\n'  # no word is broken in it
WORD = re.compile(r"\w+")


def course_of(folder: str, generated: Iterable[Generated]) -> OpenedCourse:
    small = SmallCourse(Path(folder) / "chapters", UNHYPHENATED)
    for chapter in generated:
        small.chapter(chapter.markdown, f"chapter{len(list(small.folder.glob('*.md')))}")
    return small.open()


def pages_of(opened: OpenedCourse, edition: str, path: Path) -> tuple[list[list[str]], list[str]]:
    """The words of each page of an edition, and the build's own reports."""
    numbers = slide_numbers(plan(opened.course))
    booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, size="a5", slide_numbers=numbers)
    booklet.write(path)
    pages = [WORD.findall(page.extract_text()) for page in PdfReader(path).pages]
    return pages, [problem.message for problem in booklet.problems]


def in_order(wanted: list[str], words: Iterable[str]) -> bool:
    """Whether `wanted` is found in `words` in its own order, other words between allowed."""
    rest = iter(words)
    return all(word in rest for word in wanted)


@pytest.mark.slow
@BUILDS
@given(chapters())
def test_every_word_stands_in_the_booklet_once_and_in_order(generated: list[Generated]) -> None:
    """Prose in reading order, each footnote on the page of its call or reported, nothing for the teacher's eyes."""
    with tempfile.TemporaryDirectory() as folder:
        opened = course_of(folder, generated)
        pages, reports = pages_of(opened, "student", Path(folder) / "booklet.pdf")
    words = [word for page in pages for word in page]
    for chapter in generated:
        assert in_order(chapter.prose, words)
        for call, note in chapter.footnotes:
            on = [number for number, page in enumerate(pages) if in_order(note, page)]
            assert len(on) == 1
            assert call in pages[on[0]] or any("footnote" in report for report in reports)
        hidden = {*chapter.answers, *chapter.teacher, *(word for slide in chapter.slides for word in slide[2])}
        assert not hidden & set(words)


@pytest.mark.slow
@BUILDS
@given(chapters())
def test_the_teacher_edition_holds_the_rest_on_the_same_pages(generated: list[Generated]) -> None:
    """Answers, teacher's blocks and notes are there, and no word of the prose changes its page."""
    with tempfile.TemporaryDirectory() as folder:
        opened = course_of(folder, generated)
        student, _ = pages_of(opened, "student", Path(folder) / "booklet.pdf")
        teacher, _ = pages_of(opened, "teacher", Path(folder) / "teacher.pdf")
    everything = {word for page in teacher for word in page}
    for chapter in generated:
        assert {*chapter.answers, *chapter.teacher} <= everything
        assert {word for slide in chapter.slides for word in slide[2]} <= everything
        for word in chapter.prose:
            assert [n for n, page in enumerate(student) if word in page] == [
                n for n, page in enumerate(teacher) if word in page
            ]


@BUILDS
@given(chapters())
def test_every_slide_block_is_a_slide_with_its_notes(generated: list[Generated]) -> None:
    """Title, points in order and notes stand on a slide of their own; notes never on its face."""
    with tempfile.TemporaryDirectory() as folder:
        opened = course_of(folder, generated)
        path = Path(folder) / "slides.pptx"
        build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)
        slides = list(Presentation(str(path)).slides)
    faces = [WORD.findall("\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)) for slide in slides]
    spoken = [
        WORD.findall(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else [] for slide in slides
    ]
    for title, body, notes in (slide for chapter in generated for slide in chapter.slides):
        found = [number for number, face in enumerate(faces) if in_order(title, face) and in_order(body, face)]
        assert len(found) == 1
        assert in_order(notes, spoken[found[0]])
        assert not set(notes) & set(faces[found[0]])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(fragments, min_size=1, max_size=2))
def test_nothing_but_a_course_error_escapes_from_any_text(texts: list[str]) -> None:
    """Whatever an author types, the answer is a course or a list of problems, each with a place."""
    with tempfile.TemporaryDirectory() as folder:
        small = SmallCourse(Path(folder) / "chapters")
        for number, text in enumerate(texts):
            small.chapter(text, f"chapter{number}")
        try:
            opened = small.open()
        except CourseError as error:
            assert error.problems
            assert all(problem.place.file for problem in error.problems)
        else:
            assert plan(opened.course)
