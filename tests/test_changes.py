"""What to do with the paper after an edit: pages, sheets, folios, slides, and the slip for a class."""

import json
import os
import shutil
import subprocess
from itertools import zip_longest
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

import make_booklet
from tests.courses import SmallCourse
from tests.edits import edit, three_chapters
from tests.test_again import built, command
from tests.tools import needs
from twofold.builds.changes import Edition, SlideLook, paper_change, ranges, sentences, slide_changes
from twofold.builds.errata import Passage, errata
from twofold.command import Speaker
from twofold.reprinting import mark
from twofold.sheets import FILES, imposition, sheets_of

WORDS = "In May the men built a wall of bricks across the yard, and by June the women had climbed over it."


def edition(looks: str, form: str = "a5 on A4", **folios: int) -> Edition:
    """An edition whose pages look like letters."""
    sheets = sheets_of(len(looks), imposition("a5"))
    return Edition(file="", looks=tuple(looks), sheets=sheets, form=form, folios=folios)


@pytest.mark.parametrize(
    ("printed", "now", "pages", "sheets", "moved"),
    [
        (edition("abcdefgh"), edition("abcdefgh"), (), (), None),
        (edition("abcdefgh"), edition("abCdefgh"), (3,), (2,), None),
        (edition("abcdefgh"), edition("aBcdefgH"), (2, 8), (1,), None),
        (edition("abcdefgh", x=3, y=7), edition("abcdefghijkl", x=3, y=8), (9, 10, 11, 12), (1, 2, 3), 7),
        (edition("abcdefgh"), edition("abcd"), (), (1,), None),
        (edition("abcdefgh"), edition("abcdefgh", "a5 on A4, creep 1 mm"), (), (1, 2), None),
        (edition("abcd", gone=2), edition("abcd"), (), (), None),
    ],
)
def test_what_to_print_again(
    printed: Edition, now: Edition, pages: tuple[int, ...], sheets: tuple[int, ...], moved: int | None
) -> None:
    """Pages are compared one by one, sheets by what stands on them."""
    change = paper_change(printed, now)
    assert (change.pages, change.sheets, change.moved_from) == (pages, sheets, moved)


def test_sheets_are_named_as_a_printer_wants_them() -> None:
    """The second sheet is pages 3 and 4 of the file."""
    change = paper_change(edition("abcdefgh", x=3), edition("abCdefgh", x=4))
    assert change.printer_pages == "3-4"
    assert str(change) == (
        "1 page differs from the print: 3; print sheet 2 of 2 again (pages 3-4 of the file); page numbers hold up to 2"
    )
    assert ranges([9, 1, 2, 3, 5]) == "1–3, 5, 9"


def test_many_changed_slides_are_told_by_their_numbers() -> None:
    """A list of seventy titles helps nobody."""
    before, now = ([SlideLook(str(n), n, f"T{n}", look) for n in range(1, 31)] for look in "ab")
    assert list(sentences(slide_changes(before, now))) == ["slides changed by the chapters: 1–30"]
    assert list(sentences(slide_changes(before[:2], now[:2]))) == ["slides changed by the chapters: 1 “T1”, 2 “T2”"]


def test_slides_that_changed_and_why() -> None:
    """A slide that only has another number has not changed."""
    before = [SlideLook("a", 1, "A", "1"), SlideLook("b", 2, "B", "1"), SlideLook("c", 3, "C", "1")]
    now = [SlideLook("a", 1, "A", "2"), SlideLook("n", 2, "N", "1"), SlideLook("c", 3, "C", "1")]
    told = {change.key: (change.what, change.why) for change in slide_changes(before, now, {"a", "c"})}
    assert told == {
        "a": ("changed", "both"),
        "n": ("new", "chapters"),
        "c": ("changed", "by hand"),
        "b": ("gone", "chapters"),
    }
    told = {change.key: change.why for change in slide_changes(before, now, set(), {"b"})}
    assert told["b"] == "by hand"


def pieces(found: tuple[object, ...]) -> list[tuple[int, str, str]]:
    """Errata as page, was, now, with what changed in brackets."""

    def side(parts: tuple[object, ...]) -> str:
        return " ".join(f"[{part.words}]" if part.changed else part.words for part in parts)  # type: ignore[attr-defined]

    return [(one.folio, side(one.was), side(one.now)) for one in found]  # type: ignore[attr-defined]


