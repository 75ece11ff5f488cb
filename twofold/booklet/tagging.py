"""The tags of a PDF for reading, as a screen reader wants them (ISO 32000-1, 14.7 and 14.8).

WeasyPrint tags everything that is printed. What it cannot say is said here: running heads and folios are no part of
the text, footnotes are notes, and words in another language have that language. The last is carried through
WeasyPrint as a link to an address of the scheme `lang:`, which becomes a span.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
LANGUAGE = "lang:"
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def improve_tags(path: Path) -> None:
    """Changes the tags of a PDF in its place."""
    with pikepdf.open(BytesIO(path.read_bytes())) as pdf:
        root = pdf.Root.StructTreeRoot
        elements = list(_elements(root.K[0]))
        _free_running_heads(pdf, {element.objgen for element in elements})
        _name_notes(root)
        for element in elements:
            _set_language(pdf, element)
        made = BytesIO()  # pikepdf 10.17 ends the whole program where it meets a full disk
        pdf.save(made, deterministic_id=True)
    path.write_bytes(made.getvalue())


def _elements(element: Object) -> Iterator[Object]:
    """An element of the structure tree and all below it."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield from _elements(kid)


def _kids(element: Object) -> list[Object]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _free_running_heads(pdf: Pdf, known: set[tuple[int, int]]) -> None:
    """What stands in no element of the tree is an artifact: WeasyPrint leaves the boxes of the margins out of it."""
    parents = dict(_pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    for page in pdf.pages:
        owners = parents[int(page.StructParents)]
        loose = {number for number, owner in enumerate(owners) if owner.objgen not in known}
        if loose:
            _mark_artifacts(pdf, page, loose)
            for number in loose:
                owners[number] = None


def _pairs(numbers: Object) -> Iterator[tuple[int, Object]]:
    flat = list(numbers)
    return ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))


def _mark_artifacts(pdf: Pdf, page: Page, numbers: set[int]) -> None:
    def marked(found: re.Match[bytes]) -> bytes:
        return ARTIFACT if int(found[1]) in numbers else found[0]

    page.obj.Contents = pdf.make_stream(MARKED.sub(marked, page.obj.Contents.read_bytes()))


def _name_notes(root: Object) -> None:
    """The footnotes of a page are what stands in its only element without a meaning. Each has an ID (14.7.2), as
    PDF/UA-1, 7.9, asks."""
    areas = [area for area in _kids(root.K[0]) if Name.NonStruct == area.S]
    notes = [note for area in areas for note in _kids(area) if Name.Span == note.S]
    names = Array()
    for number, note in enumerate(notes, 1):
        note.S, note.ID = Name.Note, String(f"note-{number:05}")
        names.extend([note.ID, note])
    if notes:
        root.IDTree = Dictionary(Names=names)


def _set_language(pdf: Pdf, element: Object) -> None:
    links = [kid for kid in _kids(element) if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR]
    for link in links:
        address = str(link.Obj.get(Name.A, Dictionary()).get(Name.URI, ""))
        if address.startswith(LANGUAGE):
            element.S, element.Lang = Name.Span, String(address.removeprefix(LANGUAGE))
            element.K = Array([kid for kid in _kids(element) if kid != link])
            _remove(pdf, link)


def _remove(pdf: Pdf, link: Object) -> None:
    """Takes the annotation of a link from its page and from the tree."""
    own = int(link.Obj.StructParent)
    link.Pg.Annots = Array([one for one in link.Pg.Annots if one.objgen != link.Obj.objgen])
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Nums = Array([part for key, value in _pairs(tree.Nums) if key != own for part in (key, value)])
