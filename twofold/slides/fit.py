"""How much room text takes: HarfBuzz shapes it with the widths of layouts/slides/widths, rows are broken as PowerPoint
and LibreOffice break them.

The widths are those of the fonts' metric twins, kept as tables; no font of the machine is asked, though it be the real
one, for a deck must pass, fail and look the same on every machine. What that costs: letters are not kerned, which makes
a text up to one per cent wider than it is; Georgia's Cyrillic and Greek are taken from letters that look alike. A
row is as high as its style says, and a paragraph is a whole number of rows, so that heights are right to the point
where no row ends within that one per cent."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import east_asian_width

import msgspec
import uharfbuzz as hb

from twofold.slides.lines import Line, Run
from twofold.slides.text import emphasis, shown
from twofold.slides.theme import Style, Theme
from twofold.words import LAYOUTS

WIDTHS = LAYOUTS / "slides" / "widths"
FALLBACK = "georgia"
"""Measures a font of which no widths are known: it is among the widest that text is set in."""
CJK = "\u2e80-\u2fff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
BREAK = re.compile(
    rf"""(?<=[\n\t \u1680\u2000-\u2006\u2008-\u200b])(?![\n\t \u2000-\u2006\u2008-\u200b])  # after spaces
    | (?<=\w[-‐]) (?=[^\W\d])          # after a hyphen, but not in 10-20
    | (?<=\w[–—]) (?=\w)               # after a dash
    | (?<=[^\s—]) (?=—\w)              # before a long one
    | (?<=\u00ad)                      # where a hyphen may come
    | (?<=[{CJK}]) (?=\w) | (?<=\w) (?=[{CJK}])""",
    re.VERBOSE,
)
"""Where a row may end: the part of Unicode Standard Annex 14 that both programs keep."""
SINGLE = 1.2
"""The distance of rows in sizes of the font where nobody says another, as in a chart."""
Piece = tuple[tuple[str, Run], ...]


class Letters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of widths in 1/em: letters by width in each face, and the width of any other letter."""

    font: str
    em: int
    other: int
    faces: dict[str, dict[int, str]] = {}


class Ruler:
    """Measures text as `theme` sets it; lengths are points."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def width(self, line: Line, style: Style) -> float:
        """What a line takes on one row."""
        return sum(self._width(piece, style) for piece in _pieces(line.runs))

    def word(self, line: Line, style: Style) -> float:
        """How wide its widest word is, or part of a word where one may be broken."""
        return max((self._width(piece, style, ends=True) for piece in _pieces(line.runs)), default=0)

    def height(self, lines: Sequence[Line], style: Style, measure: float, scale: float = 1) -> float:
        """What `lines` take from top to bottom when they may be `measure` wide and letters are set `scale` times as
        large as the style has them."""
        rows = sum(self.rows(line, style, measure, scale) * style.at(line.depth).row(scale) for line in lines)
        return rows + sum(style.at(line.depth).after for line in lines[1:])

    def rows(self, line: Line, style: Style, measure: float, scale: float = 1) -> int:
        """How many rows a line takes."""
        style = style.at(line.depth)
        room = (measure - style.indent(line.depth)) / scale
        rows, filled = 1, 0.0
        for piece in _pieces(line.runs):
            wide = self._width(piece, style, ends=True)
            if filled and filled + wide > room:
                rows, filled = rows + 1, 0.0
            if wide > room:
                more, filled = self._torn(piece, style, room)
                rows += more
            else:
                filled += self._width(piece, style)
            if piece[-1][0].endswith("\n"):
                rows, filled = rows + 1, 0.0
        return rows

    def _torn(self, piece: Piece, style: Style, room: float) -> tuple[int, float]:
        """Further rows of a word that is wider than a row, which is broken anywhere, and how far the last is filled."""
        rows, filled = 0, 0.0
        for text, run in piece:
            for letter in text:
                wide = self._width(((letter, run),), style)
                if filled and filled + wide > room and not letter.isspace():
                    rows, filled = rows + 1, 0.0
                filled += wide
        return rows, filled

    def _width(self, piece: Piece, style: Style, *, ends: bool = False) -> float:
        """Points that a piece takes; where a row `ends`, its last spaces take none."""
        wide, letters = 0.0, 0
        for number, (text, run) in enumerate(piece):
            said = text.rstrip(" \n\t") if ends and number == len(piece) - 1 else text.rstrip("\n")
            said = said.upper() if style.caps else said
            bold, italic = emphasis(run, self.theme)
            font = self.theme.fonts.code if run.code else style.typeface(self.theme.fonts)
            wide += _advance(said, font, _face(bold or style.bold, italic or style.italic))
            letters += len(said)
        return wide * style.size + letters * style.spacing


def unknown_fonts(theme: Theme) -> tuple[str, ...]:
    """Fonts of the theme whose widths nobody took; they are measured as Georgia."""
    fonts = (theme.fonts.major, theme.fonts.minor, theme.fonts.code)
    return tuple(font for font in dict.fromkeys(fonts) if not _file(font).exists())


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    """The text of runs, cut wherever a row may end."""
    words = [(shown(run), run) for run in runs]
    cuts = {match.start() for match in BREAK.finditer("".join(text for text, _ in words))}
    piece: list[tuple[str, Run]] = []
    at = 0
    for text, run in words:
        begun = 0
        for cut in sorted(cut - at for cut in cuts if at < cut <= at + len(text)):
            yield (*piece, (text[begun:cut], run))
            piece, begun = [], cut
        if begun < len(text):
            piece.append((text[begun:], run))
        at += len(text)
    if piece:
        yield tuple(piece)


# ---------------------------------------------------------------- letters


def _face(bold: bool, italic: bool) -> str:
    return {(0, 0): "regular", (1, 0): "bold", (0, 1): "italic", (1, 1): "bold-italic"}[bold, italic]


def _file(font: str) -> Path:
    return WIDTHS / f"{font.lower().replace(' ', '-')}.toml"


@lru_cache(maxsize=65536)
def _advance(text: str, font: str, face: str) -> float:
    """Width of text in ems."""
    shaper, em = _shaper(font, face)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(shaper, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions or ())) / em


@lru_cache(maxsize=16)
def _shaper(font: str, face: str) -> tuple[hb.Font, int]:
    """A font without outlines: letters are their own glyphs, and the table tells their widths."""
    letters = _letters(font)
    known = letters.faces.get(face) or letters.faces.get("regular") or {}
    widths = {ord(letter): width for width, same in known.items() for letter in same}

    def glyph(_font: hb.Font, letter: int, _data: object) -> int:
        """0 for what is not known, so that HarfBuzz looks for the parts of an accented letter."""
        return letter if letter in widths or _is_wide(letter) else 0

    def advance(_font: hb.Font, letter: int, _data: object) -> int:
        return widths.get(letter) or (letters.em if _is_wide(letter) else letters.other)

    functions = hb.FontFuncs()
    functions.set_nominal_glyph_func(glyph)
    functions.set_glyph_h_advance_func(advance)
    shaper = hb.Font(hb.Face(b""))
    shaper.scale = (letters.em, letters.em)
    shaper.funcs = functions
    return shaper, letters.em


def _is_wide(letter: int) -> bool:
    """Whether it is a Chinese, Japanese or Korean letter, which fills an em."""
    return east_asian_width(chr(letter)) in "WF"


@lru_cache(maxsize=8)
def _letters(font: str) -> Letters:
    path = _file(font)
    text = (path if path.exists() else _file(FALLBACK)).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Letters, strict=False)
