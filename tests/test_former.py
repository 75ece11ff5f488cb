"""A deck made again takes over the slides that did not change, and is the file that it would be if all were drawn."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation

from make_slides import parse_arguments
from tests.courses import PICTURE, SmallCourse
from tests.every import everything
from tests.templates import made as made_template
from twofold.builds.record import key
from twofold.opening import open_course
from twofold.slides.deck import build_deck
from twofold.slides.former import Former
from twofold.slides.merging.handing import Wishes, hand_over
from twofold.slides.plan import plan
from twofold.slides.template.opening import open_template

Change = Callable[[SmallCourse], object]
PAGES = {"chapter-with": 3, "slide-content": 4, "slide-table": 5}
NEW = "\n::::::: {.slide title=Fresh}\n![A box](figures/box.svg){alt=box}\n\n::: notes\nSay it.\n:::\n:::::::\n"


def made(course: Path, out: Path, template: str = "", pages: dict[str, int] = PAGES) -> bytes:
    """The deck, made in a folder as the command makes it."""
    look = ["--template", template] if template else []
    arguments = parse_arguments([str(course), "-o", str(out), *look])
    opened, path = open_course(course), out / "slides.pptx"
    deck = build_deck(
        plan(opened.course),
        opened.course,
        opened.folder,
        opened.words,
        pages,
        open_template(Path(template)) if template else None,
        Former(path, key(arguments, chapters=False)),
    )
    hand_over(deck, opened.words, "en-GB", path, Wishes())
    return path.read_bytes()


def rewritten(name: str, old: str, new: str, count: int = 1) -> Change:
    """Changes words of a chapter."""

    def change(course: SmallCourse) -> None:
        text = (course.folder / name).read_text(encoding="utf-8")
        assert old in text
        course.file(name, text.replace(old, new, count))

    return change


def arranged(order: Callable[[list[str]], list[str]]) -> Change:
    """Puts the slides of the first chapter into another order, or leaves some out."""

    def change(course: SmallCourse) -> None:
        text = (course.folder / "01-with.md").read_text(encoding="utf-8")
        head, *slides = re.split(r"(?=^::::::: \{\.slide)", text, flags=re.MULTILINE)
        course.file("01-with.md", "".join([head, *(f"{slide.rstrip()}\n\n" for slide in order(slides))]))

    return change


ALL, BEHIND_THE_FIRST = 49, 47
CHANGES: dict[str, tuple[Change, int]] = {
    "nothing": (lambda course: None, 0),
    "a word of the prose": (rewritten("02-without.md", "Prose", "Words"), 0),
    "a word of a slide": (rewritten("01-with.md", 'title="The slide table"', 'title="The slide of a table"'), 1),
    "a word of the notes": (rewritten("01-with.md", "Say it.", "Say that."), 1),
    "a new slide": (rewritten("01-with.md", "::::::: {.slide", f"{NEW}\n::::::: {{.slide"), BEHIND_THE_FIRST),
    "a slide gone": (arranged(lambda slides: slides[:-1]), 5),
    "slides in another order": (arranged(lambda slides: [*slides[:-2], slides[-1], slides[-2]]), 3),
    "a chapter called otherwise": (rewritten("01-with.md", "title: With an emblem", "title: Of emblems"), 43),
    "a new chapter": (lambda course: course.chapter("# Third\n\nProse.\n" + NEW, "third"), 2),
    "another picture": (lambda course: course.file("figures/box.svg", PICTURE.replace("100", "90")), ALL),
    "another course": (rewritten("course.toml", "Every layout", "All layouts"), ALL),
}
"""What an author does, and how many slides of the deck are then drawn."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_deck_made_again_is_the_deck_made_from_nothing(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Byte for byte, whatever the author changed; and slides that did not change are not drawn."""
    course, (change, count) = everything(tmp_path / "course"), CHANGES[name]
    first = made(course.folder, tmp_path / "again")
    change(course)
    with caplog.at_level(logging.INFO, "twofold"):
        again = made(course.folder, tmp_path / "again")
    drawn = [record for record in caplog.records if record.message.startswith("drawing slide")]
    assert len(drawn) == count
    assert bool(count) == (again != first)
    assert again == made(course.folder, tmp_path / "new")


def test_one_change_after_the_other(tmp_path: Path) -> None:
    """A deck of slides that were taken over is taken over from itself."""
    course = everything(tmp_path / "course")
    for change, _ in CHANGES.values():
        change(course)
        again = made(course.folder, tmp_path / "again")
    assert again == made(course.folder, tmp_path / "new")


def test_other_pages_are_named(tmp_path: Path) -> None:
    course = everything(tmp_path / "course").folder
    made(course, tmp_path / "again")
    assert made(course, tmp_path / "again", pages={"slide-table": 50}) == made(
        course, tmp_path / "new", pages={"slide-table": 50}
    )


def test_a_template_is_taken_over_too(tmp_path: Path) -> None:
    course, template = everything(tmp_path / "course"), str(made_template("german", tmp_path))
    made(course.folder, tmp_path / "again", template)
    CHANGES["a word of a slide"][0](course)
    assert made(course.folder, tmp_path / "again", template) == made(course.folder, tmp_path / "new", template)


@pytest.mark.parametrize("damage", ["deck", "memory", "no memory"])
def test_what_was_damaged_is_drawn(damage: str, tmp_path: Path) -> None:
    """Nothing is taken over from a deck that is not what it was, nor by a memory that cannot be read."""
    course, out = everything(tmp_path / "course").folder, tmp_path / "again"
    first = made(course, out)
    match damage:
        case "deck":
            deck = Presentation(str(out / "slides.pptx"))
            deck.slides[3].shapes[0].left = 0
            deck.save(str(out / "slides.pptx"))
            assert made(course, out) != first  # the teacher's change is kept
            return
        case "memory":
            (out / ".twofold" / "drawn-slides.json").write_text('{"deck": "')
        case "no memory":
            (out / ".twofold" / "drawn-slides.json").unlink()
    assert made(course, out) == first
