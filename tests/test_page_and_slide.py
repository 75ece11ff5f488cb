"""Two numbers cross between the outputs: the page says which slide, the slide says which page."""

import re
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.courses import SmallCourse
from tests.test_commands import command

CLAIM = '::: {.slide title="The claim of the passage"}\n- a point\n:::'
PASSAGE = f"The passage that the slide presents.\n\n{CLAIM}\n\nMore prose.\n"
PROSE = "Men broke out of their compound, and a page of prose has to be read before the passage is reached. " * 40
NEWCOMER = f'::: {{.slide title="A new slide before it"}}\n- another point\n:::\n\n{PROSE}\n\n{PROSE}\n\n'


def cross_references(out: Path) -> tuple[int, int, int, int]:
    """The slide and page of the claim as each output counts them itself, then as the other output names them."""
    slides = list(Presentation(str(out / "slides.pptx")).slides)
    number = next(n for n, slide in enumerate(slides, 1) if slide.shapes.title.text == "The claim of the passage")
    words = " ".join(shape.text_frame.text for shape in slides[number - 1].shapes if shape.has_text_frame)
    page_on_slide = int(re.search(r"Booklet p\. (\d+)", words)[1])
    said = slides[number - 1].notes_slide.notes_text_frame.text
    assert f"Booklet p. {page_on_slide}" in said
    pages = [page.extract_text() for page in PdfReader(out / "booklet.pdf").pages]
    page = next(n for n, text in enumerate(pages, 1) if "More prose" in text)
    slide_on_page = [int(found) for found in re.findall(r"slide\s*(\d+)", pages[page - 1])]
    return number, page, slide_on_page[-1], page_on_slide


@pytest.mark.slow
def test_both_numbers_follow_a_change_of_the_chapter(small: SmallCourse, tmp_path: Path) -> None:
    """A slide and two pages of prose are put before the passage: both numbers move, in both outputs."""
    small.chapter(f"# First\n\nWords.\n\n{PASSAGE}")
    out = tmp_path / "out"
    seen = []
    for text in (f"# First\n\nWords.\n\n{PASSAGE}", f"# First\n\nWords.\n\n{NEWCOMER}{PASSAGE}"):
        small.file("01-first.md", text)
        for name in ("make_booklet.py", "make_slides.py"):
            done = command(name, small.folder, "-o", out)
            assert done.returncode == 0, done.stderr
        slide, page, slide_on_page, page_on_slide = cross_references(out)
        assert slide_on_page == slide
        assert page_on_slide == page
        seen.append((slide, page))
    (slide_before, page_before), (slide_after, page_after) = seen
    assert slide_after == slide_before + 1
    assert page_after > page_before
