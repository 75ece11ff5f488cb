"""The page map that the deck reads is trusted only while it fits the chapters."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.courses import SETTINGS, SmallCourse
from tests.test_commands import ROOT, command
from twofold.builds.state import STATE, PageMap, fingerprint, read_page_map, write_page_map
from twofold.files import replacing


def test_a_page_map_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = PageMap("abc", "a5", {"fig-x": 12, "chapter-einführung": 4})
    write_page_map(tmp_path, kept)
    assert read_page_map(tmp_path) == kept


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"inputs": "x"}', '{"inputs": "x", "size": "a5", "pages": {"a": "b"}}']
)
def test_a_page_map_that_was_damaged_counts_as_none(content: str, tmp_path: Path) -> None:
    (tmp_path / STATE).parent.mkdir()
    (tmp_path / STATE).write_text(content)
    assert read_page_map(tmp_path) is None


def test_the_fingerprint_follows_every_file_of_the_course(small: SmallCourse) -> None:
    """A word, a file's name and a new file each change it; reading does not."""
    seen = {fingerprint(small.folder, small.folder / "out")}
    small.chapter("Words.")
    seen.add(fingerprint(small.folder, small.folder / "out"))
    small.file("01-first.md", "Other words.")
    seen.add(fingerprint(small.folder, small.folder / "out"))
    (small.folder / "01-first.md").rename(small.folder / "01-other.md")
    seen.add(fingerprint(small.folder, small.folder / "out"))
    small.open()
    seen.add(fingerprint(small.folder, small.folder / "out"))
    assert len(seen) == 4


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A build that fails half-way leaves the old file and nothing beside it."""
    target = tmp_path / "booklet.pdf"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing(target) as new:
        new.write_text("half")
        raise RuntimeError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("booklet.pdf", "old")]
    with replacing(target) as new:
        new.write_text("whole")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("booklet.pdf", "whole")]


def test_the_deck_follows_the_courses_page_size(small: SmallCourse, tmp_path: Path) -> None:
    """The page map of the last booklet holds another, but nobody asked for that; a size that was asked for stays."""
    small.chapter("# First\n\nWords.")
    for option, expected in (((), ("a5", "a4-large")), (("--size", "a6"), ("a6", "a6"))):
        out = tmp_path / expected[0]
        counts = []
        for size in ("a5", "a4-large"):
            small.file("course.toml", f'{SETTINGS}[booklet]\nsize = "{size}"\n')
            if not counts:
                assert command("make_booklet.py", small.folder, "-o", out, *option).returncode == 0
            assert command("make_slides.py", small.folder, "-o", out).returncode == 0
            counts.append(read_page_map(out))
        alone = tmp_path / "alone"
        assert command("make_booklet.py", small.folder, "-o", alone, "--size", expected[1]).returncode == 0
        assert counts[1].pages == read_page_map(alone).pages
        assert counts[1].inputs == fingerprint(small.folder, out)


def test_a_page_map_is_of_what_was_read(small: SmallCourse, tmp_path: Path) -> None:
    """And not of what an author has saved since then."""
    small.chapter("# First\n\nWords.")
    out = tmp_path / "out"
    process = subprocess.Popen([sys.executable, ROOT / "make_booklet.py", small.folder, "-o", out, "--quiet"])
    while process.poll() is None and not list(out.glob(".twofold/parts/**/*")):
        time.sleep(0.01)
    small.file("01-first.md", "# First\n\nOther words.")
    assert process.wait() == 0
    assert read_page_map(out).inputs != fingerprint(small.folder, out)
