"""Makes the lecture deck of a course: out/slides.pptx, and out/slides-lesson-N.pptx for each lesson."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Speaker, build_if_needed, common_arguments
from twofold.files import afterwards
from twofold.watching import start

if TYPE_CHECKING:
    from twofold.opening import OpenedCourse


def parse_arguments(line: Sequence[str] | None = None) -> argparse.Namespace:
    parser = common_arguments("Make the lecture deck of a course, and one for each of its lessons.")
    parser.add_argument("--lesson", type=int, metavar="N", help="make the deck of this lesson only")
    parser.add_argument("--restore", action="store_true", help="bring back the slides that you deleted in the deck")
    parser.add_argument(
        "--replace", action="store_true", help="drop what was changed in the deck by hand; a dated copy is kept"
    )
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help="a PowerPoint template (.pptx, .potx, .ppsx) that gives the look"
    )
    parser.add_argument(
        "--list-layouts", action="store_true", help="print the layouts of the template and make nothing"
    )
    arguments = parser.parse_args(line)
    if arguments.list_layouts and not arguments.template:
        parser.error("--list-layouts needs --template")
    return arguments


def work(arguments: argparse.Namespace, speaker: Speaker) -> None:
    if arguments.list_layouts:
        from twofold.slides.template.listing import list_layouts

        list_layouts(arguments.template, speaker)
    else:
        build_if_needed(build, arguments, "slides", speaker)


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.builds.record import key
    from twofold.builds.state import STATE, fingerprint
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.deckfiles import deck_files, write
    from twofold.slides.former import Former
    from twofold.slides.merging.handing import Wishes, check_mergeable
    from twofold.slides.plan import plan
    from twofold.slides.template.opening import open_template

    template = open_template(arguments.template) if arguments.template else None
    inputs = fingerprint(arguments.chapters, arguments.out)  # before they are read, since an author goes on writing
    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    parts = deck_files(plan(opened.course), arguments.lesson)
    wishes = Wishes(replace=arguments.replace, restore=arguments.restore)
    check_mergeable((arguments.out / name for name in parts), wishes)
    pages = booklet_pages(opened, inputs, arguments.out, speaker)
    around = key(arguments, chapters=False)
    decks = {
        name: build_deck(
            part, opened.course, opened.folder, opened.words, pages, template, Former(arguments.out / name, around)
        )
        for name, part in parts.items()
    }
    speaker.report(tuple(dict.fromkeys(problem for deck in decks.values() for problem in deck.problems)))
    speaker.wrote(arguments.out / STATE)  # a booklet of another size has other pages to name
    write(decks, parts, opened, arguments.out, wishes, speaker)


def booklet_pages(opened: "OpenedCourse", inputs: str, out: Path, speaker: Speaker) -> Mapping[str, int]:
    """The page of each id in the booklet: from the map of the last booklet if it was made from the same `inputs`, else
    laid out anew."""
    from twofold.builds.state import PageMap, read_page_map, write_page_map

    kept = read_page_map(out)
    if kept and kept.inputs == inputs:
        return kept.pages
    from twofold.booklet import lay_out, store_for
    from twofold.slides.plan import plan, slide_numbers

    speaker.say("The booklet was not made from these chapters yet; its pages are counted first.")
    size = kept.size if kept else ""
    numbers = slide_numbers(plan(opened.course))
    store = store_for(out)
    booklet = lay_out(
        opened.course,
        opened.folder,
        opened.words,
        edition="student",
        size=size,
        slide_numbers=numbers,
        store=store,
    )
    speaker.report(booklet.problems)
    write_page_map(out, PageMap(inputs, size, booklet.pages))
    afterwards(store.keep)
    return booklet.pages


if __name__ == "__main__":
    sys.exit(start(work, parse_arguments()))
