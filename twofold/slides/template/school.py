"""The look of a school's template, as the slides ask for it: a theme whose layouts, sizes and colours are its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from twofold.slides.theme import Spot, Style, Theme

KEPT = 0.75
"""Small print is told where it is set in less than this share of its size."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a role stands on a layout of the template: its places in reading order, what each of them holds of the slide,
    what joins the source line, and whether the number of a task is its title. `layout` is the layout's rank in the
    file, `name` what it is called."""

    layout: int
    name: str
    spots: Mapping[str, Spot]
    gather: Mapping[str, tuple[str, ...]]
    credit: tuple[str, ...] = ()
    headed: bool = False


class School(Theme, frozen=True, kw_only=True):
    """A theme that was read from a template."""

    standings: dict[str, Standing]
    legible: float

    def minds(self, size: float, style: Style) -> bool:
        """What can be read is set smaller as PowerPoint does it: told once for each place of a layout."""
        return size < (self.legible if style.size >= self.legible else style.size * KEPT)

    def spots(self, role: str) -> dict[str, Spot]:
        """The places of a role in reading order."""
        return dict(self.standings[role].spots)
