"""Models back into elements: the merged look of a shape, and merged paragraphs."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import _Relationship

from twofold.slides.masters import NUMBER_FIELD
from twofold.slides.merging import looks
from twofold.slides.merging.identity import DECORATIVE, DECORATIVE_NAMES
from twofold.slides.merging.model import Look, Paragraph, Run
from twofold.slides.merging.references import Library
from twofold.slides.reopened import place_of
from twofold.slides.xml import Element, clark, make, worded

FRAME = ("at", "size", "turn", "inner")


def set_look(element: Element, look: Look, names: Iterable[str], inherited: Look, part: Any, library: Library) -> None:
    """Gives a shape those properties of `look` that are among `names`; `inherited` is where its place stands."""
    changed = {name.partition(".")[0] for name in names}
    if "form" in changed:
        _set_form(element, _under(look, "form"), inherited, part, library)
    if "names" in changed:
        _set_names(element[0][0], _under(look, "names"), part, library)
    if "picture" in changed:
        looks.write(element.find(clark("p:blipFill")), _under(look, "picture"), looks.PICTURE, part, library)
    if "frame" in changed and "frame" in look:
        body = element.find(clark("p:txBody"))
        body.replace(body.find(clark("a:bodyPr")), looks.restored(look["frame"], part, library))
    if "style" in changed:
        _set_style(element, look.get("style"), part, library)


def set_text(body: Element, old: Sequence[Paragraph], new: Sequence[Paragraph], part: Any, library: Library) -> None:
    """Writes paragraphs; those of `old` that stay keep their elements."""
    elements = body.findall(clark("a:p"))
    known = {id(paragraph): element for paragraph, element in zip(old, elements, strict=True)}
    for element in elements:
        body.remove(element)
    for paragraph in new:
        element = known.get(id(paragraph))
        body.append(paragraph_element(paragraph, part, library) if element is None else element)
    if not new:
        body.append(make("a:p"))


def paragraph_element(paragraph: Paragraph, part: Any, library: Library) -> Element:
    """A paragraph as an element."""
    element = make("a:p")
    if paragraph.look:
        properties = make("a:pPr")
        looks.write(properties, paragraph.look, looks.PARAGRAPH, part, library)
        element.append(properties)
    for run in paragraph.runs:
        element.extend(_pieces(run, part, library))
    return element


def _pieces(run: Run, part: Any, library: Library) -> Iterable[Element]:
    """A run, with a break for every line end in it."""
    if "raw" in run.look:
        raw = looks.restored(run.look["raw"], part, library)
        yield from () if raw is None else (raw,)
        return
    if "field" in run.look:
        kind = run.look["field"]
        guid = NUMBER_FIELD if kind == "slidenum" else f"{{{str(uuid5(NAMESPACE_URL, kind)).upper()}}}"
        yield make("a:fld", _letters(run, part, library), worded("a:t", run.text), id=guid, type=kind)
        return
    for number, piece in enumerate(run.text.split("\v")):
        if number:
            yield make("a:br", _letters(run, part, library))
        if piece:
            yield make("a:r", _letters(run, part, library), worded("a:t", piece))


def _letters(run: Run, part: Any, library: Library) -> Element:
    element = make("a:rPr", lang=run.lang or None)
    look = {name: value for name, value in run.look.items() if name != "field"}
    looks.write(element, look, looks.RUN, part, library)
    return element


# ---------------------------------------------------------------- shapes


def _under(look: Look, name: str) -> Look:
    return {key.partition(".")[2]: value for key, value in look.items() if key.startswith(f"{name}.")}


def _set_form(element: Element, look: Look, inherited: Look, part: Any, library: Library) -> None:
    frame = _frame(look, inherited, "p:xfrm" if element.tag == clark("p:graphicFrame") else "a:xfrm")
    if element.tag == clark("p:graphicFrame"):
        if frame is not None:
            element.replace(element.find(clark("p:xfrm")), frame)
        return
    form = element.find(clark("p:grpSpPr" if element.tag == clark("p:grpSp") else "p:spPr"))
    rest = {name: value for name, value in look.items() if name not in FRAME}
    looks.write(form, rest, looks.FORM, part, library)
    if frame is not None:
        form.insert(0, frame)


def _frame(look: Look, inherited: Look, tag: str) -> Element | None:
    """Where the shape stands; what it does not say itself it takes from its place."""
    if not any(name in look for name in FRAME):
        return None
    at, size = (look.get(name, inherited.get(name, "0 0")).split() for name in ("at", "size"))
    frame = make(tag, make("a:off", x=at[0], y=at[1]), make("a:ext", cx=size[0], cy=size[1]))
    if "inner" in look:
        x, y, width, height = look["inner"].split()
        frame.extend((make("a:chOff", x=x, y=y), make("a:chExt", cx=width, cy=height)))
    for name, value in zip(("rot", "flipH", "flipV"), look.get("turn", "").split(), strict=False):
        if value not in ("0", "false"):
            frame.set(name, value)
    return frame


def _set_names(names: Element, look: Look, part: Any, library: Library) -> None:
    number = names.get("id")
    wanted = look.pop("decorative", "")
    looks.write(names, {"@id": number, **look}, looks.NAMES, part, library)
    marks = list(names.iter("{*}decorative"))
    for mark in marks:
        mark.set("val", "1" if wanted else "0")
    if wanted and not marks:
        extension = make("a:ext", uri=DECORATIVE)
        etree.SubElement(extension, f"{{{DECORATIVE_NAMES}}}decorative", nsmap={"adec": DECORATIVE_NAMES}).set(
            "val", "1"
        )
        holder = names.find(clark("a:extLst"))
        if holder is None:
            holder = make("a:extLst")
            names.append(holder)
        holder.append(extension)


def _set_style(element: Element, style: str | None, part: Any, library: Library) -> None:
    for old in element.findall(clark("p:style")):
        element.remove(old)
    if style:
        element.find(clark("p:spPr")).addnext(looks.restored(style, part, library))


# ---------------------------------------------------------------- slides


def set_slide_look(root: Element, name: str, value: str | None, part: Any, library: Library) -> None:
    """Hides a slide, or gives it a background or a transition; takes them away for None."""
    if name == "hidden":
        root.attrib.pop("show", None)
        if value:
            root.set("show", "0")
        return
    new = looks.restored(value, part, library) if value else None
    if name == "background":
        common = root.find(clark("p:cSld"))
        for old in common.findall(clark("p:bg")):
            common.remove(old)
        if new is not None:
            common.insert(0, new)
        return
    for old in list(root.iter(clark("p:transition"))):
        holder = old
        while holder.getparent() is not root and holder.getparent() is not None:
            holder = holder.getparent()
        if holder.getparent() is root:
            root.remove(holder)
    if new is not None:
        timing = root.find(clark("p:timing"))
        if timing is not None:
            timing.addprevious(new)
        else:
            put_behind(root, new)


def put_behind(root: Element, new: Element) -> None:
    """Behind the slide's shapes and its transition, before its extensions."""
    extensions = root.find(clark("p:extLst"))
    if extensions is None:
        root.append(new)
    else:
        extensions.addprevious(new)


def set_layout(part: Any, name: str) -> bool:
    """Gives a slide the layout of that name; tells whether there is one."""
    layout = part.package.presentation_part.presentation.slide_layouts.get_by_name(name)
    if layout is None:
        return False
    relation = next(one for one in part.rels.values() if one.reltype == RT.SLIDE_LAYOUT)
    part.rels._rels[relation.rId] = _Relationship(
        part.partname.baseURI, relation.rId, RT.SLIDE_LAYOUT, "Internal", layout.part
    )
    return True


def copy_place(source: Element, element: Element) -> None:
    """Ties a shape to the place in the layout that another has."""
    old, new = place_of(element), place_of(source)
    if old is not None and new is not None:
        for name in ("type", "idx"):
            old.attrib.pop(name, None)
            if new.get(name):
                old.set(name, new.get(name))
