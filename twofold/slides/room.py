"""Does it fit? Asked of every text before it is written: at what scale it stands in its place, and what the author is
told where it is set smaller or cannot stand there at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from twofold.problems import Place, Problem, Severity
from twofold.slides.fit import Ruler
from twofold.slides.lines import Line
from twofold.slides.theme import Box, Spot, Style

STEP = 0.5
TOLERANCE = 0.5
"""Points by which a text may pass the foot of its place."""
SHORTER = "shorten it by {cut}"
ALL_SHORTER = "write shorter ones, or give the place more room on the layout"
USUAL = f"{SHORTER}, or continue it on a further slide with `---`"
HINTS = {
    "title": SHORTER,
    "head": "give the chapter a shorter title, or a short-title",
    "footer": "give the course a shorter title, or a short-title, in course.toml",
    "source": "shorten the caption by {cut}, or cite less on one slide",
}
"""What to do about a text that is too long, by the name of its place."""
SMALLER = {
    "content": ("two-content", ("left", "right")),
    "statement": ("content", ("body",)),
    "quote": ("content", ("body",)),
    "definition": ("content", ("body",)),
}
"""A layout that an author can ask for instead, and its places for the same text."""


@dataclass(frozen=True, slots=True)
class Stood:
    """How a text stands in its place: the scale of its letters, and what is said of it."""

    scale: float = 1
    problems: tuple[Problem, ...] = ()


def stand(lines: Sequence[Line], spot: Spot, box: Box, place: Place, ruler: Ruler, *, role: str, hint: str) -> Stood:
    """`lines` in `box`, which is `spot` or a part of it, on a slide with the layout `role`. Text that does not fit even
    at the least size of its style is an error, text that is set smaller a warning."""
    style = ruler.theme.styles[spot.style]
    box = spot.inner(box)
    scale = fitting_scale(lines, style, box, ruler)
    if scale == 1:
        return Stood()
    height = ruler.height(lines, style, box.width)
    is_body = hint == USUAL  # another layout has no more room for a title or a footer
    hint = hint.format(cut=_cut(lines, box.height / height))
    if scale and not ruler.theme.minds(style.size * scale, style):
        message = f"texts in the place “{spot.name}” are longer than it; they are set smaller"
        return Stood(scale, (Problem(Place(ruler.theme.name), message, ALL_SHORTER, Severity.WARNING),))
    if scale:
        message = f"to fit the place “{spot.name}”, this text is set in {style.size * scale:.3g} pt, not {style.size:g}"
        return Stood(scale, (Problem(place, message, hint, Severity.WARNING),))
    message = (
        f"this text takes {height:.4g} pt of height at {style.size:g} pt, the place “{spot.name}” has {box.height:g}"
    )
    smallest = (style.least or style.size) / style.size
    return Stood(smallest, (Problem(place, message, hint + (_roomier(lines, role, ruler) if is_body else "")),))


def fitting_scale(lines: Sequence[Line], style: Style, box: Box, ruler: Ruler) -> float:
    """The largest scale at which letters fit, 1 at most; 0 where even the style's least size is too large. They fall by
    half points. Rows keep their distance: PowerPoint brings no rows closer whose distance is given in points."""
    steps = round((style.size - (style.least or style.size)) / STEP)
    for scale in (1 - number * STEP / style.size for number in range(steps + 1)):
        if ruler.height(lines, style, box.width, scale) <= box.height + TOLERANCE:
            return scale
    return 0


def _cut(lines: Sequence[Line], share: float) -> str:
    """“about 7 words”: so many that `share` of the text is left."""
    words = sum(len(line.text.split()) for line in lines)
    cut = ceil(words * (1 - share))
    return f"about {cut} word{'s' if cut > 1 else ''}"


def _roomier(lines: Sequence[Line], role: str, ruler: Ruler) -> str:
    """The end of a hint: a layout of smaller letters that holds the same text, if the author divides it."""
    layout, names = SMALLER.get(role, ("", ()))
    spots = [spot for name in names if (spot := ruler.theme.spots(layout).get(name))]
    if not spots:
        return ""
    whole = Box(0, 0, spots[0].at.width, sum(spot.at.height for spot in spots))
    fits = fitting_scale(lines, ruler.theme.styles[spots[0].style], whole, ruler) == 1
    way = "set it in two columns with `:::: {.columns}`" if layout == "two-content" else f"take layout={layout}"
    return f", or {way}; there is room for it there" if fits else ""
