"""Fonts without a drawing in them, made of the tables of widths, for a machine that has neither the real fonts nor
their twins: text is broken in them as in the real ones."""

import tomllib
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from twofold.slides.fit import WIDTHS

CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>
<alias binding="same"><family>Calibri</family><accept><family>Carlito</family></accept></alias></fontconfig>
"""
ASCENT, DESCENT = 0.9, 0.22
LETTERS = "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x460), 0x2013, 0x2014))


def made(folder: Path, *fonts: str) -> Path:
    """Makes the fonts in `folder`; returns a configuration that offers them, Carlito, and no other of the machine."""
    for font in fonts:
        for face, widths, other in _faces(font):
            _font(font, face, widths, other).save(folder / f"{font}-{face}.ttf")
    config = folder / "fonts.conf"
    config.write_text(CONFIG.format(folder=folder))
    return config


def _faces(font: str) -> list[tuple[str, dict[int, int], int]]:
    """Each face with the width of its letters, in 1/2048 em."""
    table = tomllib.loads((WIDTHS / f"{font.lower()}.toml").read_text(encoding="utf-8"))
    faces = table.get("faces") or {"regular": {str(table["other"]): LETTERS}}
    return [
        (face, {ord(letter): int(width) for width, same in known.items() for letter in same}, table["other"])
        for face, known in faces.items()
    ]


def _font(font: str, face: str, widths: dict[int, int], other: int) -> FontBuilder:
    builder = FontBuilder(2048, isTTF=True)
    names = {code: f"u{code:04X}" for code in widths}
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: Glyph() for name in (".notdef", *names.values())})
    advances = {".notdef": other, **{names[code]: width for code, width in widths.items()}}
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in advances.items()})
    builder.setupHorizontalHeader(ascent=round(2048 * ASCENT), descent=-round(2048 * DESCENT))
    style = face.replace("-", " ").title()
    builder.setupNameTable({"familyName": font, "styleName": style})
    bold, italic = "bold" in face, "italic" in face
    builder.setupOS2(
        sTypoAscender=round(2048 * ASCENT),
        sTypoDescender=-round(2048 * DESCENT),
        usWinAscent=round(2048 * ASCENT),
        usWinDescent=round(2048 * DESCENT),
        usWeightClass=700 if bold else 400,
        fsSelection=(bold << 5) | italic | ((not (bold or italic)) << 6),
    )
    builder.setupPost()
    builder.font["head"].macStyle = bold | (italic << 1)
    return builder
