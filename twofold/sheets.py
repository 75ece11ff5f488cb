"""Sheets of paper: which sizes there are, which pages stand on which sheet, and how many sheets a booklet takes.

Lengths are in millimetres. Papers and marks are set in layouts/booklet/sheets.toml, page sizes in the style sheets of
layouts/booklet/sizes. Only the standard library is imported here, so that the command can list them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, get_args

from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.words import LAYOUTS

Flip = Literal["short", "long"]
Tray = Literal["face-down", "face-up"]  # how a printer lays down what it has printed
Edition = Literal["student", "teacher"]
FLIPS: tuple[Flip, ...] = get_args(Flip)
TRAYS: tuple[Tray, ...] = get_args(Tray)
EDITIONS: tuple[Edition, ...] = get_args(Edition)
Side = tuple[int | None, int | None]  # the pages on its left and on its right, counted from 1; None is blank
Sheet = tuple[Side, Side]  # the side that is printed first, and its back

FILES = {  # of each edition: to read, and to print
    "student": ("booklet.pdf", "booklet-sheets.pdf"),
    "teacher": ("teacher.pdf", "teacher-sheets.pdf"),
}
BY_HAND = {  # of each edition: what a printer that knows one side only prints first, and then on the other side
    "student": ("booklet-fronts.pdf", "booklet-backs.pdf"),
    "teacher": ("teacher-fronts.pdf", "teacher-backs.pdf"),
}
SIZES = LAYOUTS / "booklet" / "sizes"
PAGES_ON_SHEET = 4  # of folded paper
LIGHTEST, HEAVIEST = 40, 250  # g/m² of paper that a printer takes and that folds
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
    between in proportion, or those of each by one `thickness` more than those of the sheet around it. With `flat`, a
    page is as large as the paper, and nothing is folded. `tray` is set where sheets are turned over by hand. What is
    `trimmed` is cut out of larger paper along marks, which stand outside of `bleed`."""

    paper: Paper
    flip: Flip = "short"
    signature: int | None = None
    creep: float = 0.0
    thickness: float = 0.0
    flat: bool = False
    tray: Tray | None = None
    trimmed: bool = False
    bleed: float = 0.0

    def described(self, page_count: int) -> str:
        """What decides, besides the pages, how the sheets of a booklet look."""
        creep = self.most(page_count)
        trimmed = f", trimmed, bleed {self.bleed:g} mm" if self.trimmed else ""
        return (
            self.paper.name + (", flat" if self.flat else "") + (f", creep {creep:.2g} mm" if creep else "") + trimmed
        )

    @property
    def pages_on_sheet(self) -> int:
        """Both sides together."""
        return 2 if self.flat else PAGES_ON_SHEET

    def most(self, page_count: int) -> float:
        """How far the pages of the innermost sheet are moved, in millimetres."""
        return self.step(page_count) * self._inside(page_count)

    def _inside(self, page_count: int) -> int:
        """How many sheets lie inside the outermost one of a section."""
        sheets = -(-page_count // self.pages_on_sheet)
        return min(self.signature or sheets, sheets) - 1

    def step(self, page_count: int) -> float:
        """How much more the pages of a sheet are moved than those of the sheet around it; 0 for a single sheet."""
        inside = self._inside(page_count)
        return self.thickness or (self.creep / inside if inside else 0.0)

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


def sheets_of(page_count: int, imposition: Imposition) -> tuple[tuple[tuple[int | None, ...], ...], ...]:
    """The pages on the front and on the back of each sheet, in the order in which they are printed."""
    if imposition.flat:
        return tuple(((page,), (page + 1 if page < page_count else None,)) for page in range(1, page_count + 1, 2))
    return tuple(sheet for section in saddle_stitch(page_count, imposition.signature) for sheet in section)


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


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked of the printing, None where nothing was: `paper` by its name on the command line, `weight` of the
    paper in g/m²; the rest is as in `Imposition`, which says `trimmed` for `trim_marks`."""

    paper: str | None = None
    flip: Flip | None = None
    signature: int | None = None
    creep: float | None = None
    weight: float | None = None
    tray: Tray | None = None
    trim_marks: bool = False
    bleed: float | None = None


NOTHING_ASKED = Wishes()


def imposition(size: str, wishes: Wishes = NOTHING_ASKED) -> Imposition:
    """How pages of a size are put on paper, by default on the one that their style sheet names.

    A sheet is folded and flipped on the short edge unless the page is as large as the paper: then it is printed flat,
    and flipped on the long edge as the pages of a book are. Raises CourseError where that cannot be done."""
    page = page_size(size)
    paper = papers()[wishes.paper or page.paper]
    flat = _same(page.width, paper.short) and _same(page.height, paper.long)
    if problems := [*_misfits(page, paper, flat, wishes), *_impossible(page, paper, flat, wishes)]:
        raise CourseError(problems)
    thickness = (wishes.weight or 0) * sheet_settings()["thickness"]["bulk"] / 1000  # g/m² · cm³/g = µm
    flip = wishes.flip or ("long" if flat else "short")
    return Imposition(
        paper,
        flip,
        wishes.signature,
        wishes.creep or 0,
        thickness,
        flat,
        wishes.tray,
        wishes.trim_marks,
        wishes.bleed or 0,
    )


def trim_mark(bleed: float) -> tuple[float, float]:
    """How far off a page, in millimetres, a trim mark begins and ends."""
    marks = sheet_settings()["marks"]
    start = max(marks["trim-gap"], bleed)
    return start, start + marks["trim"]


def _has_room(page: PageSize, paper: Paper, bleed: float | None) -> bool:
    """Whether two pages side by side leave paper enough for trim marks all around."""
    _, needed = trim_mark(bleed or 0)
    return min(paper.long - 2 * page.width, paper.short - page.height) >= 2 * needed


def _misfits(page: PageSize, paper: Paper, flat: bool, wishes: Wishes) -> Iterator[Problem]:
    if wishes.trim_marks:
        if not _has_room(page, paper, wishes.bleed):
            _, needed = trim_mark(wishes.bleed or 0)
            message = (
                f"trim marks take {needed:g} mm around two pages of {page.name}; {paper.name} has not so much room"
            )
            larger = [name for name, one in papers().items() if _has_room(page, one, wishes.bleed)]
            hint = f"print on larger paper: --paper {' or '.join(larger)}" if larger else "print it without them"
            yield Problem(Place("--trim-marks"), message, hint)
    elif not flat and not (_same(2 * page.width, paper.long) and _same(page.height, paper.short)):
        message = (
            f"two pages of {page.name}, {page.width:g} × {page.height:g} mm each, are not {paper.name} folded once"
        )
        cut = ", or cut it out of this paper with --trim-marks" if _has_room(page, paper, None) else ""
        yield Problem(Place("--paper"), message, f"print {page.name} with --paper {page.paper}{cut}")


def _impossible(page: PageSize, paper: Paper, flat: bool, wishes: Wishes) -> Iterator[Problem]:
    asked = {"--signature": wishes.signature, "--creep": wishes.creep, "--paper-weight": wishes.weight}
    if flat and (useless := [option for option, value in asked.items() if value]):
        yield Problem(Place(useless[0]), f"{page.name} on {paper.name} is printed flat, not folded", "leave it out")
    if wishes.signature is not None and wishes.signature < 1:
        message = f"{wishes.signature} sheets cannot be folded together"
        yield Problem(Place("--signature"), message, "name 1 sheet or more; without it all are one section")
    if wishes.creep is not None and wishes.weight is not None:
        yield Problem(Place("--paper-weight"), "creep is told twice, in millimetres and by the paper", "leave one out")
    if wishes.bleed is not None and not (wishes.trim_marks and wishes.bleed >= 0):
        message = f"a bleed of {wishes.bleed:g} mm cannot be marked"
        yield Problem(Place("--bleed"), message, "name 0 mm or more, usual is 3, and ask for --trim-marks too")
    if wishes.creep is not None:
        yield from too_much_creep(wishes.creep, page)
    if wishes.weight is not None and not LIGHTEST <= wishes.weight <= HEAVIEST:
        message = f"paper of {wishes.weight:g} g/m² is not folded into booklets"
        yield Problem(Place("--paper-weight"), message, f"name a number from {LIGHTEST} to {HEAVIEST}; usual is 80")


def too_much_creep(creep: float, page: PageSize) -> Iterator[Problem]:
    """A problem where pages would be moved further, in millimetres, than their margin at the fold is wide."""
    if not 0 <= creep <= page.inner:
        message = f"pages cannot be moved by {creep:g} mm: their margin at the fold is {page.inner:g} mm wide"
        yield Problem(Place("--creep"), message, f"name a number of millimetres from 0 to {page.inner:g}")


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