def test_errata_say_what_stood_where() -> None:
    """A changed word with a few around it, on the page of the printed booklet."""
    before = [Passage(3, WORDS), Passage(4, "It rained all day."), Passage(5, "They sang."), Passage(6, "Box", "1")]
    now = [
        Passage(4, WORDS.replace("bricks", "clay")),
        Passage(4, "They sang."),
        Passage(9, "New!"),
        Passage(6, "Box", "2"),
    ]
    found = errata(before, now)
    assert pieces(found) == [
        (3, "… built a wall of [bricks] across the yard, and …", "… built a wall of [clay] across the yard, and …"),
        (4, "[It rained all day.]", ""),
        (5, "", "[New!]"),
        (6, "", ""),
    ]
    assert (found[2].behind, found[3].drawing) == ("They sang.", "Box")


def test_what_only_moved_is_no_erratum() -> None:
    """The class has it, on another page."""
    before, now = ([Passage(page, text) for page, text in enumerate(order, 1)] for order in ("abcd", "bcda"))
    assert errata(before, now) == ()


def test_the_print_is_remembered_and_compared(small: SmallCourse, tmp_path: Path) -> None:
    """Only what was marked counts as printed, however often the booklet was made since; editions go apart."""
    out = tmp_path / "out"
    small.chapter(f"# First\n\n{WORDS}\n\n[x]{{.blank}} is the answer.")
    nothing = command("make_booklet.py", small.folder, "-o", out, "--mark-printed")
    assert (nothing.returncode, "is not there" in nothing.stderr) == (1, True)
    first = built(command("make_booklet.py", small.folder, "-o", out, "--json"))
    assert first["since_print"] == {"student": None, "teacher": None}
    early = command("make_booklet.py", small.folder, "-o", out, "--errata")
    assert (early.returncode, "it is not known what was printed" in early.stderr) == (1, True)
    marked = built(
        command("make_booklet.py", small.folder, "-o", out, "--json", "--mark-printed", "--edition", "student")
    )
    assert marked["printed"] == ["student"]
    for word in ("clay", "mud"):
        small.file("01-first.md", f"# First\n\n{WORDS.replace('bricks', word)}\n\n[x]{{.blank}} is the answer.")
        done = built(command("make_booklet.py", small.folder, "-o", out, "--json"))
        since = done["since_print"]
        assert isinstance(since, dict)
        assert (since["student"]["pages"], since["teacher"]) == ([4], None)
        assert since["student"]["sheets"] == [2]
    slip = built(command("make_booklet.py", small.folder, "-o", out, "--json", "--errata"))
    assert slip["errata"] == {"file": str(out / "errata.pdf"), "corrections": 1}
    assert slip["changed"] is False
    pages = PdfReader(out / "errata.pdf").pages
    assert len(pages) == 1
    assert tuple(round(float(length) / 72 * 25.4) for length in pages[0].mediabox[2:]) == (210, 296)
    words = " ".join(pages[0].extract_text().split())
    assert words.count("Page 4 instead of … built a wall of bricks across the yard, and …") == 4
    assert words.count("read … built a wall of mud across the yard, and …") == 4


def test_an_output_that_no_build_left_is_not_marked(small: SmallCourse, tmp_path: Path) -> None:
    """Who knows what was printed then."""
    out = tmp_path / "out"
    small.chapter("# First\n\nWords.")
    assert command("make_booklet.py", small.folder, "-o", out).returncode == 0
    (out / "teacher-sheets.pdf").write_bytes(b"%PDF other")
    done = command("make_booklet.py", small.folder, "-o", out, "--mark-printed")
    assert (done.returncode, "is not what the last build left" in done.stderr) == (1, True)
    assert not list((out / ".twofold").glob("printed-*"))


