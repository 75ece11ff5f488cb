"""HTML into pages: the one place where WeasyPrint is called.

Nothing is fetched but what stands on the shelf (drawings that `twofold.drawings` has looked into) and the fonts we
cut: no other file, no network, no redirects. What WeasyPrint logs is kept and becomes problems of the course.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from twofold.booklet.binding import Printed, bind
from twofold.booklet.boxes import boxes
from twofold.booklet.embedding import Widths, stand_in
from twofold.booklet.fonts import Fonts
from twofold.booklet.margins import settle
from twofold.booklet.tagging import LANGUAGE, improve_tags

LOG = logging.getLogger("weasyprint")
TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg", "ttf": "font/ttf"}
DPI = 300  # what a school's copier can show; more only makes the file big
OPTIONS = {"pdf_variant": "pdf/ua-1", "dpi": DPI}


class Shelf(URLFetcher):  # type: ignore[misc]
    """Everything a page may show: drawings put here by `add`, and the fonts of one folder."""

    def __init__(self, fonts: Path) -> None:
        super().__init__(allowed_protocols=("drawing", "font"), allow_redirects=False)
        self._fonts = fonts.resolve()
        self._drawings: dict[str, bytes] = {}

    def add(self, data: bytes, kind: str) -> str:
        """Puts a drawing on the shelf and gives the URL under which a page shows it."""
        url = f"drawing:{hashlib.sha256(data).hexdigest()}.{kind}"
        self._drawings[url] = data
        return url

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind a URL of ours; ValueError for every other URL."""
        if url in self._drawings:
            data = self._drawings[url]
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
    """WeasyPrint with its style sheet, fonts and pictures loaded once for all parts and editions; `mends` is kept here
    for `twofold.booklet.folios`, from one edition to the next."""

    fonts: Fonts
    css: str
    shelf: Shelf = field(init=False)
    passes: int = 0
    mends: dict[str, Any] = field(default_factory=dict)
    _font_config: FontConfiguration = field(init=False)
    _style: weasyprint.CSS = field(init=False)
    _images: dict[str, Any] = field(default_factory=dict)
    _sizes: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.fonts.folder)
        self._font_config = FontConfiguration()
        self._style = weasyprint.CSS(
            string=self.fonts.css + self.css, url_fetcher=self.shelf, font_config=self._font_config
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

    def measure(self, html: str) -> dict[str, tuple[float, float]]:
        """Width and height, in CSS pixels, of the border box of each element with a `data-measure`, by its value."""
        if html not in self._sizes:
            with _listening():
                document = self._render(html)
            self._sizes[html] = {
                name: (box.border_width(), box.border_height())
                for page in document.pages
                for box, _ in boxes(page)
                if (name := box.element.get("data-measure"))
            }
        return self._sizes[html]

    def print(self, sheaf: Sheaf, name: str) -> Printed:
        """A part as a PDF of its own, to be bound with others. IDs of its tags begin with `name`, which no other part
        of the booklet may have."""
        pages, elsewhere = _with_all_goals(sheaf.pages)
        document = sheaf.document.copy(pages)
        document.fonts = _Fonts()
        with _listening() as log, _unchanged(self._images):
            made = document.write_pdf(finisher=_without(elsewhere), **OPTIONS)
        return Printed(improve_tags(made, name), tuple(log))

    def write(self, sheaf: Sheaf, path: Path) -> None:
        """Writes pages that are a file of their own."""
        path.write_bytes(bind([self.print(sheaf, "all").pdf], self.fonts.file))

    def _render(self, html: str) -> weasyprint.document.Document:
        self.passes += 1
        source = weasyprint.HTML(string=html, url_fetcher=self.shelf)
        _carry_languages(source.etree_element)
        return source.render(font_config=self._font_config, stylesheets=[self._style], cache=self._images, **OPTIONS)


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


def colours() -> bytes:
    """The ICC profile of sRGB, which comes with WeasyPrint."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _carry_languages(html: Any) -> None:
    """Makes links of words in other languages, but for those in a link, since WeasyPrint forgets a span's language."""
    inside = {id(inner) for link in html.iter("a") for inner in link.iter()}
    for span in html.iter("span"):
        if span.get("lang") and id(span) not in inside:
            span.tag = "a"
            span.set("href", LANGUAGE + span.get("lang"))


@contextmanager
def _unchanged(pictures: dict[str, Any]) -> Iterator[None]:
    """Keeps pictures as they are: WeasyPrint puts one that it makes smaller for a part in the place of the whole one,
    and other parts would show what is left of it."""
    kept = dict(pictures)
    try:
        yield
    finally:
        pictures.clear()
        pictures.update(kept)


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
