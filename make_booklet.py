"""Makes the booklet of a course: out/booklet.pdf for students and out/teacher.pdf with the answers, each also as sheets
to print and fold."""

import argparse
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Speaker, common_arguments, run
from twofold.files import replacing
from twofold.sheets import FILES, Imposition, imposition, papers, sizes

if TYPE_CHECKING:
    from twofold.booklet import Booklet


def parse_arguments() -> argparse.Namespace:
    parser = common_arguments("Make the booklet of a course.")
    parser.add_argument("--edition", choices=[*FILES, "both"], default="both", help="which edition to make (both)")
    parser.add_argument("--size", choices=sizes(), help="the page size (the course's own)")
    parser.add_argument("--paper", choices=papers(), help="the paper to print on (the one the size is for)")
    parser.add_argument("--flip", choices=["short", "long"], help="the edge the printer flips on (short; long if flat)")
    parser.add_argument("--signature", type=int, metavar="N", help="fold N sheets at a time (all at once)")
    parser.add_argument("--creep", type=float, default=0, metavar="MM", help="move the innermost pages to the fold (0)")
    return parser.parse_args()


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.booklet import lay_out
    from twofold.builds.state import PageMap, fingerprint, read_page_map, write_page_map
    from twofold.opening import open_course
    from twofold.slides.plan import plan, slide_numbers

    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    size = arguments.size or opened.course.settings.booklet.size
    printed = imposition(size, arguments.paper, arguments.flip, arguments.signature, arguments.creep)
    numbers = slide_numbers(plan(opened.course))
    editions = list(FILES) if arguments.edition == "both" else [arguments.edition]
    kept = read_page_map(arguments.out)
    pages = kept.pages if kept else {}
    booklets = {}
    for edition in editions:
        booklet = lay_out(
            opened.course,
            opened.folder,
            opened.words,
            edition=edition,
            size=size,
            slide_numbers=numbers,
            expected=pages,  # most still hold, which saves laying out the contents twice
            printed=printed,
        )
        speaker.report(booklet.problems)
        booklets[edition], pages = booklet, booklet.pages
    write(booklets, printed, arguments.out, speaker)
    write_page_map(
        arguments.out, PageMap(fingerprint(arguments.chapters, arguments.out), size, booklets[editions[0]].pages)
    )


def write(booklets: "Mapping[str, Booklet]", printed: Imposition, out: Path, speaker: Speaker) -> None:
    """Writes the pages and the sheets of each edition; none takes its place before all are made."""
    from twofold.booklet.impose import impose

    with ExitStack() as files:
        for edition, booklet in booklets.items():
            pages, sheets = (files.enter_context(replacing(out / name)) for name in FILES[edition])
            speaker.report(booklet.write(pages))
            impose(pages, printed, sheets)
    for edition, booklet in booklets.items():
        pages, sheets = (out / name for name in FILES[edition])
        speaker.wrote(pages)
        speaker.wrote(sheets)
        budget = booklet.budget
        speaker.say(f"{pages}: {budget}")
        speaker.say(f"{sheets}: print on both sides of {printed.paper.name}, flip on the {printed.flip} edge")
        speaker.result[edition] = {
            "file": str(pages),
            "pages": budget.pages,
            "sheets_file": str(sheets),
            "sheets": budget.sheets,
            "ruled_pages": budget.ruled,
            "pages_fewer_to_save_a_sheet": budget.fewer,
            "lines_to_grow_for_free": dict(budget.room),
        }


if __name__ == "__main__":
    sys.exit(run(build, parse_arguments(), "booklet"))
