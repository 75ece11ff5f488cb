"""A part laid out again where WeasyPrint did it badly, with a word to it on how to do better.

Two things go wrong. The notes of a page drift to the next one where that is the only way to keep two lines of a
paragraph together. And a line breaks too early where a full line is followed by marked words. What may help is said
by `data-mend` on the paragraph or note; what that means is said in book.css.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twofold.booklet.boxes import Box, boxes, lines
from twofold.booklet.pages import Press, Sheaf
from twofold.booklet.proof import drifts

MOST_ATTEMPTS = 6
MOVABLE = ("p", "div", "h2", "h3", "h4", "h5", "h6")
STUB = 0.5  # a line inside a paragraph that is shorter, as a share of the paragraph's width, was broken too early


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with what begins with `tag` in the HTML, and the words that may mend it, the mildest first."""

    tag: str
    remedies: tuple[str, ...]


Mends = dict[Flaw, int]
"""Which remedy was tried for a flaw, as the index of its remedies."""


def lay_out_well(press: Press, html: str, folio: int, known: Mends) -> tuple[Sheaf, Mends]:
    """The best of a few attempts to lay out a part, the one with the fewest flaws, and what was tried in it.

    `known` is what helped when the same words were laid out before, as in the other edition."""
    best = attempt = press.lay_out(_mended(html, known), folio)
    fewest = found = flaws(attempt)
    helped, tried = known, dict(known)
    for _ in range(MOST_ATTEMPTS):
        if not found:
            break
        tried |= {flaw: tried.get(flaw, -1) + 1 for flaw in found}
        attempt = press.lay_out(_mended(html, tried), folio)
        found = flaws(attempt)
        if len(found) < len(fewest):
            best, fewest, helped = attempt, found, dict(tried)
    return best, helped


def flaws(sheaf: Sheaf) -> tuple[Flaw, ...]:
    """What should be tried again, each once."""
    return tuple(dict.fromkeys((*_drifting(sheaf), *_stubs(sheaf))))


def _drifting(sheaf: Sheaf) -> Iterator[Flaw]:
    """A paragraph over the two pages is asked for three lines on each, or sent to the second one; without one, what
    begins the second page is sent there, so that WeasyPrint does not even try to put it on the first."""
    for drift in drifts(sheaf):
        if drift.called + 1 == len(sheaf.pages):
            continue
        here, there = (_movable(sheaf, number) for number in (drift.called, drift.called + 1))
        straddling = [element for element in here if element in there]
        if straddling:
            yield Flaw(_tag(straddling[-1]), ("three-lines", "next-page"))
        elif there:
            yield Flaw(_tag(there[0]), ("next-page",))


def _movable(sheaf: Sheaf, page: int) -> list[Any]:
    """The elements on a page, counted from 0, that can be sent to the next: paragraphs, headings, boxes, figures."""
    found = ((box.element, names) for box, names in boxes(sheaf.pages[page]) if box.element_tag in MOVABLE)
    return [element for element, names in found if element.tag != "div" or "step" in names]


def _tag(element: Any) -> str:
    name = "id" if element.tag.startswith("h") else "data-place"
    return f'<{element.tag} {name}="{element.get(name)}"'


def _stubs(sheaf: Sheaf) -> Iterator[Flaw]:
    for page in sheaf.pages:
        for box, _ in boxes(page):
            if box.element_tag == "p" and _has_stub(box):
                yield Flaw(_tag(box.element), ("tighter", "looser", "tightest"))


def _mended(html: str, tried: Mends) -> str:
    for flaw, attempt in tried.items():
        remedy = flaw.remedies[min(attempt, len(flaw.remedies) - 1)]
        html = html.replace(flaw.tag, f'{flaw.tag} data-mend="{remedy}"', 1)
    return html


def _has_stub(paragraph: Box) -> bool:
    """Whether a line that is not the last one is short, though nobody asked for a new line there."""
    return any(width < STUB * paragraph.width and not asked for width, asked in lines(paragraph)[:-1])
