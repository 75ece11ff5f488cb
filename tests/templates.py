"""Templates as schools have them, made out of python-pptx's own: each function takes a path and writes a file there."""

import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Pt

from twofold.slides.xml import clark, make

GERMAN = {
    "Title Slide": "Titelfolie",
    "Title and Content": "Titel und Inhalt",
    "Section Header": "Abschnittsüberschrift",
    "Two Content": "Zwei Inhalte",
    "Comparison": "Vergleich",
    "Title Only": "Nur Titel",
    "Blank": "Leer",
    "Content with Caption": "Inhalt mit Überschrift",
    "Picture with Caption": "Bild mit Überschrift",
    "Title and Vertical Text": "Titel und vertikaler Text",
    "Vertical Title and Text": "Vertikaler Titel und Text",
}
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"
MACRO = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
NIGHT, CHALK, GREEN = "14202E", "F4F1E8", "1E5B2A"


def four_by_three(path: Path) -> None:
    """PowerPoint's own of 2007, as it is."""
    Presentation().save(str(path))


def german(path: Path) -> None:
    """Layouts with German names and without types, as after a conversion."""
    deck = Presentation()
    for layout in deck.slide_layouts:
        layout.name = GERMAN[layout.name]
        layout._element.attrib.pop("type", None)
    deck.save(str(path))


def dark(path: Path) -> None:
    """Text and ground have changed places on the master; 16:9, with a bar at the foot."""
    deck = _wide()
    mapping = deck.slide_master._element.find(clark("p:clrMap"))
    for one, other in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapping.set(one, other)
    _recolour(deck, dk1=NIGHT, lt1=CHALK, accent1="E0A458", accent2="7FB7BE", hlink="9AD1FF")
    bar = deck.slide_master.shapes._spTree
    bar.append(_rectangle(9999, (0, 0, deck.slide_width, 60_000), "accent1"))
    deck.save(str(path))


def two_layouts(path: Path) -> None:
    """A title slide, and one for everything else."""
    _with_layouts(path, "Title Slide", "Title and Content")


def upright(path: Path) -> None:
    """Words from top to bottom come first, once by type, once by the frame of the text alone."""
    deck = Presentation()
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    ids = deck.slide_master._element.find(clark("p:sldLayoutIdLst"))
    for name in ("Title and Vertical Text", "Vertical Title and Text", "Content with Caption"):
        listed = ids[[layout.name for layout in deck.slide_layouts].index(name)]
        ids.insert(0, listed)
    layouts["Title and Vertical Text"]._element.set("type", "obj")
    for body in layouts["Content with Caption"]._element.iter(clark("a:bodyPr")):
        body.set("vert", "vert270")
    deck.save(str(path))


def blank(path: Path) -> None:
    """One layout, without any placeholder but those of the foot."""
    _with_layouts(path, "Blank")


def potx(path: Path) -> None:
    """A template, 16:9, as PowerPoint writes one."""
    buffer = io.BytesIO()
    _wide().save(buffer)
    _retyped(buffer.getvalue(), MAIN.format("template"), path)


def ppsx(path: Path) -> None:
    """A show."""
    buffer = io.BytesIO()
    Presentation().save(buffer)
    _retyped(buffer.getvalue(), MAIN.format("slideshow"), path)


def with_slides(path: Path) -> None:
    """Slides that nobody needs: a picture, a chart, notes, a section, a show of some slides, a link on the master; and
    a picture on the master, which stays."""
    deck = _wide()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Spare {number}"
        slide.notes_slide.notes_text_frame.text = "Spare notes"
        slide.shapes.add_picture(_picture((200, 40 * number, 90)), 0, 0, Pt(90))
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["a", "b"]
    data.add_series("s", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Pt(300), Pt(200), data)
    _add_shows(deck)
    master = deck.slide_master
    logo = master.part.get_or_add_image_part(_picture((20, 90, 160)))[1]
    link = master.part.relate_to(deck.slides[0].part, RT.SLIDE)
    master.shapes._spTree.append(_logo(9999, logo, link, deck.slide_width))
    deck.save(str(path))


