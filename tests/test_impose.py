"""Sheets as they come off a printer: they are folded here in software and read page by page."""

import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Matrix, Name
from pypdf import PdfReader

from tests.courses import SmallCourse
from tests.test_commands import CHAPTER, command
from twofold import sheets
from twofold.booklet.impose import by_hand, impose
from twofold.booklet.saving import as_bytes
from twofold.problems import CourseError
from twofold.sheets import (
    FILES,
    Budget,
    Flip,
    Imposition,
    Sheet,
    Wishes,
    imposition,
    page_size,
    papers,
    saddle_stitch,
    sizes,
)

MM = 72 / 25.4
SIZES = {size: (page_size(size).width, page_size(size).height) for size in sizes()}  # mm
FOLDED = {imposition(size).paper: size for size in sizes() if not imposition(size).flat}.values()  # one a paper
NUMBER_AT = (40.0, 300.0)  # where a page has its number


def asked(size: str, **wishes: Any) -> Imposition:
    """How pages are put on paper, where something is asked for."""
    return imposition(size, Wishes(**wishes))


Half = tuple[int, Matrix] | None  # the number of a page that is printed there and its matrix in the half, or nothing


def numbered(path: Path, count: int, size: str = "a5") -> Path:
    """A PDF whose pages have nothing but their numbers."""
    with pikepdf.new() as pdf:
        pdf.docinfo[Name.Title] = "Numbers"
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, count + 1):
            page = pdf.add_blank_page(page_size=tuple(length * MM for length in SIZES[size]))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            text = "BT /F 24 Tf {} {} Td ({}) Tj ET".format(*NUMBER_AT, number)
            page.obj.Contents = pdf.make_stream(text.encode())
        pdf.save(path)
    return path


def print_sheets(pages: Path, how: Imposition, sheets: Path) -> None:
    """Writes the pages of a PDF as sheets."""
    with pikepdf.open(pages) as pdf:
        impose(pdf, how)
        sheets.write_bytes(as_bytes(pdf))


def halves(page: pikepdf.Page) -> list[Half]:
    """What a printer puts on the left and the right half of a side."""
    found: list[Half] = [None, None]
    stack, matrix = [], Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = Matrix(*map(float, operands)) @ matrix
            case "Do":
                form = page.obj.Resources.XObject[str(operands[0])]
                (number,) = (args[0] for args, op in pikepdf.parse_content_stream(form) if str(op) == "Tj")
                box = matrix.transform(pikepdf.Rectangle(form.BBox))
                half = int(box.llx + box.urx > page.mediabox[2])
                assert found[half] is None
                found[half] = int(str(number)), matrix
    return found


def turned(back: list[Half], flip: Flip, width: float, height: float) -> list[Half]:
    """The back of a sheet for somebody who turns it like a leaf of a book, which is over its short edge; a printer
    that turned it over the long edge has printed it upside down."""
    if flip == "short":
        return back
    around = Matrix(-1, 0, 0, -1, width, height)
    return [half and (half[0], half[1] @ around) for half in reversed(back)]


def folded(path: Path, flip: Flip, signature: int | None) -> list[Half]:
    """The pages in the order in which one reads them, and as one sees them."""
    with pikepdf.open(path) as pdf:
        paper = [float(length) for length in pdf.pages[0].mediabox[2:]]
        sides = [halves(page) for page in pdf.pages]
    pile = [(front, turned(back, flip, *paper)) for front, back in zip(sides[::2], sides[1::2], strict=True)]
    read: list[Half] = []
    for first in range(0, len(pile), signature or len(pile)):
        section = pile[first : first + (signature or len(pile))]
        read += [half for front, back in section for half in (front[1], back[0])]
        read += [half for front, back in reversed(section) for half in (back[1], front[0])]
    return read


