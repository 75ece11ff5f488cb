"""A rough measure of text: enough to share out room, and to say when words plainly cannot stand in their place."""

from collections.abc import Sequence
from functools import cache
from math import ceil

from twofold.slides.lines import Line
from twofold.slides.theme import Font, Style

NARROW = "fijlrtI.,;:!|'’‘“”\"()[]/-‐‑"
WIDE = "mwMW@%—…ЖМФШЩЫЮшщю"
LETTERS: dict[Font, dict[str, float]] = {
    "major": {"space": 0.24, "narrow": 0.33, "usual": 0.52, "broad": 0.58, "capital": 0.68, "wide": 0.85},
    "minor": {"space": 0.23, "narrow": 0.3, "usual": 0.49, "broad": 0.51, "capital": 0.58, "wide": 0.8},
    "code": dict.fromkeys(("space", "narrow", "usual", "broad", "capital", "wide"), 0.55),
}
"""Width of letters, in ems: the mean of Georgia's, Calibri's and Consolas' twins."""
BOLD = 1.03
GRACE = 1.12
"""Nothing is reported before it is this much too high."""


def width(text: str, style: Style) -> float:
    """Points that `text` takes on one line."""
    letters = sum(_letter(letter, style.font) for letter in (text.upper() if style.caps else text))
    return letters * style.size * (BOLD if style.bold else 1) + len(text) * style.spacing


def height(lines: Sequence[Line], style: Style, measure: float) -> float:
    """Points that `lines` take from top to bottom when they may be `measure` wide."""
    rows = sum(_rows(line, style, measure) for line in lines)
    return rows * style.line + max(0, len(lines) - 1) * style.after


@cache
def _letter(letter: str, font: Font) -> float:
    if letter.isspace():
        kind = "space"
    elif letter in NARROW:
        kind = "narrow"
    elif letter in WIDE:
        kind = "wide"
    elif letter.isupper():
        kind = "capital"
    else:  # digits; Cyrillic, and whatever follows it
        kind = "broad" if letter.isdigit() or letter > "Ͽ" else "usual"
    return LETTERS[font][kind]


def _rows(line: Line, style: Style, measure: float) -> int:
    indent = style.bullet.indent * line.depth if style.bullet else 0
    return sum(_broken(piece, style, measure - indent) for piece in line.text.split("\n"))


def _broken(text: str, style: Style, measure: float) -> int:
    """Rows that `text` takes when it breaks between words; a word that is too long for a row takes several."""
    rows, filled, space = 1, 0.0, width(" ", style)
    for word in text.split(" "):
        wide = width(word, style)
        if filled and filled + space + wide > measure:
            rows, filled = rows + 1, 0.0
        else:
            wide += space if filled else 0
        rows += max(0, ceil((filled + wide) / measure) - 1)
        filled = (filled + wide) % measure
    return rows
