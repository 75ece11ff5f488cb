"""Builds that are killed, and disks that are full: what was there is whole, and the next build is right."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.edits import three_chapters
from tests.test_again import ROOT, command
from twofold.files import LIST, NEW, latest, replacing, together
from twofold.problems import CourseError

KILLS = range(int(os.environ.get("TWOFOLD_KILLS", "10")))
"""Seeds; `TWOFOLD_KILLS=100` tries as many."""


def outputs(out: Path) -> dict[str, bytes]:
    """What a teacher finds in the folder."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def everything(out: Path) -> dict[str, bytes]:
    """The same with all that is remembered."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Course:
    """A course after an edit; `old` is the folder of its outputs before, `new` what both commands make of it now;
    `took` are the seconds for which each ran."""

    folder: Path
    old: Path
    new: dict[str, bytes]
    took: dict[str, float]


COMMANDS = {"make_booklet.py": ["--edition", "student"], "make_slides.py": []}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Course:
    place = tmp_path_factory.mktemp("kill")
    course, old, new, took = three_chapters(place / "course"), place / "old", place / "new", {}
    for out in (old, new):
        for name in COMMANDS:
            began = time.monotonic()
            assert command(name, course.folder, "-o", out, *COMMANDS[name]).returncode == 0
            took[name] = time.monotonic() - began
        if out == old:
            first = course.folder / "01-walls.md"
            first.write_text(first.read_text().replace("# The walls", "# The high walls"))
    assert all(data != outputs(old)[name] for name, data in outputs(new).items())
    return Course(course.folder, old, outputs(new), took)


def killed(name: str, course: Course, out: Path, chance: random.Random) -> None:
    """Starts a build and kills it: at any moment, while files are written, or while they take their places."""
    line = [sys.executable, str(ROOT / name), str(course.folder), "-o", str(out), *COMMANDS[name]]
    build = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = chance.choice([None, NEW, NEW / LIST.name, LIST])
    if seen:
        while build.poll() is None and not (out / seen).exists():
            time.sleep(0 if seen.name == LIST.name else 0.001)
    time.sleep(chance.uniform(0, course.took[name] if seen is None else 0.3 if seen == NEW else 0.001))
    build.send_signal(signal.SIGKILL)
    build.wait()


@pytest.mark.slow
@pytest.mark.parametrize("seed", KILLS)
def test_a_killed_build_leaves_the_old_or_the_new(seed: int, edited: Course, tmp_path: Path) -> None:
    """Each file is one or the other; all are the old ones until all are made; the next build is as if nothing were."""
    out, chance, name = tmp_path / "out", random.Random(seed), list(COMMANDS)[seed % 2]
    shutil.copytree(edited.old, out)
    old = outputs(out)
    mine = [file for file in old if file.endswith(".pptx") == (name == "make_slides.py")]
    killed(name, edited, out, chance)
    left = outputs(out)
    assert left.keys() == old.keys()
    ages = {"old" if left[file] == old[file] else "new" if left[file] == edited.new[file] else "" for file in mine}
    assert ages <= {"old", "new"}
    assert len(ages) == 1 or (out / LIST).exists()
    for again in COMMANDS:
        done = command(again, edited.folder, "-o", out, *COMMANDS[again])
        assert done.returncode == 0, done.stderr
    assert [name for name, data in outputs(out).items() if data != edited.new[name]] == []
    assert not (out / NEW).exists() and not (out / LIST).exists()


def test_a_relative_folder_is_as_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `out`, which both commands write to unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    with together(Path("out")), replacing(Path("out") / "a.txt") as new:
        new.write_text("a")
    assert (tmp_path / "out" / "a.txt").read_text() == "a"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]


def test_files_take_their_places_together(tmp_path: Path) -> None:
    """None before the end of the block, and none where it fails; what waits can be read."""
    out = tmp_path / "out"
    with together(out):
        for name in "ab":
            with replacing(out / name) as new:
                new.write_text("1")
        assert not (out / "a").exists()
        assert latest(out / "a").read_text() == "1"
    assert everything(out) == {"a": b"1", "b": b"1"}
    with pytest.raises(ZeroDivisionError), together(out):
        with replacing(out / "a") as new:
            new.write_text("2")
        raise ZeroDivisionError
    assert everything(out) == {"a": b"1", "b": b"1"}
    with pytest.raises(CourseError, match="was changed by another program"), together(out):
        for name in "ab":
            with replacing(out / name) as new:
                new.write_text("3")
        (out / "b").write_text("a teacher's")
    assert everything(out) == {"a": b"1", "b": b"a teacher's"}


def test_a_failure_leaves_no_folder(tmp_path: Path) -> None:
    """Not even an empty one, where there was none."""
    out = tmp_path / "out"
    with pytest.raises(ZeroDivisionError), together(out):
        with replacing(out / ".twofold" / "a") as new:
            new.write_text("1")
        raise ZeroDivisionError
    assert not out.exists()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A disk of 8 MB, which only root can make."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a disk of our own cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_leaves_everything_as_it_was(name: str, edited: Course, disk: Path) -> None:
    """Wherever it becomes full: a sentence, the old files, and the new ones when there is room again."""
    out = disk / "out"
    shutil.copytree(edited.old, out)
    before = everything(out)
    for room in (0, 4, 40, 120):
        with (disk / "ballast").open("wb") as ballast:
            free = shutil.disk_usage(disk).free - room * 1024
            ballast.write(b"x" * max(0, free))
        done = command(name, edited.folder, "-o", out, *COMMANDS[name])
        if done.returncode == 0:
            break
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr
        assert everything(out) == before
    else:
        (disk / "ballast").unlink()
        assert command(name, edited.folder, "-o", out, *COMMANDS[name]).returncode == 0
    assert room > 0
    assert {file: data for file, data in outputs(out).items() if file in edited.new and data != before[file]}
