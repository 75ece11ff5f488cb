"""What stands in the outer column, put in its place after the lines are broken.

All pages are laid out as right-hand pages, with the outer column on the right. Nothing in that column takes part in
breaking lines, so a left-hand page is made by mirroring three kinds of boxes, known by their class, about the middle
of the text:

    outer   a side note, a slide mark or the label of a box: moved with all that is in it
    wide    a figure or a table as wide as text and column together: moved with all that is in it
    frame   the rules of a box whose text stays where it is: moved alone

Then notes that would run into each other, into a figure or off the page are pushed apart; `fixed` ones stay.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from twofold.booklet.boxes import Box, boxes

NEAR = 0.5  # CSS pixels: less is rounding


@dataclass(slots=True)
class Stretch:
    """A part of the outer column between two edges of figures or boxes, and what stands in it; nothing may be moved
    into a `closed` one."""

    top: float
    bottom: float
    closed: bool
    notes: list[Box]


def settle(page: Any, *, even: bool) -> tuple[str, ...]:
    """Puts the outer column of a page in order; gives the `data-place` of notes for which there is no room."""
    found = [(box, names) for box, names in boxes(page) if {"outer", "wide", "frame"} & set(names)]
    if even:
        _mirror(found, 2 * page._page_box.content_box_x() + page._page_box.width)
    stretches = _stretches(page, found)
    open_ones = [stretch for stretch in stretches if not stretch.closed]
    for stretch, following in pairwise(open_ones):
        while stretch.notes and not _fits(stretch):
            _carry(stretch.notes.pop(), following)
    return tuple(box.element.get("data-place", "") for stretch in stretches for box in _push_apart(stretch))


def _carry(note: Box, into: Stretch) -> None:
    """Puts a note first into a later stretch, but after the label of a box that begins there."""
    labels = [box for box in into.notes if "label" in box.element.get("class")]
    into.notes.insert(len(labels), note)


def _mirror(found: list[tuple[Box, tuple[str, ...]]], ends: float) -> None:
    """`ends` is the sum of the left and right edge of the text, so that x goes to ends - x."""
    goals = [(box, ends - box.position_x - box.margin_width()) for box, names in found if "outer" in names]
    for box, names in found:
        if "wide" in names:
            box.translate(dx=ends - 2 * box.position_x - box.margin_width())
        elif "frame" in names:
            box.position_x = ends - box.position_x - box.margin_width()
    for box, goal in goals:
        box.translate(dx=goal - box.position_x)


def _stretches(page: Any, found: list[tuple[Box, tuple[str, ...]]]) -> list[Stretch]:
    top = page._page_box.content_box_y()
    end = top + page._page_box.height
    blocks = [(_top(box), _top(box) + box.border_height()) for box, names in found if "outer" not in names]
    borders = sorted({edge for block in (*blocks, (top, end)) for edge in block if top <= edge <= end})
    notes = sorted((box for box, names in found if "outer" in names and "fixed" not in names), key=_top)
    return [
        Stretch(
            start,
            stop,
            any(first < (start + stop) / 2 < last for first, last in blocks),
            [box for box in notes if start - NEAR <= _top(box) < stop - NEAR],
        )
        for start, stop in pairwise(borders)
    ]


def _fits(stretch: Stretch) -> bool:
    heights = sum(map(_height, stretch.notes)) - stretch.notes[-1].margin_bottom
    return bool(heights <= stretch.bottom - stretch.top + NEAR)


def _push_apart(stretch: Stretch) -> list[Box]:
    """Moves notes down past each other, then up from the bottom; gives those that stand off the stretch even so."""
    goals, free = [], stretch.top
    for box in stretch.notes:
        carried = box.margin_bottom if _top(box) < stretch.top - NEAR else 0
        goals.append(max(_top(box), free + carried))
        free = goals[-1] + _height(box)
    free = stretch.bottom + (stretch.notes[-1].margin_bottom if stretch.notes else 0)
    for number, box in reversed(list(enumerate(stretch.notes))):
        goals[number] = free = min(goals[number], free - _height(box))
    for box, goal in zip(stretch.notes, goals, strict=True):
        box.translate(dy=goal - _top(box))
    return [box for box, goal in zip(stretch.notes, goals, strict=True) if goal < stretch.top - NEAR]


def _top(box: Box) -> float:
    """The top of what is seen, without a margin."""
    top: float = box.position_y + box.margin_top
    return top


def _height(box: Box) -> float:
    """The height of what is seen, and the white that is wanted below it."""
    height: float = box.border_height() + box.margin_bottom
    return height