@pytest.mark.parametrize("size", FOLDED)
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("signature", [1, 2, 4, None])
def test_folded_sheets_read_in_order(size: str, flip: Flip, signature: int | None, tmp_path: Path) -> None:
    """1 to 64 pages: 1, 2, 3 … each once, all upright, none mirrored or scaled."""
    how = asked(size, flip=flip, signature=signature)
    for count in range(1, 65):
        print_sheets(numbered(tmp_path / "pages.pdf", count, size), how, tmp_path / "sheets.pdf")
        read = list(folded(tmp_path / "sheets.pdf", flip, signature))
        pages, blank = list(range(1, count + 1)), [None] * (-count % 4)
        ordered = [1, *blank] if count == 1 else [*pages[:-1], *blank, pages[-1]]
        assert [half and half[0] for half in read] == ordered
        assert {half[1].shorthand[:4] for half in read if half} == {(1, 0, 0, 1)}


def places(path: Path) -> dict[int, tuple[float, float]]:
    """Where the number of each page stands: how far from the fold, and how high, in mm."""
    with pikepdf.open(path) as pdf:
        fold = float(pdf.pages[0].mediabox[2]) / 2
        found = [half for page in pdf.pages for half in halves(page) if half]
    places = {number: matrix.transform(NUMBER_AT) for number, matrix in found}
    return {number: (abs(x - fold) / MM, y / MM) for number, (x, y) in places.items()}


def test_pages_meet_at_the_fold_in_the_middle_of_the_height(tmp_path: Path) -> None:
    """A5 is a millimetre less than half of A4: that is left white at the outer edges."""
    print_sheets(numbered(tmp_path / "pages.pdf", 8), imposition("a5"), tmp_path / "sheets.pdf")
    x, y = (length / MM for length in NUMBER_AT)
    for number, place in places(tmp_path / "sheets.pdf").items():
        assert place == pytest.approx((x if number % 2 else 148 - x, y), abs=0.001)


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize(("signature", "moved"), [(None, [0, 1, 2, 3]), (4, [0, 1, 2, 3]), (2, [0, 3, 0, 3])])
def test_creep_moves_inner_pages_to_the_fold(
    flip: Flip, signature: int | None, moved: list[float], tmp_path: Path
) -> None:
    """By so many millimetres as were asked on the innermost sheet, by none on the outermost, on both its sides."""
    pages = numbered(tmp_path / "pages.pdf", 16)
    print_sheets(pages, asked("a5", flip=flip, signature=signature), tmp_path / "still.pdf")
    print_sheets(pages, asked("a5", flip=flip, signature=signature, creep=3), tmp_path / "moved.pdf")
    still, crept = places(tmp_path / "still.pdf"), places(tmp_path / "moved.pdf")
    flat = [sheet for section in saddle_stitch(16, signature) for sheet in section]
    for sheet, expected in zip(flat, moved, strict=True):
        for number in (page for side in sheet for page in side if page):
            assert still[number][0] - crept[number][0] == pytest.approx(expected, abs=0.001)


def test_a_thinner_last_section_creeps_less(tmp_path: Path) -> None:
    """Creep comes from the sheets that lie inside, so the second of two moves as the second of four does."""
    pages = numbered(tmp_path / "pages.pdf", 24)
    print_sheets(pages, asked("a5", signature=4, creep=3), tmp_path / "sheets.pdf")
    where = places(tmp_path / "sheets.pdf")
    assert where[1][0] - where[3][0] == where[17][0] - where[19][0] == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("flip", ["short", "long"])
def test_links_and_title_come_along(flip: Flip, tmp_path: Path) -> None:
    """A link lies over the same words and shows the side to which its page has gone; tags do not come."""
    with pikepdf.open(numbered(tmp_path / "pages.pdf", 16), allow_overwriting_input=True) as pdf:
        x, y = NUMBER_AT
        area = [x, y + 20, x + 20, y]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=["far", [pdf.pages[10].obj, Name.XYZ, 0, 0, 0]]))
        address = Dictionary(S=Name.URI, URI="https://example.org/")
        for index, goal in ((1, {"Dest": "far"}), (14, {"A": address})):  # both on the back of the first sheet
            link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=area, **goal)
            pdf.pages[index].Annots = Array([link])
        pdf.save()
    print_sheets(tmp_path / "pages.pdf", asked("a5", flip=flip), tmp_path / "sheets.pdf")
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        assert pdf.docinfo[Name.Title] == "Numbers"
        assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{flip.capitalize()}Edge"
        (side,) = (page for page in pdf.pages if Name.Annots in page)
        there, address = sorted(side.Annots, key=lambda link: str(link.A.S))
        matrices = dict(half for half in halves(side) if half)
        for link, number in ((there, 2), (address, 15)):
            assert [float(end) for end in link.Rect] == pytest.approx(_corners(matrices[number], area), abs=0.01)
        (goal,) = (page for page in pdf.pages if page.obj.objgen == there.A.D[0].objgen)
        assert 11 in [half[0] for half in halves(goal) if half]
        assert address.A.URI == "https://example.org/"


