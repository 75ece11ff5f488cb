"""WeasyPrint made ready for a page size."""

import atexit
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from typing import TYPE_CHECKING

from twofold.booklet.fonts import Fonts, fonts
from twofold.booklet.html import TEMPLATES
from twofold.booklet.shelf import shelf
from twofold.sheets import SIZES

if TYPE_CHECKING:
    from twofold.booklet.pages import Press


@lru_cache(maxsize=4)
def press_for(size: str) -> "Press":
    """WeasyPrint with the style sheets of a size and our fonts."""
    cut = fonts()
    with _private_fontconfig(cut):
        with redirect_stdout(io.StringIO()):  # where WeasyPrint prints advice of its own if Pango is missing
            from twofold.booklet.pages import Press  # here, since WeasyPrint looks for fonts when it is loaded

        return Press(cut, style_sheet(size), shelf())


atexit.register(press_for.cache_clear)  # while rmtree still exists, which WeasyPrint's fonts call when they go


def style_sheet(size: str) -> str:
    """All that layouts/booklet says in CSS of a page size."""
    return "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "book.css", SIZES / f"{size}.css"))


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
