"""Sizes that the final lay-out has to know beforehand, taken from a small lay-out of the things alone.

A box or figure is padded so that it and the white around it are a whole number of lines, and the prose below it keeps
to the grid. A blank is as wide as its answer asks for. Both editions share the sizes: they are the student's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from twofold.model import Block

STEP = Markup('<div data-place="{}" class="step{}" {}>{}</div>')
LINE = "line"  # the data-measure of an element one line high
WRITE_ON = "write-on"  # the data-measure of a line to write on
ROUNDING = 0.02  # CSS pixels


@dataclass(frozen=True, slots=True)
class Measures:
    """`heights` of boxes and figures and of a `line`, widths of `answers`: all in CSS pixels; `lines` is how many lines
    to write on an exercise needs for its printed answer."""

    heights: Mapping[Block | str, float] = field(default_factory=dict)
    answers: Mapping[str, float] = field(default_factory=dict)
    line: float = 0.0
    lines: Mapping[Block, int] = field(default_factory=dict)

    def step(self, block: Block | str, content: Markup, joined: str, rest: float) -> Markup:
        """A block padded by its rest."""
        return STEP.format(_place(block), joined, Markup('style="--rest: {}px"').format(rest), content)

    def rest(self, block: Block | str) -> float:
        """What is missing below a block to whole lines, in CSS pixels."""
        if not self.line or block not in self.heights:
            return 0.0
        rest = -self.heights[block] % self.line
        return 0.0 if min(rest, self.line - rest) < ROUNDING else round(rest, 3)


@dataclass(frozen=True, slots=True)
class Survey(Measures):
    """Gathers the blocks whose heights are to be taken."""

    blocks: dict[str, Block | str] = field(default_factory=dict)
    sheets: list[Markup] = field(default_factory=list)

    def step(self, block: Block | str, content: Markup, joined: str, rest: float) -> Markup:
        """The block, marked to be measured, and a copy of it kept."""
        name = f"step-{len(self.blocks)}"
        self.blocks[name] = block
        self.sheets.append(STEP.format(_place(block), joined, Markup('data-measure="{}"').format(name), content))
        return self.sheets[-1]


def _place(block: Block | str) -> str:
    return block if isinstance(block, str) else str(block.place)
