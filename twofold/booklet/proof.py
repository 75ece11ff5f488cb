"""What is wrong on a page, found after it was laid out, with the place in the chapter that causes it."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from twofold.booklet.boxes import Line, boxes, footnote_calls
from twofold.booklet.pages import Sheaf
from twofold.problems import Place, Problem, Severity
from twofold.words import LAYOUTS


def proof(sheaf: Sheaf, folio: int, place: Place) -> tuple[Problem, ...]:
    """All problems of the pages of a part that begins on page `folio` and comes from the file of `place`."""
    return (*_logged(sheaf, place), *_crowded(sheaf), *_drifted(sheaf, folio), *_overlong(sheaf))


def _logged(sheaf: Sheaf, place: Place) -> Iterator[Problem]:
    for line in sheaf.log:
        yield Problem(place, f"WeasyPrint: {line}", severity=Severity.WARNING)


def _crowded(sheaf: Sheaf) -> Iterator[Problem]:
    for source in sheaf.crowded:
        yield Problem(
            place_of(source),
            "there is no room for this note in the outer column",
            "shorten it, or move it to a later paragraph",
            Severity.WARNING,
        )


@dataclass(frozen=True, slots=True)
class Drift:
    """A footnote that is called on one page and printed on another, or nowhere; pages count from 0 in the part."""

    note: Any
    called: int
    printed: int | None

    @property
    def number(self) -> str:
        """The number of the footnote."""
        return str(self.note.get("data-number"))


def drifts(sheaf: Sheaf) -> tuple[Drift, ...]:
    """Footnotes that do not stand on the page of their call, or not in the order of the calls."""
    called = [[call.element for call in footnote_calls(page)] for page in sheaf.pages]
    printed = [[box.element for box, names in boxes(page) if "note" in names] for page in sheaf.pages]
    stands = {id(note): number for number, notes in reversed(list(enumerate(printed))) for note in notes}
    found = [
        Drift(call, number, stands.get(id(call)))
        for number, calls in enumerate(called)
        for call in calls
        if stands.get(id(call)) != number
    ]
    for number, (calls, notes) in enumerate(zip(called, printed, strict=True)):
        own = [note for note in notes if note in calls]
        if own != [call for call in calls if call in own]:
            found.append(Drift(own[0], number, number))
    return tuple(found)


def _drifted(sheaf: Sheaf, folio: int) -> Iterator[Problem]:
    for drift in drifts(sheaf):
        if drift.printed is None:
            where = "is printed nowhere"
        elif drift.printed == drift.called:
            where = "does not stand in order"
        else:
            where = f"is printed on page {folio + drift.printed}"
        yield Problem(
            place_of(drift.note.get("data-place", "")),
            f"footnote {drift.number}, called on page {folio + drift.called}, {where}",
            "shorten the note, or move its call away from the end of the page or the figure that follows",
            Severity.WARNING,
        )


def _overlong(sheaf: Sheaf) -> Iterator[Problem]:
    """Answers that are taller than their lines."""
    for page in sheaf.pages:
        found = list(boxes(page))
        rooms = [box for box, names in found if "write-on" in names]
        for box, names in found:
            if "solution" in names and box.height > _room(rooms, box):
                yield Problem(
                    place_of(box.element.get("data-place", "")),
                    "the answer is longer than the lines that students get for it",
                    "raise lines=, or shorten the answer",
                )


def _room(rooms: Iterable[Any], answer: Any) -> float:
    """The height of the write-on lines in which an answer stands; answers and lines begin at the same height."""
    heights: dict[float, float] = {room.position_y: room.height for room in rooms}
    nearest = min(heights, key=lambda top: abs(top - answer.position_y))
    return heights[nearest] + 1


@lru_cache(maxsize=1)
def limits() -> dict[str, float]:
    """What layouts/booklet/proof.toml says."""
    return tomllib.loads((LAYOUTS / "booklet" / "proof.toml").read_text(encoding="utf-8"))


def has_runt(lines: Sequence[Line]) -> bool:
    """Whether a paragraph, of which these are the lines on a page, ends with a few letters or one short word."""
    if len(lines) < 2 or not lines[-1].last:
        return False
    words = lines[-1].text.split()
    letters = sum(character.isalnum() for word in words for character in word)
    return letters < limits()["last-line"] or (len(words) == 1 and letters < limits()["last-word"])


def has_ladder(lines: Sequence[Line]) -> bool:
    """Whether too many lines one after the other end inside a word."""
    runs = (len(list(run)) for broken, run in groupby(lines, key=lambda line: line.broken) if broken)
    return max(runs, default=0) > limits()["ladder"]


def place_of(source: str) -> Place:
    """The place written as "file:line"."""
    file, _, line = source.rpartition(":")
    return Place(file, int(line)) if file and line.isdigit() else Place(source)
