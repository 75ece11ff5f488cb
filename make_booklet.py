"""Makes the booklet of a course: out/booklet.pdf for students and out/teacher.pdf with the answers, each also as sheets
to print and fold."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from twofold.command import Speaker, build_if_needed, common_arguments
from twofold.files import afterwards
from twofold.presets import forget, read_preset, remember, wishes
from twofold.reprinting import editions, mark, tell
from twofold.sheets import FILES, FLIPS, TRAYS, Imposition, imposition, page_size, papers, sizes, too_much_creep
from twofold.watching import start

if TYPE_CHECKING:
    from twofold.booklet import Booklet
    from twofold.opening import OpenedCourse

ONE_SHEET, NOTHING_MADE = "--rehearse makes one sheet and nothing else", "--mark-printed makes nothing"
BUILDING = ("--remember", "--forget", "--archive", "--errata", "--watch", "--preview")
CONTRARY = {
    ("--rehearse", "--mark-printed"): NOTHING_MADE,
    **{("--rehearse", other): ONE_SHEET for other in BUILDING},
    **{("--mark-printed", other): NOTHING_MADE for other in BUILDING},
    ("--remember", "--forget"): "the one keeps what the other drops",
    ("--archive", "--edition student"): "what is kept is the teacher edition",
    ("--errata", "--edition teacher"): "the slip corrects the students' booklet",
}
"""Options of which one would silently be dropped, and why."""


def parse_arguments(line: Sequence[str] | None = None) -> argparse.Namespace:
    parser = common_arguments("Make the booklet of a course.")
    parser.add_argument("--edition", choices=[*FILES, "both"], default="both", help="which edition to make (both)")
    parser.add_argument("--size", choices=sizes(), help="the page size (the course's own)")
    parser.add_argument("--paper", choices=papers(), help="the paper to print on (the one the size is for)")
    parser.add_argument("--flip", choices=FLIPS, help="the edge the printer flips on (short; long if flat)")
    parser.add_argument("--signature", type=int, metavar="N", help="fold N sheets at a time (all at once)")
    parser.add_argument("--creep", type=float, metavar="MM", help="move the innermost pages to the fold (0)")
    parser.add_argument(
        "--paper-weight", type=float, metavar="G", help="the same, from the weight of the paper in g/m²"
    )
    parser.add_argument("--trim-marks", action="store_true", help="mark where to cut the pages out of larger paper")
    parser.add_argument("--bleed", type=float, metavar="MM", help="leave so much room inside the trim marks (0)")
    parser.add_argument(
        "--manual-duplex",
        nargs="?",
        const=TRAYS[0],
        choices=TRAYS,
        help="make two files for a printer that prints one side at a time, and lays pages face down (or up)",
    )
    parser.add_argument("--archive", action="store_true", help="keep the teacher edition as PDF/A-3u, with its sources")
    parser.add_argument("--remember", action="store_true", help="take how this printer works from now on")
    parser.add_argument("--forget", action="store_true", help="forget what was remembered of the printer")
    parser.add_argument("--rehearse", action="store_true", help="make one sheet only, to try the printer with")
    parser.add_argument(
        "--mark-printed", action="store_true", help="make nothing; what lies in the output folder has been printed"
    )
    parser.add_argument("--errata", action="store_true", help="make a slip of what has changed since it was printed")
    arguments = parser.parse_args(list(_with_tray(sys.argv[1:] if line is None else line)))
    for one, other in CONTRARY:
        if _asks(arguments, one) and _asks(arguments, other):
            parser.error(f"{one} and {other} do not go together: {CONTRARY[one, other]}")
    return arguments


def _with_tray(line: Sequence[str]) -> Iterator[str]:
    """`--manual-duplex` alone means face down, so that the folder of the course may follow it."""
    for word, follower in pairwise((*line, "")):
        yield f"{word}={TRAYS[0]}" if word == "--manual-duplex" and follower not in TRAYS else word


def _asks(arguments: argparse.Namespace, option: str) -> bool:
    name, _, value = option.removeprefix("--").partition(" ")
    asked = getattr(arguments, name.replace("-", "_"))
    return bool(asked == value if value else asked)


def work(arguments: argparse.Namespace, speaker: Speaker) -> None:
    if arguments.mark_printed:
        mark(arguments, speaker)
        return
    if arguments.forget:
        forget(speaker)
    arguments.preset = None if arguments.remember else read_preset()  # counts like an option, also whether to build
    build_if_needed(build, arguments, "booklet", speaker)
    if arguments.remember:
        remember(arguments, speaker)  # behind the build, so that nothing impossible is remembered
    tell(arguments, speaker)
    if arguments.errata:
        from twofold.booklet.slip import make_errata

        make_errata(arguments.chapters, arguments.out, speaker)


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.booklet import store_for
    from twofold.booklet.printing import ARCHIVE, write, write_archive, write_rehearsal
    from twofold.booklet.remembering import keep
    from twofold.builds.state import PageMap, fingerprint, write_page_map
    from twofold.opening import open_course

    inputs = fingerprint(arguments.chapters, arguments.out)  # before they are read, since an author goes on writing
    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    size = arguments.size or opened.course.settings.booklet.size
    if arguments.rehearse:
        write_rehearsal(size, arguments, opened.words, speaker)
        return
    printed = imposition(size, wishes(size, arguments, speaker))
    booklets = {}
    for edition, booklet in laid_out(arguments, opened, size, printed):
        booklets[edition] = booklet
        speaker.report((*booklet.problems, *too_much_creep(printed.most(booklet.page_count), page_size(size))))
    write(booklets, printed, arguments.out, speaker)
    for edition, booklet in booklets.items():
        keep(edition, booklet, opened, size, arguments.out)
    if arguments.archive:
        write_archive(booklets["teacher"], opened.folder, arguments.out, speaker)
    else:
        speaker.left(arguments.out / ARCHIVE)
    write_page_map(arguments.out, PageMap(inputs, arguments.size or "", next(iter(booklets.values())).pages))
    afterwards(store_for(arguments.out).keep)


def laid_out(
    arguments: argparse.Namespace, opened: "OpenedCourse", size: str, printed: Imposition
) -> Iterator[tuple[str, "Booklet"]]:
    """The booklet of each edition that is asked for."""
    from twofold.booklet import Workshop, store_for
    from twofold.slides.plan import plan, slide_numbers

    numbers, store = slide_numbers(plan(opened.course)), store_for(arguments.out)
    workshop = Workshop(opened.course, opened.folder, opened.words, size, numbers, store)
    for edition in editions(arguments):
        yield edition, workshop.lay_out(edition, printed)


def prepare(arguments: argparse.Namespace, speaker: Speaker) -> None:
    """Does what the next build of a course that was just built would do again: loads the engines, reads, renders, and
    makes each edition once more for nothing."""
    from twofold.booklet.presses import press_for
    from twofold.opening import open_course

    opened = open_course(arguments.chapters)
    size = arguments.size or opened.course.settings.booklet.size
    press = press_for(size)
    for _, booklet in laid_out(arguments, opened, size, imposition(size, wishes(size, arguments, speaker))):
        booklet.warm_up(press)


if __name__ == "__main__":
    sys.exit(start(work, parse_arguments(), prepare))
