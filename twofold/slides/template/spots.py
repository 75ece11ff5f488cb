"""Where the places of a slide stand on a layout of a template: in its placeholders, and what has none in text boxes
within them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from twofold.slides.template.mapping import TITLES, Taken
from twofold.slides.template.reading import Offer, Placeholder
from twofold.slides.theme import Box, Kind, Spot

ASIDE = 0.3
"""The chapter and the page of the booklet take this share of the line at the foot, the source the rest."""
COLUMN_GAP = 0.03
MARGIN = 0.06
"""Where a template says nothing of its margins, they are such a share of the slide."""
FEET: tuple[Kind, ...] = ("footer", "number")
NAMES = {"head": "Chapter", "mark": "Page mark"}
Inset = tuple[float, float, float, float]
NO_INSET: Inset = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Lines:
    """The heights in points of a row at the foot of the content, and of the gap above it."""

    row: float
    gap: float


def style_of(offer: Offer, place: Placeholder) -> str:
    """The name of the style of a placeholder."""
    return f"{offer.number}/{place.kind}/{place.index}"


def spots(taken: Taken, places: Sequence[str], wanted: Sequence[str], lines: Lines) -> dict[str, Spot]:
    """The places of a slide in reading order. `places` are those that show something, the title first; `wanted` is
    what a slide of that role has besides."""
    offer = taken.offer
    contents = {name: box for name, box in _contents(taken, places[1:]).items() if name in places}
    strip = [name for name in ("source", "head", "mark") if name in wanted and name not in taken.places]
    floor = _floor(offer, [*contents.values()])
    high = lines.row * 2 + lines.gap if strip else 0
    lowest = floor - high
    shown = {name: _lifted(box, lowest) for name, box in contents.items()}
    found = dict(_title(taken, places[:1]))
    natives = sorted((one.order, name) for name, one in taken.places.items() if name not in (*places[:1], *FEET))
    for name in (*(name for _, name in natives), *(name for name in shown if name not in taken.places)):
        found[name] = _spot(taken, name, shown)
    area = _union([*shown.values()]) if shown else _area(offer)
    foot = max((box.y + box.height for box in shown.values()), default=lowest)
    if strip:
        at = Box(area.x, min(foot, lowest) + lines.gap, area.width, 2 * lines.row)
        found |= _strip(strip, at, next((one.inset for one in taken.places.values()), NO_INSET), lines)
    return found | dict(_feet(taken, wanted))


def _contents(taken: Taken, names: Sequence[str]) -> dict[str, Box]:
    """Where each of the places stands: in its placeholder if all have one, else side by side in the room there is."""
    natives = {name: taken.places[name].at for name in names if name in taken.places}
    if len(natives) == len(names):
        return natives
    area = _union([*natives.values()]) if natives else _area(taken.offer)
    gap = area.width * COLUMN_GAP
    wide = (area.width - gap * (len(names) - 1)) / len(names)
    return {name: Box(area.x + (wide + gap) * rank, area.y, wide, area.height) for rank, name in enumerate(names)}


def _spot(taken: Taken, name: str, boxes: Mapping[str, Box]) -> Spot:
    place = taken.places.get(name)
    if place is None:
        return _box_at(name.capitalize(), "box", boxes[name])
    at = boxes.get(name, place.at)
    return native(taken.offer, place, at)


def _box_at(name: str, style: str, at: Box, inset: Inset = NO_INSET) -> Spot:
    """A text box."""
    return Spot(name=name, kind="box", index=0, style=style, at=at, prompt="", inset=inset, centred=True, own=True)


def native(offer: Offer, place: Placeholder, at: Box) -> Spot:
    """A placeholder as a place; it says where it stands if that is not where the layout has it, or if two placeholders
    of the layout, as LibreOffice writes them, cannot be told apart."""
    return Spot(
        name=place.name,
        kind=place.kind,
        index=place.index,
        style=style_of(offer, place),
        at=at,
        prompt="",
        anchor=place.anchor,
        inset=place.inset,
        centred=True,
        moved=at != place.at or sum((one.kind, one.index) == (place.kind, place.index) for one in offer.places) > 1,
    )


def _title(taken: Taken, names: Sequence[str]) -> Iterator[tuple[str, Spot]]:
    """The title; a layout without one gets that of its master, for a slide is found by its title."""
    for name in names:
        if name in taken.places:
            yield name, native(taken.offer, taken.places[name], taken.places[name].at)
        else:
            standard = next((one for one in taken.offer.standard if one.kind in TITLES), None)
            box = standard.at if standard else _top(taken.offer)
            inset = standard.inset if standard else NO_INSET
            title = _box_at("Title", "title-box", box, inset)
            yield name, replace(title, kind="title", anchor=standard.anchor if standard else "top")


def _strip(names: Sequence[str], box: Box, inset: Inset, lines: Lines) -> dict[str, Spot]:
    """The source at the left; the chapter and the page of the booklet at the right, above each other."""
    aside, beside = [name for name in names if name != "source"], (inset[0], 0.0, inset[2], 0.0)
    found = {}
    if "source" in names:
        at = Box(box.x, box.y, box.width * (1 - ASIDE if aside else 1), box.height)
        found["source"] = _box_at("Source", "source-box", at, beside)
    for rank, name in enumerate(aside):
        at = Box(box.x + box.width * (1 - ASIDE), box.y + rank * lines.row, box.width * ASIDE, lines.row)
        found[name] = _box_at(NAMES[name], "aside-box", at, beside)
    return found


def _feet(taken: Taken, wanted: Sequence[str]) -> Iterator[tuple[str, Spot]]:
    for name in FEET:
        listed = [taken.places[name]] if name in taken.places else taken.offer.of(name)
        if name in wanted and listed:
            yield name, native(taken.offer, listed[0], listed[0].at)


# ---------------------------------------------------------------- room


def _floor(offer: Offer, boxes: Sequence[Box]) -> float:
    """Where the content has to end: above the feet of the layout and what it shows at the foot."""
    middle = max((box.y + box.height / 2 for box in boxes), default=offer.slide.height / 2)
    feet = [place.at.y for place in offer.of("footer", "number") if place.at.y > middle]
    painted = [panel.at.y for panel in offer.painted if panel.at.y > middle]
    return min([offer.slide.height * (1 - MARGIN / 2), *feet, *painted])


def _lifted(box: Box, lowest: float) -> Box:
    """The same, ending no lower than that."""
    return Box(box.x, box.y, box.width, min(box.height, lowest - box.y))


def _area(offer: Offer) -> Box:
    """The room for content on a layout without a place for it: that of its master, else what is below the title."""
    title = next((one.at for one in offer.of(*TITLES)), None)
    standard = next((one.at for one in offer.standard if one.kind == "words"), None)
    top = title or next((one.at for one in offer.standard if one.kind in TITLES), _top(offer))
    if standard and standard.y >= top.y + top.height * 0.8:
        return standard
    foot = _floor(offer, [])
    start = top.y + top.height
    return Box(top.x, start, top.width, max(foot - start, offer.slide.height * MARGIN))


def _top(offer: Offer) -> Box:
    wide, high = offer.slide.width, offer.slide.height
    return Box(wide * MARGIN, high * MARGIN, wide * (1 - 2 * MARGIN), high * 2 * MARGIN)


def _union(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)
