"""A .pptx as whoever opens the zip finds it: names, relations, slides in their order. Pictures are left packed."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from twofold.slides.xml import clark

Element = Any
SHAPES = tuple(map(clark, ("p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp", "p:contentPart")))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another: `kind` is the last word of its type (slide, notesSlide, slideLayout), `target` the name
    of the other part in the zip."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """A slide: its number counted from 1, the name of its part, its XML, its shapes in their order with a group as one,
    the indices of its layout's places in theirs, and where it points to."""

    number: int
    name: str
    root: Element
    shapes: tuple[Element, ...]
    places: tuple[str, ...]
    relations: tuple[Relation, ...]

    def __str__(self) -> str:
        key = self.root.find(clark("p:cSld")).get("name")
        return f"slide {self.number}" + (f" (“{key}”)" if key else "")


@dataclass(frozen=True, slots=True)
class File:
    """`names` are those of the zip, repeated ones too; `notes` tells of each notes page where it points to."""

    names: tuple[str, ...]
    presentation: Element
    pages: tuple[Page, ...]
    notes: dict[str, tuple[Relation, ...]]


def reopened(data: bytes) -> File:
    """The deck in the bytes of a .pptx."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = tuple(file.namelist())
        main = next(one.target for one in _relations(file, "") if one.kind == "officeDocument")
        presentation = _xml(file, main)
        pages = tuple(_pages(file, presentation, _relations(file, main)))
        notes = {name: _relations(file, name) for name in names if _is_notes(name)}
    return File(names, presentation, pages, notes)


def place_of(shape: Element) -> Element | None:
    """The mark that ties a shape to a place of its layout."""
    return shape[0].find(f"{clark('p:nvPr')}/{clark('p:ph')}")


def index_of(place: Element) -> str:
    """The number that a place has on the layout and on the slide."""
    return str(place.get("idx", "0"))


def _pages(file: zipfile.ZipFile, presentation: Element, relations: tuple[Relation, ...]) -> Iterator[Page]:
    """Slides in the order of the deck; the same layout is read once."""
    targets, places = {one.id: one.target for one in relations}, dict[str, tuple[str, ...]]()
    for number, listed in enumerate(presentation.iter(clark("p:sldId")), 1):
        name = targets[listed.get(clark("r:id"))]
        own = _relations(file, name)
        layout = next(one.target for one in own if one.kind == "slideLayout")
        if layout not in places:
            found = (place_of(shape) for shape in _shapes(_xml(file, layout)))
            places[layout] = tuple(index_of(place) for place in found if place is not None)
        root = _xml(file, name)
        yield Page(number, name, root, tuple(_shapes(root)), places[layout], own)


def _shapes(root: Element) -> Iterator[Element]:
    """The shapes of a slide or layout; those that only a newer PowerPoint knows stand in a wrapper."""
    for child in root.find(f"{clark('p:cSld')}/{clark('p:spTree')}"):
        if child.tag in SHAPES:
            yield child
        else:
            yield from (shape for choice in child.iterchildren("{*}Choice") for shape in choice if shape.tag in SHAPES)


def _is_notes(name: str) -> bool:
    return name.startswith("ppt/notesSlides/") and name.endswith(".xml")


def _relations(file: zipfile.ZipFile, part: str) -> tuple[Relation, ...]:
    """Where a part points to inside the file; "" is the file itself."""
    folder, name = posixpath.split(part)
    try:
        listed = etree.fromstring(file.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    except KeyError:  # it points nowhere
        return ()
    return tuple(_relation(one, folder) for one in listed if one.get("TargetMode") != "External")


def _relation(element: Element, folder: str) -> Relation:
    target = posixpath.normpath(posixpath.join("/", folder, element.get("Target"))).lstrip("/")
    return Relation(element.get("Id"), element.get("Type").rpartition("/")[2], target)


def _xml(file: zipfile.ZipFile, name: str) -> Element:
    """A part, without what only readers of old see: it may repeat the ids of what the others see."""
    root: Element = etree.fromstring(file.read(name))
    for old in list(root.iter(FALLBACK)):
        old.getparent().remove(old)
    return root
