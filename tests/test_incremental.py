"""After an edit, the booklet is what it would be if nothing had been made before."""

import os
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.edits import KINDS, OF_CHAPTERS, edit, edit_looks, three_chapters
from tests.test_again import ROOT
from tests.test_watch import watching

EDITS = range(int(os.environ.get("TWOFOLD_EDITS", "4")))
"""Seeds; `TWOFOLD_EDITS=50` tries as many."""
LOOKS_TOO = "looks"
EACH = (*dict.fromkeys((*OF_CHAPTERS, *KINDS)), LOOKS_TOO)
FIRST = 180
"""The seed of the first of them, with which a slide and a paragraph are added to the first chapter, so that slides and
pages of the others move."""
LOOKS_EVERY = 5
"""One edit of so many is one of layouts/."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of twofold whose layouts may be edited, a course, and what was made of it."""
    place = tmp_path_factory.mktemp("begun")
    for name in ("twofold", "layouts"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("make_booklet.py", "pyproject.toml"):
        shutil.copy(ROOT / name, place)
    three_chapters(place / "course")
    make(place, "out")
    return place


def make(place: Path, out: str) -> str:
    """Makes both editions in a process of its own; gives what it warned of."""
    line = [sys.executable, place / "make_booklet.py", place / "course", "-o", place / out]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def take_over(course: Path, other: Path) -> None:
    """Makes the files of a course those of another, as an author who saves all at once."""
    theirs = {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    for path in [path for path in course.rglob("*") if path.is_file()]:
        if path.relative_to(course) not in theirs:
            path.unlink()
    for name, data in theirs.items():
        path = course / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def made(out: Path) -> dict[str, bytes]:
    """What a build leaves for a teacher, and what it remembers of how that looks."""
    files = [*out.glob("*.pdf"), *(out / ".twofold").glob("made-*.json"), out / ".twofold" / "pages.json"]
    return {path.name: path.read_bytes() for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("seed", EDITS)
def test_made_again_is_made_anew(seed: int, begun: Path, tmp_path: Path) -> None:
    """Every file is the same to the byte: pages, outline, links and tags, sheets, and what is remembered of them."""
    place = tmp_path / "place"
    shutil.copytree(begun, place)
    if seed % LOOKS_EVERY == LOOKS_EVERY - 1:
        kind = edit_looks(place / "layouts", seed)
    else:
        kind = edit(SmallCourse(place / "course"), seed)
    assert make(place, "out") == make(place, "cold"), kind
    again, anew = made(place / "out"), made(place / "cold")
    assert again.keys() == anew.keys(), kind
    assert len(anew) == 9
    assert [name for name in anew if again[name] != anew[name]] == [], kind


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_made_while_watched_is_made_anew(begun: Path, tmp_path: Path) -> None:
    """The same, where one process made all before and has kept what it read, numbered and rendered."""
    place = tmp_path / "place"
    shutil.copytree(begun, place)
    with watching(str(place / "make_booklet.py"), place / "course", "-o", place / "out", "--watch") as watched:
        watched.built()
        for seed, kind in enumerate(islice(cycle(EACH), max(len(EDITS), len(EACH))), FIRST):
            if kind == LOOKS_TOO:
                edit_looks(place / "layouts", seed)
            else:
                shutil.copytree(begun / "course", tmp_path / str(seed))
                edit(SmallCourse(tmp_path / str(seed)), seed, kind)
                take_over(place / "course", tmp_path / str(seed))
            assert watched.built()["built"] is True, kind
            make(place, "cold")
            again, anew = made(place / "out"), made(place / "cold")
            assert [name for name in anew if again[name] != anew[name]] == [], kind
            assert again.keys() == anew.keys(), kind
