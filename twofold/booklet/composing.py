"""Parts of the booklet from the store, or made where it does not hold them.

What is made follows from its key alone: from the HTML with all that it names, the style sheets, the fonts, the engines
and our own code. WeasyPrint is not even loaded before something is to be made."""

import ctypes
import hashlib
import importlib.metadata
import json
import platform
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.booklet.folios import Part, Rendered
from twofold.booklet.fonts import fonts
from twofold.booklet.presses import press_for, style_sheet
from twofold.booklet.printed import Draft, PrintedPart, packed, unpacked
from twofold.booklet.store import Store
from twofold.booklet.survey import Sizes
from twofold.builds.state import machine
from twofold.words import LAYOUTS

if TYPE_CHECKING:
    from twofold.booklet.setting import Setter

ENGINES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pillow", "pikepdf", "uharfbuzz")

LIBRARIES = (
    (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    (("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
)


@dataclass(slots=True)
class Compositor:
    """Gives the parts of a course in a page size; `line` is the height of a line of prose in CSS pixels, as soon as it
    is known."""

    size: str
    store: Store
    line: float = 0.0
    _made: "Setter | None" = None

    def measure(self, html: str) -> Sizes:
        """The sizes of what is to be measured in the HTML of a part."""
        key = self._key("sizes", html)
        if (kept := self.store.get(key)) is None:
            kept = json.dumps(self._setter.sizes(html)).encode()
            self.store.put(key, kept)
        return {name: (width, height) for name, (width, height) in json.loads(kept).items()}

    def compose(self, part: Part, text: Rendered, folio: int) -> PrintedPart | Draft:
        """A part that begins on page `folio`, of which only the pages are counted until its text is complete."""
        return self.set(part, text.html, folio) if text.complete else self._count(text.html, folio)

    def set(self, part: Part, html: str, folio: int) -> PrintedPart:
        """A part that begins on page `folio`."""
        key = self._key("part", part.name, str(part.place), str(part.chapter), str(folio), repr(self.line), html)
        if (kept := self.store.get(key)) is None:
            kept = packed(self._setter.set(part, html, folio, self.line))
            self.store.put(key, kept)
        return unpacked(kept)

    def _count(self, html: str, folio: int) -> Draft:
        key = self._key("draft", str(folio), html)
        if (kept := self.store.get(key)) is None:
            made = self._setter.count(html, folio)
            kept = json.dumps([made.page_count, dict(made.anchors)]).encode()
            self.store.put(key, kept)
        return Draft(*json.loads(kept))

    @property
    def _setter(self) -> "Setter":
        if self._made is None:
            press = press_for(self.size)
            from twofold.booklet.setting import Setter  # here, since it loads WeasyPrint

            self._made = Setter(press)
        return self._made

    def _key(self, *inputs: str) -> str:
        return hashlib.sha256(json.dumps([_circumstances(self.size), *inputs]).encode()).hexdigest()


@lru_cache(maxsize=4)
def _circumstances(size: str) -> str:
    """A hash of all that pages are made from beside their HTML."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ENGINES]
    limits = (LAYOUTS / "booklet" / "proof.toml").read_text(encoding="utf-8")
    made_from = [machine(), platform.python_version(), _pango(), fonts().digest, fonts().css, style_sheet(size), limits]
    return hashlib.sha256(json.dumps([*made_from, *versions]).encode()).hexdigest()


def _pango() -> str:
    """The versions of the libraries that set type, without loading WeasyPrint; "" where the system hides them."""
    found = []
    for names, function in LIBRARIES:
        for name in names:
            with suppress(OSError, AttributeError):
                version = ctypes.CDLL(name)[function]
                version.restype = ctypes.c_char_p
                found.append(version().decode())
                break
    return " ".join(found)