def test_the_deck_says_which_slides_changed(small: SmallCourse, tmp_path: Path) -> None:
    """By their numbers and titles; the first time there is nothing to compare with."""
    out, slide = tmp_path / "out", '::: {{.slide title="{}"}}\n- a point\n\n::: notes\n{}\n:::\n:::\n\n'
    small.file("01-first.md", "# First\n\n" + slide.format("One", "Say.") + slide.format("Two", "Say."))
    assert "slides_changed" not in built(command("make_slides.py", small.folder, "-o", out, "--json"))
    new = slide.format("New", "Say.") + slide.format("One", "Say.") + slide.format("Two", "Say more.")
    small.file("01-first.md", "# First\n\n" + new)
    done = built(command("make_slides.py", small.folder, "-o", out, "--json"))
    changes = done["slides_changed"]
    assert isinstance(changes, list)
    assert [(one["number"], one["title"], one["what"], one["why"]) for one in changes] == [
        (3, "New", "new", "chapters"),
        (5, "Two", "changed", "chapters"),
    ]
    assert "slides_changed" not in built(command("make_slides.py", small.folder, "-o", out, "--json"))


def test_the_deck_knows_what_the_teacher_changed(small: SmallCourse, tmp_path: Path) -> None:
    """The slide changed by hand, by the chapters, or by both, is told as such; only once."""
    out, slides = tmp_path / "out", '::: {{.slide title="One"}}\n- {}\n:::\n\n::: {{.slide title="Two"}}\n- {}\n:::\n'
    small.file("01-first.md", "# First\n\n" + slides.format("a point", "a point"))
    built(command("make_slides.py", small.folder, "-o", out, "--json"))
    deck = Presentation(str(out / "slides.pptx"))
    for number in (2, 3):
        deck.slides[number].shapes.title.top += 90000
    deck.save(str(out / "slides.pptx"))
    small.file("01-first.md", "# First\n\n" + slides.format("a point", "another point"))
    changes = built(command("make_slides.py", small.folder, "-o", out, "--json"))["slides_changed"]
    assert isinstance(changes, list)
    assert [(one["number"], one["why"]) for one in changes] == [(3, "by hand"), (4, "both")]
    small.file("01-first.md", "# First\n\n" + slides.format("some point", "another point"))
    changes = built(command("make_slides.py", small.folder, "-o", out, "--json"))["slides_changed"]
    assert isinstance(changes, list)
    assert [(one["number"], one["why"]) for one in changes] == [(3, "chapters")]


# ---------------------------------------------------------------- against what is seen


def pictures(pdf: Path, folder: Path) -> list[bytes]:
    """The pixels of each page."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "80", "-gray", pdf, folder / "p"], check=True)
    return [path.read_bytes() for path in sorted(folder.iterdir(), key=lambda path: int(path.stem.split("-")[1]))]


def different(before: list[bytes], now: list[bytes]) -> list[int]:
    """The numbers of pages that do not look as they did."""
    return [n for n, (old, new) in enumerate(zip_longest(before, now), 1) if new is not None and old != new]


EDITS = range(int(os.environ.get("TWOFOLD_EDITS", "4")))
"""Seeds; `TWOFOLD_EDITS=30` tries as many."""


@needs(shutil.which("pdftoppm"), "poppler is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("seed", EDITS)
def test_the_report_agrees_with_the_eye(seed: int, tmp_path: Path) -> None:
    """Pages and sheets that are to be printed again are those that look different, and no others."""
    course, out = three_chapters(tmp_path / "course"), tmp_path / "out"
    arguments = make_booklet.parse_arguments([str(course.folder), "-o", str(out)])
    make_booklet.work(arguments, Speaker(quiet=True, strict=False, as_json=True))
    before = {path.name: pictures(path, tmp_path / "seen") for path in out.glob("*.pdf")}
    mark(arguments, Speaker(quiet=True, strict=False, as_json=True))
    kind = edit(course, seed)
    speaker = Speaker(quiet=True, strict=False, as_json=True)
    make_booklet.work(arguments, speaker)
    for edition, (pages, sheets) in FILES.items():
        told = speaker.news["since_print"][edition]
        assert list(told["pages"]) == different(before[pages], pictures(out / pages, tmp_path / "seen")), kind
        sides = different(before[sheets], pictures(out / sheets, tmp_path / "seen"))
        assert list(told["sheets"]) == sorted({(side + 1) // 2 for side in sides}), kind
    json.dumps(speaker.news)
