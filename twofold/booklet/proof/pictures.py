"""What pictures and type look like when they are printed, and copied in grey.

Grey is taken as the luminance of a colour, which is what a copier sees of it; contrast is that of WCAG 2.2, 1.4.3."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from twofold.booklet.boxes import Box, bitmap_width, boxes, drawing, texts
from twofold.booklet.pages import Sheaf
from twofold.booklet.proof.colours import WHITE, Colour, alike, colour, contrast
from twofold.booklet.proof.places import Places, limits
from twofold.problems import Problem

POINTS_IN_PIXEL = 0.75
PIXELS_IN_INCH = 96
SHAPES = ("rect", "circle", "ellipse", "path", "polygon")
SLENDER = 0.35  # em: words are seldom narrower than so much a letter


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Words in a drawing; `size` in points as they are printed, `behind` what they stand on, None where unknown;
    `spot` is None where they are turned or moved piece by piece."""

    words: str
    size: float
    ink: Colour
    behind: Colour | None
    spot: "Spot | None"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where words stand, in the units of the `group` of the drawing that holds them."""

    group: int
    base: float
    left: float
    right: float
    size: float

    def over(self, other: "Spot") -> bool:
        """Whether the two stand one over the other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return self.near(other) and across > self.size * SLENDER

    def near(self, other: "Spot") -> bool:
        """Whether they stand in one line."""
        return self.group == other.group and abs(self.base - other.base) < self.size / 2


@dataclass(slots=True)
class Seen:
    """What was met in a drawing so far: filled shapes with their extent, and the words."""

    shapes: list[tuple[Colour, tuple[float, float, float, float] | None]] = field(default_factory=list)
    words: list[DrawnText] = field(default_factory=list)

    def behind(self, x: float, y: float) -> Colour | None:
        """The colour that was drawn last at a point; None where a shape whose outline we do not follow may be."""
        for fill, extent in reversed(self.shapes):
            if extent is None:
                return None
            if extent[0] <= x <= extent[2] and extent[1] <= y <= extent[3]:
                return fill
        return WHITE


