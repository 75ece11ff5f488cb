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
STUB = 0.5  # a line inside a paragraph that is shorter, as a share of the paragraph's width, was broken too early


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with what begins with `tag` in the HTML, and the words that may mend it, the mildest first."""

    tag: str
    remedies: tuple[str, ...]


def lay_out_well(press: Press, html: str, folio: int) -> Sheaf:
    """The best of a few attempts to lay out a part: the one with the fewest flaws."""
    best = attempt = press.lay_out(html, folio)
    fewest = found = tuple(flaws(attempt))
    tried: dict[Flaw, int] = {}
    for _ in range(MOST_ATTEMPTS):
        if not found:
            break
        tried |= {flaw: tried.get(flaw, -1) + 1 for flaw in found}
        attempt = press.lay_out(_mended(html, tried), folio)
        found = tuple(flaws(attempt))
        if len(found) < len(fewest):
            best, fewest = attempt, found
    return best


def flaws(sheaf: Sheaf) -> Iterator[Flaw]:
    """What should be tried again."""
    for drift in drifts(sheaf):
        paragraph = _straddling(sheaf, drift.called)
        if paragraph is not None:
            yield Flaw(_paragraph_tag(paragraph), ("three-lines", "whole"))
        else:
            yield Flaw(f'<span class="note" data-number="{drift.number}"', ("with-line", "with-paragraph"))
    for page in sheaf.pages:
        for box, _ in boxes(page):
            if box.element_tag == "p" and _has_stub(box):
                yield Flaw(_paragraph_tag(box.element), ("tighter", "looser", "tightest"))


def _mended(html: str, tried: dict[Flaw, int]) -> str:
    for flaw, attempt in tried.items():
        remedy = flaw.remedies[min(attempt, len(flaw.remedies) - 1)]
        html = html.replace(flaw.tag, f'{flaw.tag} data-mend="{remedy}"', 1)
    return html


def _paragraph_tag(element: Any) -> str:
    return f'<p data-place="{element.get("data-place")}"'


def _straddling(sheaf: Sheaf, page: int) -> Any:
    """The paragraph that begins on a page, counted from 0, and ends on the next one, or None."""
    if page + 1 >= len(sheaf.pages):
        return None
    here, there = (
        {id(box.element): box.element for box, _ in boxes(sheaf.pages[number]) if box.element_tag == "p"}
        for number in (page, page + 1)
    )
    return next((element for key, element in here.items() if key in there), None)


def _has_stub(paragraph: Box) -> bool:
    """Whether a line that is not the last one is short, though nobody asked for a new line there."""
    return any(width < STUB * paragraph.width and not asked for width, asked in lines(paragraph)[:-1])
