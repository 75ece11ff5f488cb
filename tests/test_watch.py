"""`--watch`: what an author sees who edits and saves, as a person or a program does."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest
from pptx import Presentation

from make_booklet import parse_arguments
from tests.courses import SmallCourse
from tests.test_again import ROOT
from twofold.builds.watch import is_input
from twofold.command import Speaker
from twofold.watching import start

CHAPTER = "# First\n\nWords.\n\n::: {.slide title=Claim}\n- a point\n:::\n"
PATIENCE = 120


class Watched:
    """A command that watches; each of its builds is told in a line of JSON."""

    def __init__(self, name: str, *arguments: object) -> None:
        line = [sys.executable, str(ROOT / name), *map(str, arguments), "--json"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "preexec_fn": _hears_ctrl_c}
        self.process = subprocess.Popen(line, env={**os.environ, "PYTHONUNBUFFERED": "1"}, **pipes)  # type: ignore[call-overload]
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)

    def built(self, patience: float = PATIENCE) -> dict[str, object]:
        """What the next build told."""
        told: dict[str, object] = json.loads(self.lines.get(timeout=patience))
        return told

    def silent(self, seconds: float) -> bool:
        """Whether nothing is built for so long."""
        try:
            self.lines.get(timeout=seconds)
        except Empty:
            return True
        return False

    def end(self) -> int:
        """Ctrl-C; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


def _hears_ctrl_c() -> None:
    """Also where these tests run in the background of a shell, which lets nothing there hear it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def watching(name: str, *arguments: object) -> Iterator[Watched]:
    watched = Watched(name, *arguments)
    try:
        yield watched
    finally:
        watched.process.kill()
        watched.process.wait()


def title(deck: Path) -> str:
    return str(Presentation(str(deck)).slides[2].shapes.title.text)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_an_edit_is_built_and_a_mistake_survived(small: SmallCourse) -> None:
    """Problems are told as they are now; outputs in the course's own folder start no build; Ctrl-C ends quietly."""
    small.chapter(CHAPTER)
    out = small.folder / "out"
    with watching("make_slides.py", small.folder, "-o", out, "--watch") as watched:
        assert watched.built()["built"] is True
        small.file("01-first.md", CHAPTER.replace("Claim", "Other"))
        assert watched.built()["built"] is True
        assert title(out / "slides.pptx") == "Other"
        small.file("01-first.md", CHAPTER + "\n[x](#nowhere)\n\n[x](#nobody)\n")
        assert len(watched.built()["problems"]) == 2  # type: ignore[arg-type]
        small.file("01-first.md", CHAPTER + "\n[x](#nowhere)\n")
        assert len(watched.built()["problems"]) == 1  # type: ignore[arg-type]
        assert title(out / "slides.pptx") == "Other"
        for word in ("one", "two", "three"):  # a burst
            small.file("01-first.md", CHAPTER.replace("Claim", word))
            time.sleep(0.02)
        told = watched.built()
        assert (told["built"], told["problems"]) == (True, [])
        assert title(out / "slides.pptx") == "three"
        (out / "notes.txt").write_text("mine")
        (small.folder / ".01-first.md.swp").write_text("an editor's")
        assert watched.silent(3)
        assert watched.end() == 0
        assert "Traceback" not in watched.process.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_a_folder_that_is_made_anew_is_watched_again(small: SmallCourse, tmp_path: Path) -> None:
    """As a program that fetches a course does; also a file with a name that is no text stops nothing."""
    small.chapter(CHAPTER)
    kept = tmp_path / "kept"
    shutil.copytree(small.folder, kept)
    with watching("make_slides.py", small.folder, "-o", tmp_path / "out", "--watch") as watched:
        assert watched.built()["built"] is True
        shutil.rmtree(small.folder)
        while watched.built()["built"]:
            pass
        shutil.copytree(kept, small.folder)
        while not watched.built()["built"]:
            pass
        assert watched.silent(3)
        small.file("01-first.md", CHAPTER.replace("Claim", "Other"))
        assert watched.built()["built"] is True
        assert title(tmp_path / "out" / "slides.pptx") == "Other"
        Path(os.fsdecode(os.fsencode(small.folder) + b"/na\xefve.txt")).write_text("x")
        assert watched.built()["built"] is True
        small.file("01-first.md", CHAPTER.replace("Claim", "Third"))
        while title(tmp_path / "out" / "slides.pptx") != "Third":
            assert watched.built()["built"] is True
        assert watched.end() == 0
        assert "Traceback" not in watched.process.stderr.read()


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("saved", [True, False])
def test_a_file_that_is_saved_while_it_is_read_ends_nothing(
    saved: bool, before: int, small: SmallCourse, tmp_path: Path
) -> None:
    """A picture may be empty for a moment, in a build or in what is made behind one (the second turn); a fault of ours
    is hidden from nobody."""
    small.chapter(CHAPTER)
    turns = []

    def turn(arguments: Namespace, speaker: Speaker) -> None:
        turns.append(arguments)
        if len(turns) > before + 1:
            raise KeyboardInterrupt
        if len(turns) > before:
            if saved:
                small.file("figures/box.svg", "<svg/>")
            raise ValueError("Document is empty")

    arguments = parse_arguments([str(small.folder), "-o", str(tmp_path / "out"), "--watch", "--json"])
    if saved:
        assert start(turn, arguments, prepare=turn) == 0
        assert len(turns) == before + 2
    else:
        with pytest.raises(ValueError, match="Document is empty"):
            start(turn, arguments, prepare=turn)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_the_booklet_is_watched_with_warm_engines(small: SmallCourse, tmp_path: Path) -> None:
    """The second build of the same process is a good deal quicker than the first; Ctrl-C in a build ends it too."""
    small.chapter(CHAPTER)
    with watching("make_booklet.py", small.folder, "-o", tmp_path / "out", "--watch") as watched:
        took = []
        for word in ("Words", "Clauses"):
            small.file("01-first.md", CHAPTER.replace("Words", word))
            began = time.monotonic()
            assert watched.built()["built"] is True
            took.append(time.monotonic() - began)
        assert took[1] < took[0]
        small.file("01-first.md", CHAPTER.replace("Words", "Sentences"))
        time.sleep(0.4)
        assert watched.end() == 0
        assert "Traceback" not in watched.process.stderr.read()
    assert not (tmp_path / "out" / ".twofold" / "new").exists()


