"""Colours of a template: what a name comes to on a layout, what lies below a text, and how well the two part."""

import colorsys
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageColor

from twofold.slides.theme import Box
from twofold.slides.xml import EMU_PER_POINT, Element, clark

ENOUGH = 4.5
"""The least contrast of text, as WCAG 2.2 has it in 1.4.3."""
FILLS = tuple(map(clark, ("a:solidFill", "a:gradFill", "a:pattFill", "a:blipFill", "p:blipFill", "a:noFill")))
SEEN = 8
"""Of a picture so many parts across and down are looked at."""
HALF = 50_000
COVERS = 0.6
"""What lies below so much of a text is its ground."""
NAMES = ("bg1", "tx1", "bg2", "tx2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the slide with the colours that it has: all over, or of a picture so many `across` and as many down."""

    at: Box
    colours: tuple[str, ...]
    across: int = 0

    def below(self, box: Box) -> tuple[str, ...]:
        """Those below a box."""
        if not self.across:
            return self.colours
        wide, high = self.at.width / self.across, self.at.height / self.across
        cells = (
            Box(self.at.x + n % self.across * wide, self.at.y + n // self.across * high, wide, high)
            for n in range(len(self.colours))
        )
        return tuple(one for one, cell in zip(self.colours, cells, strict=True) if _shared(cell, box))


def scheme(theme: Element) -> dict[str, str]:
    """The colours of a theme part, by their names: “dk1” -> “1C1A18”."""
    found = next(theme.iter(clark("a:clrScheme")))
    return {slot.tag.rpartition("}")[2]: colour(slot, {}) or "000000" for slot in found if isinstance(slot.tag, str)}


def mapped(own: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The same with the names that a master or layout gives them: which is text, which is ground."""
    return {**own, **{name: own[slot] for name, slot in mapping.items() if slot in own}}


def colour(parent: Element, known: Mapping[str, str], placeholder: str = "") -> str | None:
    """The colour that an element holds, as six hexadecimal digits; `placeholder` stands for “phClr”."""
    for child in parent.iterchildren("{*}*"):
        kind, value = child.tag.rpartition("}")[2], child.get("val", "")
        match kind:
            case "srgbClr":
                return _modified(value, child)
            case "sysClr":
                return _modified(child.get("lastClr") or ("FFFFFF" if value == "window" else "000000"), child)
            case "schemeClr":
                base = placeholder if value == "phClr" else known.get(value)
                return _modified(base, child) if base else None
            case "prstClr":
                return _modified(_preset(value), child)
    return None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(text: str, grounds: Iterable[str]) -> float:
    """The contrast of a text on the worst of its grounds."""
    return min((contrast(text, ground) for ground in grounds), default=21.0)


def _luminance(value: str) -> float:
    red, green, blue = (_linear(int(value[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """How much light a part of a colour gives (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _bent(light: float) -> float:
    """The way back from `_linear`."""
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _preset(name: str) -> str:
    """A colour by its name in CSS, of which DrawingML shortens some (ISO 29500-1, 20.1.10.48)."""
    for short, long in (("dk", "dark"), ("lt", "light"), ("med", "medium")):
        if name.startswith(short) and not name.startswith(long):
            name = long + name[len(short) :]
    try:
        return "{:02X}{:02X}{:02X}".format(*ImageColor.getrgb(name)[:3])
    except ValueError:
        return "000000"


def _modified(value: str, element: Element) -> str:
    """A colour after what stands inside its element: lumMod, lumOff, and shade and tint, which work on light."""
    parts = tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))
    for change in element.iterchildren("{*}*"):
        amount = int(change.get("val", "100000")) / 100_000
        hue, light, full = colorsys.rgb_to_hls(*parts)
        match change.tag.rpartition("}")[2]:
            case "lumMod":
                parts = colorsys.hls_to_rgb(hue, min(1.0, light * amount), full)
            case "lumOff":
                parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light + amount)), full)
            case "shade":
                parts = tuple(_bent(_linear(part) * amount) for part in parts)
            case "tint":
                parts = tuple(_bent(1 - (1 - _linear(part)) * amount) for part in parts)
    return "".join(f"{round(part * 255):02X}" for part in parts)


