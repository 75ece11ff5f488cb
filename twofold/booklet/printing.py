"""The files of a booklet: pages and sheets of its editions, what is kept of them, and a sheet to try the printer with;
each is told with what to do with it."""

from argparse import Namespace
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from twofold.booklet.impose import by_hand
from twofold.booklet.layout import Booklet
from twofold.booklet.rehearsal import rehearse
from twofold.command import Speaker
from twofold.files import replacing
from twofold.sheets import BY_HAND, FILES, Imposition, Wishes, imposition
from twofold.words import Words

ARCHIVE = "archive.pdf"


def write(booklets: Mapping[str, Booklet], printed: Imposition, out: Path, speaker: Speaker) -> None:
    """Writes the pages and the sheets of each edition; none takes its place before all are made."""
    with ExitStack() as files:
        for edition, booklet in booklets.items():
            pages, sheets = (files.enter_context(replacing(out / name)) for name in FILES[edition])
            booklet.write(pages, sheets)
            if printed.tray:
                fronts, backs = (files.enter_context(replacing(out / name)) for name in BY_HAND[edition])
                by_hand(sheets, printed, fronts, backs)
    for edition, booklet in booklets.items():
        _tell(edition, booklet, printed, out, speaker)


def _tell(edition: str, booklet: Booklet, printed: Imposition, out: Path, speaker: Speaker) -> None:
    """Says what an edition takes, and how to print it."""
    pages, sheets = (out / name for name in FILES[edition])
    speaker.wrote(pages)
    speaker.wrote(sheets)
    for half in (out / name for name in BY_HAND[edition]):
        (speaker.wrote if printed.tray else speaker.left)(half)
    budget = booklet.budget
    speaker.say(f"{pages}: {budget}")
    speaker.say(how_to_print(edition, printed, out))
    speaker.result[edition] = {
        "file": str(pages),
        "pages": budget.pages,
        "sheets_file": str(sheets),
        "sheets": budget.sheets,
        "ruled_pages": budget.ruled,
        "pages_fewer_to_save_a_sheet": budget.fewer,
        "lines_to_grow_for_free": dict(budget.room),
    }


def how_to_print(edition: str, printed: Imposition, out: Path) -> str:
    """A sentence for the person at the printer."""
    cut = "; fold, staple, then cut along the marks" if printed.trimmed else ""
    if not printed.tray:
        file = out / FILES[edition][1]
        return f"{file}: print on both sides of {printed.paper.name}, flip on the {printed.flip} edge{cut}"
    fronts, backs = (out / name for name in BY_HAND[edition])
    paper = printed.paper.name
    return f"{fronts}: print on one side of {paper}, put the stack back, then print {backs} on the other{cut}"


def write_archive(booklet: Booklet, folder: Path, out: Path, speaker: Speaker) -> None:
    """Writes what is to be kept: the teacher edition, since the chapters hold the answers."""
    path = out / ARCHIVE
    with replacing(path) as new:
        booklet.archive(folder, out, new)
    speaker.wrote(path)
    speaker.say(f"{path}: the teacher edition as PDF/A-3u, with the chapters in it")
    speaker.result["archive"] = {"file": str(path)}


def write_rehearsal(size: str, arguments: Namespace, words: Words, speaker: Speaker) -> None:
    """Writes one sheet that says what to ask for."""
    path = arguments.out / "rehearsal.pdf"
    with replacing(path) as new:
        rehearse(size, imposition(size, Wishes(arguments.paper, trim_marks=arguments.trim_marks)).paper, words, new)
    speaker.say(f"{path}: print it on both sides, and do what it says")
    speaker.result["rehearsal"] = {"file": str(path)}
