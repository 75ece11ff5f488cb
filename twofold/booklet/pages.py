"""HTML into pages: the one place where WeasyPrint is called.

Nothing is fetched but what stands on the shelf (drawings that `twofold.drawings` has looked into) and the fonts we
cut: no other file, no network, no redirects. What WeasyPrint logs is kept and becomes problems of the course.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from twofold.booklet.binding import Printed, bind
from twofold.booklet.embedding import Widths, stand_in
from twofold.booklet.fonts import Fonts
from twofold.booklet.margins import settle
from twofold.booklet.shelf import Shelf
from twofold.booklet.tagging import LANGUAGE, improve_tags

LOG = logging.getLogger("weasyprint")
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg", "ttf": "font/ttf"}
DPI = 300  # what a school's copier can show; more only makes the file big
ASIDE = {"note", "outer"}
Change = Callable[[Any], None]  # of the tree of a part, given its root
OPTIONS = {"pdf_variant": "pdf/ua-1", "dpi": DPI}


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint what a page may show: the drawings on a shelf, and the fonts of one folder."""

    def __init__(self, shelf: Shelf, fonts: Path) -> None:
        super().__init__(allowed_protocols=("drawing", "font"), allow_redirects=False)
        self._shelf = shelf
        self._fonts = fonts.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind a URL of ours; ValueError for every other URL."""
        if url in self._shelf:
            data = self._shelf[url]
        elif url.startswith("font:"):
            data = self._font(url.removeprefix("font:"))
        else:
            raise ValueError(f"a booklet shows nothing from outside the course: {url}")
        return URLFetcherResponse(url, data, {"Content-Type": TYPES[url.rpartition(".")[2]]})

    def _font(self, name: str) -> bytes:
        path = (self._fonts / name).resolve()
        if not path.is_relative_to(self._fonts):
            raise ValueError(f"a booklet shows nothing from outside the course: font:{name}")
        return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The pages of one part. `anchors` gives the page of each id, counted from 0; `crowded` the places of side notes
    for which the outer column has no room; `log` what WeasyPrint warned of."""

    document: weasyprint.document.Document
    pages: tuple[Page, ...]
    anchors: dict[str, int]
    crowded: tuple[str, ...]
    log: tuple[str, ...]


@dataclass(slots=True)
class Press:
    """WeasyPrint with its style sheet, fonts and pictures loaded once for all parts and editions."""

    fonts: Fonts
    css: str
    shelf: Shelf
    passes: int = 0
    _fetcher: Fetcher = field(init=False)
    _font_config: FontConfiguration = field(init=False)
    _style: weasyprint.CSS = field(init=False)

    def __post_init__(self) -> None:
        self._fetcher = Fetcher(self.shelf, self.fonts.folder)
        self._font_config = FontConfiguration()
        self._style = weasyprint.CSS(
            string=self.fonts.css + self.css, url_fetcher=self._fetcher, font_config=self._font_config
        )

    def lay_out(self, html: str, folio: int) -> Sheaf:
        """The pages of a part that begins on page `folio`, all that stands in the outer column in its place."""
        with _listening() as log:
            document = self._render(html)
        crowded = [
            place for number, page in enumerate(document.pages, folio) for place in settle(page, even=number % 2 == 0)
        ]
        pages = tuple(Page(page._page_box) for page in document.pages)  # anew, since links and anchors have moved
        anchors = {name: number for number, page in reversed(list(enumerate(pages))) for name in page.anchors}
        return Sheaf(document, pages, anchors, tuple(crowded), tuple(log))

    def lay_flat(self, html: str, change: Change = lambda root: None) -> tuple[Page, ...]:
        """A part on one endless page, its tree changed first, without the words of notes and of the outer column:
        nothing in them takes part in breaking lines. What WeasyPrint warns of, it says again of the true pages."""

        def prepare(root: Any) -> None:
            body = root.find("body")
            body.set("class", f"{body.get('class', '')} flat")
            for element in [one for one in body.iter() if ASIDE.intersection((one.get("class") or "").split())]:
                element.text = None
                element[:] = []
            change(root)

        with _listening():
            return tuple(self._render(html, prepare).pages)

    def print(self, sheaf: Sheaf, name: str) -> Printed:
        """A part as a PDF of its own, to be bound with others. IDs of its tags begin with `name`, which no other part
        of the booklet may have."""
        pages, elsewhere = _with_all_goals(sheaf.pages)
        document = sheaf.document.copy(pages)
        document.fonts = _Fonts()
        with _listening() as log:
            made = document.write_pdf(finisher=_without(elsewhere), **OPTIONS)
        return Printed(improve_tags(made, name), tuple(log))

    def write(self, sheaf: Sheaf, path: Path) -> None:
        """Writes pages that are a file of their own."""
        path.write_bytes(bind([self.print(sheaf, "all").pdf], self.fonts.file))

    def _render(self, html: str, change: Change = lambda root: None) -> weasyprint.document.Document:
        self.passes += 1
        source = weasyprint.HTML(string=html, url_fetcher=self._fetcher)
        _carry_languages(source.etree_element)
        change(source.etree_element)
        return source.render(font_config=self._font_config, stylesheets=[self._style], **OPTIONS)


class _Fonts(dict[int, Any]):
    """The fonts that a document uses: WeasyPrint puts each in here when it meets it, and a name of it into the PDF."""

    def __setitem__(self, key: int, font: Any) -> None:
        def settle(*_: object) -> None:
            font.widths = dict(font.widths)

        font.widths = Widths(font.file_content)
        font.file_content = stand_in(font.file_content)
        font.clean = settle  # called when all pages are painted, to cut the file down
        super().__setitem__(key, font)


def _with_all_goals(pages: Sequence[Page]) -> tuple[list[Page], set[str]]:
    """Pages on which every link finds its anchor, or WeasyPrint would drop it, and the anchors that are not theirs."""
    goals = {goal for page in pages for kind, goal, *_ in page.links if kind == "internal"}
    elsewhere = goals.difference(*(page.anchors for page in pages))
    first = copy(pages[0])
    first.anchors = first.anchors | dict.fromkeys(elsewhere, (0, 0, 0, 0))
    return [first, *pages[1:]], elsewhere


def _without(anchors: set[str]) -> Callable[[weasyprint.Document, Any], None]:
    """What takes the names of anchors out of a PDF before it is written."""

    def take_out(_: weasyprint.Document, pdf: Any) -> None:
        if anchors:
            names = pdf.catalog["Names"]["Dests"]["Names"]
            own = [pair for pair in zip(names[::2], names[1::2], strict=True) if pair[0].string not in anchors]
            names[:] = [part for pair in own for part in pair]

    return take_out


def _carry_languages(html: Any) -> None:
    """Makes links of words in other languages, but for those in a link, since WeasyPrint forgets a span's language."""
    inside = {id(inner) for link in html.iter("a") for inner in link.iter()}
    for span in html.iter("span"):
        if span.get("lang") and id(span) not in inside:
            span.tag = "a"
            span.set("href", LANGUAGE + span.get("lang"))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects WeasyPrint's warnings instead of printing them."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    kept = LOG.handlers, LOG.propagate
    LOG.handlers, LOG.propagate = [Ear(logging.WARNING)], False
    try:
        yield lines
    finally:
        LOG.handlers, LOG.propagate = kept
