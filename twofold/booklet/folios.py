"""Which page everything stands on: parts are laid out until the numbers printed in them are the true ones.

WeasyPrint could look page numbers up itself, but loses footnotes when it does. So each part is rendered with the
numbers known so far, and laid out again only if that changed its HTML: in general the contents, once.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from twofold.booklet.boxes import room_below
from twofold.booklet.mending import Mends, lay_out_well
from twofold.booklet.pages import Press, Sheaf
from twofold.problems import Place
from twofold.progress import log_progress

LOG = logging.getLogger(__name__)
MOST_ROUNDS = 8
ROUNDING = 0.02  # of a line


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of pages. `html(folio, pages)` renders it from page `folio` on; `words` is the same for both editions
    of the same words; `chapter` is the number of a chapter."""

    name: str
    html: Callable[[int, Mapping[str, int]], str]
    place: Place = field(default_factory=lambda: Place(""))
    words: str = ""
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part's pages, from `folio` on."""

    part: Part
    folio: int
    sheaf: Sheaf

    def room(self, line: float) -> int:
        """How many lines, each so many CSS pixels high, it may grow by without another page."""
        return int(room_below(self.sheaf.pages[-1]) / line + ROUNDING)


@dataclass(slots=True)
class Solver:
    """Lays out parts, so that they fill sheets of so many pages. `filler(count)` makes pages without text,
    `last(page_count)` is the back cover; `mends` keeps what helped parts to be laid out well, by their words."""

    press: Press
    mends: dict[str, Mends]
    filler: Callable[[int], Part]
    last: Callable[[int], Part]
    pages_on_sheet: int
    _done: dict[str, tuple[str, Sheaf]] = field(default_factory=dict)
    _own: set[str] = field(default_factory=set)

    def solve(
        self, parts: tuple[Part, ...], expected: Mapping[str, int]
    ) -> tuple[tuple[LaidPart, ...], dict[str, int]]:
        """The laid parts and the folio of every anchor; `expected` are folios that were true some time ago."""
        pages = dict(expected)
        laid: list[LaidPart] = []
        for _ in range(MOST_ROUNDS):
            before = dict(pages)
            laid = self._round(parts, pages)
            if pages == before:
                break
        anchors = {name for done in laid for name in done.sheaf.anchors}
        return tuple(laid), {name: folio for name, folio in pages.items() if name in anchors}

    def _round(self, parts: tuple[Part, ...], pages: dict[str, int]) -> list[LaidPart]:
        laid: list[LaidPart] = []
        folio = 1
        for done, part in enumerate(parts):
            log_progress(LOG, f"laying out the pages: {part.name}", done, len(parts))
            folio += self._lay(laid, part, folio, pages)
        log_progress(LOG, "the pages are laid out", 1, 1)
        if missing := -folio % self.pages_on_sheet:
            folio += self._lay(laid, self.filler(missing), folio, pages)
        self._lay(laid, self.last(folio), folio, pages)
        return laid

    def _lay(self, laid: list[LaidPart], part: Part, folio: int, pages: dict[str, int]) -> int:
        """Adds a part to `laid` and its anchors to `pages`; gives its number of pages."""
        html = part.html(folio, pages)
        name = f"{part.name} {folio}" if part.name == "notes" else part.name
        if name not in self._done or self._done[name][0] != html:
            self._done[name] = (html, self._laid_well(part, html, folio))
        sheaf = self._done[name][1]
        laid.append(LaidPart(part, folio, sheaf))
        pages |= {anchor: folio + number for anchor, number in sheaf.anchors.items()}
        return len(sheaf.pages)

    def _laid_well(self, part: Part, html: str, folio: int) -> Sheaf:
        """The part with the lines that another edition has, where there is one."""
        settled = part.words in self.mends and part.words not in self._own
        sheaf, mends = lay_out_well(self.press, html, folio, self.mends.get(part.words, {}), settled=settled)
        if part.words:
            self.mends[part.words] = mends
            if not settled:
                self._own.add(part.words)
        return sheaf
