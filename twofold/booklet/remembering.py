"""What is kept of a booklet, to be compared with what was printed."""

from pathlib import Path

from twofold.booklet.layout import Booklet
from twofold.booklet.passages import read_passages
from twofold.builds.changes import Edition
from twofold.builds.paper import keep_edition
from twofold.builds.record import digest
from twofold.drawings import picture
from twofold.files import latest
from twofold.opening import OpenedCourse
from twofold.sheets import FILES, sheets_of


def keep(edition: str, booklet: Booklet, opened: OpenedCourse, size: str, out: Path) -> None:
    """Keeps what the pages of an edition look like and say, once its files are written to `out`."""
    sheets = latest(out / FILES[edition][1])
    made = Edition(
        file=digest(sheets),
        looks=booklet.looks,
        sheets=sheets_of(booklet.page_count, booklet.printed),
        form=f"{size} on {booklet.printed.described(booklet.page_count)}",
        folios=booklet.pages,
    )
    folios = {**booklet.places, **booklet.pages}
    passages = read_passages(opened.course, folios, lambda src: picture(opened.folder, src).data)
    keep_edition(out, edition, made, passages)
