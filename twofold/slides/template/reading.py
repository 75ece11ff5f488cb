"""The layouts of a template: their placeholders, where these stand, how text looks in them, and what lies below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from twofold.slides.masters import ANCHORS, PLACEHOLDERS
from twofold.slides.template.colours import Panel, below, fill, mapped, panels, scheme
from twofold.slides.template.styles import TemplateStyle, styled
from twofold.slides.theme import Box, Fonts, Kind
from twofold.slides.xml import EMU_PER_POINT, Element, clark

INSETS = (("lIns", 91440), ("tIns", 45720), ("rIns", 91440), ("bIns", 45720))
"""How far text stands from the edges of its shape where nothing is said (ISO 29500-1, 21.1.2.1.1)."""
KINDS: Mapping[str, Kind] = {mark: kind for kind, mark in PLACEHOLDERS.items() if mark and kind != "text"} | {
    "obj": "object",
}
ROOTS = {"ctrTitle": "title", "title": "title", "ftr": "ftr", "sldNum": "sldNum", "dt": "dt"}
"""Where a placeholder of a layout inherits from: those of the master with this type, else from its body."""
STYLES = {"title": "p:titleStyle", "body": "p:bodyStyle"}
NO_INDEX = 4294967295
"""The index of what is no placeholder any more (ISO 29500-1, 19.3.1.36)."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder of a layout; `order` is its rank among the shapes, `grounds` are the colours below it."""

    kind: Kind
    index: int
    name: str
    at: Box
    inset: tuple[float, float, float, float]
    anchor: Literal["top", "middle", "bottom"]
    style: TemplateStyle
    order: int
    vertical: bool
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A layout. `number` is its rank among all of the file, `type` PowerPoint's word for what it is for, "" without
    one; `colours` are those of the names that it knows, `painted` what it shows besides placeholders; `standard` are
    its master's title and body."""

    number: int
    master: str
    name: str
    type: str
    places: tuple[Placeholder, ...]
    standard: tuple[Placeholder, ...]
    colours: Mapping[str, str]
    painted: tuple[Panel, ...]
    slide: Box

    @property
    def vertical(self) -> bool:
        """Whether words run from top to bottom on it."""
        return self.type.startswith("vert") or any(one.vertical for one in self.places)

    def of(self, *kinds: Kind) -> tuple[Placeholder, ...]:
        """Its placeholders of these kinds."""
        return tuple(one for one in self.places if one.kind in kinds)

    def below(self, box: Box) -> tuple[str, ...]:
        """The colours that lie below a box."""
        return below(box, self.painted)


def offers(deck: Any) -> Iterator[Offer]:
    """All layouts of a presentation, master by master."""
    number = 0
    names: list[str] = []
    for rank, master in enumerate(deck.slide_masters, 1):
        theme = _theme(master)
        name, colours = theme.get("name") or str(rank), scheme(theme)
        names.append(name if name not in names else f"{name} {rank}")
        for layout in master.slide_layouts:
            yield _offer(deck, master, layout, number, names[-1], colours)
            number += 1


def fonts(deck: Any, offer: Offer, code: str) -> Fonts:
    """The fonts of the master of a layout; none has one for `code`."""
    master = next(m for m in deck.slide_masters for one in m.slide_layouts if one.part is layout_of(deck, offer).part)
    theme = _theme(master)
    major, minor = (
        next(theme.iter(clark(tag))).find(clark("a:latin")).get("typeface") for tag in ("a:majorFont", "a:minorFont")
    )
    return Fonts(major=major, minor=minor, code=code)


def layout_of(deck: Any, offer: Offer) -> Any:
    """The layout in a presentation that was made from the same file."""
    return [layout for master in deck.slide_masters for layout in master.slide_layouts][offer.number]


def _theme(master: Any) -> Element:
    return etree.fromstring(master.part.part_related_by(RT.THEME).blob)


def _offer(deck: Any, master: Any, layout: Any, number: int, name: str, colours: Mapping[str, str]) -> Offer:
    known = mapped(colours, _mapping(layout, master))
    whole = Box(0, 0, deck.slide_width / EMU_PER_POINT, deck.slide_height / EMU_PER_POINT)
    owners = (master, layout) if layout._element.get("showMasterSp") not in ("0", "false") else (layout,)
    painted = tuple(panel for owner in owners for panel in panels(owner, known, whole))
    if len(owners) == 1:
        painted = (*(panel for panel in panels(master, known, whole) if panel.at == whole), *painted)
    reader = _Reader(deck, master, known, painted)
    return Offer(
        number=number,
        master=name,
        name=layout.name,
        type=layout._element.get("type") or "",
        places=tuple(reader.places(layout)),
        standard=tuple(reader.places(master)),
        colours=known,
        painted=painted,
        slide=whole,
    )


