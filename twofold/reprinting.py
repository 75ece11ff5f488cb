"""The booklet on paper: `--mark-printed` remembers what was printed, each build says what to print again.

Only the standard library is imported here, so that a build which changes nothing stays fast."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from twofold.builds.changes import paper_change
from twofold.builds.errata import Erratum, errata
from twofold.builds.paper import MADE, PRINTED, mark_printed, read_edition, read_passages
from twofold.builds.record import alone, digest
from twofold.command import Speaker
from twofold.files import together
from twofold.problems import CourseError, Place, Problem
from twofold.sheets import EDITIONS, FILES, Edition


def editions(arguments: Namespace) -> tuple[Edition, ...]:
    """The editions that a command is about."""
    return tuple(edition for edition in EDITIONS if arguments.edition in (edition, "both"))


def mark(arguments: Namespace, speaker: Speaker) -> None:
    """Remembers what lies in the output folder as printed; nothing is built. Raises CourseError where nothing lies
    there that a build has made."""
    with alone(arguments.out), together(arguments.out):
        _mark(arguments.out, editions(arguments), speaker)


def _mark(out: Path, names: Sequence[str], speaker: Speaker) -> None:
    found = {name: read_edition(out, MADE, name) for name in names}
    for name, edition in found.items():
        sheets = out / FILES[name][1]
        if edition is None or digest(sheets) != edition.file:
            message = "is not what the last build left" if sheets.exists() else "is not there"
            hint = "make the booklet, print it, then mark it as printed"
            raise CourseError([Problem(Place(str(sheets)), message, hint)])
    for name in found:
        mark_printed(out, name)
        speaker.say(f"{out / FILES[name][1]} is remembered as printed")
    speaker.news["printed"] = list(found)


def tell(arguments: Namespace, speaker: Speaker) -> None:
    """Says what differs from the print, for each edition that was ever marked as printed."""
    told: dict[str, object] = {}
    for name in editions(arguments):
        printed, now = (read_edition(arguments.out, when, name) for when in (PRINTED, MADE))
        told[name] = None
        if printed and now:
            change = paper_change(printed, now)
            told[name] = asdict(change) | {"printer_pages": change.printer_pages}
            speaker.say(f"{arguments.out / FILES[name][1]}: {change}")
    speaker.news["since_print"] = told


def corrections(out: Path) -> tuple[Erratum, ...]:
    """What differs in words between the students' booklet as it was printed and as it is. Raises CourseError where it
    was not marked as printed."""
    printed, now = (read_passages(out, when, "student") for when in (PRINTED, MADE))
    if printed is None or now is None:
        message = "it is not known what was printed"
        hint = "when the students' booklet is printed, run make_booklet.py --mark-printed, before you edit on"
        raise CourseError([Problem(Place("--errata"), message, hint)])
    return errata(printed, now)
