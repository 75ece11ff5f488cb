"""The store of parts that are made already: whatever happens to it, the booklet is right."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.courses import SmallCourse
from tests.test_again import ROOT, command
from twofold.booklet import Store, Workshop, store
from twofold.booklet.store import FOLDER
from twofold.sheets import FILES, imposition

KEYS = [letter * 64 for letter in "abc"]
PROSE = "In May the men built a wall of bricks across the yard, and by June the women had climbed over it. "


def entries(folder: Path) -> list[Path]:
    """What a store keeps, the oldest first."""
    found = [path for path in folder.iterdir() if re.fullmatch("[0-9a-f]{64}", path.name)]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns)


def test_what_is_kept_is_found_by_the_next_program(tmp_path: Path) -> None:
    """And by this one before it is kept; git sees nothing of it."""
    first = Store(tmp_path / "parts")
    first.put(KEYS[0], b"words")
    assert first.get(KEYS[0]) == b"words"
    assert not (tmp_path / "parts").exists()
    first.keep()
    assert Store(tmp_path / "parts").get(KEYS[0]) == b"words"
    assert Store(tmp_path / "parts").get(KEYS[1]) is None
    assert (tmp_path / "parts" / ".gitignore").read_text() == "*\n"


HARM: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-3]),
    "empty": lambda path: path.write_bytes(b""),
    "changed": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"),
    "of another key": lambda path: shutil.copy(path.with_name(KEYS[1]), path),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_not_whole_is_not_taken(harm: str, tmp_path: Path) -> None:
    """It is made again, and kept in the place of the damaged one, where that is possible."""
    first = Store(tmp_path)
    for key in KEYS[:2]:
        first.put(key, key.encode())
    first.keep()
    HARM[harm](tmp_path / KEYS[0])
    second = Store(tmp_path)
    assert second.get(KEYS[0]) is None
    second.put(KEYS[0], b"again")
    second.keep()
    assert second.get(KEYS[0]) == b"again"
    assert Store(tmp_path).get(KEYS[0]) == (None if harm == "a folder" else b"again")


def test_a_store_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the last build used stays, however much it is; of the rest what was used last."""
    monkeypatch.setattr(store, "LIMIT", 350)
    for number in range(6):
        one = Store(tmp_path)
        one.put(f"{number:064}", b"x" * 100)
        one.keep()
        os.utime(tmp_path / f"{number:064}", (number, number))
    assert [path.name[-1] for path in entries(tmp_path)] == ["4", "5"]
    one = Store(tmp_path)
    assert one.get(f"{4:064}")
    for number in (7, 8, 9):
        one.put(f"{number:064}", b"x" * 100)
    one.keep()
    assert {path.name[-1] for path in entries(tmp_path)} == set("4789")


def test_a_store_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """As where a file has its name, which holds back an administrator too."""
    (tmp_path / "parts").write_text("in the way")
    one = Store(tmp_path / "parts")
    assert one.get(KEYS[0]) is None
    one.put(KEYS[0], b"words")
    one.keep()
    assert one.get(KEYS[0]) == b"words"
    assert (tmp_path / "parts").read_text() == "in the way"


def python(script: str) -> str:
    """What a program of its own says."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def course(small: SmallCourse) -> SmallCourse:
    """Two chapters that name each other's pages."""
    small.file("01-one.md", f"# One\n\n{PROSE * 3}See [](#two).\n\n::: notes\nSay it.\n:::\n")
    return small.file("02-two.md", f"# Two {{#two}}\n\n{PROSE * 3}See [](#one).[^1]\n\n[^1]: A note.\n")


@pytest.mark.parametrize("harm", ["cut off", "empty", "changed", "deleted", "in the way"])
def test_a_harmed_store_makes_the_same_booklet(harm: str, small: SmallCourse, tmp_path: Path) -> None:
    """Its entries are noticed and made again."""
    out = tmp_path / "out"
    line = ("make_booklet.py", course(small).folder, "-o", out)
    assert command(*line).returncode == 0
    made = {path.name: path.read_bytes() for path in out.glob("*.pdf")}
    assert made.keys() == {name for pair in FILES.values() for name in pair}
    if harm in ("deleted", "in the way"):
        shutil.rmtree(out / FOLDER)
    if harm == "in the way":
        (out / FOLDER).write_text("no folder")
    if harm in HARM:
        for path in entries(out / FOLDER):
            HARM[harm](path)
    for path in out.glob("*.pdf"):
        path.unlink()
    done = command(*line)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in out.glob("*.pdf")} == made


def test_pages_that_are_there_need_no_weasyprint(small: SmallCourse, tmp_path: Path) -> None:
    """Neither to be bound nor to be looked at; a changed word needs it."""
    first = Store(tmp_path / "parts")
    opened = course(small).open()
    made = Workshop(opened.course, opened.folder, opened.words, "a5", {}, first).lay_out("teacher", imposition("a5"))
    first.keep()
    script = f"""
import sys
from pathlib import Path
from twofold.booklet import Store, lay_out
from twofold.opening import open_course
opened = open_course(Path({str(small.folder)!r}))
store = Store(Path({str(tmp_path / "parts")!r}))
made = lay_out(opened.course, opened.folder, opened.words, edition="teacher", size="a5", store=store)
made.write(Path({str(tmp_path / "again.pdf")!r}))
print("weasyprint" in sys.modules, made.page_count, len(made.places), made.problems)
"""
    said = f"{made.page_count} {len(made.places)} {made.problems}"
    assert python(script) == f"False {said}"
    made.write(tmp_path / "first.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "first.pdf").read_bytes()
    small.file("01-one.md", (small.folder / "01-one.md").read_text().replace("bricks", "stones"))
    assert python(script) == f"True {said}"
