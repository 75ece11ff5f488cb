"""The live pages of a booklet, laid out again as they were: what a part looks like follows from its HTML alone."""

from collections.abc import Iterator

from twofold.booklet import Booklet
from twofold.booklet.folios import LaidPart
from twofold.booklet.mending import lay_out_well
from twofold.booklet.pages import Sheaf
from twofold.booklet.presses import press_for
from twofold.booklet.spacing import Spaces


def sheaves(booklet: Booklet, size: str = "a5") -> Iterator[tuple[LaidPart, Sheaf]]:
    """Each part of a booklet with its pages."""
    for laid in booklet.parts:
        yield laid, lay_out_well(press_for(size), laid.html, laid.folio, Spaces())
