"""The course into laid-out pages: the stages of the booklet in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

from twofold.booklet.back import Back
from twofold.booklet.composing import Compositor
from twofold.booklet.folios import LaidPart, Part, Rendered, Solver
from twofold.booklet.fonts import fonts
from twofold.booklet.html import Renderer
from twofold.booklet.measures import Measures
from twofold.booklet.shelf import shelf
from twofold.booklet.store import Store
from twofold.booklet.survey import survey
from twofold.booklet.teaching import teaching
from twofold.files import sources
from twofold.model import Chapter, Course
from twofold.problems import Place, Problem, Severity
from twofold.sheets import BY_HAND, FILES, Budget, Edition, Imposition, imposition, page_size
from twofold.words import Words

if TYPE_CHECKING:
    from twofold.booklet.pages import Press

TAUGHT_TOGETHER = 10
"""Chapters that have their teacher's pages in one part; more would take long to lay out again for a word."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """A booklet's pages. `pages` gives the folio of each anchor, counted from 1 at the front cover; `problems` are what
    its author should know of."""

    pages: Mapping[str, int]
    problems: tuple[Problem, ...]
    printed: Imposition
    parts: tuple[LaidPart, ...] = field(repr=False)
    _line: float

    @property
    def page_count(self) -> int:
        """With the cover."""
        return self.parts[-1].folio

    @property
    def looks(self) -> tuple[str, ...]:
        """How each page looks."""
        return tuple(look for laid in self.parts for look in laid.printed.looks)

    @property
    def budget(self) -> Budget:
        """The sheets it takes."""
        *_, filler, _ = self.parts
        ruled = filler.printed.page_count if filler.part.name == "notes" else 0
        room = {laid.part.chapter: laid.room(self._line) for laid in self.parts if laid.part.chapter}
        return Budget(self.page_count, ruled, self.printed.pages_on_sheet, room)

    @property
    def places(self) -> dict[str, int]:
        """The folio on which each place of the chapters ("file:line") begins, where it is known."""
        found: dict[str, int] = {}
        for laid in self.parts:
            for place, page in laid.printed.places.items():
                found.setdefault(place, laid.folio + page)
        return found

    def write(self, pages: Path, sheets: Path | None = None) -> None:
        """Writes the PDF to read, and the same as sheets to print."""
        from twofold.booklet.binding import bound
        from twofold.booklet.impose import impose
        from twofold.booklet.saving import as_bytes

        with bound(self._pdfs, fonts().file) as pdf:
            pages.write_bytes(as_bytes(pdf))
            if sheets:
                impose(pdf, self.printed)
                sheets.write_bytes(as_bytes(pdf))

    def archive(self, folder: Path, out: Path, path: Path) -> None:
        """Writes the pages as PDF/A-3u, with all files of the course's folder that are not hidden; what the commands
        left in `out` is no source."""
        from twofold.booklet.archiving import archived
        from twofold.booklet.binding import bind

        names = {file.relative_to(folder.resolve()).as_posix(): file for file in sources(folder, out)}
        shown = {name: file.read_bytes() for name, file in names.items() if "/." not in f"/{name}"}
        path.write_bytes(archived(bind(self._pdfs, fonts().file), shown))

    def warm_up(self, press: "Press") -> None:
        """Does for nothing what is slow the first time only: the next booklet that shares most of its parts with this
        one is made faster."""
        from twofold.booklet.binding import keep_open

        chapter = next((laid for laid in self.parts if laid.part.chapter), self.parts[0])
        press.lay_out(chapter.html, chapter.folio)
        keep_open(self._pdfs)
        with TemporaryDirectory() as folder:
            self.write(Path(folder) / "pages.pdf", Path(folder) / "sheets.pdf")

    @property
    def _pdfs(self) -> list[bytes]:
        return [laid.printed.pdf for laid in self.parts]


@dataclass(slots=True)
class Workshop:
    """Where the editions of a course are made, one after the other, in one page size. `slide_numbers` gives the slide
    that presents an anchor; what was made before is taken from `store`."""

    course: Course
    folder: Path
    words: Words
    size: str
    slide_numbers: Mapping[str, int]
    store: Store
    _compositor: Compositor = field(init=False)
    _measures: Measures = field(init=False)
    _pages: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._compositor = Compositor(self.size, self.store)
        self._measures = survey(self.course, self._renderer("student", Measures()), self._compositor.measure)
        self._compositor.line = self._measures.line
        self._pages = {}

    def lay_out(self, edition: Edition, printed: Imposition) -> Booklet:
        """Makes the pages of an edition; `printed` is what its back cover tells the person at the printer."""
        pages = _Parts(self.course, self._renderer(edition, self._measures), self.slide_numbers, printed)
        make = self._compositor
        solver = Solver(make.compose, make.set, pages.filler, pages.last, printed.pages_on_sheet)
        laid, self._pages = solver.solve(pages.all(), self._pages)
        problems = dict.fromkeys(problem for part in laid for problem in _problems(part, self._pages))
        return Booklet(self._pages, tuple(problems), printed, laid, make.line)

    def _renderer(self, edition: Edition, measures: Measures) -> Renderer:
        return Renderer(
            self.course,
            self.folder,
            self.words,
            shelf().add,
            edition=edition,
            slide_numbers=self.slide_numbers,
            measures=measures,
            page=page_size(self.size),
        )


def lay_out(
    course: Course,
    folder: Path,
    words: Words,
    *,
    edition: Edition,
    size: str = "",
    slide_numbers: Mapping[str, int] = MappingProxyType({}),
    printed: Imposition | None = None,
    store: Store | None = None,
) -> Booklet:
    """Lays out one edition. `size` is one of `sizes()`, by default the course's; `printed` what is usual for it."""
    size = size or course.settings.booklet.size
    workshop = Workshop(course, folder, words, size, slide_numbers, store or Store())
    return workshop.lay_out(edition, printed or imposition(size))


