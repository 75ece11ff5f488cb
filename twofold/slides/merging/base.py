"""What was generated last, kept in the deck itself and in a file beside it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec
from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from twofold.files import replacing
from twofold.slides.merging.identity import mark_slide
from twofold.slides.merging.inheriting import styles_of, theme_of
from twofold.slides.merging.model import Base, Slide
from twofold.slides.merging.references import Library, new_part, slide_parts
from twofold.slides.merging.sections import read_sections
from twofold.slides.merging.snapshot import read_slide
from twofold.slides.xml import Element

SPACE = "urn:twofold:base"
STORE = "{3D0B9C52-7F5E-5B0C-9C1A-52B0A1F6E7D4}"
"""The id of the data store; LibreOffice keeps only custom XML that has one."""
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
PROPERTIES_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="%s" xmlns:ds='
    '"http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="%s"/>'
    "</ds:schemaRefs></ds:datastoreItem>"
)
KEPT = 12
"""So many bases stay beside the deck."""


def sign(presentation: Any, keys: list[str], known: Mapping[str, Slide]) -> Base:
    """Marks each slide of a fresh deck with its key, and keeps the deck's model in it; some slides bear their mark, and
    their models are `known` by key."""
    library = Library(presentation.part.package)
    parts = list(slide_parts(presentation))
    for part, key in zip(parts, keys, strict=True):
        if key not in known:
            mark_slide(part, key)
        library.keys[id(part)] = key
    slides = [known.get(key) or read_slide(part, key, library)[0] for part, key in zip(parts, keys, strict=True)]
    sections = read_sections(presentation, library.keys)
    base = Base("", slides, sections, styles_of(presentation, library), theme_of(presentation))
    base.generation = hashlib.sha256(msgspec.json.encode(base)).hexdigest()[:16]
    _keep(presentation, base)
    return base


def read_base(presentation: Any, sidecars: Path | None = None) -> Base | None:
    """The base that a deck was made from: its own or, where that is damaged, the file beside it of the same
    generation. None where it has none."""
    root = next(_stores(presentation), None)
    if root is None:
        return None
    try:
        return msgspec.json.decode((root.text or "").encode(), type=Base)
    except msgspec.DecodeError:
        return _sidecar(sidecars, root.get("generation", "")) if sidecars else None


def _stores(presentation: Any) -> Any:
    """The roots of our custom XML: PowerPoint ties it to the presentation, LibreOffice to the package."""
    for owner in (presentation.part, presentation.part.package):
        for relation in owner._rels.values():
            if relation.reltype == RT.CUSTOM_XML and not relation.is_external:
                root = _parsed(relation.target_part.blob)
                if root is not None and root.tag == f"{{{SPACE}}}base":
                    yield root


def _parsed(blob: bytes) -> Element | None:
    try:
        return etree.fromstring(blob, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return None


def _keep(presentation: Any, base: Base) -> None:
    text = escape(msgspec.json.encode(base).decode())
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<base xmlns="{SPACE}" generation="{base.generation}">{text}</base>'
    package = presentation.part.package
    store = new_part(Part, "/customXml/item1.xml", CT.XML, package, xml.encode())
    properties = (PROPERTIES_XML % (STORE, SPACE)).encode()
    named = Part(PackURI("/customXml/itemProps1.xml"), CT.OFC_CUSTOM_XML_PROPERTIES, package, properties)
    store.relate_to(named, PROPERTIES)
    presentation.part.relate_to(store, RT.CUSTOM_XML)


# ---------------------------------------------------------------- beside the deck


def keep_sidecar(folder: Path, base: Base) -> None:
    """Keeps a base in `folder`, and of those kept before only the youngest."""
    path = folder / f"base-{base.generation}.json"
    if not path.exists():
        with replacing(path) as new:
            new.write_bytes(msgspec.json.encode(base))
    kept = sorted(folder.glob("base-*.json"), key=lambda one: (one.stat().st_mtime, one.name))
    for old in kept[:-KEPT]:
        if old != path:
            old.unlink(missing_ok=True)


def _sidecar(folder: Path, generation: str) -> Base | None:
    try:
        return msgspec.json.decode((folder / f"base-{generation}.json").read_bytes(), type=Base)
    except (OSError, msgspec.DecodeError):
        return None
