"""Notes and answers: whether they stand where they belong, and whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twofold.booklet.boxes import boxes, footnote_calls
from twofold.booklet.pages import Sheaf
from twofold.booklet.proof.places import place_of
from twofold.problems import Problem, Severity


def crowded(sheaf: Sheaf) -> Iterator[Problem]:
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


def drifted(sheaf: Sheaf, folio: int) -> Iterator[Problem]:
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
