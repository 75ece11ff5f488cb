"""The same course gives the same deck, byte for byte: on another day, in another place, in another process."""

import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.test_deck import EVERYTHING, LESSONS
from twofold.problems import CourseError
from twofold.slides.package import build_time

ROOT = Path(__file__).parent.parent
BUILD = """
import sys
from pathlib import Path
from twofold.opening import open_course
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan
opened = open_course(Path(sys.argv[1]))
pages = {"slide-points": 12, "chapter-everything": 9}
build_deck(plan(opened.course), opened.course, opened.folder, opened.words, pages).write(Path(sys.argv[2]))
"""
HERE = {"TZ": "America/New_York", "PYTHONHASHSEED": "1", "LANG": "C"}
ELSEWHERE = {"TZ": "Asia/Almaty", "PYTHONHASHSEED": "2", "LANG": "ru_RU.UTF-8"}
EPOCH = 1000000000
DAY = (2001, 9, 9, 1, 46, 40)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a slide of every kind: charts with workbooks, pictures, notes, clicks, links."""
    return SmallCourse(tmp_path_factory.mktemp("same"), LESSONS).chapter(EVERYTHING, "everything").folder


def built(course: Path, path: Path, **environment: str) -> bytes:
    """The deck as a process of its own makes it."""
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-c", BUILD, str(course), str(path)]
    subprocess.run(command, check=True, cwd=ROOT, env={**inherited, **environment}, timeout=120)
    return path.read_bytes()


@pytest.mark.parametrize("epoch", [{}, {"SOURCE_DATE_EPOCH": str(EPOCH)}], ids=["no date", "a date"])
def test_two_processes_write_one_deck(epoch: dict[str, str], course: Path, tmp_path: Path) -> None:
    """Time zones, hash seeds and languages differ, and the clock of a zip, which counts in steps of two seconds."""
    first = built(course, tmp_path / "a.pptx", **HERE, **epoch)
    time.sleep(2)
    second = built(course, tmp_path / "b.pptx", **ELSEWHERE, **epoch)
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def dates(data: bytes) -> set[tuple[int, ...]]:
    """Every date in a zip, workbooks of charts included."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        own = {entry.date_time for entry in file.infolist()}
        return own.union(*(dates(file.read(name)) for name in file.namelist() if name.endswith(".xlsx")))


def properties(data: bytes) -> list[str]:
    """What the deck and each workbook in it say about themselves."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        inner = [said for name in file.namelist() if name.endswith(".xlsx") for said in properties(file.read(name))]
        return [file.read("docProps/core.xml").decode(), *inner]


def test_the_date_of_the_sources_is_every_date_in_the_file(course: Path, tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is a moment, the same in every time zone."""
    deck = built(course, tmp_path / "slides.pptx", SOURCE_DATE_EPOCH=str(EPOCH), **ELSEWHERE)
    assert dates(deck) == {DAY}
    assert len(properties(deck)) == 8  # the deck and seven charts
    for said in properties(deck):
        assert said.count("2001-09-09T01:46:40Z") == said.count("<dcterms:") == 2


def test_a_date_that_no_zip_knows_is_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    """1980 to 2107; what is no date at all is a sentence."""
    years = []
    for seconds in ("0", "99999999999"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        years.append(build_time().year)
    assert years == [1980, 2107]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(CourseError, match="“soon” is no number of seconds"):
        build_time()
