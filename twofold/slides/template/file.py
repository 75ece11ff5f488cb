"""The file of a template: what it is, and a presentation without slides made from it."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from twofold.problems import CourseError, Place, Problem
from twofold.slides import naming
from twofold.slides.masters import PROGRAM
from twofold.slides.xml import Element, clark

SUFFIXES = (".pptx", ".potx", ".ppsx")
TYPES = "[Content_Types].xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PLAIN = (CT.PML_PRESENTATION_MAIN, CT.PML_TEMPLATE_MAIN, CT.PML_SLIDESHOW_MAIN)
MACROS = b"macroEnabled"
OFTEN = "in PowerPoint, save it with File > Save as > PowerPoint Template (.potx)"
LEFT_BEHIND = ("p:custShowLst", "p:modifyVerifier")
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
PAGE_RELATIONS = (RT.SLIDE, RT.NOTES_SLIDE)
CHANGES = ("changesInfo", "revisionInfo")
"""The last words of the types of parts that tell the history of slides which are left out."""


def read_file(path: Path) -> bytes:
    """The bytes of a template as those of a presentation, whichever of the three kinds it is. Raises CourseError with
    one sentence for any other file."""
    data = path.read_bytes()
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise _wrong(path, "this template is encrypted", "in PowerPoint, take its password away and save it again")
        raise _wrong(path, "this is a file of PowerPoint 2003 or older", OFTEN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            types = file.read(TYPES)
            return _as_presentation(path, file, types)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise _wrong(path, "this is no PowerPoint file", f"a template ends in {', '.join(SUFFIXES)}; {OFTEN}") from None


def empty(data: bytes) -> Any:
    """A presentation with the masters, layouts and media of a template and without its slides."""
    deck = naming.opened(io.BytesIO(data))
    for listed in list(deck.slides._sldIdLst):
        deck.part._rels.pop(listed.get(clark("r:id")))
        deck.slides._sldIdLst.remove(listed)
    _leave_behind(deck)
    for part in list(deck.part.package.iter_parts()):
        _forget_pages(part)
    return deck


def _as_presentation(path: Path, file: zipfile.ZipFile, types: bytes) -> bytes:
    """The same zip under the one content type that python-pptx opens."""
    if MACROS in types:
        raise _wrong(path, "this template holds macros, which are not taken over", OFTEN)
    if not any(one.encode() in types for one in PLAIN):
        raise _wrong(path, "this is no PowerPoint file", f"a template ends in {', '.join(SUFFIXES)}")
    for one in PLAIN:
        types = types.replace(one.encode(), CT.PML_PRESENTATION_MAIN.encode())
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as new:
        for name in dict.fromkeys(file.namelist()):
            new.writestr(zipfile.ZipInfo(name), types if name == TYPES else file.read(name))
    return result.getvalue()


def opened(path: Path, data: bytes) -> Any:
    """The presentation of a template, or CourseError where it has no layouts."""
    try:
        deck = empty(data)
        layouts = sum(len(master.slide_layouts) for master in deck.slide_masters)
    except (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError):
        message = "this file cannot be read as a PowerPoint template"
        raise _wrong(path, message, f"it may be damaged, or “Strict Open XML”; {OFTEN}") from None
    if not layouts:
        raise _wrong(path, "this template has no layouts", "add one in PowerPoint: View > Slide Master")
    return deck


def _wrong(path: Path, message: str, hint: str) -> CourseError:
    return CourseError([Problem(Place(path.name), message, hint)])


# ---------------------------------------------------------------- what goes with the spare slides


def _leave_behind(deck: Any) -> None:
    """Takes out what speaks of the template's own slides or of the template as a file."""
    root = deck.element
    for tag in LEFT_BEHIND:
        for old in root.findall(clark(tag)):
            root.remove(old)
    for old in [one for one in root.iter(clark("p:ext")) if one.get("uri") == SECTIONS]:
        old.getparent().remove(old)
    package = deck.part.package
    for owner in (package, deck.part):
        for name, relation in list(owner._rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if relation.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS) or kind in CHANGES:
                owner._rels.pop(name)
            elif relation.reltype == RT.EXTENDED_PROPERTIES:
                relation.target_part._blob = PROGRAM


def _forget_pages(part: Any) -> None:
    """Cuts what ties a part to a spare slide: links of a master, the outline that was last looked at."""
    gone = [name for name, one in part._rels.items() if not one.is_external and one.reltype in PAGE_RELATIONS]
    if not gone:
        return
    root = part._element if hasattr(part, "_element") else etree.fromstring(part.blob)
    for element in list(_naming(root, gone)):
        element.getparent().remove(element)
    if not hasattr(part, "_element"):
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name in gone:
        part._rels.pop(name)


def _naming(root: Element, names: list[str]) -> Iterator[Element]:
    """Elements that name one of these relationships."""
    for element in root.iter(etree.Element):
        if element.get(clark("r:id")) in names:
            yield element
