"""The course into laid-out pages: the stages of the booklet in their order."""

import atexit
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from twofold.booklet.back import glossary, index
from twofold.booklet.boxes import boxes
from twofold.booklet.fonts import Fonts, fonts
from twofold.booklet.html import TEMPLATES, Edition, Renderer
from twofold.booklet.measures import LINE, ROUNDING, WRITE_ON, Measures, Survey
from twofold.booklet.teaching import teaching
from twofold.files import sources
from twofold.model import (
    Blank,
    Chapter,
    Course,
    Exercise,
)
from twofold.problems import Place, Problem, Severity
from twofold.sheets import BY_HAND, FILES, SIZES, Budget, Imposition, imposition, page_size
from twofold.trees import plain, walk
from twofold.words import Words

if TYPE_CHECKING:
    from twofold.booklet.binding import Printed
    from twofold.booklet.folios import LaidPart, Part
    from twofold.booklet.pages import Press

TOLD = (".notdef glyph", "No anchor #")  # what proof tells with the line of the chapter


@dataclass(frozen=True, slots=True)
class Booklet:
    """A booklet's pages. `pages` gives the folio of each anchor, counted from 1 at the front cover; `problems` are what
    its author should know of."""

    pages: Mapping[str, int]
    page_count: int
    problems: tuple[Problem, ...]
    printed: Imposition
    _line: float
    _parts: "tuple[LaidPart, ...]" = field(repr=False)
    _press: "Press" = field(repr=False)

    @property
    def budget(self) -> Budget:
        """The sheets it takes."""
        *_, filler, _ = self._parts
        ruled = len(filler.sheaf.pages) if filler.part.name == "notes" else 0
        room = {laid.part.chapter: laid.room(self._line) for laid in self._parts if laid.part.chapter}
        return Budget(self.page_count, ruled, self.printed.pages_on_sheet, room)

    @property
    def places(self) -> dict[str, int]:
        """The folio on which each place of the chapters ("file:line") begins, where it is known."""
        found: dict[str, int] = {}
        for laid in self._parts:
            for number, page in enumerate(laid.sheaf.pages, laid.folio):
                for box, _ in boxes(page):
                    if place := box.element.get("data-place"):
                        found.setdefault(place, number)
        return found

    def write(self, path: Path) -> tuple[Problem, ...]:
        """Writes the PDF; gives what WeasyPrint warned of in doing so."""
        from twofold.booklet.proof import missing_glyphs

        printed = self._print()
        path.write_bytes(self._bind(printed))
        pairs = list(zip(self._parts, printed, strict=True))
        found = [
            problem
            for laid, part in pairs
            for problem in missing_glyphs(laid.sheaf, laid.folio, laid.part.place, part.log)
        ]
        return tuple(dict.fromkeys((*found, *_told(tuple(line for part in printed for line in part.log)))))

    def archive(self, folder: Path, out: Path, path: Path) -> None:
        """Writes the pages as PDF/A-3u, with all files of the course's folder that are not hidden; what the commands
        left in `out` is no source."""
        from twofold.booklet.archiving import archived
        from twofold.booklet.pages import colours

        names = {file.relative_to(folder.resolve()).as_posix(): file for file in sources(folder, out)}
        shown = {name: file.read_bytes() for name, file in names.items() if "/." not in f"/{name}"}
        path.write_bytes(archived(self._bind(self._print()), colours(), shown))

    def _print(self) -> "list[Printed]":
        return [self._press.print(laid.sheaf, laid.part.name) for laid in self._parts]

    def _bind(self, printed: "list[Printed]") -> bytes:
        from twofold.booklet.binding import bind

        return bind([part.pdf for part in printed], self._press.fonts.file)


def _told(log: tuple[str, ...]) -> list[Problem]:
    told = [line for line in log if not line.startswith(TOLD)]
    return [Problem(Place("booklet"), f"WeasyPrint: {line}", severity=Severity.WARNING) for line in told]


def lay_out(
    course: Course,
    folder: Path,
    words: Words,
    *,
    edition: Edition,
    size: str = "",
    slide_numbers: Mapping[str, int],
    expected: Mapping[str, int] = MappingProxyType({}),
    printed: Imposition | None = None,
) -> Booklet:
    """Lays out one edition. `size` is one of `sizes()`, by default the course's; `slide_numbers` gives the slide that
    presents an anchor; `expected` may hold the pages of an earlier lay-out, which saves time where they still hold;
    `printed` is what the back cover tells the person at the printer, by default what is usual for the size."""
    size = size or course.settings.booklet.size
    press = press_for(size)
    from twofold.booklet.folios import Solver

    page = page_size(size)

    def renderer(edition: Edition, measures: Measures) -> Renderer:
        return Renderer(
            course,
            folder,
            words,
            press.shelf.add,
            edition=edition,
            slide_numbers=slide_numbers,
            measures=measures,
            page=page,
        )

    printed = printed or imposition(size)
    measures = _measure(course, press, renderer)
    pages = _Parts(course, renderer(edition, measures), slide_numbers, printed)
    solver = Solver(press, press.mends, pages.filler, pages.last, printed.pages_on_sheet)
    laid, anchors = solver.solve(pages.all(), expected)
    problems = tuple(problem for part in laid for problem in _proof(part, measures.line, anchors))
    return Booklet(anchors, laid[-1].folio, problems, printed, measures.line, laid, press)


