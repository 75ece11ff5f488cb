"""What text and shapes inherit from their place in the layout, from the master and from the deck; and the theme.

LibreOffice writes all of it out at every run: what a teacher changed can only be told from what was inherited."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from twofold.slides.merging import looks
from twofold.slides.merging.model import Level, Look, Style
from twofold.slides.merging.references import slide_parts
from twofold.slides.reopened import index_of, place_of
from twofold.slides.xml import Element, clark

LEVELS = 9
OTHER, TABLE, TABLE_HEAD, NOTES = "other", "table", "table head", "notes"
TOLD = (
    *("@b", "@i", "@u", "@strike", "@sz", "@cap", "@baseline", "fill", "latin"),
    *("@algn", "lnSpc", "spcBef", "spcAft", "bullet"),
)
"""What is compared of text that a program has written anew; other properties it makes up by itself."""
TITLES, FEET = ("title", "ctrTitle"), ("dt", "ftr", "sldNum")


def theme_of(presentation: Any) -> Look:
    """Colours by slot, also by the names that slides call them, and the typefaces `+mj-lt` and `+mn-lt`."""
    root = _parsed(presentation.slide_master.part.part_related_by(RT.THEME))
    scheme = next(root.iter(clark("a:clrScheme")))
    found = {
        etree.QName(slot).localname: (slot[0].get("lastClr") or slot[0].get("val") or "").upper() for slot in scheme
    }
    for name, slot in presentation.slide_master.element.find(clark("p:clrMap")).attrib.items():
        found[name] = found.get(slot, "")
    for tag, name in (("a:majorFont", "+mj-lt"), ("a:minorFont", "+mn-lt")):
        found[name] = next(root.iter(clark(tag))).find(clark("a:latin")).get("typeface")
    return found


def styles_of(presentation: Any, library: looks.References) -> dict[str, Style]:
    """What every place of the layouts in use hands down, by the name of the layout and the index of the place; and what
    text elsewhere inherits."""
    levels = cache(_levels)  # the same styles of the master stand above most places
    deck = levels(presentation.element.find(clark("p:defaultTextStyle")))
    found = {OTHER: Style(levels=deck), NOTES: Style()}
    table = presentation.part.part_related_by(RT.TABLE_STYLES)
    for name, tag in ((TABLE, "a:wholeTbl"), (TABLE_HEAD, "a:firstRow")):
        found[name] = Style(levels=merged(deck, _table_levels(table, ("a:wholeTbl", tag))))
    master = presentation.slide_master
    used = {id(part.part_related_by(RT.SLIDE_LAYOUT)) for part in slide_parts(presentation)}
    for layout in (layout for layout in presentation.slide_layouts if id(layout.part) in used):
        for shape in layout._element.iter(clark("p:sp")):
            place = place_of(shape)
            if place is not None:
                found[style_name(layout.name, place)] = _handed_down(shape, place, master.element, deck, levels)
    return found


def style_name(layout: str, place: Element) -> str:
    """The name of what a place hands down."""
    return f"{layout}/{index_of(place)}"


def box(look: Look) -> tuple[int, ...]:
    """x, y, width and height of a look, in EMU; empty where it has none."""
    return tuple(int(number) for name in ("at", "size") for number in look.get(name, "").split())


def frame_look(element: Element | None) -> Look:
    """Where an a:xfrm or p:xfrm puts its shape: `at`, `size`, `turn` and, of a group, `inner`."""
    if element is None:
        return {}
    found: Look = {}
    for name, tags in (("at", ("a:off",)), ("size", ("a:ext",)), ("inner", ("a:chOff", "a:chExt"))):
        parts = [element.find(clark(tag)) for tag in tags]
        if all(part is not None for part in parts):
            found[name] = " ".join(value for part in parts for value in part.attrib.values())
    turn = [element.get(name, "0") for name in ("rot", "flipH", "flipV")]
    if set(turn) - {"0", "false"}:
        found["turn"] = " ".join(turn)
    return found


def _handed_down(
    shape: Element,
    place: Element,
    master: Element,
    deck: list[Level],
    levels_of: Callable[[Element | None], list[Level]],
) -> Style:
    kind = place.get("type", "obj")
    above = _master_shape(master, kind)
    name = (
        "p:titleStyle" if kind in TITLES[:2] else "p:otherStyle" if kind in ("dt", "ftr", "sldNum") else "p:bodyStyle"
    )
    lists = (master.find(f"{clark('p:txStyles')}/{clark(name)}"), _own_list(above), _own_list(shape))
    chain = [deck, *map(levels_of, lists)]
    frames = [frame_look(one.find(f"{clark('p:spPr')}/{clark('a:xfrm')}")) for one in (above, shape) if one is not None]
    levels: list[Level] = []
    for more in chain:
        levels = merged(levels, more)
    return Style({name: value for frame in frames for name, value in frame.items()}, levels)


def _master_shape(master: Element, kind: str) -> Element | None:
    wanted = {"ctrTitle": "title", "subTitle": "body"}.get(
        kind, kind if kind in ("title", "dt", "ftr", "sldNum") else "body"
    )
    shapes = ((shape, place_of(shape)) for shape in master.iter(clark("p:sp")))
    return next((shape for shape, place in shapes if place is not None and place.get("type") == wanted), None)


def _own_list(shape: Element | None) -> Element | None:
    return None if shape is None else shape.find(f"{clark('p:txBody')}/{clark('a:lstStyle')}")


def list_levels(body: Element, above: list[Level]) -> list[Level]:
    """What text in `body` inherits: its own list style over what stands above."""
    own = _levels(body.find(clark("a:lstStyle")))
    return merged(above, own) if any(level.run or level.paragraph for level in own) else above


def _levels(style: Element | None) -> list[Level]:
    """The levels of a list style; nothing in them leads anywhere."""
    if style is None:
        return []
    found = (style.find(clark(f"a:lvl{number}pPr")) for number in range(1, LEVELS + 1))
    levels = [Level() if one is None else _level(one) for one in found]
    while levels and not (levels[-1].run or levels[-1].paragraph):
        levels.pop()
    return levels


def _level(element: Element) -> Level:
    letters = element.find(clark("a:defRPr"))
    paragraph, run = looks.read(element, looks.PARAGRAPH, None, NOWHERE), looks.read(letters, looks.RUN, None, NOWHERE)
    return Level(*({name: look[name] for name in TOLD if name in look} for look in (paragraph, run)))


def merged(above: list[Level], below: list[Level]) -> list[Level]:
    """Levels with what those below say themselves."""
    pairs = zip(_stretched(above, len(below)), _stretched(below, len(above)), strict=True)
    return [Level({**one.paragraph, **two.paragraph}, {**one.run, **two.run}) for one, two in pairs]


def _stretched(levels: list[Level], count: int) -> Iterable[Level]:
    return [*levels, *(Level() for _ in range(count - len(levels)))]


def _table_levels(part: Any, tags: Iterable[str]) -> list[Level]:
    """What the first table style says of letters."""
    root, look = _parsed(part), Look()
    for text in _table_texts(root, tags):
        look["@b"] = "1" if text.get("b") == "on" else "0"
        colour = looks.child(text, ("schemeClr", "srgbClr"))
        if colour is not None:
            look["fill"] = f"<a:solidFill>{looks.portable(colour, None, NOWHERE)}</a:solidFill>"
    return [Level(run=look)] * LEVELS if look else []


def _table_texts(root: Element, tags: Iterable[str]) -> Iterator[Element]:
    style = root.find(clark("a:tblStyle"))
    for tag in dict.fromkeys(tags) if style is not None else ():
        text = style.find(f"{clark(tag)}/{clark('a:tcTxStyle')}")
        if text is not None:
            yield text


def _parsed(part: Any) -> Element:
    return etree.fromstring(part.blob)


class _Nowhere:
    """For styles, which lead nowhere but to pictures of bullets."""

    def name(self, part: object, relation: str) -> str:
        return relation

    def use(self, part: object, name: str) -> str | None:
        return name


NOWHERE = _Nowhere()
