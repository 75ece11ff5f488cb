"""A course of 80 chapters with 240 footnotes, read back from the laid-out pages and the reopened PDF."""

import random
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.courses import SmallCourse
from twofold.booklet import lay_out

CHAPTERS, NOTES_EACH = 80, 3
STEMS = (
    "camp",
    "wall",
    "letter",
    "guards",
    "kite",
    "June",
    "commission",
    "witness",
    "figure",
    "answered",
    "of",
    "the",
    "in",
)


def words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(STEMS) for _ in range(chance.randint(least, most)))


def chapter(number: int, chance: random.Random) -> str:
    """Paragraphs of every length, of which three call a note, with headings, boxes and figures between them."""
    blocks, notes = [f"# Chapter {number}"], []
    for index in range(NOTES_EACH):
        name = f"{number}x{index}"
        blocks += [words(chance, 20, 160) + "." for _ in range(chance.randint(0, 3))]
        before, after = words(chance, 5, 90), words(chance, 5, 60)
        blocks.append(f"{before} Call{name}.[^{index}] {after}.")
        if chance.random() < 0.3:
            blocks.append(f"## {words(chance, 2, 5)}")
            blocks.append(words(chance, 30, 60) + ".")
        if chance.random() < 0.3:
            blocks.append("![A box](figures/box.svg){alt='A box'}")
        notes.append(f"[^{index}]: Note{name} says {words(chance, 3, 40)}.")
    return "\n\n".join([*blocks, *notes]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a5", "a4"])
def test_all_notes_stand_on_the_page_of_their_call_in_order(size: str, small: SmallCourse, tmp_path: Path) -> None:
    """All 240, each once."""
    chance = random.Random(1954)
    for number in range(1, CHAPTERS + 1):
        small.file(f"{number:02}-c{number}.md", chapter(number, chance))
    opened = small.open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", size=size, slide_numbers={})
    booklet.write(tmp_path / "booklet.pdf")
    pages = [re.sub("\N{HYPHEN}\n", "", page.extract_text()) for page in PdfReader(tmp_path / "booklet.pdf").pages]
    order = [f"{number}x{index}" for number in range(1, CHAPTERS + 1) for index in range(NOTES_EACH)]
    calls = {name: page for page, text in enumerate(pages) for name in re.findall(r"Call(\d+x\d)", text)}
    notes = [(name, page) for page, text in enumerate(pages) for name in re.findall(r"Note(\d+x\d)", text)]
    assert [name for name, _ in notes] == order
    assert dict(notes) == calls
    assert not [problem for problem in booklet.problems if "footnote" in problem.message]
