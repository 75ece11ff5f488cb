"""Makes the lecture deck of a course: out/slides.pptx."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Speaker, common_arguments, run

if TYPE_CHECKING:
    from twofold.opening import OpenedCourse


def parse_arguments() -> argparse.Namespace:
    return common_arguments("Make the lecture deck of a course.").parse_args()


def build(arguments: argparse.Namespace, speaker: Speaker) -> None:
    from twofold.builds.handmade import keep_handmade, remember_written
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.plan import plan

    opened = open_course(arguments.chapters)
    speaker.report(opened.warnings)
    pages = booklet_pages(opened, arguments.out, speaker)
    slides = plan(opened.course)
    deck = build_deck(slides, opened.course, opened.folder, opened.words, pages)
    speaker.report(deck.problems)
    path = arguments.out / "slides.pptx"
    kept = keep_handmade(path)
    deck.write(path)
    remember_written(path)
    if kept:
        speaker.say(f"{path} had been changed by hand; that deck is kept as {kept}")
    speaker.say(f"{path}: {len(slides)} slides")
    speaker.result["slides"] = {"file": str(path), "slides": len(slides), "kept": str(kept) if kept else None}


def booklet_pages(opened: "OpenedCourse", out: Path, speaker: Speaker) -> Mapping[str, int]:
    """The page of each id in the booklet: from the map of the last booklet if it still holds, else laid out anew."""
    from twofold.builds.state import PageMap, fingerprint, read_page_map, write_page_map

    inputs, kept = fingerprint(opened.folder, out), read_page_map(out)
    if kept and kept.inputs == inputs:
        return kept.pages
    from twofold.booklet import lay_out
    from twofold.slides.plan import plan, slide_numbers

    speaker.say("The booklet was not made from these chapters yet; its pages are counted first.")
    size = kept.size if kept else opened.course.settings.booklet.size
    numbers = slide_numbers(plan(opened.course))
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", size=size, slide_numbers=numbers)
    speaker.report(booklet.problems)
    write_page_map(out, PageMap(inputs, size, booklet.pages))
    return booklet.pages


if __name__ == "__main__":
    sys.exit(run(build, parse_arguments()))
