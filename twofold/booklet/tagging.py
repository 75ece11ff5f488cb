"""The tags of a PDF for reading, as a screen reader wants them (ISO 32000-1, 14.7 and 14.8).

WeasyPrint tags everything that is printed. What it cannot say is said here: running heads and folios are no part of
the text, footnotes are notes, and words in another language have that language. The last is carried through
WeasyPrint as a link to an address of the scheme `lang:`, which becomes a span. What it says in vain is taken out: a
paragraph holds its text itself, and not in a span for every line.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from twofold.booklet.saving import as_bytes

MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
LANGUAGE = "lang:"
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
HEADINGS = {f"/H{level}" for level in range(1, 7)}
HOLDERS = HEADINGS | {"/P", "/LBody", "/Lbl", "/TH", "/TD", "/Caption", "/Note", "/Span"}  # of text (14.8.4.3 and 4)
WRAPPERS = {"/Span", "/NonStruct"}
BARE = {"/Type", "/S", "/P", "/Pg", "/K"}  # what even an element has that says nothing

Owners = dict[tuple[int, int], Object]


def improve_tags(data: bytes, name: str) -> bytes:
    """A part as a PDF, with its tags changed. `name` is one that no other part of the booklet has."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        elements = list(_elements(root.K[0]))
        owners = _owners(pdf)
        _free_running_heads(pdf, owners, {element.objgen for element in elements})
        _name_notes(root.K[0])
        _list_names(root, elements, name)
        links = [link for element in elements for link in _set_language(element)]
        _take_in_text(elements, owners)
        drop_links(pdf, links)
        return as_bytes(pdf, ObjectStreamMode.preserve)


def drop_links(pdf: Pdf, links: list[Object]) -> None:
    """Takes links from their pages and out of the tree of tags; their words stay."""
    gone = {link.objgen for link in links}
    if not gone:
        return
    for page in pdf.pages:
        if Name.Annots in page:
            page.Annots = Array([link for link in page.Annots if link.objgen not in gone])
    tree = pdf.Root.StructTreeRoot.ParentTree
    owners = dict(pairs(tree.Nums))
    for link in links:
        element = owners.pop(int(link.StructParent))
        element.K = Array([kid for kid in _kids(element) if not (_is_link(kid) and kid.Obj.objgen in gone)])
    tree.Nums = Array([part for pair in owners.items() for part in pair])


def pairs(numbers: Object) -> Iterator[tuple[int, Object]]:
    """What stands in the leaf of a tree by its numbers (ISO 32000-1, 7.9.7)."""
    flat = list(numbers)
    return ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))


def _elements(element: Object) -> Iterator[Object]:
    """An element of the structure tree and all below it."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield from _elements(kid)


def _kids(element: Object) -> list[Object]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_link(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR


def _owners(pdf: Pdf) -> Owners:
    """The elements of the marked content of each page, by its number there."""
    numbered = dict(pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    return {page.obj.objgen: numbered[int(page.StructParents)] for page in pdf.pages}


def _free_running_heads(pdf: Pdf, owners: Owners, known: set[tuple[int, int]]) -> None:
    """What stands in no element of the tree is an artifact: WeasyPrint leaves the boxes of the margins out of it."""
    for page in pdf.pages:
        owned = owners[page.obj.objgen]
        loose = {number for number, owner in enumerate(owned) if owner.objgen not in known}
        if loose:
            _mark_artifacts(pdf, page, loose)
            for number in loose:
                owned[number] = None


def _mark_artifacts(pdf: Pdf, page: Page, numbers: set[int]) -> None:
    def marked(found: re.Match[bytes]) -> bytes:
        return ARTIFACT if int(found[1]) in numbers else found[0]

    page.obj.Contents = pdf.make_stream(MARKED.sub(marked, page.obj.Contents.read_bytes()))


def _name_notes(document: Object) -> None:
    """The footnotes of a page are what stands in its only element without a meaning. Each has an ID (14.7.2), as
    PDF/UA-1, 7.9, asks."""
    areas = [area for area in _kids(document) if Name.NonStruct == area.S]
    notes = [note for area in areas for note in _kids(area) if Name.Span == note.S]
    for number, note in enumerate(notes, 1):
        note.S, note.ID = Name.Note, String(f"note-{number:05}")


def _list_names(root: Object, elements: list[Object], part: str) -> None:
    """Puts the part's name before the IDs of notes and of the headers that cells of tables name, and lists them."""
    named = {}
    for element in elements:
        if Name.ID in element:
            element.ID = String(f"{part} {element.ID}")
            named[bytes(element.ID)] = element
        if Name.Headers in element.get(Name.A, Dictionary()):
            element.A.Headers = Array([String(f"{part} {header}") for header in element.A.Headers])
    if named:
        root.IDTree = Dictionary(Names=Array([part for element in named.values() for part in (element.ID, element)]))


def _set_language(element: Object) -> Iterable[Object]:
    """Gives an element its language, if it was carried here as a link; gives the links that did so."""
    for kid in filter(_is_link, _kids(element)):
        address = str(kid.Obj.get(Name.A, Dictionary()).get(Name.URI, ""))
        if address.startswith(LANGUAGE):
            element.S, element.Lang = Name.Span, String(address.removeprefix(LANGUAGE))
            yield kid.Obj


def _take_in_text(elements: list[Object], owners: Owners) -> None:
    """Puts text in the place of what stands around it and says nothing, wherever text may stand, from the innermost
    element outwards."""
    for element in reversed(elements):
        if str(element.S) in HOLDERS:
            around = WRAPPERS | (HEADINGS & {str(element.S)})  # WeasyPrint makes two of a heading that holds a block
            kids = [inner for kid in _kids(element) for inner in _unwrapped(kid, around)]
            element.K = Array(kids)
            for kid in kids:
                if isinstance(kid, int):
                    owners[element.Pg.objgen][kid] = element


def _unwrapped(kid: Object | int, wrappers: set[str]) -> list[Object | int]:
    """The numbers of marked contents in the place of an element that has but them, or that element."""
    if not isinstance(kid, Dictionary) or str(kid.get(Name.S)) not in wrappers or set(kid.keys()) != BARE:
        return [kid]
    inside = [inner for own in _kids(kid) for inner in _unwrapped(own, wrappers)]
    return inside if all(isinstance(inner, int) for inner in inside) else [kid]
