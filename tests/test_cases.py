"""Every spelling of the syntax has a small chapter in tests/cases/, and beside it what becomes of it: the document
tree (.tree), the student's HTML and what the teacher's says instead (.html), the planned slides (.slides)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.outline import outline, outline_of_slides
from twofold.booklet.html import Renderer
from twofold.booklet.measures import Measures
from twofold.sheets import page_size
from twofold.slides.plan import plan, slide_numbers

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Path:
    """The file of one case."""
    path: Path = request.param
    return path


def test_chapter_becomes_the_expected_tree(case: Path, small: SmallCourse, golden: Callable[[Path, str], None]) -> None:
    """What the author wrote is what the writers get."""
    opened = small.chapter(case.read_text(encoding="utf-8"), case.stem).open()
    assert opened.warnings == ()
    golden(case.with_suffix(".tree"), "\n".join(outline(opened.course)) + "\n")


def test_chapter_becomes_the_expected_html(case: Path, small: SmallCourse, golden: Callable[[Path, str], None]) -> None:
    """What WeasyPrint gets; drawings are named by their kind alone."""
    opened = small.chapter(case.read_text(encoding="utf-8"), case.stem).open()
    html = {}
    for edition in ("student", "teacher"):
        renderer = Renderer(
            opened.course,
            opened.folder,
            opened.words,
            lambda data, kind: f"drawing.{kind}",
            edition=edition,
            slide_numbers=slide_numbers(plan(opened.course)),
            measures=Measures(),
            page=page_size("a5"),
        )
        html[edition] = "\n".join(filter(str.strip, renderer.chapter_body(opened.course.chapters[0]).splitlines()))
    changed = [line for line in html["teacher"].splitlines() if line not in html["student"].splitlines()]
    golden(case.with_suffix(".html"), "\n".join([html["student"], "", "<!-- teacher -->", *changed]) + "\n")


def test_chapter_becomes_the_expected_slides(
    case: Path, small: SmallCourse, golden: Callable[[Path, str], None]
) -> None:
    """The plan that the deck is drawn from."""
    opened = small.chapter(case.read_text(encoding="utf-8"), case.stem).open()
    golden(case.with_suffix(".slides"), "\n".join(outline_of_slides(plan(opened.course))) + "\n")
