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
from typing import Any

from twofold.booklet.boxes import Box, boxes

NEAR = 0.5  # CSS pixels: less is rounding


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the outer column between two figures or boxes, from `top` to `bottom`, and what stands in it."""

    top: float
    bottom: float
    notes: tuple[Box, ...]


def settle(page: Any, *, even: bool) -> tuple[str, ...]:
    """Puts the outer column of a page in order; gives the `data-place` of each stretch that holds too many notes."""
    found = [(box, names) for box, names in boxes(page) if {"outer", "wide", "frame"} & set(names)]
    if even:
        _mirror(found, 2 * page._page_box.content_box_x() + page._page_box.width)
    stretches = _stretches(page, found)
    return tuple(stretch.notes[-1].element.get("data-place", "") for stretch in stretches if not _push_apart(stretch))


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
    edges = {top, end}
    for box, names in found:
        if "outer" not in names:
            edges |= {box.position_y + box.margin_top, box.position_y + box.margin_height() - box.margin_bottom}
    borders = sorted(edge for edge in edges if top <= edge <= end)
    notes = sorted((box for box, names in found if "outer" in names and "fixed" not in names), key=_top)
    stretches = (
        Stretch(start, stop, tuple(box for box in notes if start - NEAR <= _top(box) < stop - NEAR))
        for start, stop in zip(borders, borders[1:], strict=False)
    )
    return [stretch for stretch in stretches if stretch.notes]


def _push_apart(stretch: Stretch) -> bool:
    """Moves notes down past each other, then up from the bottom; False if they are taller than the stretch."""
    goals, free = [], stretch.top
    for box in stretch.notes:
        goals.append(max(_top(box), free))
        free = goals[-1] + box.margin_height()
    free = stretch.bottom + stretch.notes[-1].margin_bottom
    for number, box in reversed(list(enumerate(stretch.notes))):
        goals[number] = free = min(goals[number], free - box.margin_height())
    for box, goal in zip(stretch.notes, goals, strict=True):
        box.translate(dy=goal - _top(box))
    return free >= stretch.top - NEAR


def _top(box: Box) -> float:
    top: float = box.position_y
    return top
