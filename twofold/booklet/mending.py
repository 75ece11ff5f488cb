"""A part laid out again where WeasyPrint did it badly, with a word to it on how to do better.

Notes drift to the next page where that is the only way to keep two lines of a paragraph together; a break elsewhere
brings them back. What may help is said by `data-mend` on the paragraph or heading; what that means is said in book.css.
The pages follow from the HTML and the spaces of its paragraphs alone, whatever was laid out before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from twofold.booklet.boxes import boxes
from twofold.booklet.pages import Press, Sheaf
from twofold.booklet.proof import Drift, drifts
from twofold.booklet.spacing import Remedies, Spaces, ill_set

MOST_ATTEMPTS = 16
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
MOVABLE = ("p", "div", *HEADINGS)
KNOWN_BY = {"span": ("class", "data-number", "data-place"), **dict.fromkeys(HEADINGS, ("id",))}


@dataclass(frozen=True, slots=True)
class Remedy:
    """A word to WeasyPrint about what begins with `tag` in the HTML."""

    tag: str
    word: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A note on a wrong page, which begins with `tag`, and what may bring it back, the mildest first."""

    tag: str
    remedies: tuple[Remedy, ...] = field(compare=False)


Mends = dict[Flaw, int]
"""Which remedy was tried for a flaw, as the index of its remedies; behind the last one it was given up."""


def lay_out_well(press: Press, html: str, folio: int, spaces: Spaces) -> Sheaf:
    """The best of a few attempts to lay out a part. It is the same whatever `spaces` know already."""
    remedies = spaces.known(html)
    sheaf = press.lay_out(_mended(html, remedies), folio)
    if others := set(ill_set(sheaf.pages)) - remedies.keys():
        remedies |= spaces.find(press, html, others)
        sheaf = press.lay_out(_mended(html, remedies), folio)
    return _without_drifts(press, html, folio, remedies, sheaf)


def draft(press: Press, html: str, folio: int, spaces: Spaces) -> Sheaf:
    """A part as it comes, for its pages to be counted; what can be learnt from it for `spaces` is kept."""
    sheaf = press.lay_out(html, folio)
    spaces.find(press, html, set(ill_set(sheaf.pages)) - spaces.known(html).keys())
    return sheaf


def _without_drifts(press: Press, html: str, folio: int, remedies: Remedies, best: Sheaf) -> Sheaf:
    """The same part with fewer notes on wrong pages, where that is possible."""
    found = fewest = drifting(best)
    tried: Mends = {}
    for _ in range(MOST_ATTEMPTS):
        hopeful = [flaw for flaw in found if tried.get(flaw, -1) < len(flaw.remedies)]
        if not hopeful:
            break
        tried[hopeful[0]] = tried.get(hopeful[0], -1) + 1  # those behind the first mostly drift because it does
        attempt = press.lay_out(_mended(html, remedies, tried), folio)
        found = drifting(attempt)
        if len(found) < len(fewest):
            best, fewest = attempt, found
    return best


def drifting(sheaf: Sheaf) -> tuple[Flaw, ...]:
    """The notes on wrong pages, each once."""
    flaws = (Flaw(_tag(drift.note), tuple(dict.fromkeys(_breaks(sheaf, drift)))) for drift in drifts(sheaf))
    return tuple(dict.fromkeys(flaws))


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
    names = KNOWN_BY.get(element.tag, ("data-place",))
    return f"<{element.tag} " + " ".join(f'{name}="{escape(element.get(name))}"' for name in names)


def _mended(html: str, remedies: Remedies, tried: Mends | None = None) -> str:
    """The HTML with a word at each flaw; two words to one paragraph stand in one attribute."""
    words = {f'<p data-place="{escape(place)}"': [word] for place, word in remedies.items() if word}
    for flaw, attempt in (tried or {}).items():
        if attempt < len(flaw.remedies):
            words.setdefault(flaw.remedies[attempt].tag, []).append(flaw.remedies[attempt].word)
    for tag, said in words.items():
        html = html.replace(tag, f'{tag} data-mend="{" ".join(said)}"', 1)
    return html
