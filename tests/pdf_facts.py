"""All that a reader, a viewer and a printer get from a PDF, in a form that can be compared."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf


def facts(path: Path, scale: float = 1) -> dict[str, Any]:
    """By what they are: pages as pixels and as text, bookmarks, links with their goals, tags, names, languages."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return {
            **_seen(path, scale),
            "boxes": [[*map(float, page.mediabox), *map(float, page.trimbox)] for page in pdf.pages],
            "bookmarks": list(_bookmarks(pdf.Root.get(Name.Outlines, Dictionary()).get(Name.First), numbers)),
            "goals": {name: _goal(goal, numbers) for name, goal in _names(pdf).items()},
            "links": [(number, *_link(link)) for number, page in enumerate(pdf.pages) for link in _links(page)],
            "tags": list(_tags(pdf.Root.StructTreeRoot.K[0], numbers)),
            "owners": list(_owners(pdf)),
            "about": [str(pdf.Root.Lang), pdf.Root.Metadata.read_bytes()],
            "info": _entries(pdf.docinfo) | _entries(pdf.Root.ViewerPreferences) | _entries(pdf.Root.MarkInfo),
        }


def _entries(dictionary: Any) -> dict[str, str]:
    return {name: str(value) for name, value in dictionary.items()}


def _seen(path: Path, scale: float) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(path)
    pages = list(document)
    images = [page.render(scale=scale).to_pil().tobytes() for page in pages]
    found = {
        "pixels": [hashlib.sha256(image).hexdigest() for image in images],
        "text": [page.get_textpage().get_text_range() for page in pages],
    }
    document.close()
    return found


def _bookmarks(mark: Any, numbers: dict[Any, int], depth: int = 0) -> Iterator[tuple[Any, ...]]:
    while mark is not None:
        yield depth, str(mark.Title), _goal(mark.Dest, numbers), int(mark.Count)
        yield from _bookmarks(mark.get(Name.First), numbers, depth + 1)
        mark = mark.get(Name.Next)


def _names(pdf: Pdf) -> dict[str, Any]:
    flat = list(pdf.Root.Names.Dests.Names)
    assert [bytes(name) for name in flat[::2]] == sorted(bytes(name) for name in flat[::2])  # or no viewer finds them
    return {str(name): goal for name, goal in zip(flat[::2], flat[1::2], strict=True)}


def _goal(goal: Any, numbers: dict[Any, int]) -> tuple[Any, ...]:
    page, kind, *place = goal
    return numbers[page.objgen], str(kind), *map(float, place)


def _links(page: Any) -> list[Any]:
    return list(page.get(Name.Annots, ()))


def _link(link: Any) -> tuple[Any, ...]:
    leads = link.Dest if Name.Dest in link else link.A.URI
    return str(leads), str(link.Contents), tuple(map(float, link.Rect))


def kids(element: Any) -> list[Any]:
    """What stands in an element of the structure tree: elements, marked content by its number, links."""
    found = element.get(Name.K, Array())
    return list(found) if isinstance(found, Array) else [found]


def below(element: Any) -> list[Any]:
    """An element of the structure tree and all below it."""
    inside = [kid for kid in kids(element) if isinstance(kid, Dictionary) and Name.S in kid]
    return [element, *(one for kid in inside for one in below(kid))]


def _tags(element: Any, numbers: dict[Any, int], depth: int = 0) -> Iterator[tuple[Any, ...]]:
    """An element and all below it; of its identity only whether it has one, since names may differ."""
    said = [str(element.get(name, "")) for name in (Name.Alt, Name.Lang)]
    attributes = element.get(Name.A, Dictionary())
    table = [len(attributes.get(Name.Headers, ())), attributes.get(Name.ColSpan), attributes.get(Name.RowSpan)]
    page = numbers[element.Pg.objgen] if Name.Pg in element else None
    yield depth, str(element.S), page, said, table, Name.ID in element
    for kid in kids(element):
        if not isinstance(kid, Dictionary):
            yield depth + 1, int(kid)
        elif Name.S in kid:
            assert kid.P.objgen == element.objgen
            yield from _tags(kid, numbers, depth + 1)
        else:
            yield depth + 1, *_link(kid.Obj)


def _owners(pdf: Pdf) -> Iterator[tuple[Any, ...]]:
    """What element marked content and links belong to, which must say the same as the elements themselves."""
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    assert flat[::2] == sorted(set(flat[::2]))
    owners = dict(zip(flat[::2], flat[1::2], strict=True))
    known = {element.objgen for element in below(pdf.Root.StructTreeRoot.K[0])}
    for page in pdf.pages:
        for number, owner in enumerate(owners[page.StructParents]):
            if owner is not None:
                assert owner.objgen in known
                assert owner.Pg.objgen == page.obj.objgen
                assert number in kids(owner)
            yield None if owner is None else str(owner.S)
        for link in _links(page):
            owner = owners[link.StructParent]
            assert owner.objgen in known
            assert link.objgen in {
                kid.Obj.objgen for kid in kids(owner) if isinstance(kid, Dictionary) and Name.Obj in kid
            }
            yield str(owner.S)
