"""Whether what is printed stands on the paper, and nothing over something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twofold.booklet.boxes import Box, texts
from twofold.booklet.pages import Sheaf
from twofold.booklet.proof.places import Places, limits
from twofold.problems import Problem

PIXELS_IN_MM = 96 / 25.4
BESIDE, BELOW = 2.5, 0.5  # CSS pixels that two texts may share, as a raised number does with the word before it


@dataclass(frozen=True, slots=True)
class Ink:
    """Where the middle of a piece of text is surely black, in CSS pixels: from its baseline up to a small letter."""

    left: float
    right: float
    top: float
    bottom: float
    box: Box

    def over(self, other: "Ink") -> bool:
        """Whether the two stand one over the other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > BESIDE and down > BELOW


def off_page(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Text beyond the edge of the page, or so near to it that a printer cuts it off."""
    edge = limits()["edge"] * PIXELS_IN_MM
    for number, page in enumerate(sheaf.pages, folio):
        for ink in _inks(page):
            inside = edge <= ink.left and ink.right <= page.width - edge
            if not (inside and edge <= ink.top and ink.bottom <= page.height - edge):
                message = f"“{ink.box.text.strip()[:40]}” runs off page {number}"
                yield places.warn(ink.box.element, message, "shorten it")


def colliding(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Text over other text."""
    for number, page in enumerate(sheaf.pages, folio):
        inks = sorted(_inks(page), key=lambda ink: ink.top)
        for index, ink in enumerate(inks):
            for other in inks[index + 1 :]:
                if other.top > ink.bottom:
                    break
                if ink.over(other):
                    both = f"“{ink.box.text.strip()[:30]}” and “{other.box.text.strip()[:30]}”"
                    message = f"{both} stand one over the other on page {number}"
                    yield places.warn(other.box.element, message, "shorten one")


def _inks(page: Any) -> Iterator[Ink]:
    for box in texts(page):
        size = box.style["font_size"]
        middle = box.position_y + box.height / 2
        yield Ink(box.position_x, box.position_x + box.width, middle - size / 4, middle + size / 4, box)
