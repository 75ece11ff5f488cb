"""Theme into a presentation without slides: theme part, master, and a layout for every role.

It starts from python-pptx's own empty package, of which the parts that every file needs are kept."""

from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.parts.slide import SlideLayoutPart

from twofold.slides.naming import opened
from twofold.slides.theme import LEVELS, Kind, Layout, Shape, Slot, Spot, Style, Theme
from twofold.slides.xml import Element, clark, colour, emu, frame, make, worded

FIRST_LAYOUT_ID = 2147483649
PLACEHOLDERS: dict[Kind, str | None] = {
    "title": "title",
    "centred-title": "ctrTitle",
    "subtitle": "subTitle",
    "text": "body",
    "object": None,
    "picture": "pic",
    "table": "tbl",
    "chart": "chart",
    "footer": "ftr",
    "number": "sldNum",
    "words": "body",
}
ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}
NUMBER_FIELD = "{5E6B1A3C-7C0E-5B57-9D7B-0F1D3E1A2B4C}"  # of the slide number; any fixed id will do
TABLE_STYLE = "{7B4C2E10-3D52-5F6A-8C1D-2A6E9F0B4D37}"
PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>twofold</Application></Properties>"
)
MASTER_PLACES = ("title", "body", "footer", "number")


def empty_deck(theme: Theme) -> tuple[Any, dict[str, Any]]:
    """A presentation that looks like `theme`, and its layouts by role."""
    deck: Any = opened()
    deck.slide_width, deck.slide_height = emu(theme.slide.width), emu(theme.slide.height)
    _clear(deck)
    master = deck.slide_master
    master.part.part_related_by(RT.THEME)._blob = _theme_part(theme)
    _dress_master(master.element, theme)
    _default_text(deck.element, theme)
    deck.part.part_related_by(RT.TABLE_STYLES)._blob = _table_styles(theme)
    layouts = {role: _add_layout(deck, theme, role, number) for number, role in enumerate(theme.layouts)}
    return deck, layouts


def placeholder(spot: Spot) -> Element | None:
    """The mark that ties a shape on a slide to the place of its layout; a box has none."""
    if spot.kind == "box":
        return None
    small = "quarter" if spot.kind in ("footer", "number") else None
    return make("p:ph", type=PLACEHOLDERS[spot.kind], sz=small, idx=spot.index or None)


def own_form(spot: Spot, body: Element, theme: Theme) -> tuple[Element, ...]:
    """The form of a shape that inherits nothing; its `body` is told how its words stand and look."""
    properties = body.find(clark("a:bodyPr"))
    for name, value in _framed(spot).items():
        properties.set(name, str(value))
    if not len(properties):
        properties.append(make("a:noAutofit"))
    body.find(clark("a:lstStyle")).extend(levels(theme.styles[spot.style], theme))
    return make("a:prstGeom", make("a:avLst"), prst="rect"), make("a:noFill")


def _framed(spot: Spot) -> dict[str, str | int]:
    """How words stand in their frame."""
    insets = dict(zip(("lIns", "tIns", "rIns", "bIns"), map(emu, spot.inset), strict=True))
    return {"wrap": "square", **insets, "anchor": ANCHORS[spot.anchor]}


def empty_tree() -> Element:
    """The tree of shapes of a slide or layout, still bare."""
    group = make(
        "p:grpSpPr",
        make(
            "a:xfrm",
            *(
                make(f"a:{tag}", **{one: 0, two: 0})
                for tag, one, two in (
                    ("off", "x", "y"),
                    ("ext", "cx", "cy"),
                    ("chOff", "x", "y"),
                    ("chExt", "cx", "cy"),
                )
            ),
        ),
    )
    names = make("p:nvGrpSpPr", make("p:cNvPr", id=1, name=""), make("p:cNvGrpSpPr"), make("p:nvPr"))
    return make("p:spTree", names, group)


def _clear(deck: Any) -> None:
    """Takes out what python-pptx's package brings of its own."""
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)
    size = deck.element.find(clark("p:sldSz"))
    size.attrib.pop("type", None)
    for owner, kind in ((deck.part, RT.PRINTER_SETTINGS), (deck.part.package, RT.THUMBNAIL)):
        for name, relation in list(owner._rels.items()):
            if relation.reltype == kind:
                owner._rels.pop(name)
    deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = PROGRAM


# ---------------------------------------------------------------- theme


