"""A part laid out again where WeasyPrint did it badly, with a word to it on how to do better.

Notes drift to the next page where that is the only way to keep two lines of a paragraph together; a break elsewhere
brings them back. A line breaks too early where a full line is followed by marked words, a paragraph
ends with a single short word, word after word is divided: spaces that are a trifle wider or narrower, or no divided
words, mend most of that.
What may help is said by `data-mend` on the paragraph or heading; what that means is said in book.css.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from twofold.booklet.boxes import Box, boxes, lines, prose
from twofold.booklet.pages import Press, Sheaf
from twofold.booklet.proof import Drift, drifts, has_ladder, has_runt

MOST_ATTEMPTS = 16
MOVABLE = ("p", "div", "h2", "h3", "h4", "h5", "h6")
STUB = 0.5  # a line inside a paragraph that is shorter, as a share of the paragraph's width, was broken too early
SPACES = ("tighter", "looser", "tightest", "loosest", "whole-words", "whole-words tighter")


@dataclass(frozen=True, slots=True)
class Remedy:
    """A word to WeasyPrint about what begins with `tag` in the HTML."""

    tag: str
    word: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the note or paragraph that begins with `tag`, and what may mend it, the mildest first. A
    `grave` one, a note on a wrong page, may be mended at the price of another page."""

    tag: str
    grave: bool
    remedies: tuple[Remedy, ...] = field(compare=False)


Mends = dict[Flaw, int]
"""Which remedy was tried for a flaw, as the index of its remedies; behind the last one it was given up."""


def lay_out_well(press: Press, html: str, folio: int, known: Mends, *, settled: bool) -> tuple[Sheaf, Mends]:
    """The best of a few attempts to lay out a part, and what was tried in it.

    `known` is what helped when the same words were laid out before. They are `settled` if that was in another edition:
    then its lines are kept, and only what is grave is mended."""
    best = attempt = press.lay_out(_mended(html, known), folio)
    fewest = found = flaws(attempt)
    helped, tried = known, dict(known)
    for _ in range(MOST_ATTEMPTS):
        open_ones = [flaw for flaw in _next(found, tried) if flaw.grave or not settled]
        if not open_ones:
            break
        tried |= {flaw: tried.get(flaw, -1) + 1 for flaw in open_ones}
        attempt = press.lay_out(_mended(html, tried), folio)
        found = flaws(attempt)
        if _is_better(attempt, found, best, fewest):
            best, fewest, helped = attempt, found, dict(tried)
    return best, helped


def _next(found: tuple[Flaw, ...], tried: Mends) -> list[Flaw]:
    """What to try another remedy for. Of notes only the first that drifts: those behind it mostly do so for it."""
    hopeful = [flaw for flaw in found if tried.get(flaw, -1) < len(flaw.remedies)]
    return [flaw for flaw in hopeful if flaw.grave][:1] + [flaw for flaw in hopeful if not flaw.grave]


def _is_better(new: Sheaf, found: tuple[Flaw, ...], old: Sheaf, fewest: tuple[Flaw, ...]) -> bool:
    """Fewer grave flaws, or with as many, fewer others, on as many pages: no other chapter moves for them."""
    grave = sum(flaw.grave for flaw in found) - sum(flaw.grave for flaw in fewest)
    return grave < 0 or (grave == 0 and len(new.pages) == len(old.pages) and len(found) < len(fewest))


def flaws(sheaf: Sheaf) -> tuple[Flaw, ...]:
    """What should be tried again, each once."""
    return tuple(dict.fromkeys((*_drifting(sheaf), *_ill_set(sheaf))))


def _drifting(sheaf: Sheaf) -> Iterator[Flaw]:
    for drift in drifts(sheaf):
        yield Flaw(_tag(drift.note), True, tuple(dict.fromkeys(_breaks(sheaf, drift))))


def _breaks(sheaf: Sheaf, drift: Drift) -> Iterator[Remedy]:
    """A paragraph over both pages is asked for three lines on each, or sent to the second one; without one, what
    begins the second page is sent there, so that WeasyPrint does not even try to put it on the first. Else the
    paragraph with the call is sent after its note."""
    here, there = (_movable(sheaf, number) for number in (drift.called, drift.called + 1))
    straddling = [element for element in here if element in there][-1:]
    for element in straddling:
        yield Remedy(_tag(element), "three-lines")
    for element in straddling or there[:1]:
        yield Remedy(_tag(_with_heading(here, element)), "next-page")
    for element in here:
        if any(inner is drift.note for inner in element.iter()):
            yield Remedy(_tag(_with_heading(here, element)), "next-page")


def _movable(sheaf: Sheaf, page: int) -> list[Any]:
    """The elements on a page, counted from 0, that can be sent to the next: paragraphs, headings, boxes, figures."""
    if page >= len(sheaf.pages):
        return []
    found = ((box.element, names) for box, names in boxes(sheaf.pages[page]) if box.element_tag in MOVABLE)
    return [element for element, names in found if element.tag != "div" or "step" in names]


def _with_heading(here: list[Any], element: Any) -> Any:
    """The heading that stands above an element, which goes where it goes, or the element."""
    above = here[: here.index(element)][-1:] if element in here else []
    return _with_heading(here, above[0]) if above and above[0].tag.startswith("h") else element


def _tag(element: Any) -> str:
    if element.tag == "span":
        return f'<span class="note" data-number="{element.get("data-number")}" data-place="{element.get("data-place")}"'
    name = "id" if element.tag.startswith("h") else "data-place"
    return f'<{element.tag} {name}="{element.get(name)}"'


def _ill_set(sheaf: Sheaf) -> Iterator[Flaw]:
    for page in sheaf.pages:
        for box in prose(page):
            if _is_ill_set(box):
                tag = _tag(box.element)
                yield Flaw(tag, False, tuple(Remedy(tag, word) for word in SPACES))


def _is_ill_set(paragraph: Box) -> bool:
    found = lines(paragraph)
    stub = any(line.box.width < STUB * paragraph.width and not line.asked for line in found[:-1])
    return stub or has_runt(found) or has_ladder(found)


def _mended(html: str, tried: Mends) -> str:
    """The HTML with a word at each flaw; two words to one paragraph stand in one attribute."""
    words: dict[str, list[str]] = {}
    for flaw, attempt in tried.items():
        if attempt < len(flaw.remedies):
            words.setdefault(flaw.remedies[attempt].tag, []).append(flaw.remedies[attempt].word)
    for tag, said in words.items():
        html = html.replace(tag, f'{tag} data-mend="{" ".join(said)}"', 1)
    return html
