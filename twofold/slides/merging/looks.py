"""Elements into looks and back: attributes and children by name, the children of one choice under one name."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from lxml import etree
from pptx.oxml import parse_xml

from twofold.slides.merging.model import Look
from twofold.slides.xml import NAMESPACES, Element

RELATION = f"{{{NAMESPACES['r']}}}"
DECLARED = tuple(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("a", "p", "r"))
"""Namespaces that go without saying in a look."""
Order = Mapping[str, tuple[str, ...]]
"""The children of an element in the order of its schema: under each name the tags of which one may stand there."""

FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
EFFECTS = ("effectLst", "effectDag")
RUN: Order = {
    "line": ("ln",),
    "fill": FILLS,
    "effects": EFFECTS,
    "highlight": ("highlight",),
    "underline": ("uLnTx", "uLn"),
    "underline fill": ("uFillTx", "uFill"),
    **{name: (name,) for name in ("latin", "ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl")},
}
PARAGRAPH: Order = {
    **{name: (name,) for name in ("lnSpc", "spcBef", "spcAft")},
    "bullet colour": ("buClrTx", "buClr"),
    "bullet size": ("buSzTx", "buSzPct", "buSzPts"),
    "bullet font": ("buFontTx", "buFont"),
    "bullet": ("buNone", "buAutoNum", "buChar", "buBlip"),
    "tabs": ("tabLst",),
}
FORM: Order = {
    "xfrm": ("xfrm",),
    "geometry": ("custGeom", "prstGeom"),
    "fill": FILLS,
    "line": ("ln",),
    "effects": EFFECTS,
    "scene": ("scene3d",),
    "solid": ("sp3d",),
}
PICTURE: Order = {"picture": ("blip",), "crop": ("srcRect",), "stretch": ("tile", "stretch")}
CELL: Order = {
    **{name: (name,) for name in ("lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "cell3D")},
    "fill": FILLS,
}
TABLE: Order = {"fill": FILLS, "effects": EFFECTS, "table style": ("tableStyle", "tableStyleId")}
NAMES: Order = {"link": ("hlinkClick",), "hover": ("hlinkHover",)}
NOISE = frozenset(("lang", "altLang", "dirty", "err", "smtClean", "smtId", "noProof", "bmk", "kumimoji", "normalizeH"))
"""What spelling checkers leave at letters; nobody's edit."""


class References(Protocol):
    """Names what a relationship leads to, and makes relationships from such names; see references.py."""

    def name(self, part: object, relation: str) -> str:
        """The name of what `relation` of `part` leads to."""

    def use(self, part: object, name: str) -> str | None:
        """A relationship of `part` to what has that name; None where there is no such thing in the deck."""


def read(element: Element | None, order: Order, part: object, references: References) -> Look:
    """The look of an element."""
    if element is None:
        return {}
    look = {f"@{name}": value for name, value in element.attrib.items() if name not in NOISE and "}" not in name}
    names = {tag: name for name, tags in order.items() for tag in tags}
    for child in element:
        name = names.get(etree.QName(child).localname) if isinstance(child.tag, str) else None
        if name:
            look[name] = portable(child, part, references)
    return look


def write(element: Element, look: Look, order: Order, part: object, references: References) -> None:
    """Gives an element this look; what a look does not name, such as languages, stays."""
    names = {tag: name for name, tags in order.items() for tag in tags}
    for name in [name for name in element.attrib if name not in NOISE and "}" not in name]:
        del element.attrib[name]
    for child in list(element):
        if isinstance(child.tag, str) and etree.QName(child).localname in names:
            element.remove(child)
    for name, value in look.items():
        if name.startswith("@"):
            element.set(name[1:], value)
    children = [restored(look[name], part, references) for name in order if name in look]
    for number, child in enumerate(child for child in children if child is not None):
        element.insert(number, child)


def portable(element: Element, part: object, references: References) -> str:
    """An element as XML without blanks between tags, each relationship by what it leads to."""
    copy = unspaced(element)
    for one in copy.iter(etree.Element):
        for name, value in one.attrib.items():
            if name.startswith(RELATION) and value:
                one.set(name, references.name(part, value))
    etree.cleanup_namespaces(copy)
    xml: str = etree.tostring(copy, method="c14n", with_comments=False).decode()
    for declared in DECLARED:
        xml = xml.replace(declared, "")
    return xml


def parsed(xml: str) -> Element:
    """The element of a look again, one of python-pptx's."""
    return parse_xml(f"<twofold{''.join(DECLARED)}>{xml}</twofold>")[0]


def unspaced(element: Element) -> Element:
    """A copy without blanks between tags, of plain elements."""
    copy: Element = etree.fromstring(etree.tostring(element, with_tail=False))
    for one in copy.iter(etree.Element):
        if len(one):
            one.text = None
        one.tail = None
    return copy


def restored(xml: str, part: object, references: References) -> Element | None:
    """The element again, with relationships of `part`; None where it was a link to something that is gone."""
    element = parsed(xml)
    return element if bound(element, part, references) else None


def bound(element: Element, part: object, references: References) -> bool:
    """Makes relationships of `part` from names; links to what is gone go. False where `element` is such a link."""
    for one in list(element.iter(etree.Element)):
        for name, value in list(one.attrib.items()):
            if name.startswith(RELATION) and value:
                made = references.use(part, value)
                if made is None:
                    if one is element:
                        return False
                    one.getparent().remove(one)
                    break
                one.set(name, made)
    return True


def child(element: Element, tags: Iterable[str]) -> Element | None:
    """The first child of one of these names without prefix."""
    wanted = set(tags)
    return next((one for one in element if isinstance(one.tag, str) and etree.QName(one).localname in wanted), None)
