"""The teacher's own shapes and slides, brought into the fresh deck with all that they need."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import _Relationship
from pptx.opc.packuri import PackURI
from pptx.parts.slide import NotesSlidePart, SlidePart

from twofold.slides.merging import looks
from twofold.slides.merging.identity import OWN, first_foot, free_id, mark_slide, markers, unmark
from twofold.slides.merging.references import Library
from twofold.slides.merging.snapshot import tree_shapes
from twofold.slides.reopened import FALLBACK, place_of
from twofold.slides.xml import Element, clark

if TYPE_CHECKING:
    from twofold.slides.merging.replay import Side

ASIDE = "/ppt/slides/slide9{:05}.xml"
"""Where a copied slide is until all slides are counted anew."""


def put_shape(
    sides: "tuple[Side, Side]",
    key: str,
    holder: Element | None,
    before: Element | None,
    library: Library,
    ids: dict[int, int],
) -> Element:
    """A copy of a shape of theirs on the slide of ours: in the group `holder`, or behind the shape `before`, but
    between the headline and the foot. `ids` learns which shape has which number now."""
    theirs, ours = sides
    source = _wrapped(theirs.elements[key])
    root = ours.part._element
    element = looks.restored(looks.portable(source, theirs.part, library), ours.part, library)
    _number(element, root, ids)
    tree = root.find(f"{clark('p:cSld')}/{clark('p:spTree')}") if holder is None else holder
    place(tree, element, before, free=holder is None)
    return element


def all_shapes(tree: Element) -> Iterator[Element]:
    """The shapes in a group, and those in groups in it."""
    for element in tree_shapes(tree):
        yield element
        if element.tag == clark("p:grpSp"):
            yield from all_shapes(element)


def _wrapped(element: Element) -> Element:
    """A shape with the wrapper that holds another for older programs."""
    parent = element.getparent()
    return parent.getparent() if parent is not None and str(parent.tag).endswith("}Choice") else element


def _number(element: Element, root: Element, ids: dict[int, int]) -> None:
    """Numbers the shapes of a copy: their old numbers where they are free."""
    taken = {int(names.get("id")) for names in root.iter(clark("p:cNvPr"))}
    highest = free_id(root)
    for fallback in list(element.iter(FALLBACK)):
        fallback.getparent().remove(fallback)
    for names in element.iter(clark("p:cNvPr")):
        old = int(names.get("id"))
        new = old if old not in taken else max(highest, 1 + max(taken))
        taken.add(new)
        ids[old] = new
        names.set("id", str(new))
    for end in element.iter(clark("a:stCxn"), clark("a:endCxn")):
        end.set("id", str(ids.get(int(end.get("id")), int(end.get("id")))))


def place(tree: Element, element: Element, before: Element | None, *, free: bool) -> None:
    """Puts a shape into a tree or group, behind `before` as far as the order of reading allows; `free` tells that it
    stands in no group."""
    if element.getparent() is not None:
        element.getparent().remove(element)
    at = len(tree) if before is None or before.getparent() is not tree else tree.index(before) + 1
    if free:
        foot = next(iter(markers(tree)), first_foot(tree))
        at = max(at if before is not None else 0, _behind_title(tree))
        at = at if foot is None else min(at, tree.index(foot))
    tree.insert(at, element)


def _behind_title(tree: Element) -> int:
    """The place behind the headline; without one, that of the first shape."""
    for number, shape in enumerate(tree):
        place = place_of(shape) if shape.tag == clark("p:sp") else None
        if place is not None and place.get("type") in ("title", "ctrTitle"):
            return number + 1
    return 2


# ---------------------------------------------------------------- slides


def copy_slide(part: Any, number: int, layout: Any, presentation: Any, library: Library) -> Any:
    """A new part in our deck for a slide of theirs, still without what it leads to, so that slides may lead to each
    other."""
    package = presentation.part.package
    copy = SlidePart.load(PackURI(ASIDE.format(number)), part.content_type, package, part.blob)
    library.moved[id(part)] = copy
    for one in part.rels.values():
        if one.reltype == RT.SLIDE_LAYOUT:
            _relate(copy, one, layout)
    return copy


def fill_slide(copy: Any, part: Any, presentation: Any, library: Library) -> None:
    """Gives a copied slide what the old one leads to: pictures, charts, comments, notes."""
    rest = [one for one in part.rels.values() if one.reltype not in (RT.SLIDE_LAYOUT, RT.NOTES_SLIDE)]
    library.relate(copy, rest)
    for one in part.rels.values():
        if one.reltype == RT.NOTES_SLIDE:
            _relate(copy, one, _copy_notes(one.target_part, copy, presentation, library))
    _drop_dead_links(copy)
    unmark(copy)
    mark_slide(copy, OWN)


def notes_name(slide: Any) -> PackURI:
    """The name of the notes page of a copied slide."""
    return PackURI(slide.partname.replace("/ppt/slides/slide", "/ppt/notesSlides/notesSlide"))


def _copy_notes(notes: Any, slide: Any, presentation: Any, library: Library) -> Any:
    copy = NotesSlidePart.load(notes_name(slide), notes.content_type, presentation.part.package, notes.blob)
    for one in notes.rels.values():
        if one.reltype == RT.NOTES_MASTER:
            _relate(copy, one, presentation.part.notes_master_part)
        elif one.reltype == RT.SLIDE:
            _relate(copy, one, slide)
        else:
            library.relate(copy, [one])
    return copy


def _relate(part: Any, old: Any, target: Any) -> None:
    part.rels._rels[old.rId] = _Relationship(part.partname.baseURI, old.rId, old.reltype, "Internal", target)


def _drop_dead_links(part: Any) -> None:
    """Takes out links to slides that are not in the deck any more."""
    known = set(part.rels)
    links = part._element.iter(clark("a:hlinkClick"), clark("a:hlinkHover"))
    for relation in {one.get(clark("r:id")) for one in links} - known - {None, ""}:
        drop_links(part._element, relation)


def drop_links(root: Element, relation: str) -> None:
    """Takes out the links that use a relationship."""
    for element in [one for one in root.iter() if one.get(clark("r:id")) == relation]:
        element.getparent().remove(element)


def layouts_for(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[int, Any]:
    """The layouts of ours by those of theirs, learnt from the slides that both have."""
    found: dict[int, Any] = {}
    for key, part in theirs.items():
        if key in ours:
            found.setdefault(id(part.part_related_by(RT.SLIDE_LAYOUT)), ours[key].part_related_by(RT.SLIDE_LAYOUT))
    return found


def layout_for(part: Any, known: Mapping[int, Any], presentation: Any) -> Any:
    """The layout of ours for a slide of theirs: the one that slides of the same layout have, that of the same name, or
    one that offers the same places."""
    layout = part.part_related_by(RT.SLIDE_LAYOUT)
    if id(layout) in known:
        return known[id(layout)]
    named = presentation.slide_layouts.get_by_name(layout.slide_layout.name)
    if named is not None:
        return named.part
    wanted = _places(part._element)
    return max((one for one in presentation.slide_layouts), key=lambda one: _shared(wanted, _places(one._element))).part


def _places(root: Element) -> set[str]:
    places = (place_of(shape) for shape in root.iter(clark("p:sp"), clark("p:pic"), clark("p:graphicFrame")))
    return {f"{place.get('type', 'obj')}" for place in places if place is not None}


def _shared(wanted: set[str], offered: set[str]) -> tuple[int, int]:
    return len(wanted & offered), -len(offered - wanted)