def _corners(matrix: Matrix, area: list[float]) -> list[float]:
    (x0, y0), (x1, y1) = matrix.transform((area[0], area[1])), matrix.transform((area[2], area[3]))
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def test_marks_stand_on_the_outside_of_each_section_only(tmp_path: Path) -> None:
    """On the fold, at its ends and where staples go."""
    print_sheets(numbered(tmp_path / "pages.pdf", 32), asked("a5", signature=4), tmp_path / "sheets.pdf")
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        fold = float(pdf.pages[0].mediabox[2]) / 2
        drawn = [
            [float(args[0]) for args, operator in pikepdf.parse_content_stream(page) if str(operator) in "ml"]
            for page in pdf.pages
        ]
    assert [number for number, ends in enumerate(drawn) if ends] == [0, 8]
    assert drawn[0] == pytest.approx([fold] * 8, abs=0.001)


def strokes(page: pikepdf.Page) -> list[list[float]]:
    """The marks on a side, each from where to where in mm."""
    ends = [[float(end) / MM for end in args] for args, op in pikepdf.parse_content_stream(page) if str(op) in "ml"]
    return [start + stop for start, stop in zip(ends[::2], ends[1::2], strict=True)]


@pytest.mark.parametrize(("size", "paper"), [("a5", "sra4"), ("a5", "a3"), ("half-letter", "a3"), ("a4", "sra3")])
@pytest.mark.parametrize(("flip", "signature"), [("short", None), ("long", 2)])
def test_trimmed_sheets_read_in_order_in_the_middle_of_the_paper(
    size: str, paper: str, flip: Flip, signature: int | None, tmp_path: Path
) -> None:
    """As those that fill their paper do; no mark touches a page but where staples go, none leaves the sheet."""
    how = asked(size, paper=paper, flip=flip, signature=signature, trim_marks=True)
    width, height = SIZES[size]
    for count in (1, 2, 7, 16):
        print_sheets(numbered(tmp_path / "pages.pdf", count, size), how, tmp_path / "sheets.pdf")
        read = [half for half in folded(tmp_path / "sheets.pdf", flip, signature) if half]
        assert [number for number, _ in read] == list(range(1, count + 1))
        assert {matrix.shorthand[:4] for _, matrix in read} == {(1, 0, 0, 1)}
    left, foot = papers()[paper].long / 2 - width, (papers()[paper].short - height) / 2
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        trim = [left, foot, left + 2 * width, foot + height]
        outsides = (0, 4) if signature else (0,)
        for number, side in enumerate(pdf.pages):
            assert [float(end) / MM for end in side.trimbox] == pytest.approx(trim, abs=0.001)
            marks = strokes(side)
            assert len(marks) == (12 if number in outsides else 10)
            for x, y, to_x, to_y in marks:
                on_fold = x == pytest.approx(papers()[paper].long / 2, abs=0.001)
                outside = max(x, to_x) < left or min(x, to_x) > trim[2] or max(y, to_y) < foot or min(y, to_y) > trim[3]
                assert outside or on_fold
                assert min(x, to_x, y, to_y) > 0
                assert max(x, to_x) < papers()[paper].long
                assert max(y, to_y) < papers()[paper].short


def test_trim_marks_go_with_the_pages_that_creep_and_stand_outside_of_the_bleed(tmp_path: Path) -> None:
    """When the sheets lie in one another, all are cut along one line."""
    pages = numbered(tmp_path / "pages.pdf", 16)
    how = asked("a5", paper="a3", creep=3, trim_marks=True, bleed=5)
    print_sheets(pages, how, tmp_path / "sheets.pdf")
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        for number, side in enumerate(pdf.pages):
            left, foot = 210 - 148 + number // 2, (297 - 210) / 2
            box = [left - 5, foot - 5, 420 - left + 5, 297 - foot + 5]
            assert [float(end) / MM for end in side.bleedbox] == pytest.approx(box, abs=0.001)
            across = [mark for mark in strokes(side) if mark[1] == mark[3]]
            begin = {round(mark[0], 2) for mark in across}
            assert begin == {round(left - 5, 2), round(420 - left + 5, 2)}