def coarse(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Photographs with too few dots for their size."""
    for number, page in enumerate(sheaf.pages, folio):
        for box, _ in boxes(page):
            if (width := bitmap_width(box)) and (dpi := width / box.width * PIXELS_IN_INCH) < limits()["dpi"]:
                message = f"the picture has {dpi:.0f} dots an inch on page {number}, which prints as steps"
                share = f"{dpi / limits()['dpi']:.0%}"
                yield places.warn(box.element, message, f"take a larger file, or make it {share} as wide")


def tiny(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Type too small to read, on the page and in its drawings; each drawing once."""
    least = limits()["type"]
    for number, page in enumerate(sheaf.pages, folio):
        for box in texts(page):
            if (size := box.style["font_size"] * POINTS_IN_PIXEL) < least - 0.01:
                message = f"“{box.text.strip()[:40]}” is printed in {size:.1f} points on page {number}"
                yield places.warn(box.element, message, f"nothing should be smaller than {least:g}")
        for box, seen in _drawings(page):
            if small := [words for words in seen.words if words.size < least - 0.01]:
                worst = min(small, key=lambda words: words.size)
                message = f"“{worst.words[:40]}” in the drawing is printed in {worst.size:.1f} points on page {number}"
                hint = f"nothing should be smaller than {least:g}; draw it larger, a chart with fewer rows"
                yield places.warn(box.element, message, hint)


def overprinted(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Words of a drawing over other words of it; the first two are told."""
    for number, page in enumerate(sheaf.pages, folio):
        for box, seen in _drawings(page):
            if two := _overprinted(seen):
                message = (
                    f"“{two[0][:30]}” and “{two[1][:30]}” in the drawing stand one over the other on page {number}"
                )
                yield places.warn(box.element, message, "shorten them, or draw a chart with fewer rows")


def _overprinted(seen: Seen) -> tuple[str, str] | None:
    spots = sorted((words.spot, words.words) for words in seen.words if words.spot)
    for index, (spot, words) in enumerate(spots):
        for other, more in spots[index + 1 :]:
            if not spot.near(other):
                break
            if spot.over(other) and words != more:
                return words, more
    return None


def pale(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Words that a copier makes hard to read, and two colours of a drawing that it makes one."""
    least = limits()["contrast"]
    for number, page in enumerate(sheaf.pages, folio):
        for box in texts(page):
            if (found := contrast(tuple(box.style["color"].to("srgb").coordinates), WHITE)) < least:
                message = f"“{box.text.strip()[:40]}” has a contrast of {found:.1f} to 1 in grey on page {number}"
                yield places.warn(box.element, message, f"{least:g} is the least")
        for box, seen in _drawings(page):
            yield from (
                places.warn(box.element, f"{said} on page {number}", hint) for said, hint in _pale_in(seen, least)
            )


def _pale_in(seen: Seen, least: float) -> Iterator[tuple[str, str]]:
    for words in seen.words:
        if words.behind is not None and (found := contrast(words.ink, words.behind)) < least:
            yield (
                f"“{words.words[:40]}” in the drawing has a contrast of {found:.1f} to 1 in grey",
                f"{least:g} is the least",
            )
            break
    for one, other in combinations(sorted({fill for fill, _ in seen.shapes}), 2):
        if alike(one, other):
            named = " and ".join("#" + "".join(f"{round(part * 255):02x}" for part in fill) for fill in (one, other))
            yield f"the colours {named} of the drawing look alike on a copier", "tell them apart by a hatch or a label"
            break


def undrawable(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """What WeasyPrint leaves out of a drawing, or draws otherwise in one viewer than in another."""
    for number, page in enumerate(sheaf.pages, folio):
        for box, _ in boxes(page):
            if (tree := drawing(box)) and (lost := sorted({said for node in _all(tree) if (said := _lost(node))})):
                message = f"{' and '.join(lost)} of the drawing cannot be counted on in print, on page {number}"
                yield places.warn(box.element, message, "draw it with plain shapes, text and patterns")


def _all(node: Any) -> Iterator[Any]:
    yield node
    for child in node:
        yield from _all(child)


def _lost(node: Any) -> str:
    if node.tag == "textPath":
        return "the text along a line (textPath)"
    if node.get("filter", "none") != "none":
        return "a filter"
    if node.tag in ("linearGradient", "radialGradient") and node.get("gradientUnits") != "userSpaceOnUse":
        return "a gradient without gradientUnits=userSpaceOnUse"
    return ""


def words_of_drawings(page: Any) -> Iterator[tuple[Box, str]]:
    """The boxes of drawings with all words in them."""
    for box, seen in _drawings(page):
        yield box, " ".join(words.words for words in seen.words)


def _drawings(page: Any) -> Iterator[tuple[Box, Seen]]:
    for box, names in boxes(page):
        if (tree := drawing(box)) and "sample" not in names:  # which stands for the drawing, and is not read
            seen = Seen()
            view = [float(part) for part in tree.get("viewBox", "").replace(",", " ").split()]
            if len(view) == 4 and view[2] and view[3]:
                _look(tree, min(box.width / view[2], box.height / view[3]), seen)
                yield box, seen


def _look(node: Any, scale: float, seen: Seen) -> None:
    """Walks a drawing in the order in which it is drawn; `scale` takes its units to CSS pixels."""
    for child in node:
        if child.tag in ("defs", "title", "desc", "pattern", "clipPath", "mask", "symbol"):
            continue
        if child.tag == "text":
            _read(child, scale, seen, id(node))
        elif child.tag in SHAPES and (fill := colour(child.get("fill", "black"))):
            seen.shapes.append((fill, _extent(child)))
        else:
            _look(child, scale, seen)


def _read(node: Any, scale: float, seen: Seen, group: int) -> None:
    words = " ".join("".join(_words(node)).split())
    ink = colour(node.get("fill", "black"))
    if not words or not ink or node.get("stroke", "none") != "none":
        return  # a halo behind words, which follow it
    size = _number(node.get("font-size", "16"))
    behind = seen.behind(_number(node.get("x", "0")), _number(node.get("y", "0")) - 1)
    seen.words.append(DrawnText(words, size * scale * POINTS_IN_PIXEL, ink, behind, _spot(node, words, size, group)))


def _spot(node: Any, words: str, size: float, group: int) -> Spot | None:
    if node.get("transform") or any(child.get(name) for child in node for name in ("x", "y", "dx", "dy")):
        return None
    width = len(words) * size * SLENDER
    before = {"middle": width / 2, "end": width}.get(node.get("text-anchor", "start"), 0.0)
    left = _number(node.get("x", "0")) - before
    return Spot(group, _number(node.get("y", "0")), left, left + width, size)


def _words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        yield from _words(child)
        yield child.tail or ""


def _extent(node: Any) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of a rectangle or an oval; None for other outlines."""
    match node.tag:
        case "rect":
            x, y, width, height = (_number(node.get(name, "0")) for name in ("x", "y", "width", "height"))
            return x, y, x + width, y + height
        case "circle" | "ellipse":
            x, y = _number(node.get("cx", "0")), _number(node.get("cy", "0"))
            across = _number(node.get("rx", node.get("r", "0")))
            down = _number(node.get("ry", node.get("r", "0")))
            return x - across, y - down, x + across, y + down
        case _:
            return None


def _number(text: str) -> float:
    try:
        return float(text.split()[0].rstrip("px"))
    except (ValueError, IndexError):
        return 0.0