def test_a_folder_that_is_not_there_is_not_watched(tmp_path: Path) -> None:
    """It is a sentence, as without --watch."""
    line = [sys.executable, str(ROOT / "make_slides.py"), str(tmp_path / "nowhere"), "--watch"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, "there is no such folder" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("01-first.md", True),
        ("figures/box.svg", True),
        ("out/booklet.pdf", False),
        ("out/.twofold/pages.json", False),
        ("out", False),
        (".01-first.md.swp", False),
        ("01-first.md~", False),
        ("~$notes.docx", False),
    ],
)
def test_what_counts_as_an_edit(name: str, counts: bool, tmp_path: Path) -> None:
    """Files of the course, but no outputs and none that an editor keeps for itself."""
    assert is_input(tmp_path / name, [tmp_path], tmp_path / "out") is counts


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("01-first.md", True),
        ("figures/slides.pptx", True),
        ("booklet.md", True),
        ("teacher-sheets.pdf", False),
        ("slides-lesson-2 merged.pptx", False),
        (".twofold/slides.json", False),
    ],
)
def test_outputs_beside_the_chapters_are_no_edits(name: str, counts: bool, tmp_path: Path) -> None:
    """Where the course's own folder is the one to write to; a folder around it may be too."""
    assert is_input(tmp_path / name, [tmp_path], tmp_path) is counts
    assert is_input(tmp_path / "chapters" / "01-first.md", [tmp_path / "chapters"], tmp_path)
