"""Sheets of paper: which sizes there are, which pages stand on which sheet, and how many sheets a booklet takes.

Lengths are in millimetres. Papers and marks are set in layouts/booklet/sheets.toml, page sizes in the style sheets of
layouts/booklet/sizes. Only the standard library is imported here, so that the command can list them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.words import LAYOUTS

Flip = Literal["short", "long"]
Side = tuple[int | None, int | None]  # the pages on its left and on its right, counted from 1; None is blank
Sheet = tuple[Side, Side]  # the side that is printed first, and its back

FILES = {  # of each edition: to read, and to print
    "student": ("booklet.pdf", "booklet-sheets.pdf"),
    "teacher": ("teacher.pdf", "teacher-sheets.pdf"),
}
SIZES = LAYOUTS / "booklet" / "sizes"
PAGES_ON_SHEET = 4  # of folded paper
ROUNDED = 1.0  # so much smaller than half the paper is still half: two A5 pages are 1 mm less than A4
MM = r"\s*([\d.]+)mm"
PAGE_RULE = re.compile(rf"@page\s*{{\s*size:{MM}{MM};\s*margin:{MM * 4}")
WIDE_RULE = re.compile(rf"--wide:{MM}")
LINES_RULE = re.compile(r"--lines:\s*(\d+)")
POINT_RULE = re.compile(r"--point:\s*([\d.]+)pt")
PAPER_RULE = re.compile(r'--paper:\s*"([^"]*)"')
POINTS_IN_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper as a printer takes it; `name` is for people."""

    name: str
    short: float
    long: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as its style sheet describes it: its lengths, `inner` the margin at the fold; `wide` the width of figures
    in points of the size, which are 1rem; how many `lines` of prose fill it; the name of the `paper` it is for."""

    name: str
    width: float
    height: float
    inner: float
    wide: float
    lines: int
    paper: str


@dataclass(frozen=True, slots=True)
class Imposition:
    """How pages are put on paper. `flip` is the edge over which the printer turns a sheet; `signature` sheets are
    folded together, all of them if None; the pages of the innermost are moved by `creep` towards the fold, those
    between in proportion. With `flat`, a page is as large as the paper, and nothing is folded."""

    paper: Paper
    flip: Flip = "short"
    signature: int | None = None
    creep: float = 0.0
    flat: bool = False

    @property
    def pages_on_sheet(self) -> int:
        """Both sides together."""
        return 2 if self.flat else PAGES_ON_SHEET

    @property
    def side(self) -> tuple[float, float]:
        """Width and height of a side as it is read: folded paper lies on its long edge."""
        return (self.paper.short, self.paper.long) if self.flat else (self.paper.long, self.paper.short)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a booklet takes in paper; `ruled` of its pages only fill the last sheet. `room` says by how many lines each
    chapter, by its number, may grow without another page."""

    pages: int
    ruled: int
    pages_on_sheet: int = PAGES_ON_SHEET
    room: Mapping[int, int] = field(default_factory=dict)

    @property
    def sheets(self) -> int:
        """Of paper."""
        return self.pages // self.pages_on_sheet

    @property
    def fewer(self) -> int:
        """So many pages fewer save a sheet; 0 if there is only one."""
        return self.pages_on_sheet - self.ruled if self.sheets > 1 else 0

    def __str__(self) -> str:
        words = f"{_count(self.pages, 'page')} = {_count(self.sheets, 'sheet')}"
        if self.ruled:
            words += f", {_count(self.ruled, 'ruled page')} before the cover"
        if self.fewer:
            words += f"; {_count(self.fewer, 'page')} fewer {'saves' if self.fewer == 1 else 'save'} a sheet"
        free = [f"chapter {chapter} by {_count(lines, 'line')}" for chapter, lines in self.room.items() if lines]
        return f"{words}; may grow for free: {', '.join(free)}" if free else words


def saddle_stitch(page_count: int, signature: int | None = None) -> tuple[tuple[Sheet, ...], ...]:
    """The sections of a booklet in order, each its sheets from the outermost to the innermost.

    A section has `signature` sheets, the last one fewer where the pages end; None makes one section of all. Blank
    pages, where the last sheet has room, go before the last page, so that the back cover stays one."""
    pages: list[int | None] = list(range(1, page_count + 1))
    pages[-1:-1] = [None] * (-page_count % PAGES_ON_SHEET)
    if page_count == 1:
        pages.reverse()  # there is a front cover and no back cover
    step = PAGES_ON_SHEET * signature if signature else len(pages)
    return tuple(_section(pages[first : first + step]) for first in range(0, len(pages), step))


