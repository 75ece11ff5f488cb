"""The booklet's fonts: static instances cut once from the packaged files, the same on every machine.

What is cut is said in layouts/booklet/fonts.toml. The instances and a private fontconfig file lie in a cache folder
whose name is made from the table and the packages' versions; a folder that lacks a file, or holds one that was
changed, is made anew.
"""

import hashlib
import importlib
import importlib.metadata
import logging
import os
import shutil
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from twofold.words import LAYOUTS

LOG = logging.getLogger(__name__)
TABLE = LAYOUTS / "booklet" / "fonts.toml"
MANIFEST = "manifest.sha256"
FONTCONFIG = "fonts.conf"
MAKER = "1"  # raise it when this module cuts differently from the same table


@dataclass(frozen=True, slots=True)
class Face:
    """One font file as CSS names it, and where it is cut from."""

    family: str
    package: str
    file: str
    weight: str = "normal"
    style: str = "normal"
    axes: dict[str, float] = field(default_factory=dict)
    lining: bool = False

    @property
    def name(self) -> str:
        """The name of the file in the cache."""
        return f"{self.family}-{self.weight}-{self.style}.ttf".replace(" ", "")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The cut fonts in `folder`; `css` are the @font-face rules, with URLs of the scheme `font:`."""

    folder: Path
    css: str

    @property
    def fontconfig(self) -> Path:
        """A configuration that knows these fonts and no others."""
        return self.folder / FONTCONFIG

    @property
    def digest(self) -> str:
        """A hash of all of them."""
        return _digest(self.folder / MANIFEST)

    def file(self, digest: str) -> bytes:
        """The font file with that SHA-256; KeyError if there is none."""
        return _files(self.folder)[digest]


def fonts(cache: Path | None = None) -> Fonts:
    """The booklet's fonts, cut now if the cache (by default the user's) does not hold them whole."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    faces = tuple(Face(**entry) for entry in table["face"])
    folder = (cache or cache_folder()) / _fingerprint(faces)
    if not _whole(folder):
        LOG.info("The booklet's fonts are cut first. This happens once on a computer and takes about half a minute.")
        _fill(folder, faces, table["fallback"])
    return Fonts(folder, "\n".join(map(_rule, faces)))


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again."""
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home) / "twofold" / "fonts"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "twofold" / "fonts"
    return Path.home() / ".cache" / "twofold" / "fonts"


def _fingerprint(faces: tuple[Face, ...]) -> str:
    packages = sorted({face.package.replace("_", "-") for face in faces} | {"fonttools"})
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return hashlib.sha256("\n".join([MAKER, TABLE.read_text(encoding="utf-8"), *versions]).encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def _files(folder: Path) -> dict[str, bytes]:
    """The cut fonts by their SHA-256."""
    return {hashlib.sha256(data).hexdigest(): data for data in map(Path.read_bytes, sorted(folder.glob("*.ttf")))}


def _whole(folder: Path) -> bool:
    """Whether every file of the manifest is there and unchanged."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
        return bool(lines) and all(_digest(folder / line[66:]) == line[:64] for line in lines)
    except (OSError, UnicodeDecodeError):
        return False


def _fill(folder: Path, faces: tuple[Face, ...], fallback: dict[str, str]) -> None:
    """Cuts into a new folder beside `folder` and moves it into place as a whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="cutting-", dir=folder.parent))
    try:
        for face in faces:
            _cut(face, fresh / face.name)
        (fresh / FONTCONFIG).write_text(_fontconfig(folder, fallback), encoding="utf-8")
        names = sorted(path.name for path in fresh.iterdir())
        lines = [f"{_digest(fresh / name)}  {name}" for name in names]
        (fresh / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8")
        _move(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _move(fresh: Path, folder: Path) -> None:
    """Puts `fresh` where `folder` is; another process may have been quicker, and then its work is as good."""
    if folder.exists() and not _whole(folder):
        shutil.rmtree(folder)
    try:
        fresh.rename(folder)
    except OSError:
        if not _whole(folder):
            raise


def _cut(face: Face, path: Path) -> None:
    from fontTools.ttLib import TTFont  # here, since fonts are cut once, and this takes long to load
    from fontTools.varLib import instancer

    font = TTFont(_packaged(face), recalcTimestamp=False)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
    if face.lining:
        _freeze_lining(font)
    _rename(font, face)
    font.save(path)


def _packaged(face: Face) -> Path:
    root: Path = importlib.import_module(face.package).ROOT
    return root / "files" / face.file


def _freeze_lining(font: Any) -> None:
    """Makes the glyphs of the feature `lnum` what the character map finds first."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "lnum"
        for index in record.Feature.LookupListIndex
    }
    swaps: dict[str, str] = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            swaps |= getattr(getattr(table, "ExtSubTable", table), "mapping", {})
    for table in font["cmap"].tables:
        table.cmap = {code: swaps.get(glyph, glyph) for code, glyph in table.cmap.items()}


def _rename(font: Any, face: Face) -> None:
    """Names a cut font after its role, so that no other font of the machine can be taken for it."""
    style = f"{face.weight} {face.style}"
    names = {1: face.family, 2: style, 3: face.name, 4: f"{face.family} {style}", 6: face.name.removesuffix(".ttf")}
    for key in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=key)
    for key, value in names.items():
        font["name"].setName(value, key, 3, 1, 0x409)


def _rule(face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("font:{face.name}") }}'
    )


def _fontconfig(folder: Path, fallback: dict[str, str]) -> str:
    aliases = "".join(
        f"<alias><family>{escape(name)}</family><prefer><family>{escape(family)}</family></prefer></alias>"
        for name, family in fallback.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(folder))}</dir><cachedir>{escape(str(folder.parent / 'fontconfig'))}</cachedir>"
        f"{aliases}</fontconfig>"
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
