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
    """A slide: its number counted from 1, the name of its part, its XML and its layout's, and where it points to."""

    number: int
    name: str
    root: Element
    layout: Element
    relations: tuple[Relation, ...]

    @property
    def tree(self) -> Element:
        """Its shapes."""
        return shapes_of(self.root)

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


def shapes_of(root: Element) -> Element:
    """The tree of shapes of a slide or layout."""
    return root.find(f"{clark('p:cSld')}/{clark('p:spTree')}")


def reopened(data: bytes) -> File:
    """The deck in the bytes of a .pptx."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = tuple(file.namelist())
        main = next(one.target for one in _relations(file, "") if one.kind == "officeDocument")
        presentation = _xml(file, main)
        pages = tuple(_pages(file, presentation, _relations(file, main)))
        notes = {name: _relations(file, name) for name in names if _is_notes(name)}
    return File(names, presentation, pages, notes)


def _pages(file: zipfile.ZipFile, presentation: Element, relations: tuple[Relation, ...]) -> Iterator[Page]:
    """Slides in the order of the deck; the same layout is read once."""
    targets, layouts = {one.id: one.target for one in relations}, dict[str, Element]()
    for number, listed in enumerate(presentation.iter(clark("p:sldId")), 1):
        name = targets[listed.get(clark("r:id"))]
        own = _relations(file, name)
        layout = next(one.target for one in own if one.kind == "slideLayout")
        if layout not in layouts:
            layouts[layout] = _xml(file, layout)
        yield Page(number, name, _xml(file, name), layouts[layout], own)


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