def test_creep_comes_from_the_weight_of_the_paper(tmp_path: Path) -> None:
    """Each sheet pushes those inside it out by its thickness: 80 g/m² × 1.3 cm³/g is 0.104 mm."""
    pages = numbered(tmp_path / "pages.pdf", 16)
    print_sheets(pages, imposition("a5"), tmp_path / "still.pdf")
    print_sheets(pages, asked("a5", weight=80), tmp_path / "moved.pdf")
    still, crept = places(tmp_path / "still.pdf"), places(tmp_path / "moved.pdf")
    moved = {number: still[number][0] - crept[number][0] for number in (1, 3, 5, 7)}
    assert moved == pytest.approx({1: 0, 3: 0.104, 5: 0.208, 7: 0.312}, abs=0.0005)


@pytest.mark.parametrize("tray", ["face-down", "face-up"])
@pytest.mark.parametrize("flip", ["short", "long"])
def test_a_stack_turned_by_hand_reads_in_order(flip: Flip, tray: str, tmp_path: Path) -> None:
    """The fronts are printed, the stack is put back as such a printer needs it, then the backs are."""
    how = asked("a5", flip=flip, tray=tray)
    print_sheets(numbered(tmp_path / "pages.pdf", 20), how, tmp_path / "sheets.pdf")
    by_hand(tmp_path / "sheets.pdf", how, tmp_path / "fronts.pdf", tmp_path / "backs.pdf")
    with pikepdf.open(tmp_path / "fronts.pdf") as fronts, pikepdf.open(tmp_path / "backs.pdf") as backs:
        assert fronts.Root.ViewerPreferences.Duplex == backs.Root.ViewerPreferences.Duplex == Name.Simplex
        laid: list[int] = []  # which sheets lie in the tray after the fronts, from the top
        for sheet in range(len(fronts.pages)):
            laid.insert(0, sheet)
        if tray == "face-up":
            laid.reverse()  # the stack is turned over, so that the empty sides are up
        printed = dict(zip(laid, backs.pages, strict=True))
        with pikepdf.new() as both:
            for sheet, front in enumerate(fronts.pages):
                both.pages.extend([front, printed[sheet]])
            both.save(tmp_path / "both.pdf")
    read = [half[0] for half in folded(tmp_path / "both.pdf", flip, None) if half]
    assert read == list(range(1, 21))


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    """No date and no random name."""
    pages = numbered(tmp_path / "pages.pdf", 8)
    for name in ("one.pdf", "two.pdf"):
        print_sheets(pages, imposition("a5"), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_order_of_ten_pages() -> None:
    """Twelve with the blank ones, which stand before the back cover."""
    outer: Sheet = ((10, 1), (2, None))
    assert saddle_stitch(10) == ((outer, ((None, 3), (4, 9)), ((8, 5), (6, 7))),)


@pytest.mark.parametrize(
    ("pages", "ruled", "told"),
    [
        (36, 1, "36 pages = 9 sheets, 1 ruled page before the cover; 3 pages fewer save a sheet"),
        (36, 3, "36 pages = 9 sheets, 3 ruled pages before the cover; 1 page fewer saves a sheet"),
        (8, 0, "8 pages = 2 sheets; 4 pages fewer save a sheet"),
        (4, 2, "4 pages = 1 sheet, 2 ruled pages before the cover"),
    ],
)
def test_the_budget_says_what_can_be_saved(pages: int, ruled: int, told: str) -> None:
    """Ruled pages go first, so that fewer are needed where there are some."""
    assert str(Budget(pages, ruled)) == told


def test_the_budget_says_which_chapter_may_grow() -> None:
    """By the lines that are free on its last page."""
    assert str(Budget(56, 2, room={4: 21, 5: 0, 6: 1})) == (
        "56 pages = 14 sheets, 2 ruled pages before the cover; 2 pages fewer save a sheet; "
        "may grow for free: chapter 4 by 21 lines, chapter 6 by 1 line"
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_size_fits_its_own_paper_and_no_other(size: str) -> None:
    """Half a letter is not half of A4; a page as large as the paper is printed flat on it."""
    own = page_size(size).paper
    fitting = {"a4": {"a3", "a4"}, "a4-large": {"a3", "a4"}, "a5": {"a4", "a5"}, "a5-dyslexia": {"a4", "a5"}}
    fitting |= {"a6": {"a5"}, "half-letter": {"letter"}}  # nothing fills the larger papers
    assert imposition(size).paper == papers()[own]
    for other in papers():
        if other in fitting[size]:
            assert asked(size, paper=other).flat == (other[:2] == size[:2])
            continue
        with pytest.raises(CourseError, match=f"print {size} with --paper {own}"):
            asked(size, paper=other)


def test_the_sizes_that_come_along() -> None:
    """As many as the issue asks for, on the papers that schools have."""
    assert {size: page_size(size).paper for size in sizes()} == {
        "a4": "a3",
        "a4-large": "a4",
        "a5": "a4",
        "a5-dyslexia": "a4",
        "a6": "a5",
        "half-letter": "letter",
    }


@pytest.mark.parametrize("size", SIZES)
def test_a_page_is_as_many_lines_high_as_its_style_sheet_says(size: str) -> None:
    """Or the ruled pages and the count of free lines would be wrong."""
    css = (sheets.SIZES / f"{size}.css").read_text()
    (point,) = re.findall(r"--point: ([\d.]+)pt", css)
    top, _, bottom, _ = map(float, re.findall(r"margin: ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm", css)[0])
    line = 13.5 * float(point) / MM
    assert page_size(size).lines * line <= page_size(size).height - top - bottom <= page_size(size).lines * line + 0.5


@pytest.mark.parametrize("flip", ["short", "long"])
def test_flat_pages_read_in_order(flip: Flip, tmp_path: Path) -> None:
    """Each on a side of its own; backs are upright when a sheet is turned like a leaf, whatever the printer does."""
    how = asked("a4-large", flip=flip)
    print_sheets(numbered(tmp_path / "pages.pdf", 6, "a4-large"), how, tmp_path / "sheets.pdf")
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{flip.capitalize()}Edge"
        for number, side in enumerate(pdf.pages, 1):
            assert [round(float(end) / MM) for end in side.mediabox] == [0, 0, 210, 297]
            (half,) = (half for half in halves(side) if half)
            turned_over = flip == "short" and number % 2 == 0
            assert (half[0], half[1].shorthand[:4]) == (number, (-1, 0, 0, -1) if turned_over else (1, 0, 0, 1))


@pytest.mark.parametrize(("width", "height", "paper"), [(105, 148, "a5"), (148, 210, "a4"), (210, 297, "a3")])
def test_a_new_size_is_a_style_sheet(
    width: int, height: int, paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how large a page is and which paper it is for: A6 on A5, A5 on A4, A4 on A3."""
    monkeypatch.setattr(sheets, "SIZES", tmp_path)
    page = f"@page {{ size: {width}mm {height}mm; margin: 20mm 39mm 18.5mm 9mm }}"
    page += " :root { --wide: 60mm; --point: 1pt; --lines: 20 }"
    (tmp_path / "new.css").write_text(f':root {{ --paper: "{paper}" }}\n{page}\n')
    assert asked("new", creep=9) == Imposition(papers()[paper], creep=9)
    (tmp_path / "new.css").write_text(':root { --paper: "a44" }\n' + page)
    with pytest.raises(CourseError, match="a4"):
        imposition("new")
    (tmp_path / "new.css").write_text("@page { size: A5 }")
    with pytest.raises(CourseError, match="the size and the margins of a page are not found"):
        imposition("new")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--paper", "letter"), "two pages of a5, 148 × 210 mm each, are not US letter folded once"),
        (("--signature", 0), "0 sheets cannot be folded together"),
        (("--creep", 17.5), "cannot be moved by 17.5 mm: their margin at the fold is 17 mm wide"),
        (("--creep", -1), "a number of millimetres from 0 to 17"),
        (("--size", "a4-large", "--signature", 2), "a4-large on A4 is printed flat, not folded"),
        (("--size", "a4-large", "--creep", 1), "--creep: error: a4-large on A4 is printed flat"),
        (("--paper-weight", 80, "--creep", 1), "creep is told twice"),
        (("--paper-weight", 8), "paper of 8 g/m² is not folded into booklets"),
        (("--creep", "nan"), "a number of millimetres from 0 to 17"),
        (("--trim-marks",), "print on larger paper: --paper a3 or sra4 or sra3"),
        (("--size", "a4-large", "--trim-marks"), "--paper sra3"),
        (("--paper", "sra4", "--trim-marks", "--bleed", 5), "trim marks take 9 mm around two pages of a5; SRA4"),
        (("--paper", "sra4"), "or cut it out of this paper with --trim-marks"),
        (("--bleed", 3), "ask for --trim-marks too"),
        (("--paper", "a3", "--trim-marks", "--bleed", "nan"), "a bleed of nan mm cannot be marked"),
    ],
)
def test_what_cannot_be_printed_is_told_before_anything_is_made(
    arguments: tuple[object, ...], told: str, small: SmallCourse, tmp_path: Path
) -> None:
    """Exit status 1 and a sentence with the way out."""
    small.chapter(CHAPTER)
    done = command("make_booklet.py", small.folder, "-o", tmp_path / "out", *arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_command_writes_sheets_of_both_editions(small: SmallCourse, tmp_path: Path) -> None:
    """Their back covers name the file to print and the flip that was chosen; JSON has what they take in paper."""
    small.chapter(CHAPTER)
    done = command("make_booklet.py", small.folder, "-o", tmp_path, "--flip", "long", "--json")
    built = json.loads(done.stdout)
    assert done.returncode == 0
    for edition, (pages, to_print) in FILES.items():
        assert built[edition]["sheets_file"] == str(tmp_path / to_print)
        with pikepdf.open(tmp_path / pages) as read, pikepdf.open(tmp_path / to_print) as printed:
            assert len(read.pages) == built[edition]["pages"] == 4 * built[edition]["sheets"] == 2 * len(printed.pages)
            assert printed.Root.ViewerPreferences.Duplex == Name.DuplexFlipLongEdge
        cover = PdfReader(tmp_path / pages).pages[-1].extract_text()
        assert f"Print {to_print}" in cover
        assert "long edge" in cover


def test_a_printer_is_remembered(small: SmallCourse, tmp_path: Path) -> None:
    """From one build to the next, said each time; what is asked for now counts more."""
    small.chapter(CHAPTER)
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    out = tmp_path / "out"

    def build(*arguments: str) -> str:
        done = command("make_booklet.py", small.folder, "-o", out, "--edition", "student", *arguments, **home)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def flip() -> str:
        with pikepdf.open(out / "booklet-sheets.pdf") as pdf:
            return str(pdf.Root.ViewerPreferences.Duplex)

    assert "for this printer" not in build()
    assert flip() == "/DuplexFlipShortEdge"
    said = build("--flip", "long", "--manual-duplex", "--remember")
    assert f"in {tmp_path / 'config' / 'twofold' / 'printer.json'}: --flip long --manual-duplex face-down" in said
    assert "As remembered for this printer" in build()
    assert flip() == "/DuplexFlipLongEdge"
    assert (out / "booklet-backs.pdf").exists()
    cover = PdfReader(out / "booklet.pdf").pages[-1].extract_text()
    assert "booklet-fronts.pdf" in cover
    build("--flip", "short")
    assert flip() == "/DuplexFlipShortEdge"
    build("--size", "a4-large")
    assert flip() == "/DuplexFlipLongEdge"
    assert "Forgotten: --flip long --manual-duplex face-down" in build("--forget")
    assert flip() == "/DuplexFlipShortEdge"
    assert "Nothing has changed" in build()
    assert "Forgotten: nothing was remembered of a printer" in build("--forget")


def test_what_is_remembered_counts_as_a_change(small: SmallCourse, tmp_path: Path) -> None:
    """A build of another course may have told of another printer; remembering alone forgets it."""
    small.chapter(CHAPTER)
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}

    def build(out: str, *arguments: str) -> str:
        line = ["make_booklet.py", small.folder, "-o", tmp_path / out, "--edition", "student", *arguments]
        done = command(*map(str, line), **home)
        assert (done.returncode, done.stderr) == (0, "")
        with pikepdf.open(tmp_path / out / "booklet-sheets.pdf") as pdf:
            return str(pdf.Root.ViewerPreferences.Duplex)

    assert build("one") == "/DuplexFlipShortEdge"
    build("other", "--flip", "long", "--remember")
    assert build("one") == "/DuplexFlipLongEdge"
    build("other", "--remember")
    assert build("one") == "/DuplexFlipShortEdge"
    build("other", "--flip", "long", "--remember")
    build("one", "--remember")
    build("other", "--flip", "long", "--remember")  # nothing is built, and it is remembered all the same
    assert build("one") == "/DuplexFlipLongEdge"


@pytest.mark.parametrize("kept", ["{", "[]", "{}", '{"flip": "up", "tray": null, "weight": null}', "5000 g"])
def test_a_printer_that_is_not_understood(kept: str, small: SmallCourse, tmp_path: Path) -> None:
    """The file that holds it is named, nothing is built as if there were none, and --forget drops it."""
    small.chapter(CHAPTER)
    file = tmp_path / "config" / "twofold" / "printer.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"flip": null, "tray": null, "weight": 5000}' if kept == "5000 g" else kept)
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    done = command("make_booklet.py", small.folder, "-o", tmp_path / "out", **home)
    assert (done.returncode, (tmp_path / "out").exists()) == (1, False)
    assert f"{file}: error: what is remembered of the printer here is not understood" in done.stderr
    done = command("make_booklet.py", small.folder, "-o", tmp_path / "out", "--forget", **home)
    assert (done.returncode, file.exists()) == (0, False)
    assert "Forgotten: what was not understood" in done.stdout


def test_the_course_may_stand_behind_manual_duplex(small: SmallCourse, tmp_path: Path) -> None:
    """The folder is not taken for how the printer lays pages down."""
    small.chapter(CHAPTER)
    done = command("make_booklet.py", "-o", tmp_path / "out", "--manual-duplex", small.folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{tmp_path / 'out' / 'booklet-fronts.pdf'}: print on one side" in done.stdout
    again = command("make_booklet.py", small.folder, "-o", tmp_path / "out", "--manual-duplex", "face-down")
    assert "Nothing has changed" in again.stdout


@pytest.mark.parametrize("size", FOLDED)
def test_the_rehearsal_is_one_sheet_that_says_what_to_ask_for(size: str, small: SmallCourse, tmp_path: Path) -> None:
    """Two sides of the paper of the size, every option on the first, nothing over the edge."""
    small.chapter(CHAPTER)
    done = command("make_booklet.py", small.folder, "-o", tmp_path, "--size", size, "--rehearse")
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["rehearsal.pdf"]
    front, back = PdfReader(tmp_path / "rehearsal.pdf").pages
    paper = imposition(size).paper
    assert [float(end) / MM for end in front.mediabox[2:]] == pytest.approx([paper.long, paper.short], abs=0.01)
    said = " ".join(front.extract_text().split())
    for option in ("--flip short", "--flip long", "face-down", "face-up", "--remember"):
        assert option in said
    assert "The back" in " ".join(back.extract_text().split())


def test_nothing_is_replaced_when_the_last_file_cannot_be(small: SmallCourse, tmp_path: Path) -> None:
    """A folder stands in the way of the teacher's sheets."""
    small.chapter(CHAPTER)
    (tmp_path / "teacher-sheets.pdf").mkdir()
    for name in ("booklet.pdf", "booklet-sheets.pdf", "teacher.pdf"):
        (tmp_path / name).write_text("old")
    done = command("make_booklet.py", small.folder, "-o", tmp_path)
    assert done.returncode == 1
    assert {path.read_text() for path in tmp_path.glob("*.pdf") if path.is_file()} == {"old"}
    assert not list(tmp_path.glob(".*.pdf"))
