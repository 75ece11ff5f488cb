"""Elements of a presentation, written as they nest: `make("a:p", make("a:r", …), lvl=1)`."""

from functools import cache
from typing import Any

from pptx.oxml import oxml_parser

from twofold.slides.theme import Box

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p159": "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
EMU_PER_POINT = 12700

Element = Any  # python-pptx's element classes are made at run time


def make(tag: str, /, *children: Element | None, **attributes: str | int | bool | None) -> Element:
    """An element. `r_id=` becomes the attribute r:id; an attribute or child that is None is left out. A prefix that
    `Requires=` names is declared there, as ISO 29500-3, 9.3 asks."""
    prefixes = (tag.partition(":")[0], *filter(None, [attributes.get("Requires")]))
    element = oxml_parser.makeelement(clark(tag), nsmap={str(one): NAMESPACES[str(one)] for one in prefixes})
    for name, value in attributes.items():
        if value is not None:
            element.set(clark(name.replace("_", ":")), _written(value))
    element.extend(child for child in children if child is not None)
    return element


def worded(tag: str, text: str) -> Element:
    """An element that holds words."""
    element = make(tag)
    element.text = text
    return element


@cache
def clark(name: str) -> str:
    """`a:p` with its namespace written out; a name without a prefix stays as it is."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else local


def emu(points: float) -> int:
    """Points in the unit of the file."""
    return round(points * EMU_PER_POINT)


def colour(slot: str) -> Element:
    """A fill in a colour of the theme."""
    return make("a:solidFill", make("a:schemeClr", val=slot))


def frame(tag: str, box: Box) -> Element:
    """Where something stands; `tag` is a:xfrm or p:xfrm."""
    return make(tag, make("a:off", x=emu(box.x), y=emu(box.y)), make("a:ext", cx=emu(box.width), cy=emu(box.height)))


def _written(value: str | int | bool) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
