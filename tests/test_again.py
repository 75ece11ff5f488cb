"""Making again: what did not change is not made again, and two builds do not meet."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from filelock import FileLock

from tests.courses import SmallCourse
from twofold.builds.record import lock_of

ROOT = Path(__file__).parent.parent
CHAPTER = "# First\n\nProse of a chapter.\n\n```klingon\nx\n```\n\n::: {.slide title=Claim}\n- a point\n:::\n"
NO_ENGINE = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"weasyprint", "pptx", "markdown_it", "pikepdf", "lxml", "filelock"}:
            raise RuntimeError(f"{name} is not needed")
sys.meta_path.insert(0, Missing())
"""


def command(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(ROOT / name), *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def built(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("name", ["make_booklet.py", "make_slides.py"])
def test_nothing_changed_is_said_without_an_engine(name: str, small: SmallCourse, tmp_path: Path) -> None:
    """The second time no engine may be imported; what was told of the course is told again."""
    small.chapter(CHAPTER)
    out = tmp_path / "out"
    first = command(name, small.folder, "-o", out)
    (tmp_path / "sitecustomize.py").write_text(NO_ENGINE)
    again = command(name, small.folder, "-o", out, PYTHONPATH=str(tmp_path))
    assert first.returncode == again.returncode == 0, again.stderr
    assert again.stdout.startswith("Nothing has changed: ")
    assert "klingon" in first.stderr
    assert again.stderr == first.stderr
    assert command(name, small.folder, "-o", out, "--strict", PYTHONPATH=str(tmp_path)).returncode == 1


def test_the_course_s_own_folder_may_be_the_one_to_write_to(small: SmallCourse) -> None:
    """What the commands leave there is neither built from nor archived; what the author has there is."""
    small.chapter(CHAPTER).file("article.pdf", "%PDF-1.7")
    author = {path.relative_to(small.folder).as_posix() for path in small.folder.rglob("*") if path.is_file()}
    booklet = ["make_booklet.py", small.folder, "-o", small.folder, "--archive", "--manual-duplex", "--json"]
    slides = ["make_slides.py", small.folder, "-o", small.folder, "--json"]
    command("make_booklet.py", small.folder, "-o", small.folder, "--rehearse")
    changed = [built(command(*line))["changed"] for line in (booklet, slides, booklet, slides)]
    assert changed == [True, True, False, False]
    with pikepdf.open(small.folder / "archive.pdf") as pdf:
        assert set(pdf.attachments) == author


@pytest.mark.parametrize("change", ["word", "picture", "output gone", "output changed", "record broken", "option"])
def test_a_change_is_noticed(change: str, small: SmallCourse, tmp_path: Path) -> None:
    small.chapter(CHAPTER)
    out, more = tmp_path / "out", []
    assert built(command("make_slides.py", small.folder, "-o", out, "--json"))["changed"] is True
    assert built(command("make_slides.py", small.folder, "-o", out, "--json"))["changed"] is False
    match change:
        case "word":
            small.file("01-first.md", CHAPTER.replace("Claim", "Other"))
        case "picture":
            small.file("figures/box.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
        case "output gone":
            (out / "slides.pptx").unlink()
        case "output changed":
            (out / ".twofold" / "pages.json").write_text("{}")
        case "record broken":
            (out / ".twofold" / "slides.json").write_text('{"key": ')
        case "option":
            more = ["--lesson", "1"]
            small.file("01-first.md", "---\nlesson: 1\ntitle: First\n---\nWords.\n")
    assert built(command("make_slides.py", small.folder, "-o", out, "--json", *more))["changed"] is True


@pytest.mark.parametrize("name", ["booklet-fronts.pdf", "teacher-backs.pdf", "archive.pdf"])
def test_every_file_that_was_asked_for_is_made_again(name: str, small: SmallCourse, tmp_path: Path) -> None:
    """And one from an earlier build that was not asked for is told, for nobody to print it."""
    small.chapter(CHAPTER)
    options = ["--manual-duplex", "--archive", "--json"]
    assert built(command("make_booklet.py", small.folder, "-o", tmp_path, *options))["changed"] is True
    (tmp_path / name).unlink()
    assert built(command("make_booklet.py", small.folder, "-o", tmp_path, *options))["changed"] is True
    assert (tmp_path / name).exists()
    assert (
        f"{tmp_path / name} is from an earlier build" in command("make_booklet.py", small.folder, "-o", tmp_path).stdout
    )


def test_the_deck_of_a_lesson_that_is_gone_is_told(small: SmallCourse, tmp_path: Path) -> None:
    text = "---\nlesson: {}\ntitle: A\n---\nWords.\n\n::: {{.slide title=Claim}}\n- a point\n:::\n"
    small.chapter(text.format(1)).chapter(text.format(2), "second")
    assert command("make_slides.py", small.folder, "-o", tmp_path).returncode == 0
    small.file("02-second.md", text.format(1))
    (tmp_path / "slides-lesson-2 by hand 2026-05-16 12.00.00.pptx").write_bytes(b"a copy is never told")
    left = built(command("make_slides.py", small.folder, "-o", tmp_path, "--json"))["left"]
    assert left == [str(tmp_path / f"slides-lesson-{lesson}.pptx") for lesson in (1, 2)]


def test_two_builds_do_not_meet(small: SmallCourse, tmp_path: Path) -> None:
    """The second waits for the first and says so."""
    small.chapter(CHAPTER)
    line = [sys.executable, str(ROOT / "make_slides.py"), str(small.folder), "-o", str(tmp_path / "out")]
    with FileLock(lock_of(tmp_path / "out")):
        second = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        assert second.poll() is None
        assert not (tmp_path / "out" / "slides.pptx").exists()
    words, _ = second.communicate(timeout=120)
    assert second.returncode == 0
    assert "this one waited for it" in words


def test_a_failed_build_is_tried_again(small: SmallCourse, tmp_path: Path) -> None:
    """An error does not count as built, though the outputs of before are still there."""
    small.chapter(CHAPTER)
    out = tmp_path / "out"
    assert command("make_slides.py", small.folder, "-o", out).returncode == 0
    small.chapter("[x](#nowhere)", "second")
    assert command("make_slides.py", small.folder, "-o", out).returncode == 1
    assert command("make_slides.py", small.folder, "-o", out).returncode == 1
