"""Makes the booklet of a course: out/booklet.pdf for students and out/teacher.pdf with the answers, each also as sheets
to print and fold."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Speaker, build_if_needed, common_arguments
from twofold.files import afterwards, replacing
from twofold.presets import Preset, forget, preset_file, read_preset
from twofold.presets import remember as remember_printer
from twofold.reprinting import editions, mark, tell
from twofold.sheets import (
    BY_HAND,
    FILES,
    FLIPS,
    TRAYS,
    Imposition,
    Wishes,
    imposition,
    page_size,
    papers,
    sizes,
    too_much_creep,
)
from twofold.watching import start

if TYPE_CHECKING:
    from twofold.booklet import Booklet
    from twofold.words import Words


ARCHIVE = "archive.pdf"
ONE_SHEET, NOTHING_MADE = "--rehearse makes one sheet and nothing else", "--mark-printed makes nothing"
CONTRARY = {
    ("--rehearse", "--mark-printed"): NOTHING_MADE,
    **{("--rehearse", other): ONE_SHEET for other in ("--remember", "--forget", "--archive", "--errata")},
    **{("--mark-printed", other): NOTHING_MADE for other in ("--remember", "--forget", "--archive", "--errata")},
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
        speaker.say(f"Forgotten: {forget()}")
    arguments.preset = None if arguments.remember else read_preset()  # counts like an option, also whether to build
    build_if_needed(build, arguments, "booklet", speaker)
    if arguments.remember:
        keep_preset(arguments, speaker)
    tell(arguments, speaker)
    if arguments.errata:
        from twofold.booklet.slip import make_errata

        make_errata(arguments.chapters, arguments.out, speaker)


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.booklet import Workshop, store_for
    from twofold.booklet.remembering import remember
    from twofold.builds.state import PageMap, fingerprint, write_page_map
    from twofold.opening import open_course
    from twofold.slides.plan import plan, slide_numbers

    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    size = arguments.size or opened.course.settings.booklet.size
    if arguments.rehearse:
        write_rehearsal(size, arguments, opened.words, speaker)
        return
    printed = imposition(size, wishes(size, arguments, speaker))
    store = store_for(arguments.out)
    workshop = Workshop(opened.course, opened.folder, opened.words, size, slide_numbers(plan(opened.course)), store)
    booklets = {}
    for edition in editions(arguments):
        booklets[edition] = booklet = workshop.lay_out(edition, printed)
        speaker.report((*booklet.problems, *too_much_creep(printed.most(booklet.page_count), page_size(size))))
    write(booklets, printed, arguments.out, speaker)
    for edition, booklet in booklets.items():
        remember(edition, booklet, opened, size, arguments.out)
    if arguments.archive:
        write_archive(booklets["teacher"], opened.folder, arguments.out, speaker)
    else:
        speaker.left(arguments.out / ARCHIVE)
    write_page_map(
        arguments.out,
        PageMap(fingerprint(arguments.chapters, arguments.out), size, next(iter(booklets.values())).pages),
    )
    afterwards(store.keep)


def wishes(size: str, arguments: argparse.Namespace, speaker: Speaker) -> Wishes:
    """What is asked of the printing, with what was remembered of the printer."""
    asked = Wishes(
        arguments.paper,
        arguments.flip,
        arguments.signature,
        arguments.creep,
        arguments.paper_weight,
        arguments.manual_duplex,
        arguments.trim_marks,
        arguments.bleed,
    )
    if not arguments.preset:
        return asked
    speaker.say(f"As remembered for this printer, in {preset_file()}: {arguments.preset}")
    kept: Wishes = arguments.preset.fill(
        asked, folded=not imposition(size, Wishes(asked.paper, trim_marks=asked.trim_marks)).flat
    )
    return kept


def keep_preset(arguments: argparse.Namespace, speaker: Speaker) -> None:
    """Remembers what was asked of the printer. It comes after the build, so that nothing impossible is remembered."""
    preset = Preset(arguments.flip, arguments.manual_duplex, arguments.paper_weight)
    speaker.say(f"Remembered for this printer, in {remember_printer(preset)}: {preset}")


def write_archive(booklet: "Booklet", folder: Path, out: Path, speaker: Speaker) -> None:
    """Writes what is to be kept: the teacher edition, since the chapters hold the answers."""
    path = out / ARCHIVE
    with replacing(path) as new:
        booklet.archive(folder, out, new)
    speaker.wrote(path)
    speaker.say(f"{path}: the teacher edition as PDF/A-3u, with the chapters in it")
    speaker.result["archive"] = {"file": str(path)}


def write_rehearsal(size: str, arguments: argparse.Namespace, words: "Words", speaker: Speaker) -> None:
    """Writes one sheet that says what to ask for."""
    from twofold.booklet.rehearsal import rehearse

    path = arguments.out / "rehearsal.pdf"
    with replacing(path) as new:
        rehearse(size, imposition(size, Wishes(arguments.paper, trim_marks=arguments.trim_marks)).paper, words, new)
    speaker.say(f"{path}: print it on both sides, and do what it says")
    speaker.result["rehearsal"] = {"file": str(path)}


def write(booklets: "Mapping[str, Booklet]", printed: Imposition, out: Path, speaker: Speaker) -> None:
    """Writes the pages and the sheets of each edition; none takes its place before all are made."""
    from twofold.booklet.impose import by_hand, impose

    with ExitStack() as files:
        for edition, booklet in booklets.items():
            pages, sheets = (files.enter_context(replacing(out / name)) for name in FILES[edition])
            booklet.write(pages)
            impose(pages, printed, sheets)
            if printed.tray:
                fronts, backs = (files.enter_context(replacing(out / name)) for name in BY_HAND[edition])
                by_hand(sheets, printed, fronts, backs)
    for edition, booklet in booklets.items():
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


if __name__ == "__main__":
    sys.exit(start(work, parse_arguments()))
