"""Slides as pictures: the one place where BetterOffice is called. They are near to what PowerPoint shows, not the same:
where the computer lacks the fonts of the deck, their twins stand in, or the booklet's."""

import os
import sys
import tomllib
from functools import lru_cache
from pathlib import Path

import betteroffice_pptx

from twofold.booklet.fonts import fonts
from twofold.words import LAYOUTS

SCALE = 0.6
"""Of 1280 pixels, which a slide is wide."""


class Slides:
    """The slides of one file as it is now."""

    def __init__(self, path: Path) -> None:
        self._deck = betteroffice_pptx.Presentation.open(path.read_bytes())
        for family, bold, italic, data in _faces():
            self._deck.register_font(family, data, bold=bold, italic=italic)

    def __len__(self) -> int:
        return len(self._deck)

    def draw(self, number: int) -> bytes:
        """A slide, counted from 1, as PNG. Raises IndexError where there is none, OSError where it cannot be drawn."""
        if not 1 <= number <= len(self):
            raise IndexError(number)
        try:
            return bytes(self._deck.render_png(number - 1, scale=SCALE).bytes)
        except betteroffice_pptx.PptxError as error:
            raise OSError(f"slide {number} cannot be drawn: {error}") from error


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[str, bool, bool, bytes], ...]:
    """Family, bold, italic and file of each font that a deck may ask for."""
    table = tomllib.loads((LAYOUTS / "preview" / "fonts.toml").read_text(encoding="utf-8"))
    there = {path.name.lower(): path for folder in _folders() for path in sorted(folder.rglob("*.[tT][tT][fF]"))}
    ours = fonts().folder
    found = []
    for face in table["face"]:
        path = next((there[name.lower()] for name in face["files"] if name.lower() in there), ours / face["else"])
        found.append((face["family"], face.get("bold", False), face.get("italic", False), path.read_bytes()))
    return tuple(found)


def _folders() -> list[Path]:
    """Where computers keep their fonts."""
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]