def _section(pages: list[int | None]) -> tuple[Sheet, ...]:
    """Sheets folded one inside the other: each takes two pages from the front and two from the end."""
    ends = pages[::-1]
    return tuple(
        ((ends[first], pages[first]), (pages[first + 1], ends[first + 1])) for first in range(0, len(pages) // 2, 2)
    )


@lru_cache(maxsize=1)
def sheet_settings() -> dict[str, Any]:
    """What layouts/booklet/sheets.toml says."""
    return tomllib.loads((LAYOUTS / "booklet" / "sheets.toml").read_text(encoding="utf-8"))


def papers() -> dict[str, Paper]:
    """Every paper, by the name it has on the command line."""
    return {key: Paper(**values) for key, values in sheet_settings()["papers"].items()}


def sizes() -> tuple[str, ...]:
    """The names of the page sizes: the style sheets in layouts/booklet/sizes."""
    return tuple(sorted(path.stem for path in SIZES.glob("*.css")))


def imposition(
    size: str, paper: str | None = None, flip: Flip | None = None, signature: int | None = None, creep: float = 0.0
) -> Imposition:
    """How pages of a size are put on a paper, by default on the one that their style sheet names.

    A sheet is folded and flipped on the short edge unless the page is as large as the paper: then it is printed flat,
    and flipped on the long edge as the pages of a book are. Raises CourseError where that cannot be done."""
    page = page_size(size)
    chosen = papers()[paper or page.paper]
    flat = _same(page.width, chosen.short) and _same(page.height, chosen.long)
    problems = []
    if not flat and not (_same(2 * page.width, chosen.long) and _same(page.height, chosen.short)):
        message = f"two pages of {size}, {page.width:g} × {page.height:g} mm each, are not {chosen.name} folded once"
        problems.append(Problem(Place("--paper"), message, f"print {size} with --paper {page.paper}"))
    if signature is not None and signature < 1:
        message = f"{signature} sheets cannot be folded together"
        problems.append(Problem(Place("--signature"), message, "name 1 sheet or more; without it all are one section"))
    if not 0 <= creep <= page.inner:
        message = f"pages cannot be moved by {creep:g} mm: their margin at the fold is {page.inner:g} mm wide"
        problems.append(Problem(Place("--creep"), message, f"name a number of millimetres from 0 to {page.inner:g}"))
    if flat and (signature or creep):
        option = "--signature" if signature else "--creep"
        problems.append(Problem(Place(option), f"{size} on {chosen.name} is printed flat, not folded", "leave it out"))
    if problems:
        raise CourseError(problems)
    return Imposition(chosen, flip or ("long" if flat else "short"), signature, creep, flat)


def page_size(size: str) -> PageSize:
    """What the style sheet of a size says of its page. Raises CourseError where it does not say it."""
    css = (SIZES / f"{size}.css").read_text(encoding="utf-8")
    page, wide, lines, point = (rule.search(css) for rule in (PAGE_RULE, WIDE_RULE, LINES_RULE, POINT_RULE))
    place = Place(f"layouts/booklet/sizes/{size}.css")
    if not (page and wide and lines and point):
        hint = "write @page { size: …mm …mm; margin: …mm …mm …mm …mm } for a right-hand page, --wide, --lines, --point"
        raise CourseError([Problem(place, "the size and the margins of a page are not found", hint)])
    paper = PAPER_RULE.search(css)
    if not paper or paper[1] not in papers():
        hint = did_you_mean(paper[1] if paper else "", papers())
        raise CourseError([Problem(place, "--paper names no paper of layouts/booklet/sheets.toml", hint)])
    points = float(wide[1]) * POINTS_IN_MM / float(point[1])
    return PageSize(size, float(page[1]), float(page[2]), float(page[6]), round(points, 1), int(lines[1]), paper[1])


def _same(pages: float, paper: float) -> bool:
    return 0 <= paper - pages <= ROUNDED


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