def two_masters(path: Path) -> None:
    """The first has a title slide alone; the second, whose letters are green, has the rest."""
    deck: Any = Presentation()
    first = deck.slide_master
    package = deck.part.package
    part = type(first.part).load(
        PackURI("/ppt/slideMasters/slideMaster2.xml"), first.part.content_type, package, first.part.blob
    )
    theme = first.part.part_related_by(RT.THEME)
    green = theme.blob.replace(b'name="Office Theme"', b'name="Green"')
    second = part._element
    part.relate_to(Part(PackURI("/ppt/theme/theme9.xml"), theme.content_type, package, green), RT.THEME)
    listed = second.find(clark("p:sldLayoutIdLst"))
    listed[:] = []
    for number, layout in enumerate(list(first.slide_layouts)[1:], 2):
        other = type(layout.part).load(
            PackURI(f"/ppt/slideLayouts/slideLayout{100 + number}.xml"),
            layout.part.content_type,
            package,
            layout.part.blob,
        )
        other.relate_to(part, RT.SLIDE_MASTER)
        name = part.relate_to(other, RT.SLIDE_LAYOUT)
        listed.append(make("p:sldLayoutId", id=2147484000 + number, r_id=name))
        first.slide_layouts.remove(layout)
    for colour in list(second.find(clark("p:txStyles")).iter(clark("a:schemeClr"))):
        colour.getparent().replace(colour, make("a:srgbClr", val=GREEN))
    masters = deck.element.find(clark("p:sldMasterIdLst"))
    masters.append(make("p:sldMasterId", id=2147483999, r_id=deck.part.relate_to(part, RT.SLIDE_MASTER)))
    deck.save(str(path))


def pale(path: Path) -> None:
    """Light grey on white: its words cannot be read from the last row."""
    deck = Presentation()
    for layout in deck.slide_layouts:
        for place in layout.placeholders:
            place.text_frame.paragraphs[0].font.color.rgb = RGBColor(0, 0, 0)
    for style in deck.slide_master._element.find(clark("p:txStyles")).iter(clark("a:schemeClr")):
        style.getparent().replace(style, make("a:srgbClr", val="C8C8C8"))
    deck.save(str(path))


def unstyled(path: Path) -> None:
    """As LibreOffice writes one: no list of text styles says anything, the prompts look as text is meant to look; white
    on a dark ground, and two placeholders that cannot be told apart."""
    deck: Any = Presentation()
    for page in (deck.slide_master, *deck.slide_layouts):
        for old in list(page._element.iter(clark("a:lstStyle"))):
            old[:] = []
        for old in list(page._element.iter(clark("p:txStyles"))):
            page._element.remove(old)
        for place in page.placeholders:
            size = Pt(40) if place.placeholder_format.type in (1, 3) else Pt(26)
            for paragraph in place.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.color.rgb = size, RGBColor(255, 255, 255)
    deck.element.remove(deck.element.find(clark("p:defaultTextStyle")))
    ground = deck.slide_master.background.fill
    ground.solid()
    ground.fore_color.rgb = RGBColor(0x20, 0x30, 0x40)
    for mark in deck.slide_layouts.get_by_name("Two Content")._element.iter(clark("p:ph")):
        if mark.get("idx") == "2":
            mark.set("idx", "1")
    deck.save(str(path))


TEMPLATES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "four-by-three": (".pptx", four_by_three),
    "german": (".pptx", german),
    "dark": (".pptx", dark),
    "two-layouts": (".pptx", two_layouts),
    "upright": (".pptx", upright),
    "blank": (".pptx", blank),
    "template": (".potx", potx),
    "show": (".ppsx", ppsx),
    "with-slides": (".pptx", with_slides),
    "two-masters": (".pptx", two_masters),
    "pale": (".pptx", pale),
    "unstyled": (".pptx", unstyled),
}
"""By name: how the file ends, and who writes it."""


def made(name: str, folder: Path) -> Path:
    """The template of that name in a folder."""
    suffix, write = TEMPLATES[name]
    path = folder / f"{name}{suffix}"
    write(path)
    return path


