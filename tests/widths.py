"""Advance widths out of font files, and the tables of layouts/slides/widths that hold them.

    python3 -m uv run --group test python -m tests.widths Calibri Carlito \\
        regular=Carlito-Regular.ttf bold=Carlito-Bold.ttf > layouts/slides/widths/calibri.toml

Several files of one face are parted by semicolons, the first that has a letter gives its width. `like=` names
two more fonts, upright and italic, for the Cyrillic and Greek that no other has; their widths are scaled by those of
Latin letters."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

EM = 2048
RANGES = (
    *((0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF)),
    *((0x2100, 0x215F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0xFB00, 0xFB04)),
)
ALIKE = dict(zip("аеорсухіјѕАВЕЅІЈКМНОРСТХο", "aeopcyxijsABESIJKMHOPCTXo", strict=True))
"""Cyrillic and Greek letters of the form of a Latin one, which have its width in every text font."""
HEAD = """\
# How wide the letters of {font} are, as its metric twin {twin} has them: width in 1/em = the letters that have it.
# tests/widths.py writes this; `other` is for a letter that no list holds.
"""
Widths = dict[str, float]


def widths(path: Path, weight: int = 400) -> Widths:
    """Width of each letter in 1/2048 em; `weight` is that of a variable font."""
    font: Any = TTFont(path)
    if "fvar" in font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        font = instantiateVariableFont(font, {**axes, "wght": weight})
    scale = EM / font["head"].unitsPerEm
    advances = font["hmtx"]
    known = {chr(code): advances[glyph][0] * scale for code, glyph in font.getBestCmap().items() if _wanted(code)}
    return {letter: width for letter, width in known.items() if width}


def borrowed(own: Widths, other: Widths) -> Widths:
    """`own` widths, and those of Cyrillic and Greek that it lacks: of a look-alike, or scaled from `other`."""
    alike = {letter: own[latin] for letter, latin in ALIKE.items()}
    scale = mean(own[latin] / other[latin] for latin in "aeopcyxnmvdbit" if latin in other)
    lacking = {letter: width * scale for letter, width in other.items() if letter not in own and letter > "Ͱ"}
    return {**{letter: width for letter, width in lacking.items() if "Ͱ" <= letter <= "ԯ"}, **alike, **own}


def table(font: str, twin: str, faces: dict[str, Widths], other: int) -> str:
    """The text of a table."""
    lines = [HEAD.format(font=font, twin=twin), f'font = "{font}"', f"em = {EM}", f"other = {other}"]
    for face, known in faces.items():
        lines += ["", f"[faces.{face}]", *_rows(known)]
    return "\n".join(lines) + "\n"


def _wanted(code: int) -> bool:
    return chr(code).isprintable() and any(first <= code <= last for first, last in RANGES)


def _rows(known: Widths) -> Iterator[str]:
    letters = defaultdict(list)
    for letter, width in sorted(known.items()):
        letters[round(width)].append(letter)
    for width, same in sorted(letters.items()):
        yield f"{width} = {json.dumps(''.join(same), ensure_ascii=False)}"


def main() -> None:
    font, twin, *named = sys.argv[1:]
    files = dict(name.split("=") for name in named)
    like, faces = files.pop("like", ""), {}
    for face, paths in files.items():
        weight = 700 if face.startswith("bold") else 400
        known: Widths = {}
        for path in paths.split(";"):
            known = {**widths(Path(path), weight), **known}
        if like:
            regular, italic = like.split(";")
            known = borrowed(known, widths(Path(italic if face.endswith("italic") else regular), weight))
        faces[face] = known
    widest = max(sorted(known.values())[len(known) * 9 // 10] for known in faces.values())
    print(table(font, twin, faces, round(widest)), end="")


if __name__ == "__main__":
    main()
