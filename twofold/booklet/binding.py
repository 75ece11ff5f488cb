"""Printed parts bound into one PDF, in which every link leads somewhere and all tags are one tree.

Each part is a PDF of its own: its tags in order (see tagging.py), names for its own anchors, links to the anchors of
any part, and stand-ins for its fonts (see embedding.py). Only what runs through a whole file is made anew: the trees
of names, tags and bookmarks (ISO 32000-1, 7.9.6, 14.7 and 12.3.3), fonts, and pictures that parts share."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from twofold.booklet.embedding import Glyphs, embed_fonts, glyphs_of
from twofold.booklet.saving import as_bytes
from twofold.booklet.tagging import drop_links, pairs
from twofold.kept import Kept

OF_THE_FIRST = (Name.Metadata, Name.MarkInfo, Name.ViewerPreferences)


def bind(parts: Sequence[bytes], program: Callable[[str], bytes]) -> bytes:
    """Parts as the bytes of one PDF (see `bound`)."""
    with bound(parts, program) as pdf:
        return as_bytes(pdf)


@contextmanager
def bound(parts: Sequence[bytes], program: Callable[[str], bytes]) -> Iterator[Pdf]:
    """One PDF of parts as `Press.print` makes them, with the title, author and language of the first; `program` gives
    the font file with a SHA-256. A link to an anchor that no part has becomes mere words."""
    with pikepdf.new() as pdf:
        book = _Book(pdf)
        for part in parts:
            book.add(_KEPT_OPEN.get(part) or _opened(part))
        book.finish()
        embed_fonts(pdf, book.font_tables, program)
        yield pdf


@dataclass(frozen=True, slots=True)
class _Opened:
    """A part to be read from, and the glyphs of its fonts by their names in it."""

    pdf: Pdf
    glyphs: Mapping[str, Glyphs]


def keep_open(parts: Sequence[bytes]) -> None:
    """Opens parts for all times that they will be bound by this program; it takes as much memory as binding them."""
    _KEPT_OPEN.update({part: _opened(part) for part in parts if part not in _KEPT_OPEN})


_KEPT_OPEN: Kept[bytes, _Opened] = Kept()
"""Parts that are read from without being opened again."""


def _opened(part: bytes) -> _Opened:
    """It is not closed, since what is copied of it is read when it is written."""
    pdf = pikepdf.open(BytesIO(part))
    return _Opened(pdf, {name: glyphs_of(font) for name, font in pdf.pages[0].Resources.Font.items()})


@dataclass(frozen=True, slots=True)
class Printed:
    """A part as a PDF of its own; `log` is what WeasyPrint warned of in printing it."""

    pdf: bytes
    log: tuple[str, ...]


@dataclass(slots=True)
class _Book:
    """The PDF that parts are added to. `_owners` are the tags of pages and links by their numbers, `_next` is the first
    number that is free."""

    pdf: Pdf
    font_tables: list[tuple[Object, Mapping[str, Glyphs]]] = field(default_factory=list)
    _elements: list[Object] = field(default_factory=list)
    _owners: list[tuple[int, Object]] = field(default_factory=list)
    _next: int = 0
    _ids: dict[bytes, Object] = field(default_factory=dict)
    _goals: dict[bytes, Object] = field(default_factory=dict)
    _bookmarks: list[Object] = field(default_factory=list)
    _count: int = 0
    _pictures: dict[bytes, Object] = field(default_factory=dict)

    def add(self, opened: _Opened) -> None:
        """Adds the pages of a part and all that leads to them."""
        part = opened.pdf
        done = len(self.pdf.pages)
        if not done:
            self._take_over(part)
        for page in part.pages:
            self.pdf.pages.append(page)
        pages = self.pdf.pages[done:]
        self._add_tags(self.pdf.copy_foreign(part.Root.StructTreeRoot), pages)
        self._add_goals(part)
        self._add_bookmarks(part)
        resources = pages[0].Resources  # which all pages of a part share
        self.font_tables.append((resources.Font, opened.glyphs))
        self._share_pictures(resources)

    def finish(self) -> None:
        """Writes down what was added up."""
        root = self.pdf.Root
        root.StructTreeRoot = self._tree()
        if self._goals:
            root.Names = Dictionary(Dests=_name_tree(self._goals))
        if self._bookmarks:
            root.Outlines = self._outline()
        links = [link for page in self.pdf.pages for link in page.get(Name.Annots, ())]
        drop_links(self.pdf, [link for link in links if Name.Dest in link and bytes(link.Dest) not in self._goals])

    def _take_over(self, first: Pdf) -> None:
        self.pdf.Root.Lang = String(str(first.Root.Lang))
        for key in OF_THE_FIRST:
            self.pdf.Root[key] = self.pdf.copy_foreign(first.make_indirect(first.Root[key]))
        self.pdf.trailer.Info = self.pdf.copy_foreign(first.trailer.Info)

    def _add_tags(self, tree: Object, pages: list[Page]) -> None:
        self._elements.extend(tree.K[0].K)
        self._ids |= _names(tree.get(Name.IDTree))
        before = self._next
        for number, owner in pairs(tree.ParentTree.Nums):
            self._owners.append((before + number, owner))
            self._next = before + number + 1
        for page in pages:
            page.StructParents += before
            for link in page.get(Name.Annots, ()):
                link.StructParent += before

    def _tree(self) -> Object:
        """All tags below one element."""
        numbers = Array([part for pair in self._owners for part in pair])
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=self._elements))
        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=[document]))
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        if self._ids:
            tree.IDTree = _name_tree(self._ids)
        document.P = tree
        for element in self._elements:
            element.P = document
        return tree

    def _add_goals(self, part: Pdf) -> None:
        names = part.Root.get(Name.Names, Dictionary())
        if Name.Dests in names:
            tree = self.pdf.copy_foreign(part.make_indirect(names.Dests))
            self._goals = _names(tree) | self._goals

    def _add_bookmarks(self, part: Pdf) -> None:
        if Name.Outlines in part.Root:
            outline = self.pdf.copy_foreign(part.Root.Outlines)
            self._bookmarks += _siblings(outline.First)
            self._count += int(outline.Count)

    def _outline(self) -> Object:
        marks = self._bookmarks
        outline = self.pdf.make_indirect(Dictionary(Count=self._count, First=marks[0], Last=marks[-1]))
        for mark in marks:
            mark.Parent = outline
        for one, other in pairwise(marks):
            one.Next, other.Prev = other, one
        return outline

    def _share_pictures(self, resources: Object) -> None:
        """Lets a picture of several parts be in the file once."""
        for name, thing in resources.get(Name.XObject, Dictionary()).items():
            if thing.Subtype == Name.Image:
                resources.XObject[name] = self._pictures.setdefault(_digest(thing), thing)
            elif Name.Resources in thing:
                self._share_pictures(thing.Resources)


def _names(tree: Object | None) -> dict[bytes, Object]:
    """What stands in the leaf of a tree by its names."""
    flat = list(tree.Names) if tree is not None else []
    return {bytes(name): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


def _name_tree(named: dict[bytes, Object]) -> Object:
    return Dictionary(Names=Array([part for name in sorted(named) for part in (String(name), named[name])]))


def _siblings(mark: Object | None) -> Iterator[Object]:
    while mark is not None:
        yield mark
        mark = mark.get(Name.Next)


def _digest(picture: Object) -> bytes:
    """What a picture shows, with the mask that lies over it."""
    mask = picture.get(Name.SMask)
    shown = hashlib.sha256(picture.read_raw_bytes())
    for name, value in sorted(picture.items()):
        if name not in ("/SMask", "/Length"):
            shown.update(name.encode() + value.unparse() if isinstance(value, Object) else repr(value).encode())
    if mask is not None:
        shown.update(_digest(mask))
    return shown.digest()
