"""How text looks in a placeholder: what its lists of text styles say, level by level, the nearest first."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree
from msgspec.structs import replace
from pptx.oxml import parse_xml

from twofold.slides.template.colours import colour
from twofold.slides.theme import LEVELS, Font, Fonts, Slot, Style
from twofold.slides.xml import EMU_PER_POINT, Element, clark, make

USUAL_SIZE = "1800"
"""In hundredths of a point, where nothing is said (ISO 29500-1, 21.1.2.3.9)."""
ROW = 1.2
"""A row that is one line high is so many times as high as its letters are large, in PowerPoint and LibreOffice."""
PER_CENT = 100_000
LOOKS = ("sz", "b", "i", "cap", "spc")
LETTERS = tuple(map(clark, ("a:solidFill", "a:latin")))
FONTS: dict[str, Font] = {"+mj": "major", "+mn": "minor"}


class TemplateStyle(Style, frozen=True, kw_only=True):
    """Text of a template, whose levels differ in more than their indent. `face` is a font that is none of the theme's,
    `ink` the colour as six digits, `margin` what stands left of the text; rows grow with letters if `elastic`. The
    first level may be `listed`: that of items. `deeper` are the levels from the first on; one that is not `signed` has
    no sign before its items. Text that nobody could see is written in the `mended` colour;
    `brought` is a list of styles that the text has to bring with it, as XML."""

    face: str = ""
    ink: str = "000000"
    margin: float = 0
    elastic: bool = True
    listed: bool = False
    deeper: tuple["TemplateStyle", ...] = ()
    signed: bool = True
    mended: Slot | None = None
    brought: str = ""

    def at(self, depth: int) -> Style:
        """The level that an item so deep in lists has."""
        return self.deeper[self.level(depth)] if self.deeper and depth else self

    def indent(self, depth: int) -> float:
        """Plain text stands at the left, whatever the first level says."""
        return self.own_sign(depth) or (self.margin if depth else 0)

    def own_sign(self, depth: int) -> float:
        """How far in an item stands that has to bring its sign, 0 where its level has one."""
        return 0 if self.signed or not depth else self.margin + self.size * depth

    def level(self, depth: int) -> int:
        """Where the first level is that of items, an item of a list has it."""
        return max(0, min(depth, LEVELS - 1) - self.listed)

    def row(self, scale: float) -> float:
        """Rows whose distance is given in lines come closer with smaller letters."""
        return self.line * scale if self.elastic else self.line

    def typeface(self, fonts: Fonts) -> str:
        """The name of its font."""
        return self.face or Style.typeface(self, fonts)

    def own_levels(self) -> tuple[Element, ...]:
        """The levels that are brought, or their colour alone, in the colour that can be seen."""
        if self.brought:
            levels = tuple(parse_xml(self.brought))
        elif self.mended:
            levels = tuple(make(f"a:lvl{number}pPr", make("a:defRPr")) for number in range(1, LEVELS + 1))
        else:
            return ()
        for letters in (one for level in levels for one in level.iterchildren(clark("a:defRPr")) if self.mended):
            for old in letters.findall(clark("a:solidFill")):
                letters.remove(old)
            letters.insert(0, make("a:solidFill", make("a:schemeClr", val=self.mended)))
        return levels

    def lists_plain_text(self) -> bool:
        """Whether plain text has to say that it is no item."""
        return self.listed


def styled(lists: Sequence[Element], known: Mapping[str, str], shapes: Sequence[Element] = ()) -> TemplateStyle:
    """The style that `lists` of text styles make, the nearest first; `known` are the colours.

    LibreOffice writes templates in which no list says anything, and the words “Click to edit” of the placeholders, the
    `shapes`, look as text is meant to look. Nothing inherits that, so that text has to bring it."""
    if shapes and not _attribute(_Level(1, lists, known).letters, "sz", ""):
        list_style = make("a:lstStyle", *_prompted(shapes))
        if len(list_style):
            return replace(styled((list_style, *lists), known), brought=etree.tostring(list_style).decode())
    levels = tuple(_Level(number, lists, known).style() for number in range(1, LEVELS + 1))
    plain = levels[0]
    return replace(plain, listed=plain.signed, deeper=levels)


def _prompted(shapes: Sequence[Element]) -> Iterator[Element]:
    """Levels that look as the first words of each level in the placeholders do."""
    for number in range(1, LEVELS + 1):
        paragraphs = (one for shape in shapes for one in shape.iter(clark("a:p")) if _is_level(one, number))
        if (paragraph := next(paragraphs, None)) is not None:
            yield _level_like(paragraph, number)


def _is_level(paragraph: Element, number: int) -> bool:
    properties = paragraph.find(clark("a:pPr"))
    level = properties.get("lvl", "0") if properties is not None else "0"
    return int(level) == number - 1 and next(_letters(paragraph), None) is not None


def _letters(paragraph: Element) -> Iterator[Element]:
    return (one for one in paragraph.iter(clark("a:rPr"), clark("a:endParaRPr")) if one.get("sz"))


def _level_like(paragraph: Element, number: int) -> Element:
    """A level of a list of styles that says what a paragraph and its letters say of themselves."""
    level, letters = make(f"a:lvl{number}pPr"), make("a:defRPr")
    for properties in paragraph.iterchildren(clark("a:pPr")):
        level.attrib.update({name: value for name, value in properties.attrib.items() if name != "lvl"})
        level.extend(deepcopy(child) for child in properties)
    like = next(_letters(paragraph))
    letters.attrib.update({name: like.get(name) for name in LOOKS if name in like.attrib})
    letters.extend(deepcopy(child) for child in like if child.tag in LETTERS)
    level.append(letters)
    return level


class _Level:
    """One level of text: what is said of its paragraphs and of its letters, the nearest first."""

    def __init__(self, number: int, lists: Sequence[Element], known: Mapping[str, str]) -> None:
        tag = clark(f"a:lvl{number}pPr")
        self.known = known
        self.paragraphs = [level for one in lists for level in one.iterchildren(tag)]
        self.letters = [one for level in self.paragraphs for one in level.iterchildren(clark("a:defRPr"))]

    def style(self) -> TemplateStyle:
        """All of it."""
        size = int(_attribute(self.letters, "sz", USUAL_SIZE)) / 100
        line, elastic = self._line(size)
        face = self._face()
        return TemplateStyle(
            font=FONTS.get(face[:3], "minor"),
            face="" if face[:3] in FONTS else face,
            size=size,
            line=line,
            elastic=elastic,
            colour="tx1",
            ink=self._ink(),
            bold=_attribute(self.letters, "b", "0") in ("1", "true"),
            italic=_attribute(self.letters, "i", "0") in ("1", "true"),
            caps=_attribute(self.letters, "cap", "none") == "all",
            spacing=int(_attribute(self.letters, "spc", "0")) / 100,
            after=sum(self._space(tag, size) for tag in ("a:spcBef", "a:spcAft")),
            signed=self.is_listed(),
            margin=int(_attribute(self.paragraphs, "marL", "0")) / EMU_PER_POINT,
        )

    def is_listed(self) -> bool:
        """Whether a paragraph of this level has a sign or number before it."""
        for paragraph in self.paragraphs:
            for child in paragraph:
                kind = child.tag.rpartition("}")[2]
                if kind in ("buNone", "buChar", "buAutoNum", "buBlip"):
                    return bool(kind != "buNone")
        return False

    def _line(self, size: float) -> tuple[float, bool]:
        """The distance of rows in points, and whether it follows the size of letters."""
        for spacing in _children(self.paragraphs, "a:lnSpc"):
            if spacing.tag == clark("a:spcPts"):
                return int(spacing.get("val")) / 100, False
            return size * ROW * _per_cent(spacing), True
        return size * ROW, True

    def _space(self, tag: str, size: float) -> float:
        for spacing in _children(self.paragraphs, tag):
            if spacing.tag == clark("a:spcPts"):
                return int(spacing.get("val")) / 100
            return size * ROW * _per_cent(spacing)
        return 0

    def _face(self) -> str:
        return next((str(one.get("typeface")) for one in _named(self.letters, "a:latin")), "+mn-lt")

    def _ink(self) -> str:
        fills = (colour(one, self.known) for one in _named(self.letters, "a:solidFill"))
        return next(filter(None, fills), self.known.get("tx1", "000000"))


def _attribute(elements: Sequence[Element], name: str, usual: str) -> str:
    return next((value for one in elements if (value := one.get(name)) is not None), usual)


def _named(elements: Sequence[Element], tag: str) -> Iterator[Element]:
    return (child for one in elements for child in one.iterchildren(clark(tag)))


def _children(elements: Sequence[Element], tag: str) -> Iterator[Element]:
    """What stands inside of the children of that name."""
    return (inner for one in _named(elements, tag) for inner in one)


def _per_cent(spacing: Element) -> float:
    """A share that is written in thousandths of a per cent, or with the sign."""
    said = str(spacing.get("val"))
    return float(said.rstrip("%")) / 100 if said.endswith("%") else int(said) / PER_CENT
