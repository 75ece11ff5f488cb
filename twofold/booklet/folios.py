"""Which page everything stands on: parts are laid out until the numbers printed in them are the true ones.

WeasyPrint could look page numbers up itself, but loses footnotes when it does. So each part is rendered with the
numbers known so far, and laid out again only if that changed its HTML: in general the contents, once. As long as not
even a guess is known of a number in it, its pages are only counted. All begins with no number known, or with those of
the other edition: what comes out does not depend on what was made before.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from twofold.booklet.printed import Draft, PrintedPart
from twofold.problems import Place
from twofold.progress import log_progress

LOG = logging.getLogger(__name__)
MOST_ROUNDS = 8
ROUNDING = 0.02  # of a line


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a part; `complete` if all pages that it names are known."""

    html: str
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of pages. `render(folio, pages)` renders it from page `folio` on; `chapter` is the number of a
    chapter. No two parts have the same name."""

    name: str
    render: Callable[[int, Mapping[str, int]], Rendered]
    place: Place = field(default_factory=lambda: Place(""))
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part's pages, from `folio` on, and the HTML that they come from."""

    part: Part
    folio: int
    html: str
    printed: PrintedPart

    def room(self, line: float) -> int:
        """How many lines, each so many CSS pixels high, it may grow by without another page."""
        return int(self.printed.room / line + ROUNDING)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The same before its pages are certain."""

    part: Part
    folio: int
    html: str
    pages: Draft | PrintedPart


@dataclass(frozen=True, slots=True)
class Solver:
    """Makes parts by `compose`, which may count their pages only, and at last by `set`, so that they fill sheets of so
    many pages. `filler(count)` makes pages without text, `last(page_count)` is the back cover."""

    compose: Callable[[Part, Rendered, int], Draft | PrintedPart]
    set: Callable[[Part, str, int], PrintedPart]
    filler: Callable[[int], Part]
    last: Callable[[int], Part]
    pages_on_sheet: int

    def solve(
        self, parts: tuple[Part, ...], expected: Mapping[str, int]
    ) -> tuple[tuple[LaidPart, ...], dict[str, int]]:
        """The laid parts and the folio of every anchor; `expected` are folios that may be true."""
        pages = dict(expected)
        counted: list[_Counted] = []
        for _ in range(MOST_ROUNDS):
            before = dict(pages)
            counted = self._round(parts, pages)
            if pages == before:
                break
        laid = tuple(LaidPart(one.part, one.folio, one.html, self._printed(one)) for one in counted)
        anchors = {name for part in laid for name in part.printed.anchors}
        return laid, {name: folio for name, folio in pages.items() if name in anchors}

    def _round(self, parts: tuple[Part, ...], pages: dict[str, int]) -> list[_Counted]:
        counted: list[_Counted] = []
        folio = 1
        for done, part in enumerate(parts):
            log_progress(LOG, f"laying out the pages: {part.name}", done, len(parts))
            folio += self._add(counted, part, folio, pages)
        log_progress(LOG, "the pages are laid out", 1, 1)
        if missing := -folio % self.pages_on_sheet:
            folio += self._add(counted, self.filler(missing), folio, pages)
        self._add(counted, self.last(folio), folio, pages)
        return counted

    def _add(self, counted: list[_Counted], part: Part, folio: int, pages: dict[str, int]) -> int:
        """Adds a part to `counted` and its anchors to `pages`; gives its number of pages."""
        text = part.render(folio, pages)
        made = self.compose(part, text, folio)
        counted.append(_Counted(part, folio, text.html, made))
        pages |= {anchor: folio + number for anchor, number in made.anchors.items()}
        return made.page_count

    def _printed(self, one: _Counted) -> PrintedPart:
        """What names a page that the booklet does not have is printed as it is."""
        return one.pages if isinstance(one.pages, PrintedPart) else self.set(one.part, one.html, one.folio)
