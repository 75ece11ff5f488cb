"""Of two layouts that offer the same places, the one on which the picture stands larger and the text has room."""

from dataclasses import replace

from twofold.drawings import picture
from twofold.model import Figure
from twofold.slides.canvas import Setting
from twofold.slides.choosing import bare
from twofold.slides.lines import lines, split
from twofold.slides.planned import PlannedSlide
from twofold.slides.room import fitting_scale
from twofold.slides.theme import Spot


def arranged(slide: PlannedSlide, setting: Setting) -> PlannedSlide:
    """The slide, on the other layout that its own names if that one serves it better."""
    other = setting.theme.layouts[slide.role].otherwise
    if not other:
        return slide
    here, there = setting.theme.spots(slide.role), setting.theme.spots(other)
    larger = _scale(slide, setting, there["picture"]) > _scale(slide, setting, here["picture"])
    return replace(slide, role=other) if larger and _has_room(slide, setting, there["body"]) else slide


def _scale(slide: PlannedSlide, setting: Setting, spot: Spot) -> float:
    """How large the slide's picture would stand; 0 where there is none that can be read."""
    zone = slide.zone("picture")
    figure = bare(zone.blocks[0]) if zone and len(zone.blocks) == 1 else None
    if not isinstance(figure, Figure):
        return 0.0
    try:
        found = picture(setting.folder, figure.src)
    except ValueError:
        return 0.0
    return min(spot.at.width / found.width, spot.at.height / found.height)


def _has_room(slide: PlannedSlide, setting: Setting, spot: Spot) -> bool:
    zone = slide.zone("body")
    words, _ = split(lines(zone.blocks if zone else (), setting.lang))
    return fitting_scale(words, setting.theme.styles[spot.style], spot.at, setting.ruler) == 1