def _theme_part(theme: Theme) -> bytes:
    colours = (make(f"a:{slot}", make("a:srgbClr", val=value)) for slot, value in theme.colours.items())
    fonts = (
        make(f"a:{which}Font", make("a:latin", typeface=name), make("a:ea", typeface=""), make("a:cs", typeface=""))
        for which, name in (("major", theme.fonts.major), ("minor", theme.fonts.minor))
    )
    root = make(
        "a:theme",
        make(
            "a:themeElements",
            make("a:clrScheme", *colours, name=theme.name),
            make("a:fontScheme", *fonts, name=theme.name),
            _flat_formats(theme),
        ),
        make("a:objectDefaults"),
        make("a:extraClrSchemeLst"),
        name=theme.name,
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _flat_formats(theme: Theme) -> Element:
    """Fills, lines and effects that a new shape may take: plain ones, three of each as the format asks."""
    fills = [colour("phClr") for _ in range(3)]
    lines = [
        make("a:ln", colour("phClr"), make("a:prstDash", val="solid"), w=emu(width)) for width in theme.shapes.lines
    ]
    effects = [make("a:effectStyle", make("a:effectLst")) for _ in range(3)]
    grounds = [colour("phClr") for _ in range(3)]
    return make(
        "a:fmtScheme",
        make("a:fillStyleLst", *fills),
        make("a:lnStyleLst", *lines),
        make("a:effectStyleLst", *effects),
        make("a:bgFillStyleLst", *grounds),
        name=theme.name,
    )


# ---------------------------------------------------------------- text styles


def levels(style: Style, theme: Theme) -> Iterator[Element]:
    """What a text style says, level by level: the first is plain text, those further in are items of a list."""
    yield _level(1, style, theme, 0)
    if style.bullet:
        for number in range(2, LEVELS + 1):
            yield _level(number, style, theme, style.bullet.indent * (number - 1))


def _level(number: int, style: Style, theme: Theme, margin: float) -> Element:
    hanging = style.bullet.indent if style.bullet and number > 1 else 0
    return make(
        f"a:lvl{number}pPr",
        make("a:lnSpc", make("a:spcPts", val=round(style.line * 100))),
        make("a:spcBef", make("a:spcPts", val=0)),
        make("a:spcAft", make("a:spcPts", val=round(style.after * 100))),
        *_sign(style, number),
        character(style, theme, "a:defRPr"),
        marL=emu(margin),
        indent=-emu(hanging),
        algn="r" if style.align == "right" else "l",
        rtl=0,
        eaLnBrk=1,
        latinLnBrk=0,
        hangingPunct=1,
    )


def _sign(style: Style, number: int) -> Iterator[Element]:
    if not style.bullet or number == 1:
        yield make("a:buNone")
        return
    yield make("a:buClr", make("a:schemeClr", val=style.bullet.colour))
    yield make("a:buFont", typeface="Arial")
    yield make("a:buChar", char=style.bullet.sign if number == 2 else "–")


def character(style: Style, theme: Theme, tag: str) -> Element:
    """How the letters of a style look."""
    face = {"major": "+mj", "minor": "+mn"}.get(style.font)
    latin = f"{face}-lt" if face else theme.fonts.code
    more = (make("a:ea", typeface=f"{face}-ea"), make("a:cs", typeface=f"{face}-cs")) if face else ()
    return make(
        tag,
        colour(style.colour),
        make("a:latin", typeface=latin),
        *more,
        sz=round(style.size * 100),
        b=style.bold,
        i=style.italic,
        cap="all" if style.caps else "none",
        spc=round(style.spacing * 100),
        kern=0,
    )


def _default_text(presentation: Element, theme: Theme) -> None:
    """What text outside of placeholders looks like: the cells of tables, boxes that a teacher adds."""
    old = presentation.find(clark("p:defaultTextStyle"))
    old[:] = list(levels(theme.styles[theme.table.cell], theme))


# ---------------------------------------------------------------- master and layouts


def _dress_master(master: Element, theme: Theme) -> None:
    tree = empty_tree()
    tree.extend(_master_place(number, theme.places[name], theme) for number, name in enumerate(MASTER_PLACES, 2))
    master.replace(master.find(clark("p:cSld")), make("p:cSld", _background("lt1"), tree))
    styles = (("title", "headline"), ("body", "body"), ("other", theme.table.cell))
    texts = (make(f"p:{name}Style", *levels(theme.styles[style], theme)) for name, style in styles)
    master.replace(master.find(clark("p:txStyles")), make("p:txStyles", *texts))


def _master_place(number: int, spot: Spot, theme: Theme) -> Element:
    """A place of the master: layouts may offer one for anything, the master knows it as the body of the text."""
    if spot.kind == "object":
        spot = msgspec.structs.replace(spot, kind="text")
    shape = _layout_place(number, spot, theme)
    for mark in shape.iter(clark("p:ph")):
        mark.attrib.pop("hasCustomPrompt", None)
    return shape


def _add_layout(deck: Any, theme: Theme, role: str, number: int) -> Any:
    master = deck.slide_master
    uri = PackURI(f"/ppt/slideLayouts/slideLayout{number + 1}.xml")
    part = SlideLayoutPart(uri, CT.PML_SLIDE_LAYOUT, deck.part.package, _layout(theme, role))
    part.relate_to(master.part, RT.SLIDE_MASTER)
    ids = master.element.find(clark("p:sldLayoutIdLst"))
    ids.append(make("p:sldLayoutId", id=FIRST_LAYOUT_ID + number, r_id=master.part.relate_to(part, RT.SLIDE_LAYOUT)))
    return part.slide_layout


def _layout(theme: Theme, role: str) -> Element:
    layout: Layout = theme.layouts[role]
    tree = empty_tree()
    tree.extend(_rectangle(number, shape) for number, shape in enumerate(layout.shapes, 2))
    first = len(layout.shapes) + 2
    tree.extend(_layout_place(number, spot, theme) for number, spot in enumerate(theme.spots(role).values(), first))
    return make(
        "p:sldLayout",
        make("p:cSld", _background(layout.background), tree, name=layout.name),
        make("p:clrMapOvr", make("a:masterClrMapping")),
        type=layout.type or None,
        preserve=True,
        userDrawn=None if layout.type else True,
    )


def _background(slot: Slot) -> Element:
    return make("p:bg", make("p:bgPr", colour(slot), make("a:effectLst")))


def _rectangle(number: int, shape: Shape) -> Element:
    """A panel or bar behind the places; readers of the screen need not hear of it."""
    return make(
        "p:sp",
        make(
            "p:nvSpPr",
            make("p:cNvPr", id=number, name=f"Panel {number}"),
            make("p:cNvSpPr"),
            make("p:nvPr", userDrawn=True),
        ),
        make(
            "p:spPr",
            frame("a:xfrm", shape.at),
            make("a:prstGeom", make("a:avLst"), prst="rect"),
            colour(shape.fill),
            make("a:ln", make("a:noFill")),
        ),
        make("p:txBody", make("a:bodyPr", wrap="square"), make("a:lstStyle"), make("a:p", make("a:endParaRPr"))),
    )


def _layout_place(number: int, spot: Spot, theme: Theme) -> Element:
    """A place of a layout: where it is and how its text looks, which is all that a slide inherits."""
    mark = placeholder(spot)
    assert mark is not None
    if spot.prompt and spot.kind != "footer":
        mark.set("hasCustomPrompt", "1")
    body = make("a:bodyPr", make("a:noAutofit"), **_framed(spot))
    return make(
        "p:sp",
        make(
            "p:nvSpPr",
            make("p:cNvPr", id=number, name=spot.name),
            make("p:cNvSpPr", make("a:spLocks", noGrp=True)),
            make("p:nvPr", mark),
        ),
        make("p:spPr", frame("a:xfrm", spot.at), make("a:prstGeom", make("a:avLst"), prst="rect")),
        make("p:txBody", body, make("a:lstStyle", *levels(theme.styles[spot.style], theme)), _prompt(spot)),
    )


def _prompt(spot: Spot) -> Element:
    if spot.kind == "number":
        field = make("a:fld", make("a:rPr"), worded("a:t", "‹#›"), id=NUMBER_FIELD, type="slidenum")
        return make("a:p", field)
    return make("a:p", make("a:r", make("a:rPr"), worded("a:t", spot.prompt))) if spot.prompt else make("a:p")


# ---------------------------------------------------------------- tables


def table_style(theme: Theme) -> Element:
    """The one table style: lines below the head and below each row, none upright."""
    look = theme.table
    rule = [_border(name, *look.rules.row) for name in ("bottom", "insideH")]
    plain = [_border(name, 0, None) for name in ("left", "right", "top", "insideV")]
    whole = make(
        "a:wholeTbl",
        _cell_text(theme.styles[look.cell]),
        make("a:tcStyle", make("a:tcBdr", *_in_order(rule + plain)), make("a:fill", make("a:noFill"))),
    )
    head = make(
        "a:firstRow",
        _cell_text(theme.styles[look.head]),
        make("a:tcStyle", make("a:tcBdr", _border("bottom", *look.rules.head))),
    )
    return make("a:tblStyle", whole, head, styleId=TABLE_STYLE, styleName=theme.name)


def _table_styles(theme: Theme) -> bytes:
    root = make("a:tblStyleLst", table_style(theme), **{"def": TABLE_STYLE})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _cell_text(style: Style) -> Element:
    font = make("a:fontRef", idx=style.font)
    return make("a:tcTxStyle", font, make("a:schemeClr", val=style.colour), b="on" if style.bold else "off")


def _border(name: str, width: float, slot: Slot | None) -> Element:
    fill = colour(slot) if slot else make("a:noFill")
    return make(f"a:{name}", make("a:ln", fill, w=emu(width) if slot else None))


def _in_order(borders: list[Element]) -> list[Element]:
    order = ("left", "right", "top", "bottom", "insideH", "insideV")
    return sorted(borders, key=lambda border: order.index(border.tag.rpartition("}")[2]))