def _problems(laid: LaidPart, anchors: Mapping[str, int]) -> tuple[Problem, ...]:
    """What is wrong with a part, also links to what the booklet does not have."""
    lost = [
        Problem(
            link.place,
            f"the link to “{link.goal}” on page {link.folio} leads nowhere in the booklet",
            "name something that the booklet prints",
            Severity.WARNING,
        )
        for link in laid.printed.links
        if link.goal not in anchors
    ]
    return (*laid.printed.problems, *lost)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one edition, as the solver asks for them."""

    course: Course
    renderer: Renderer
    slide_numbers: Mapping[str, int]
    printed: Imposition

    def all(self) -> tuple[Part, ...]:
        """Front, chapters, back and, in the teacher edition, the teacher's pages."""
        parts = [self._part("front")]
        parts += [self._part("chapter", chapter=chapter) for chapter in self.course.chapters]
        if self.renderer.back_names():
            parts.append(self._back())
        if self.renderer.answers:
            chapters = teaching(self.course, self.slide_numbers)
            groups = [chapters[first : first + TAUGHT_TOGETHER] for first in range(0, len(chapters), TAUGHT_TOGETHER)]
            for number, group in enumerate(groups, 1):
                part = self._part("teacher", chapters=group, number=number, count=len(groups))
                parts.append(replace(part, name=f"teacher {number}"))
        return tuple(parts)

    def filler(self, count: int) -> Part:
        """Pages to write on."""
        return self._part("notes", count=count)

    def last(self, page_count: int) -> Part:
        """The back cover of a booklet with so many pages."""
        sheets = page_count // self.printed.pages_on_sheet
        folded = min(self.printed.signature or sheets, sheets)
        edition = self.renderer.edition
        return self._part(
            "cover",
            file=FILES[edition][1],
            by_hand=BY_HAND[edition],
            sheets=sheets,
            folded=folded,
            printed=self.printed,
        )

    def _part(self, template: str, chapter: Chapter | None = None, **values: object) -> Part:
        def render(folio: int, pages: Mapping[str, int]) -> Rendered:
            return self.renderer.rendered(template, pages, folio=folio, chapter=chapter, **values)

        if not chapter:
            return Part(template, render, Place("course.toml"))
        return Part(f"{template} {chapter.id}", render, chapter.place, chapter.number)

    def _back(self) -> Part:
        back = Back(self.course)

        def render(folio: int, pages: Mapping[str, int]) -> Rendered:
            lines, groups = back.glossary(pages), back.index(pages)
            return self.renderer.rendered("back", pages, folio=folio, glossary=lines, index=groups)

        return Part("back", render, Place("course.toml"))
