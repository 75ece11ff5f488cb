"""Fixtures: a small course in a folder of its own, and goldens that `--regold` writes anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from twofold.booklet import Booklet, lay_out
from twofold.opening import OpenedCourse, open_course
from twofold.slides.plan import plan, slide_numbers

CHAPTERS = Path(__file__).parent.parent / "chapters"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regold", action="store_true", help="write the goldens of tests/cases anew; read the diff after it"
    )


@pytest.fixture(autouse=True)
def unknown_printer(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user's own printer needs counts for no test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    """A course without chapters yet."""
    return SmallCourse(tmp_path / "chapters")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares text with a golden file."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--regold"):
            path.write_text(actual, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == actual

    return compare


@pytest.fixture(scope="session")
def opened() -> OpenedCourse:
    """The course that comes with twofold."""
    return open_course(CHAPTERS)


@pytest.fixture(scope="session")
def booklets(opened: OpenedCourse) -> dict[str, Booklet]:
    """Both of its editions, laid out."""
    numbers = slide_numbers(plan(opened.course))
    return {
        edition: lay_out(opened.course, opened.folder, opened.words, edition=edition, slide_numbers=numbers)
        for edition in ("student", "teacher")
    }
