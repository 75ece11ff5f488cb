"""The page map that the deck reads is trusted only while it fits the chapters."""

from pathlib import Path

import pytest

from tests.courses import SmallCourse
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