def _proof(laid: "LaidPart", line: float, anchors: Mapping[str, int]) -> "Iterator[Problem]":
    from twofold.booklet.proof import proof, unresolved

    yield from proof(laid.sheaf, laid.folio, laid.part.place, line, chapter=bool(laid.part.chapter))
    yield from unresolved(laid.sheaf, laid.folio, laid.part.place, anchors)


@lru_cache(maxsize=4)
def press_for(size: str) -> "Press":
    """WeasyPrint with the style sheets of a size and our fonts."""
    cut = fonts()
    css = (SIZES / f"{size}.css").read_text(encoding="utf-8")
    with _private_fontconfig(cut):
        with redirect_stdout(io.StringIO()):  # where WeasyPrint prints advice of its own if Pango is missing
            from twofold.booklet.pages import Press  # here, since WeasyPrint looks for fonts when it is loaded

        return Press(cut, (TEMPLATES / "book.css").read_text(encoding="utf-8") + css)


atexit.register(press_for.cache_clear)  # while rmtree still exists, which WeasyPrint's fonts call when they go


@contextmanager
def _private_fontconfig(cut: Fonts) -> Iterator[None]:
    """Lets fontconfig see our fonts only, and other programs what they saw before."""
    kept = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(cut.fontconfig)
    try:
        yield
    finally:
        if kept is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = kept


def _measure(course: Course, press: "Press", renderer: Callable[[Edition, Measures], Renderer]) -> Measures:
    """The sizes that both editions share."""
    answers = list(dict.fromkeys(plain(node.content) for node in walk(course) if isinstance(node, Blank)))
    tasks = [node for node in walk(course) if isinstance(node, Exercise) and node.lines and node.solution]
    survey = Survey()
    if answers or tasks:
        small = renderer("student", survey).part("measure", folio=1, answers=answers, tasks=tasks, sheets=[])
        found = press.measure(small)
        widths = {answer: found[f"answer-{number}"][0] for number, answer in enumerate(answers)}
        lines = {n: found[f"solution-{n}"][1] / found[WRITE_ON][1] for n in range(len(tasks))}
        survey = Survey(answers=widths, lines={task: ceil(lines[n] - ROUNDING) for n, task in enumerate(tasks)})
    surveyor = renderer("student", survey)
    texts: dict[str, str] = {}
    for chapter in course.chapters:
        texts[chapter.id] = surveyor.part("chapter", folio=1, chapter=chapter)
    found = press.measure(surveyor.part("measure", folio=1, answers=[], tasks=[], sheets=survey.sheets))
    heights = {block: found[name][1] for name, block in survey.blocks.items()}
    return Measures(heights, survey.answers, found[LINE][1], texts, survey.lines)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one edition, as the solver asks for them."""

    course: Course
    renderer: Renderer
    slide_numbers: Mapping[str, int]
    printed: Imposition

    def all(self) -> "tuple[Part, ...]":
        """Front, chapters, back and, in the teacher edition, the teacher's pages."""
        parts = [self._part("front")]
        parts += [self._part("chapter", chapter=chapter) for chapter in self.course.chapters]
        if self.renderer.back_names():
            parts.append(self._back())
        chapters = teaching(self.course, self.slide_numbers)
        if self.renderer.answers and chapters:
            parts.append(self._part("teacher", chapters=chapters))
        return tuple(parts)

    def filler(self, count: int) -> "Part":
        """Pages to write on."""
        return self._part("notes", count=count)

    def last(self, page_count: int) -> "Part":
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

    def _part(self, template: str, chapter: Chapter | None = None, **values: object) -> "Part":
        from twofold.booklet.folios import Part

        def html(folio: int, pages: Mapping[str, int]) -> str:
            self.renderer.pages = pages
            return self.renderer.part(template, folio=folio, chapter=chapter, **values)

        place = chapter.place if chapter else Place("course.toml")
        if not chapter:
            return Part(template, html, place)
        words = self.renderer.measures.texts[chapter.id]
        return Part(f"{template} {chapter.id}", html, place, words=words, chapter=chapter.number)

    def _back(self) -> "Part":
        from twofold.booklet.folios import Part

        def html(folio: int, pages: Mapping[str, int]) -> str:
            self.renderer.pages = pages
            return self.renderer.part(
                "back", folio=folio, glossary=glossary(self.course, pages), index=index(self.course, pages)
            )

        return Part("back", html, Place("course.toml"))
