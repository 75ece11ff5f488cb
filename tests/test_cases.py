"""Every spelling of the syntax has a small chapter in tests/cases/, with the tree that it becomes beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.outline import outline

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