def with_type(path: Path, kind: str) -> None:
    """A file whose main part has the content type `kind`."""
    buffer = io.BytesIO()
    Presentation().save(buffer)
    _retyped(buffer.getvalue(), kind, path)


def without_layouts(path: Path) -> None:
    """A master alone."""
    _with_layouts(path)


# ---------------------------------------------------------------- how they are made


def _with_layouts(path: Path, *names: str) -> None:
    deck = Presentation()
    for layout in [one for one in deck.slide_layouts if one.name not in names]:
        deck.slide_layouts.remove(layout)
    deck.save(str(path))


def _wide() -> Any:
    """The same in 16:9: everything as wide as the slide has become."""
    deck: Any = Presentation()
    share = (12192000 / deck.slide_width, 6858000 / deck.slide_height)
    deck.slide_width, deck.slide_height = 12192000, 6858000
    deck.element.find(clark("p:sldSz")).attrib.pop("type", None)
    for page in (deck.slide_master, *deck.slide_layouts):
        for frame in page._element.iter(clark("a:off"), clark("a:ext")):
            for names, by in ((("x", "cx"), share[0]), (("y", "cy"), share[1])):
                for name in names:
                    if name in frame.attrib:
                        frame.set(name, str(round(int(frame.get(name)) * by)))
    return deck


def _recolour(deck: Any, **colours: str) -> None:
    part = deck.slide_master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    for name, value in colours.items():
        slot = next(root.iter(clark(f"a:{name}")))
        slot[:] = [make("a:srgbClr", val=value)]
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _frame(box: Iterable[int]) -> Any:
    x, y, wide, high = box
    return make("a:xfrm", make("a:off", x=x, y=y), make("a:ext", cx=wide, cy=high))


def _rectangle(number: int, box: Iterable[int], slot: str) -> Any:
    names = make("p:nvSpPr", make("p:cNvPr", id=number, name="Bar"), make("p:cNvSpPr"), make("p:nvPr", userDrawn=True))
    fill = make("a:solidFill", make("a:schemeClr", val=slot))
    form = make("p:spPr", _frame(box), make("a:prstGeom", make("a:avLst"), prst="rect"), fill)
    return make("p:sp", names, form)


def _logo(number: int, image: str, link: str, width: int) -> Any:
    """A picture in the upper right corner that leads to a slide."""
    click = make("a:hlinkClick", r_id=link, action="ppaction://hlinksldjump")
    names = make(
        "p:nvPicPr",
        make("p:cNvPr", click, id=number, name="Logo", descr="Logo"),
        make("p:cNvPicPr"),
        make("p:nvPr", userDrawn=True),
    )
    fill = make("p:blipFill", make("a:blip", r_embed=image), make("a:stretch", make("a:fillRect")))
    form = make("p:spPr", _frame((width - 500_000, 100_000, 400_000, 400_000)), make("a:prstGeom", prst="rect"))
    return make("p:pic", names, fill, form)


def _picture(colour: tuple[int, int, int]) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    file.seek(0)
    return file


def _add_shows(deck: Any) -> None:
    """A show of two slides and a section, which name slides by relationship and by id."""
    listed = deck.element.find(clark("p:sldIdLst"))
    names = make("p:sldLst", *(make("p:sld", r_id=one.get(clark("r:id"))) for one in listed[:2]))
    show = make("p:custShowLst", make("p:custShow", names, name="Short", id=0))
    deck.element.find(clark("p:defaultTextStyle")).addprevious(show)
    members = make("p14:sldIdLst", *(make("p14:sldId", id=one.get("id")) for one in listed))
    section = make("p14:section", members, name="Spare", id="{9C1E0A11-9B0B-4C57-8D9B-0D2C6E5F7A01}")
    extension = make("p:ext", make("p14:sectionLst", section), uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}")
    deck.element.append(make("p:extLst", extension))


def _retyped(data: bytes, kind: str, path: Path) -> None:
    """The same file under another content type."""
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(MAIN.format("presentation").encode(), kind.encode())
            new.writestr(name, part)
