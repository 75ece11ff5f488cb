"""Which slide is which: a key that PowerPoint keeps as a tag, LibreOffice as the name of a hidden shape."""

from typing import Any

from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from twofold.slides.reopened import place_of
from twofold.slides.theme import Box
from twofold.slides.xml import Element, clark, frame, make

TAGS_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
TAGS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags"
TAG = "TWOFOLD"
MARK = "twofold "
OWN = "own"
"""The key of a slide that is the teacher's."""
FEET = ("dt", "ftr", "sldNum")
OFF_SLIDE = Box(-72, -72, 7, 7)
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
DECORATIVE_NAMES = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def mark_slide(part: Any, key: str) -> None:
    """Writes `key` on a slide in place of any other: as its name, in a tag, and as the name of a hidden shape."""
    root = part._element
    common = root.find(clark("p:cSld"))
    unmark(part)
    common.set("name", key)
    _tag(part, common, key)
    tree = common.find(clark("p:spTree"))
    foot = first_foot(tree)
    tree.insert(len(tree) if foot is None else tree.index(foot), _marker(key, free_id(root)))


def unmark(part: Any) -> None:
    """Takes the key off a slide; a tag of another program stays."""
    root = part._element
    for old in markers(root):
        old.getparent().remove(old)
    for name, relation in list(part.rels.items()):
        if relation.reltype == TAGS and not relation.is_external and TAG in _tags(relation.target_part):
            for listed in [one for one in root.iter(clark("p:tags")) if one.get(clark("r:id")) == name]:
                holder = listed.getparent()
                holder.remove(listed)
                if not len(holder):
                    holder.getparent().remove(holder)
            part.rels.pop(name)


def key_of(part: Any) -> tuple[str, bool]:
    """The key of a slide, "" for none, and whether its tag is still there: where it is lost, another program than
    PowerPoint has written the file."""
    for relation in part.rels.values():
        if relation.reltype == TAGS and not relation.is_external:
            tagged = _tags(relation.target_part).get(TAG)
            if tagged:
                return tagged, True
    return next((_name(shape)[len(MARK) :] for shape in markers(part._element)), ""), False


def markers(root: Element) -> list[Element]:
    """The hidden shapes that hold a key; nobody else's shapes have such a name."""
    return [one for one in root.iter(clark("p:sp")) if _name(one).startswith(MARK) and place_of(one) is None]


def first_foot(tree: Element) -> Element | None:
    """The first shape of a slide's foot: what is free on the slide stands before it, and is read before it."""
    for shape in tree.findall(clark("p:sp")):
        place = place_of(shape)
        if place is not None and place.get("type") in FEET:
            return shape
    return None


def free_id(root: Element) -> int:
    """An id that no shape of the slide has."""
    return 1 + max(int(names.get("id")) for names in root.iter(clark("p:cNvPr")))


def _name(shape: Element) -> str:
    return str(shape[0][0].get("name") or "")


def _tags(part: Any) -> dict[str, str]:
    root: Element = etree.fromstring(part.blob)
    return {tag.get("name"): tag.get("val") for tag in root}


def tags_name(slide: Any) -> PackURI:
    """The name of the part with the tags of a slide."""
    return PackURI(f"/ppt/tags/{slide.partname.filename}")


def _tag(part: Any, common: Element, key: str) -> None:
    """The tag that PowerPoint's add-ins use (ISO 29500-1, 19.3.3.1); the list of data stands behind the shapes."""
    root = make("p:tagLst", make("p:tag", name=TAG, val=key))
    tags = Part(tags_name(part), TAGS_TYPE, part.package, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    holder = common.find(clark("p:custDataLst"))
    if holder is None:
        holder = make("p:custDataLst")
        common.find(clark("p:spTree")).addnext(holder)
    holder.append(make("p:tags", r_id=part.relate_to(tags, TAGS)))


def _marker(key: str, number: int) -> Element:
    """Out of sight, out of print, and nothing to read out."""
    decorative = etree.fromstring(f'<adec:decorative xmlns:adec="{DECORATIVE_NAMES}" val="1"/>')
    names = make("p:cNvPr", make("a:extLst", make("a:ext", uri=DECORATIVE)), id=number, name=MARK + key, hidden=True)
    names[0][0].append(decorative)
    return make(
        "p:sp",
        make("p:nvSpPr", names, make("p:cNvSpPr"), make("p:nvPr", userDrawn=True)),
        make(
            "p:spPr",
            frame("a:xfrm", OFF_SLIDE),
            make("a:prstGeom", make("a:avLst"), prst="rect"),
            make("a:noFill"),
            make("a:ln", make("a:noFill")),
        ),
    )
