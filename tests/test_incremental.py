"""After an edit, the booklet is what it would be if nothing had been made before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.edits import edit, edit_looks, three_chapters
from tests.test_again import ROOT

EDITS = range(int(os.environ.get("TWOFOLD_EDITS", "4")))
"""Seeds; `TWOFOLD_EDITS=50` tries as many."""
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
