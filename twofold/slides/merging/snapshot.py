"""Slides into their model."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from twofold.slides.merging import looks
from twofold.slides.merging.animations import clicks_of
from twofold.slides.merging.chart_data import read_chart
from twofold.slides.merging.identity import markers
from twofold.slides.merging.inheriting import OTHER, frame_look, list_levels, style_name
from twofold.slides.merging.model import Cell, Look, Paragraph, Run, Shape, Slide, Table
from twofold.slides.merging.references import Library
from twofold.slides.reopened import SHAPES, index_of, place_of
from twofold.slides.xml import Element, clark

CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
DECORATIVE = "{*}decorative"
NUMBER = "‹#›"
KINDS = {"sp": "shape", "pic": "picture", "grpSp": "group", "cxnSp": "line", "contentPart": "ink"}


def read_slide(part: Any, key: str, library: Library) -> tuple[Slide, dict[str, Element]]:
    """The model of a slide, and its shapes by key."""
    root = part._element
    tree = root.find(f"{clark('p:cSld')}/{clark('p:spTree')}")
    elements: dict[str, Element] = {}
    layout = part.part_related_by(RT.SLIDE_LAYOUT).slide_layout.name
    hidden = set(markers(root))
    shapes = list(_shapes(tree, "", elements, hidden, (part, layout, library)))
    slide = Slide(key, shapes, read_notes(part, library), _slide_look(root, layout, part, library))
    timing = root.find(clark("p:timing"))
    if timing is not None:
        names = {shape.id: shape.key for shape in shapes}
        slide.clicks, slide.timing = clicks_of(timing, names), looks.portable(timing, part, library)
    return slide, elements


def read_notes(part: Any, library: Library) -> list[Paragraph]:
    """What stands on the notes page."""
    body = notes_body(part)
    notes = part.part_related_by(RT.NOTES_SLIDE) if body is not None else None
    return [] if body is None else read_text(body, notes, library)


def notes_body(part: Any) -> Element | None:
    """The text of the notes page of a slide."""
    notes = next((one.target_part for one in part.rels.values() if one.reltype == RT.NOTES_SLIDE), None)
    for shape in notes._element.iter(clark("p:sp")) if notes is not None else ():
        place = place_of(shape)
        if place is not None and place.get("type") == "body":
            return shape.find(clark("p:txBody"))
    return None


# ---------------------------------------------------------------- shapes


def _shapes(
    tree: Element, parent: str, elements: dict[str, Element], hidden: set[Element], where: tuple[Any, str, Library]
) -> Iterator[Shape]:
    for element in tree_shapes(tree):
        if element in hidden:
            continue
        shape = read_shape(element, where)
        shape.parent, shape.key = parent, _key(shape, elements)
        elements[shape.key] = element
        yield shape
        if shape.kind == "group":
            yield from _shapes(element, shape.key, elements, hidden, where)


def tree_shapes(tree: Element) -> Iterator[Element]:
    """The shapes in a tree or group; those that only a newer PowerPoint knows stand in a wrapper, of which the first
    choice counts."""
    for element in tree:
        if element.tag in SHAPES:
            yield element
        elif element.tag == CHOICE:
            yield from (one for one in element[0] if one.tag in SHAPES)


def _key(shape: Shape, taken: dict[str, Element]) -> str:
    """The name of a shape, counted where two have the same."""
    name = shape.name or shape.kind
    names = (name if count == 1 else f"{name} ({count})" for count in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def read_shape(element: Element, where: tuple[Any, str, Library]) -> Shape:
    """The model of a shape; its key is still its name."""
    part, layout, library = where
    names, place = element[0][0], place_of(element)
    shape = Shape(names.get("name", ""), _kind(element), int(names.get("id")), names.get("name", ""))
    shape.look = {f"names.{name}": value for name, value in _names(names, part, library).items()}
    if place is not None:
        shape.place, shape.style = f"{place.get('type', 'obj')}:{index_of(place)}", style_name(layout, place)
    form = element.find(clark("p:grpSpPr" if shape.kind == "group" else "p:spPr"))
    look = looks.read(form, looks.FORM, part, library)
    look.pop("xfrm", None)
    frame = element.find(clark("p:xfrm")) if form is None else form.find(clark("a:xfrm"))
    shape.look |= {f"form.{name}": value for name, value in (look | frame_look(frame)).items()}
    _content(shape, element, part, library)
    return shape


def _kind(element: Element) -> str:
    tag = etree.QName(element).localname
    if tag != "graphicFrame":
        return KINDS[tag]
    uri = str(element.find(f"{clark('a:graphic')}/{clark('a:graphicData')}").get("uri"))
    return uri.rpartition("/")[2]


def _names(names: Element, part: Any, library: Library) -> Look:
    """Name, alt text and links; the number of a shape is not its look."""
    look = looks.read(names, looks.NAMES, part, library)
    look.pop("@id", None)
    if not look.get("@descr"):
        look.pop("@descr", None)
    if any(mark.get("val") in ("1", "true") for mark in names.iter(DECORATIVE)):
        look["decorative"] = "1"
    return look


def _content(shape: Shape, element: Element, part: Any, library: Library) -> None:
    body, style = element.find(clark("p:txBody")), element.find(clark("p:style"))
    if style is not None:
        shape.look["style"] = looks.portable(style, part, library)
    if body is not None:
        shape.text, shape.levels = read_text(body, part, library), list_levels(body, [])
        shape.look["frame"] = looks.portable(body.find(clark("a:bodyPr")), part, library)
        shape.style = shape.style or OTHER
    picture = element.find(clark("p:blipFill"))
    if picture is not None:
        look = looks.read(picture, looks.PICTURE, part, library)
        shape.look |= {f"picture.{name}": value for name, value in look.items()}
    match shape.kind:
        case "table":
            shape.table = _table(next(element.iter(clark("a:tbl"))), part, library)
        case "chart":
            shape.chart = read_chart(chart_part(element, part)._element)
        case "shape" | "picture" | "group" | "line":
            pass
        case _:
            raw = looks.portable(element, part, library)
            shape.look["raw"] = hashlib.sha256(raw.encode()).hexdigest()


def chart_part(element: Element, part: Any) -> Any:
    """The part of the chart in a frame."""
    return part.related_part(next(element.iter(clark("c:chart"))).get(clark("r:id")))


# ---------------------------------------------------------------- text


def read_text(body: Element, part: Any, library: Library) -> list[Paragraph]:
    """The paragraphs of a p:txBody or a:txBody."""
    return [_paragraph(element, part, library) for element in body.findall(clark("a:p"))]


def _paragraph(element: Element, part: Any, library: Library) -> Paragraph:
    look = looks.read(element.find(clark("a:pPr")), looks.PARAGRAPH, part, library)
    found = Paragraph(look=look)
    for child in element:
        if isinstance(child.tag, str):
            _add_run(found, child, part, library)
    return found


def _add_run(paragraph: Paragraph, element: Element, part: Any, library: Library) -> None:
    letters = element.find(clark("a:rPr"))
    look = looks.read(letters, looks.RUN, part, library)
    lang = "" if letters is None else letters.get("lang", "")
    match etree.QName(element).localname:
        case "r":
            run = Run(element.findtext(clark("a:t")) or "", look, lang)
        case "br":
            run = Run("\v", look, lang)
        case "fld":
            run = Run(_field_text(element), {**look, "field": element.get("type", "")}, lang)
        case "pPr" | "endParaRPr":
            return
        case _:
            run = Run("", {"raw": looks.portable(element, part, library)})
    last = paragraph.runs[-1] if paragraph.runs else None
    if last and last.look == run.look and last.lang == run.lang and "field" not in look and "raw" not in run.look:
        last.text += run.text
    elif run.text or "raw" in run.look:
        paragraph.runs.append(run)


def _field_text(element: Element) -> str:
    """What a field shows; the number of the slide comes by itself."""
    return NUMBER if element.get("type") == "slidenum" else element.findtext(clark("a:t")) or ""


# ---------------------------------------------------------------- tables and the slide itself


def _table(element: Element, part: Any, library: Library) -> Table:
    rows = element.findall(clark("a:tr"))
    return Table(
        [[_cell(cell, part, library) for cell in row.findall(clark("a:tc"))] for row in rows],
        [int(column.get("w")) for column in element.iter(clark("a:gridCol"))],
        [int(row.get("h")) for row in rows],
        looks.read(element.find(clark("a:tblPr")), looks.TABLE, part, library),
    )


def _cell(element: Element, part: Any, library: Library) -> Cell:
    look = looks.read(element.find(clark("a:tcPr")), looks.CELL, part, library)
    spans = {f"span.{name}": value for name, value in element.attrib.items()}
    body = element.find(clark("a:txBody"))
    look = {f"cell.{name}": value for name, value in look.items()}
    return Cell(read_text(body, part, library), look | spans, list_levels(body, []))


def _slide_look(root: Element, layout: str, part: Any, library: Library) -> Look:
    look = {"layout": layout}
    if root.get("show") in ("0", "false"):
        look["hidden"] = "1"
    ground = root.find(f"{clark('p:cSld')}/{clark('p:bg')}")
    if ground is not None:
        look["background"] = looks.portable(ground, part, library)
    transition = next(root.iter(clark("p:transition")), None)
    if transition is not None and (len(transition) or {"advClick", "advTm"} & set(transition.attrib)):
        wrapper = next(transition.iterancestors(CHOICE), transition)
        look["transition"] = looks.portable(wrapper, part, library)
    return look


def repeated(names: list[str]) -> set[str]:
    """Names that stand there more than once."""
    return {name for name, times in Counter(names).items() if times > 1}
