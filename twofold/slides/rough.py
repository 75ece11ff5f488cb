"""A rough measure of text: enough to share out room, and to say when words plainly cannot stand in their place."""

from collections.abc import Sequence
from math import ceil

from twofold.slides.lines import Line
from twofold.slides.theme import Style

AVERAGE = {"major": 0.52, "minor": 0.475, "code": 0.55}
"""Width of an average letter, in ems."""
CAPITALS = 1.25
GRACE = 1.12
"""Nothing is reported before it is this much too high."""


def width(text: str, style: Style) -> float:
    """Points that `text` takes on one line."""
    letter = AVERAGE[style.font] * style.size * (CAPITALS if style.caps else 1) + style.spacing
    return len(text) * letter


def height(lines: Sequence[Line], style: Style, measure: float) -> float:
    """Points that `lines` take from top to bottom when they may be `measure` wide."""
    rows = sum(_rows(line, style, measure) for line in lines)
    return rows * style.line + max(0, len(lines) - 1) * style.after


def _rows(line: Line, style: Style, measure: float) -> int:
    indent = style.bullet.indent * line.depth if style.bullet else 0
    pieces = line.text.split("\n")
    return sum(max(1, ceil(width(piece, style) / (measure - indent))) for piece in pieces)
