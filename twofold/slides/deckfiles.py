"""The decks of a course as files: one of all slides and one of each lesson. Each is told with what the merge did, and
the first with what is not as the last build left it."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from twofold.builds.changes import sentences, slide_changes
from twofold.builds.handmade import is_as_written
from twofold.builds.paper import keep_slides, read_slides
from twofold.command import Speaker
from twofold.opening import OpenedCourse
from twofold.problems import CourseError, Place, Problem
from twofold.slides.deck import Deck
from twofold.slides.lessons import lessons, of_lesson
from twofold.slides.looks import slide_looks
from twofold.slides.merging.handing import Handed, Wishes, beside, hand_over
from twofold.slides.planned import PlannedSlide

Slides = tuple[PlannedSlide, ...]
WHOLE, OF_LESSON = "slides.pptx", "slides-lesson-{}.pptx"


def deck_files(slides: Slides, only: int | None) -> dict[str, Slides]:
    """The name of each deck to make, and its slides: the whole course and each of its lessons, or one lesson only.

    Raises CourseError for a lesson that the course does not have."""
    found = lessons(slides)
    if only is not None and only not in found:
        known = ", ".join(map(str, found)) or "none: write `lesson: 1` into the front matter of a chapter"
        raise CourseError([Problem(Place("--lesson"), f"no chapter belongs to lesson {only}", f"lessons are {known}")])
    decks = {OF_LESSON.format(n): of_lesson(slides, n) for n in found if only in (n, None)}
    return decks if only else {WHOLE: slides} | (decks if len(found) > 1 else {})


def write(
    decks: Mapping[str, Deck],
    parts: Mapping[str, Slides],
    opened: OpenedCourse,
    out: Path,
    wishes: Wishes,
    speaker: Speaker,
) -> None:
    """Writes decks by their names, made of these `parts`, each with what was changed in it by hand."""
    first = next(iter(decks))
    saved = not is_as_written(out / first)
    handed = {name: _write(deck, out / name, opened, wishes, speaker) for name, deck in decks.items()}
    speaker.result["decks"] = [_told(one) for one in handed.values()]
    if WHOLE in decks:
        for path in sorted(out.glob(OF_LESSON.format("*"))):
            if path.name not in decks and path.stem.rpartition("-")[2].isdigit():  # no copy kept by hand
                speaker.left(path)
    _tell_changes(first, decks, parts, handed, out, speaker, saved=saved)
    if any(one.beside for one in handed.values()):
        speaker.files.clear()  # a deck that could not be replaced is merged again next time


def _write(deck: Deck, path: Path, opened: OpenedCourse, wishes: Wishes, speaker: Speaker) -> Handed:
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


def _told(handed: Handed) -> dict[str, object]:
    """The same for a program."""
    kept = str(handed.kept) if handed.kept else None
    return {"file": str(handed.path), "slides": handed.slides, "kept": kept, "merged": handed.report.data()}


def _tell_changes(
    first: str,
    decks: Mapping[str, Deck],
    parts: Mapping[str, Slides],
    handed: Mapping[str, Handed],
    out: Path,
    speaker: Speaker,
    *,
    saved: bool,
) -> None:
    """Says which slides of the first deck are not as the last build left them, those that the teacher changed only if
    he `saved` it since; keeps how those of all decks look now, but for those that he deleted."""
    away = {name: one.report.slides_deleted() for name, one in handed.items()}
    looks = {name: slide_looks(deck.base, parts[name]) for name, deck in decks.items()}
    shown = {name: tuple(look for look in looks[name] if look.key not in away[name]) for name in decks}
    before = read_slides(out, first)
    if before is not None:
        mine = handed[first].report.slides_by_hand() if saved else set()
        changes = slide_changes(before, shown[first], mine, away[first])
        for sentence in sentences(changes):
            speaker.say(f"{out / first}: {sentence}")
        speaker.news["slides_changed"] = [asdict(change) for change in changes]
    keep_slides(out, shown)
