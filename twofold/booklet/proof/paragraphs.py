"""How paragraphs are set: their last lines, divided words, spaces, and what of them stands alone on a page."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from twofold.booklet.boxes import Box, Line, boxes, lines, prose
from twofold.booklet.pages import Sheaf
from twofold.booklet.proof.places import Places, limits
from twofold.problems import Problem

WORD = re.compile(r"\w+")
LONGEST_WORD = 30  # letters
WORD_SPACE = 0.25  # em: what a space is in most faces


def ill_set(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Paragraphs that end with next to nothing, divide too many words in a row, or have holes in their lines."""
    for number, page in enumerate(sheaf.pages, folio):
        for box in prose(page):
            found = lines(box)
            if has_runt(found):
                message = f"the paragraph ends with “{found[-1].text}” alone on its last line, on page {number}"
                yield places.warn(box.element, message, "a word more or less cures it")
            if has_ladder(found):
                message = (
                    f"more than {limits()['ladder']:g} lines one after the other end inside a word, on page {number}"
                )
                yield places.warn(box.element, message, "say it with other words")
            if torn := [line for line in found[:-1] if _is_torn(line)]:
                message = f"the word “{torn[0].text[:30]}…” is longer than a line and torn, on page {number}"
                yield places.warn(box.element, message, "shorten it, or put spaces in it")
            if loose := [line for line in found if space_of(line) > limits()["word-space"]]:
                message = (
                    f"the spaces of the line “{loose[0].text}” are {space_of(loose[0]):.1f} times as wide as usual"
                )
                yield places.warn(box.element, f"{message}, on page {number}", "say it with shorter words")


def _is_torn(line: Line) -> bool:
    """Whether a line is one piece of a word without a hyphen behind it."""
    return len(line.text) > LONGEST_WORD and " " not in line.text and not (line.broken or line.asked or line.solid)


def torn_cells(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Cells of tables with a word that is longer than a line."""
    for number, page in enumerate(sheaf.pages, folio):
        for box, _ in boxes(page):
            if box.element_tag in ("td", "th") and (word := _torn_word(box)):
                message = f"the word “{word[:30]}{'…' if len(word) > 30 else ''}” is torn in its cell, on page {number}"
                yield places.warn(box.element, message, "shorten it, put a hyphen in it, or take a column away")


def _torn_word(cell: Box) -> str:
    """The first word of a cell that goes on on another line without a hyphen, or ""."""
    texts = list(cell.element.itertext())
    words: list[str] = [word for text in ("".join(texts), " ".join(texts)) for word in WORD.findall(text)]
    for line in lines(cell)[:-1]:
        end = WORD.findall(line.text)[-1] if line.text[-1:].isalnum() else ""
        begun = [word for word in words if word.casefold().startswith(end.casefold())]
        if end and begun and end.casefold() not in {word.casefold() for word in begun}:
            return begun[0]
    return ""


def has_runt(found: Sequence[Line]) -> bool:
    """Whether a paragraph, of which these are the lines on a page, ends with a few letters or one short word."""
    if len(found) < 2 or not found[-1].last or found[-1].solid:
        return False
    words = found[-1].text.split()
    letters = sum(character.isalnum() for word in words for character in word)
    return letters < limits()["last-line"] or (len(words) == 1 and letters < limits()["last-word"])


def has_ladder(found: Sequence[Line]) -> bool:
    """Whether too many lines one after the other end inside a word."""
    runs = (len(list(run)) for broken, run in groupby(found, key=lambda line: line.broken) if broken)
    return max(runs, default=0) > limits()["ladder"]


def space_of(line: Line) -> float:
    """How wide the word spaces of a line are, as a multiple of the usual; 1 where lines are not justified."""
    stretched = [piece.justification_spacing / piece.style["font_size"] for piece in line.pieces]
    return 1 + max(stretched, default=0.0) / WORD_SPACE


def single_lines(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Paragraphs of which one line stands on another page than the rest."""
    shown: dict[int, list[int]] = {}
    paragraphs = {}
    for number, page in enumerate(sheaf.pages, folio):
        for box in prose(page):
            if count := len(lines(box)):
                shown.setdefault(id(box.element), []).append(count)
                paragraphs[id(box.element)] = (box.element, number)
    for key, counts in shown.items():
        if len(counts) > 1 and 1 in counts:
            element, number = paragraphs[key]
            message = (
                f"a single line of the paragraph stands alone, on page {number if counts[-1] == 1 else number - 1}"
            )
            yield places.warn(element, message, "make the paragraph, or the one before it, a line longer or shorter")