# ---------------------------------------------------------------- what lies below


def panels(page: Any, known: Mapping[str, str], whole: Box) -> Iterator[Panel]:
    """What a layout or master paints, from the bottom up: its background, then shapes that are no placeholders."""
    ground = page._element.find(f"{clark('p:cSld')}/{clark('p:bg')}")
    if ground is not None:
        yield _panel(whole, tuple(_background(ground, page.part, known)))
    for shape in page.shapes:
        if not shape.is_placeholder and shape.width and shape.height:
            found = tuple(_shape(shape._element, page.part, known))
            if found:
                at = (shape.left, shape.top, shape.width, shape.height)
                yield _panel(Box(*(value / EMU_PER_POINT for value in at)), found)


def below(box: Box, painted: Iterable[Panel]) -> tuple[str, ...]:
    """The colours below a box: of the last panel that covers most of it."""
    found: tuple[str, ...] = ("FFFFFF",)
    for panel in painted:
        if _shared(panel.at, box) >= COVERS * box.width * box.height:
            found = panel.below(box)
    return found


def _panel(at: Box, colours: tuple[str, ...]) -> Panel:
    """A picture has so many colours as it is looked at in places."""
    return Panel(at, colours, SEEN if len(colours) == SEEN * SEEN else 0)


def fill(element: Element, part: Any, known: Mapping[str, str], placeholder: str = "") -> Iterator[str]:
    """The colours of the fill that is a child of an element."""
    for child in element:
        if child.tag not in FILLS:
            continue
        match child.tag.rpartition("}")[2]:
            case "solidFill" if not _is_clear(child):
                yield from filter(None, [colour(child, known, placeholder)])
            case "gradFill":
                yield from filter(None, (colour(stop, known, placeholder) for stop in child.iter(clark("a:gs"))))
            case "pattFill":
                yield from filter(None, (colour(one, known, placeholder) for one in child))
            case "blipFill":
                yield from _picture(child, part)
        return


def _is_clear(element: Element) -> bool:
    """Whether more is seen of what lies below a fill than of itself."""
    return any(int(alpha.get("val")) < HALF for alpha in element.iter(clark("a:alpha")))


def _background(ground: Element, part: Any, known: Mapping[str, str]) -> Iterator[str]:
    for properties in ground.iterchildren(clark("p:bgPr")):
        yield from fill(properties, part, known)
    for reference in ground.iterchildren(clark("p:bgRef")):
        yield from filter(None, [colour(reference, known)])


def _shape(shape: Element, part: Any, known: Mapping[str, str]) -> Iterator[str]:
    """A picture, a shape with a fill of its own, or with one of the theme."""
    if shape.tag == clark("p:pic"):
        yield from fill(shape, part, known)
        return
    properties = shape.find(clark("p:spPr"))
    if properties is None:
        return
    if any(child.tag in FILLS for child in properties):
        yield from fill(properties, part, known)
        return
    for reference in shape.iter(clark("a:fillRef")):
        if reference.get("idx") != "0":
            yield from filter(None, [colour(reference, known)])


def _picture(element: Element, part: Any) -> Iterator[str]:
    """The colours that a picture has here and there; nothing of one that cannot be read, as a drawing of Windows."""
    for blip in element.iter(clark("a:blip")):
        name = blip.get(clark("r:embed"))
        try:
            with Image.open(io.BytesIO(part.related_part(name).blob)) as image:
                small = image.convert("RGBA").convert("RGB").resize((SEEN, SEEN), Image.Resampling.BOX).tobytes()
        except (KeyError, OSError, ValueError):
            return
        yield from (small[at : at + 3].hex().upper() for at in range(0, len(small), 3))


def _shared(one: Box, other: Box) -> float:
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0.0, wide) * max(0.0, high)
