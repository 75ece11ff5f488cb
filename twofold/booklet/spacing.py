"""Paragraphs that are set badly, and the spaces that mend them.

A line breaks too early where a full line is followed by marked words, a paragraph ends with a single short word, word
after word is divided: spaces that are a trifle wider or narrower, or no divided words, mend most of that. How a
paragraph breaks into lines does not depend on the page that it stands on, so all remedies are tried at once, on copies
of it alone. What a remedy means is said at `data-mend` in book.css.
"""

import re
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from twofold.booklet.boxes import Line, lines, prose
from twofold.booklet.pages import Press
from twofold.booklet.proof import has_ladder, has_runt

WORDS = ("tighter", "looser", "tightest", "loosest", "whole-words", "whole-words tighter")
"""The mildest first."""
STUB = 0.5  # a line inside a paragraph that is shorter, as a share of the paragraph's width, was broken too early
RAGGED = 0.8  # and one that is shorter than this is no gain

PARAGRAPH = re.compile(r'<p data-place="([^"]*)".*?</p>', re.DOTALL)
Remedies = dict[str, str]
"""The remedy for a paragraph, by its place ("file:line"); "" where none helps."""


@dataclass(frozen=True, slots=True)
class Spaces:
    """Remedies by the HTML of their paragraphs, each found once for all editions of a course."""

    _known: dict[str, str] = field(default_factory=dict)

    def known(self, html: str) -> Remedies:
        """The remedies for paragraphs of a part that are known already."""
        return {
            unescape(found[1]): self._known[found[0]] for found in PARAGRAPH.finditer(html) if found[0] in self._known
        }

    def find(self, press: Press, html: str, places: Collection[str]) -> Remedies:
        """The mildest remedy for each of some paragraphs of a part."""
        found = _try_all(press, html, places) if places else {}
        texts = {unescape(one[1]): one[0] for one in PARAGRAPH.finditer(html)}
        self._known.update({texts[place]: remedy for place, remedy in found.items()})
        return found


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the author with all its lines, and its width in CSS pixels."""

    element: Any
    width: float
    lines: tuple[Line, ...]

    @property
    def shortest(self) -> float:
        """The shortest line but the last, as a share of the paragraph's width."""
        return min((line.box.width / self.width for line in self.lines[:-1] if not line.asked), default=1.0)

    @property
    def is_ill_set(self) -> bool:
        return self.shortest < STUB or has_runt(self.lines) or has_ladder(self.lines)


def ill_set(pages: Iterable[Any]) -> list[str]:
    """The places of paragraphs that are set badly on these pages of a part."""
    return [paragraph.element.get("data-place") for paragraph in _paragraphs(pages) if paragraph.is_ill_set]


def _try_all(press: Press, html: str, places: Collection[str]) -> Remedies:
    tried: dict[str, dict[str, _Paragraph]] = {place: {} for place in places}
    for paragraph in _paragraphs(press.lay_flat(html, partial(_leave_copies, places=places))):
        tried[paragraph.element.get("data-place")][paragraph.element.get("data-mend")] = paragraph
    return {place: _mildest(copies) for place, copies in tried.items()}


def _paragraphs(pages: Iterable[Any]) -> list[_Paragraph]:
    found: dict[int, list[Any]] = {}
    for page in pages:
        for box in prose(page):
            found.setdefault(id(box.element), []).append(box)
    return [
        _Paragraph(boxes[0].element, boxes[0].width, tuple(line for box in boxes for line in lines(box)))
        for boxes in found.values()
    ]


def _mildest(copies: dict[str, _Paragraph]) -> str:
    """What mends a paragraph, if possible without making it longer or its edge more ragged. Where lines are higher than
    those of the grid, as around blanks, it keeps its length, since the box around it has been measured."""
    as_is = copies[""]
    good = [remedy for remedy in WORDS if not copies[remedy].is_ill_set]
    if "blanks" in as_is.element.get("class", ""):
        good = [remedy for remedy in good if len(copies[remedy].lines) == len(as_is.lines)]

    def price(remedy: str) -> tuple[bool, bool]:
        mended = copies[remedy]
        return len(mended.lines) > len(as_is.lines), mended.shortest < min(as_is.shortest, RAGGED)

    return min(good, key=price, default="")


def _leave_copies(html: Any, places: Collection[str]) -> None:
    """Leaves nothing of a part but copies of some paragraphs, one with each remedy and one without."""
    body = html.find("body")
    kept = _pruned(body, places)
    for child in list(body):
        body.remove(child)
    for remedy in ("", *WORDS) if kept is not None else ():
        copy = Element("div")
        copy.extend(deepcopy(list(kept)))
        for paragraph in copy.iter("p"):
            paragraph.set("data-mend", remedy)
        body.append(copy)


def _pruned(element: Any, places: Collection[str]) -> Any:
    """What an element holds of some paragraphs, or None. Of what stands before them there is a shell, since it says
    how a paragraph begins."""
    if element.tag == "p" and element.get("data-place") in places:
        return element
    kept, before = Element(element.tag, element.attrib), None
    for child in element:
        inner = _pruned(child, places)
        if inner is not None:
            if before is not None:
                kept.append(Element(before.tag, {"class": before.get("class", "")}))
            kept.append(inner)
        before = child if inner is None else None
    return kept if len(kept) else None
