"""Pictures of the course: checked files in, bytes and proportions out. SVG is parsed without entities."""

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import fontpkg_alegreya_sans
import resvg_py
from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

PictureKind = Literal["svg", "png", "jpeg"]
MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
ORIENTATION = 274  # the EXIF tag
SVG = "{http://www.w3.org/2000/svg}svg"
ACTIVE = ("script", "foreignObject", "iframe", "animate", "set")
LENGTH_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked into. `width` and `height` are pixels, or user units of an SVG."""

    kind: PictureKind
    data: bytes
    width: float
    height: float


def picture(folder: Path, src: str) -> Picture:
    """The picture `src` below `folder`. Raises ValueError with a sentence that says why it cannot be used."""
    path = inside(folder, src)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"the picture “{src}” has more than {MOST_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return _svg(data, src)
    return _bitmap(data, src)


def inside(folder: Path, src: str) -> Path:
    """The file `src` below `folder`, links followed. Raises ValueError when it is missing or stands outside."""
    root = folder.resolve()
    path = (root / src).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"“{src}” is outside the chapters folder")
    if not path.is_file():
        raise ValueError(f"there is no file “{src}” in the chapters folder")
    return path


def parse_svg(data: bytes) -> etree._Element:
    """The root of an SVG. Raises ValueError for anything that is not a plain, self-contained drawing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not well-formed XML ({error.msg})") from None
    if root.tag != SVG:
        raise ValueError("its outermost element is not <svg>")
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares a document type, which drawings may not")
    for element in root.iter(etree.Element):
        _refuse_active(element)
    return root


def rasterise(svg: bytes, width: int) -> bytes:
    """A PNG of the drawing, `width` pixels wide, with the fonts that come with twofold and no others."""
    return resvg_py.svg_to_bytes(
        svg_string=etree.tostring(parse_svg(svg), encoding="unicode"),
        width=width,
        dpi=96,  # of a drawing whose size is in millimetres
        skip_system_fonts=True,
        font_dirs=[str(fontpkg_alegreya_sans.ROOT / "files")],
        font_family=fontpkg_alegreya_sans.FAMILY,
        sans_serif_family=fontpkg_alegreya_sans.FAMILY,
        serif_family=fontpkg_alegreya_sans.FAMILY,
    )


@lru_cache(maxsize=200)
def _svg(data: bytes, src: str) -> Picture:
    try:
        root = parse_svg(data)
        width, height = _svg_size(root)
    except ValueError as error:
        raise ValueError(f"the drawing “{src}” cannot be used: {error}") from None
    return Picture("svg", data, width, height)


def _svg_size(root: etree._Element) -> tuple[float, float]:
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        if len(box) == 4:
            width, height = float(box[2]), float(box[3])
        else:
            width, height = _length(root, "width"), _length(root, "height")
    except ValueError:
        raise ValueError("it has neither a viewBox nor a width and height in numbers") from None
    if not (width > 0 and height > 0):
        raise ValueError("its width or height is zero")
    return width, height


def _length(root: etree._Element, name: str) -> float:
    value = root.get(name, "").strip()
    number = value.rstrip("abcdefghijklmnopqrstuvwxyz%")
    return float(number) * LENGTH_UNITS[value[len(number) :]] if value[len(number) :] in LENGTH_UNITS else float("nan")


def _refuse_active(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in ACTIVE:
        raise ValueError(f"it holds a <{name}>, which is not drawn in print")
    for attribute, value in element.attrib.items():
        target = str(value)
        if etree.QName(attribute).localname == "href" and not target.startswith(("#", "data:image/")):
            raise ValueError(f"it points to another file, “{target}”")


def _bitmap(data: bytes, src: str) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise Image.DecompressionBombError
            image.load()
            data = _upright(image, data)
    except Image.DecompressionBombError:
        raise ValueError(f"the picture “{src}” has more than {MOST_PIXELS // 1_000_000} million pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise ValueError(f"the file “{src}” is not a picture that can be read") from None
    if image.mode.startswith("I"):
        raise ValueError(f"the picture “{src}” has 16 bits a colour; save it with 8")
    if _lies(image):
        width, height = height, width
    match image.format:
        case "PNG":
            return Picture("png", data, width, height)
        case "JPEG" | "MPO":
            return Picture("jpeg", data, width, height)
        case other:
            raise ValueError(f"the picture “{src}” is {other}; save it as SVG, PNG or JPEG")


def _lies(image: Image.Image) -> bool:
    """Whether a camera noted that the picture is to be turned by a quarter."""
    return int(image.getexif().get(ORIENTATION, 1)) >= 5


def _upright(image: Image.Image, data: bytes) -> bytes:
    """The picture as the camera meant it: a booklet turns it by the camera's note, PowerPoint does not."""
    if image.getexif().get(ORIENTATION, 1) == 1:
        return data
    turned = io.BytesIO()
    ImageOps.exif_transpose(image).save(turned, "PNG" if image.format == "PNG" else "JPEG", quality=95)
    return turned.getvalue()