def _mapping(layout: Any, master: Any) -> Mapping[str, str]:
    own = layout._element.find(f"{clark('p:clrMapOvr')}/{clark('a:overrideClrMapping')}")
    found = own if own is not None else master._element.find(clark("p:clrMap"))
    return dict(found.attrib) if found is not None else {}


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a placeholder inherits besides its own: from the master, and from the whole presentation."""

    deck: Any
    master: Any
    known: Mapping[str, str]
    painted: tuple[Panel, ...]

    def places(self, page: Any) -> Iterator[Placeholder]:
        """The placeholders of a layout or master that a slide can fill and that stand on it."""
        for order, shape in enumerate(page.placeholders):
            mark = next(shape._element.iter(clark("p:ph")))
            kind = KINDS.get(mark.get("type", "obj"))
            box = _box(shape)
            if kind and box and shape.placeholder_format.idx != NO_INDEX:
                yield self._place(shape, kind, box, order, page)

    def _place(self, shape: Any, kind: Kind, box: Box, order: int, page: Any) -> Placeholder:
        chain = tuple(self._chain(shape._element))
        bodies = [body for one in chain if (body := one.find(f".//{clark('a:bodyPr')}")) is not None]
        inset = (int(_said(bodies, name, str(usual))) / EMU_PER_POINT for name, usual in INSETS)
        anchors = {mark: name for name, mark in ANCHORS.items()}
        own = [colour for one in reversed(chain) for colour in self._filled(one, page)]
        return Placeholder(
            kind=kind,
            index=shape.placeholder_format.idx,
            name=shape.name,
            at=box,
            inset=tuple(inset),  # type: ignore[arg-type]
            anchor=anchors.get(_said(bodies, "anchor", "t"), "top"),  # type: ignore[arg-type]
            style=styled(tuple(self._texts(chain)), self.known, chain),
            order=order,
            vertical=_said(bodies, "vert", "horz") != "horz" or bool(_turned(chain)),
            grounds=tuple(own[-1:]) or below(box, self.painted),
        )

    def _filled(self, shape: Element, page: Any) -> Iterator[str]:
        properties = shape.find(clark("p:spPr"))
        if properties is not None:
            yield from fill(properties, page.part, self.known)

    def _chain(self, shape: Element) -> Iterator[Element]:
        """A placeholder, and the one of the master that it inherits from."""
        yield shape
        root = self._root(shape)
        for other in self.master.placeholders:
            mark = next(other._element.iter(clark("p:ph")))
            if mark.get("type", "obj") == root and other._element is not shape:
                yield other._element
                return

    def _root(self, shape: Element) -> str:
        return ROOTS.get(next(shape.iter(clark("p:ph"))).get("type", "obj"), "body")

    def _texts(self, chain: Sequence[Element]) -> Iterator[Element]:
        """Lists of text styles from the nearest to the farthest."""
        for shape in chain:
            yield from shape.iter(clark("a:lstStyle"))
        styles = self.master._element.find(clark("p:txStyles"))
        if styles is not None:
            yield from styles.iterchildren(clark(STYLES.get(self._root(chain[0]), "p:otherStyle")))
        yield from self.deck.element.iterchildren(clark("p:defaultTextStyle"))


def _box(shape: Any) -> Box | None:
    """Where a placeholder stands in points, its master asked if need be; None where nobody says or it has no size."""
    values = (shape.left, shape.top, shape.width, shape.height)
    if None in values or min(values[2:]) <= 0:
        return None
    return Box(*(value / EMU_PER_POINT for value in values))


def _said(bodies: Sequence[Element], name: str, usual: str) -> str:
    return next((value for body in bodies if (value := body.get(name)) is not None), usual)


def _turned(chain: Sequence[Element]) -> int:
    """How far the shape is turned, in 60,000ths of a degree."""
    for shape in chain:
        for frame in shape.iter(clark("a:xfrm")):
            return int(frame.get("rot", "0"))
    return 0
