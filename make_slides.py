"""Makes the lecture deck of a course: out/slides.pptx, and out/slides-lesson-N.pptx for each lesson."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Speaker, build_if_needed, common_arguments
from twofold.files import afterwards
from twofold.watching import start

if TYPE_CHECKING:
    from twofold.builds.changes import SlideLook
    from twofold.opening import OpenedCourse
    from twofold.slides.deck import Deck
    from twofold.slides.merging.handing import Handed, Wishes
    from twofold.slides.planned import PlannedSlide

    Slides = tuple[PlannedSlide, ...]


DECK_OF_LESSON = "slides-lesson-{}.pptx"


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
        list_layouts(arguments.template, speaker)
    else:
        build_if_needed(build, arguments, "slides", speaker)


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.builds.handmade import is_as_written
    from twofold.builds.record import key
    from twofold.builds.state import STATE
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.former import Former
    from twofold.slides.looks import slide_looks
    from twofold.slides.merging.handing import Wishes, check_mergeable
    from twofold.slides.plan import plan
    from twofold.slides.template.opening import open_template

    template = open_template(arguments.template) if arguments.template else None
    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    slides = plan(opened.course)
    parts = deck_files(slides, arguments.lesson)
    wishes = Wishes(replace=arguments.replace, restore=arguments.restore)
    check_mergeable((arguments.out / name for name in parts), wishes)
    pages = booklet_pages(opened, arguments.out, speaker)
    around = key(arguments, chapters=False)
    decks = {
        name: build_deck(
            part, opened.course, opened.folder, opened.words, pages, template, Former(arguments.out / name, around)
        )
        for name, part in parts.items()
    }
    speaker.report(dict.fromkeys(problem for deck in decks.values() for problem in deck.problems))
    speaker.wrote(arguments.out / STATE)  # a booklet of another size has other pages to name
    first = next(iter(decks))
    by_hand = not is_as_written(arguments.out / first)
    handed = {name: write(deck, arguments.out / name, opened, wishes, speaker) for name, deck in decks.items()}
    if arguments.lesson is None:
        for path in sorted(arguments.out.glob(DECK_OF_LESSON.format("*"))):
            if path.name not in parts and path.stem.rpartition("-")[2].isdigit():  # no copy kept by hand
                speaker.left(path)
    speaker.result["decks"] = [told(one) for one in handed.values()]
    looks = {name: tuple(slide_looks(deck.base, parts[name])) for name, deck in decks.items()}
    tell_changes(first, looks, handed, by_hand, arguments.out, speaker)
    if any(arguments.out / name not in speaker.files for name in decks):
        speaker.files.clear()  # a deck that could not be replaced is merged again next time


def list_layouts(path: Path, speaker: Speaker) -> None:
    """Says which layouts a template has, and what takes them."""
    from dataclasses import asdict

    from twofold.slides.template.listing import listing
    from twofold.slides.template.opening import open_template

    found = tuple(listing(open_template(path)))
    speaker.result["layouts"] = [asdict(one) for one in found]
    speaker.say("\n".join(map(str, found)))


def deck_files(slides: "Slides", only: int | None) -> "dict[str, Slides]":
    """The name of each deck to make, and its slides: the whole course and each of its lessons, or one lesson only.

    Raises CourseError for a lesson that the course does not have."""
    from twofold.problems import CourseError, Place, Problem
    from twofold.slides.lessons import lessons, of_lesson

    found = lessons(slides)
    if only is not None and only not in found:
        known = ", ".join(map(str, found)) or "none: write `lesson: 1` into the front matter of a chapter"
        raise CourseError([Problem(Place("--lesson"), f"no chapter belongs to lesson {only}", f"lessons are {known}")])
    decks = {DECK_OF_LESSON.format(n): of_lesson(slides, n) for n in found if only in (n, None)}
    return decks if only else {"slides.pptx": tuple(slides)} | (decks if len(found) > 1 else {})


def write(deck: "Deck", path: Path, opened: "OpenedCourse", wishes: "Wishes", speaker: Speaker) -> "Handed":
    """Writes a deck with what was changed in it by hand, and says so."""
    from twofold.slides.merging.handing import beside, hand_over

    handed = hand_over(deck, opened.words, opened.course.settings.language, path, wishes)
    speaker.wrote(handed.path)
    speaker.report(handed.beside, aloud=True)  # or the old deck is shown to the class
    if handed.path == path:
        speaker.left(beside(path))
    for sentence in handed.said:
        speaker.say(sentence)
    if handed.kept:
        speaker.say(f"{path} had been changed by hand; that deck is kept as {handed.kept}")
    speaker.say(f"{handed.path}: {handed.slides} slides")
    return handed


def told(handed: "Handed") -> dict[str, object]:
    """The same for a program."""
    kept = str(handed.kept) if handed.kept else None
    return {"file": str(handed.path), "slides": handed.slides, "kept": kept, "merged": handed.report.data()}


def tell_changes(
    first: str,
    looks: "Mapping[str, tuple[SlideLook, ...]]",
    handed: "Mapping[str, Handed]",
    by_hand: bool,
    out: Path,
    speaker: Speaker,
) -> None:
    """Says which slides of the first deck are not as the last build left them, those that the teacher changed only if
    he saved it since (`by_hand`); keeps how those of all decks look now, but for those that he deleted."""
    from twofold.builds.changes import sentences, slide_changes
    from twofold.builds.paper import keep_slides, read_slides

    away = {name: one.report.slides_deleted() for name, one in handed.items()}
    shown = {name: tuple(one for one in slides if one.key not in away[name]) for name, slides in looks.items()}
    before = read_slides(out, first)
    if before is not None:
        mine = handed[first].report.slides_by_hand() if by_hand else set()
        changes = slide_changes(before, shown[first], mine, away[first])
        for sentence in sentences(changes):
            speaker.say(f"{out / first}: {sentence}")
        speaker.news["slides_changed"] = [asdict(change) for change in changes]
    keep_slides(out, shown)


def booklet_pages(opened: "OpenedCourse", out: Path, speaker: Speaker) -> Mapping[str, int]:
    """The page of each id in the booklet: from the map of the last booklet if it still holds, else laid out anew."""
    from twofold.builds.state import PageMap, fingerprint, read_page_map, write_page_map

    inputs, kept = fingerprint(opened.folder, out), read_page_map(out)
    if kept and kept.inputs == inputs:
        return kept.pages
    from twofold.booklet import lay_out, store_for
    from twofold.slides.plan import plan, slide_numbers

    speaker.say("The booklet was not made from these chapters yet; its pages are counted first.")
    size = kept.size if kept else opened.course.settings.booklet.size
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
