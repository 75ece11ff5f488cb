"""The course that comes with twofold: built as a teacher gets it, and read again."""

import re
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from twofold.booklet import Booklet
from twofold.model import Notes, Paragraph, Slide
from twofold.opening import OpenedCourse
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan
from twofold.trees import plain, walk

HYPHEN = "\N{HYPHEN}"  # at the end of a line, inside a word
LETTERS = re.compile(rf"[^\W\d_]+{HYPHEN}?")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def texts(booklets: dict[str, Booklet], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of each edition; one that is broken over two pages is a piece with a hyphen and a rest."""
    found = {}
    for edition, booklet in booklets.items():
        path = tmp_path_factory.mktemp(edition) / "booklet.pdf"
        assert booklet.problems == ()
        booklet.write(path)
        found[edition] = [word for page in PdfReader(path).pages for word in LETTERS.findall(page.extract_text())]
    return found


def reads_on(wanted: list[str], words: list[str]) -> bool:
    """Whether `wanted` is found in `words` in its own order, whole or broken."""
    rest = iter(words)
    for word in wanted:
        missing = word
        while missing:
            found = next(rest, None)
            if found is None:
                return False
            piece = found.removesuffix(HYPHEN)
            if missing == found or (piece != found and missing.startswith(piece)):
                missing = missing[len(piece) :]
    return True


def test_it_builds_without_a_warning(opened: OpenedCourse, booklets: dict[str, Booklet]) -> None:
    """No footnote drifts, nothing is too long for its place."""
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, booklets["student"].pages)
    assert opened.warnings == booklets["student"].problems == booklets["teacher"].problems == deck.problems == ()


def test_all_its_prose_stands_in_both_editions_in_order(opened: OpenedCourse, texts: dict[str, list[str]]) -> None:
    """Chapter after chapter, every paragraph."""
    prose = [
        plain(block) for chapter in opened.course.chapters for block in chapter.blocks if isinstance(block, Paragraph)
    ]
    words = LETTERS.findall(" ".join(prose))
    assert len(words) > 2000
    assert reads_on(words, texts["student"])
    assert reads_on(words, texts["teacher"])


def test_what_the_lecturer_says_is_in_the_teacher_edition_alone(
    opened: OpenedCourse, texts: dict[str, list[str]]
) -> None:
    """Each note to a slide as a whole, compared by its first eight words."""
    joined = {edition: f" {' '.join(words)} ".replace(f"{HYPHEN} ", "") for edition, words in texts.items()}
    for notes in (node for node in walk(opened.course) if isinstance(node, Notes)):
        opening = " ".join(LETTERS.findall(plain(notes.blocks))[:8])
        assert f" {opening} " in joined["teacher"]
        assert f" {opening} " not in joined["student"]


def test_both_editions_have_the_same_pages(booklets: dict[str, Booklet]) -> None:
    """Everything that can be referred to stands on the same page in both."""
    student, teacher = (booklets[edition].pages for edition in ("student", "teacher"))
    assert {name: teacher[name] for name in student} == student


def test_every_slide_has_its_page_and_its_notes(
    opened: OpenedCourse, booklets: dict[str, Booklet], tmp_path: Path
) -> None:
    """The page mark on each slide is the page of the passage; every slide block is a slide with notes."""
    slides = plan(opened.course)
    pages = booklets["student"].pages
    path = tmp_path / "slides.pptx"
    build_deck(slides, opened.course, opened.folder, opened.words, pages).write(path)
    drawn = list(Presentation(str(path)).slides)
    assert len(drawn) == len(slides)
    blocks = {f"slide-{node.id}" for node in walk(opened.course) if isinstance(node, Slide)}
    assert blocks <= {slide.anchor for slide in slides}
    presenting = [(planned, slide) for planned, slide in zip(slides, drawn, strict=True) if planned.anchor]
    assert len(presenting) > len(blocks)
    for planned, slide in presenting:
        mark = f"Booklet p. {pages[planned.anchor]}"
        assert mark in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert slide.notes_slide.notes_text_frame.text.startswith(mark)
