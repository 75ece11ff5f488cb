"""The fonts of a booklet, each once in its PDF, cut down to the glyphs that are printed.

WeasyPrint is shown the hash of a font's file in the place of the file, and so a printed part is small. When parts are
bound, the same font of all parts becomes one (ISO 32000-1, 9.7 and 9.10.3): glyphs keep their numbers, so that widths
and letters need only be put together.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import uharfbuzz
from pikepdf import Name, Object, Pdf

SIGNATURE = 4  # bytes at the beginning of a font file that tell of what kind it is
WIDTHS = re.compile(rb"(\d+)\s*\[([^\]]*)\]")
LETTERS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
MOST_AT_ONCE = 100  # letters in a section of a character map (ISO 32000-1, 9.10.3)
FIXED_PITCH = 1
TABLES = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")
UNUSED = tuple(int.from_bytes(tag, "big") for tag in TABLES)
KEPT = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE


class Widths(dict[int, int]):
    """The width of each glyph that was asked for, in thousandths of the em. WeasyPrint would take the width it first
    meets, which is rounded otherwise in another size, and so in another part."""

    def __init__(self, program: bytes) -> None:
        super().__init__()
        self._font = uharfbuzz.Font(uharfbuzz.Face(program))

    def __contains__(self, glyph: object) -> bool:
        """All but that of what stands for a missing glyph, which is as wide as the missing one."""
        return glyph != 0 or super().__contains__(glyph)

    def __missing__(self, glyph: int) -> int:
        self[glyph] = round(self._font.get_glyph_h_advance(glyph) * 1000 / self._font.face.upem)
        return self[glyph]


def stand_in(program: bytes) -> bytes:
    """What a printed part has in the place of a font's file."""
    return program[:SIGNATURE] + hashlib.sha256(program).hexdigest().encode()


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What a font of a printed part says: what stands in for its file, whether it maps characters that it does not
    have, each part its own, to numbers behind its last glyph, and the widths and letters of its glyphs."""

    stand_in: bytes
    lacking: bool
    widths: Mapping[int, bytes]
    letters: Mapping[bytes, bytes]


def glyphs_of(font: Object) -> Glyphs:
    """Reads a font's glyphs."""
    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    widths: dict[int, bytes] = {}
    for first, row in WIDTHS.findall(descendant.W.unparse()):
        widths |= enumerate(row.split(), int(first))
    _, _, mapped = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    stand_in = bytes(descriptor[_key(descriptor)].read_bytes())
    return Glyphs(stand_in, bool(font.Encoding != Name("/Identity-H")), widths, dict(LETTERS.findall(mapped)))


@dataclass(slots=True)
class _Font:
    """A font of one or more parts: `made` is that of the first, to which glyphs of the others are added."""

    made: Object
    stand_in: bytes
    lacking: bool
    widths: dict[int, bytes] = field(default_factory=dict)
    letters: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def descriptor(self) -> Object:
        return self.made.DescendantFonts[0].FontDescriptor

    def add(self, glyphs: Glyphs) -> None:
        """Adds the glyphs of a font; those that it has already keep their own letters."""
        self.widths |= glyphs.widths
        self.letters = {**glyphs.letters, **self.letters}

    def finish(self) -> None:
        """Writes down what was added."""
        self.descriptor.FontBBox[2] = max(map(int, self.widths.values()), default=0)
        alike = len(self.widths) > 1 and len(set(self.widths.values())) == 1
        self.descriptor.Flags = int(self.descriptor.Flags) & ~FIXED_PITCH | (FIXED_PITCH if alike else 0)
        self.made.DescendantFonts[0].W = Object.parse(b"[%s]" % b" ".join(_runs(self.widths)))
        head, between, rest = self.made.ToUnicode.read_bytes().partition(b"endcodespacerange")
        _, end, tail = rest.partition(b"endcmap")
        self.made.ToUnicode.write(b"\n".join((head + between, *_sections(self.letters), end + tail)))


def _runs(widths: dict[int, bytes]) -> Iterable[bytes]:
    """Widths of glyphs that follow each other, behind the number of the first."""
    last = -2
    for glyph in sorted(widths):
        if glyph != last + 1:
            yield (b"] " if last >= 0 else b"") + b"%d [" % glyph
        yield widths[glyph]
        last = glyph
    if last >= 0:
        yield b"]"


def _sections(letters: dict[bytes, bytes]) -> Iterable[bytes]:
    lines = [b"<%s> <%s>" % pair for pair in sorted(letters.items())]
    for start in range(0, len(lines), MOST_AT_ONCE):
        section = lines[start : start + MOST_AT_ONCE]
        yield b"\n".join((b"%d beginbfchar" % len(section), *section, b"endbfchar"))


def embed_fonts(
    pdf: Pdf, tables: Iterable[tuple[Object, Mapping[str, Glyphs]]], program: Callable[[str], bytes]
) -> None:
    """Puts the fonts of printed parts into the PDF that binds them. `tables` are the parts' tables of fonts, which
    will name fonts that parts share, and the glyphs of each; `program` gives the font file with a hash."""
    fonts: dict[tuple[str, bytes], _Font] = {}
    alone: list[_Font] = []
    for table, known in tables:
        for name, made in table.items():
            glyphs = known[name]
            font = _Font(made, glyphs.stand_in, glyphs.lacking)
            if font.lacking:
                alone.append(font)
            else:
                font = fonts.setdefault((name, font.stand_in), font)
            font.add(glyphs)
            table[name] = font.made
    for font in fonts.values():
        font.finish()
    _put_in(pdf, [*fonts.values(), *alone], program)


def _key(descriptor: Object) -> Name:
    return Name.FontFile2 if Name.FontFile2 in descriptor else Name.FontFile3


def _put_in(pdf: Pdf, fonts: list[_Font], program: Callable[[str], bytes]) -> None:
    """Gives each font its program, with the glyphs of all fonts that come from the same file."""
    families: dict[bytes, list[_Font]] = {}
    for font in fonts:
        families.setdefault(font.stand_in, []).append(font)
    for name, family in families.items():
        glyphs = frozenset(glyph for font in family for glyph in font.widths)
        whole = program(name[SIGNATURE:].decode())
        made = cut_down(whole, glyphs, missing=any(font.lacking for font in family))
        stream = pdf.make_stream(made, Length1=len(made))
        if _key(family[0].descriptor) == Name.FontFile3:
            stream = pdf.make_stream(made, Subtype=Name.OpenType)
        for font in family:
            font.descriptor[_key(font.descriptor)] = stream


@lru_cache(maxsize=64)
def cut_down(program: bytes, glyphs: frozenset[int], *, missing: bool) -> bytes:
    """A font file with some of its glyphs, which keep their numbers, and without what only a typesetter needs;
    `missing` is whether the sign for missing glyphs is shown."""
    flags = KEPT | (uharfbuzz.SubsetFlags.NOTDEF_OUTLINE if missing else 0)
    chosen = _subset(uharfbuzz.Face(program), glyphs, flags | uharfbuzz.SubsetFlags.RETAIN_GIDS)
    upto = range(max(glyphs) + 1)  # of what is behind the last one, not even the numbers need be kept
    return bytes(_subset(chosen, upto, flags | uharfbuzz.SubsetFlags.NO_HINTING).blob.data)


def _subset(face: uharfbuzz.Face, glyphs: Iterable[int], flags: int) -> uharfbuzz.Face:
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(UNUSED)
    wanted.flags = flags
    return uharfbuzz.subset(face, wanted)
