"""Figures and formulas as pictures: undistorted, SVG with a PNG beside it for who cannot draw SVG."""

import hashlib
import io
import re
from functools import lru_cache
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from twofold.drawings import Picture, parse_svg, picture, rasterise
from twofold.maths import formula
from twofold.model import Figure, MathBlock
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.theme import Box
from twofold.slides.xml import Element, colour, frame, make

PIXELS_PER_POINT = 2.0  # full HD
SVG_TYPE = "image/svg+xml"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def draw_figure(canvas: Canvas, figure: Figure, stand: Stand) -> None:
    """The picture of a figure, as large as there is room."""
    try:
        found = picture(canvas.setting.folder, figure.src)
    except ValueError as error:
        canvas.warn(figure.place, str(error))
        return
    scale = min(stand.box.width / found.width, stand.box.height / found.height)
    name = f"Picture {figure.id or figure.src.rpartition('/')[2]}"
    _draw(canvas, found, scale, name, figure.alt, stand)


def draw_formula(canvas: Canvas, maths: MathBlock, stand: Stand) -> None:
    """A formula at the size of the theme, smaller where it would not fit."""
    try:
        drawn = formula(maths.tex, canvas.setting.theme.maths.size)
    except ValueError as error:
        canvas.warn(maths.place, str(error))
        return
    found = Picture("svg", drawn.svg, drawn.width, drawn.height)
    scale = min(1.0, stand.box.width / found.width, stand.box.height / found.height)
    _draw(canvas, found, scale, "Formula", maths.tex, stand)


def _draw(canvas: Canvas, found: Picture, scale: float, name: str, alt: str, stand: Stand) -> None:
    at = _within(found.width * scale, found.height * scale, stand)
    shape = canvas.new_id()
    names = make(
        "p:nvPicPr",
        make("p:cNvPr", id=shape, name=name, descr=alt),
        make("p:cNvPicPr", make("a:picLocks", noGrp=True if stand.tied else None, noChangeAspect=True)),
        stand.mark(),
    )
    fill = make("p:blipFill", _blip(canvas, found, at.width), make("a:stretch", make("a:fillRect")))
    ground = canvas.setting.theme.drawing.ground
    paper = colour(ground) if ground and found.kind == "svg" else None
    form = make("p:spPr", frame("a:xfrm", at), make("a:prstGeom", make("a:avLst"), prst="rect"), paper)
    canvas.put_object(shape, make("p:pic", names, fill, form), stand)


def _within(width: float, height: float, stand: Stand) -> Box:
    """Where a picture of this size stands: in the middle of a place for pictures, at the margin of any other, and as
    high as the place says."""
    box, spot = stand.box, stand.spot
    if spot and spot.centred:
        return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)
    aside = (box.width - width) / 2 if spot and spot.kind == "picture" else 0
    down = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[spot.anchor if spot else "top"] * (box.height - height)
    return Box(box.x + aside, box.y + down, width, height)


def _blip(canvas: Canvas, found: Picture, width: float) -> Element:
    if found.kind != "svg":
        return make("a:blip", r_embed=_bitmap(canvas, found.data))
    fallback = _bitmap(canvas, _drawn(found.data, round(width * PIXELS_PER_POINT)))
    theme = canvas.setting.theme
    data = _lettered(found.data, getattr(theme.fonts, theme.drawing.font), theme.drawing.scale)
    vector = make("a:ext", make("asvg:svgBlip", r_embed=_vector(canvas, data)), uri=SVG_EXTENSION)
    return make("a:blip", make("a:extLst", vector), r_embed=fallback)


@lru_cache(maxsize=64)
def _drawn(svg: bytes, width: int) -> bytes:
    """The same drawing at the same size is often shown again."""
    return rasterise(svg, width)


@lru_cache(maxsize=64)
def _lettered(svg: bytes, font: str, scale: float) -> bytes:
    """The drawing with its words in a font that the classroom has; PowerPoint lays them out again."""
    root = parse_svg(svg)
    for element in root.iter(etree.Element):
        if "font-family" in element.attrib:
            element.set("font-family", font)
        if size := re.fullmatch(r"([\d.]+)(px)?", element.get("font-size", "")):
            element.set("font-size", f"{float(size[1]) * scale:.4g}")
    return etree.tostring(root)


def _bitmap(canvas: Canvas, data: bytes) -> str:
    _, name = canvas.part.get_or_add_image_part(io.BytesIO(data))
    return str(name)


def _vector(canvas: Canvas, data: bytes) -> str:
    """The drawing as a part of its own; the same drawing is kept once."""
    package: Any = canvas.part.package
    name = PackURI(f"/ppt/media/drawing-{hashlib.sha256(data).hexdigest()[:12]}.svg")
    known: Part | None = canvas.setting.drawings.get(name)
    if known is None:
        known = canvas.setting.drawings[name] = Part(name, SVG_TYPE, package, data)
    return str(canvas.part.relate_to(known, RT.IMAGE))
