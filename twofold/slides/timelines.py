"""A timeline as native shapes in one group: dots on a spine, each with its date and what happened.

It runs across the slide where every step has room in a column of its own, and down the slide otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from twofold.model import Timeline
from twofold.problems import Problem
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.fit import Ruler
from twofold.slides.lines import Line, Run
from twofold.slides.masters import levels
from twofold.slides.room import TOLERANCE
from twofold.slides.text import paragraphs
from twofold.slides.theme import Box, StepLook, Style, TimelineLook
from twofold.slides.xml import Element, clark, colour, emu, frame, make

LEFT, RIGHT, TOP, BOTTOM = 2, 6, 0, 4
"""Where connectors hold on to an ellipse: its sites are counted against the clock, from the top."""
DATES, TOLD = 0.3, 0.22
"""Dates, and where things are told, take these shares of the width at most where the timeline runs down."""
SLACK = 1.02


@dataclass(frozen=True, slots=True)
class _Step:
    """One row of the data: what stands in its third column and further is where it is told."""

    date: str
    event: str
    told: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a timeline in the box they stand in."""

    text: str
    style: str
    box: Box
    name: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Where all words and dots of a timeline stand; `sites` are where its spine leaves a dot and meets the next."""

    words: list[_Words]
    dots: list[Box]
    sites: tuple[int, int]

    def bottom(self) -> float:
        return max(one.box.y + one.box.height for one in self.words)


def draw_timeline(canvas: Canvas, timeline: Timeline, stand: Stand) -> None:
    """A named group; its alt text is the author's."""
    steps = [_step(row) for row in timeline.data.rows]
    drawn = _arranged(steps, stand.box, canvas.setting.ruler)
    high = drawn.bottom() - stand.box.y
    if high > stand.box.height + TOLERANCE:
        message = f"the timeline takes {high:.4g} pt of height, its place has {stand.box.height:g}"
        hint = "shorten it, or show a part of it on each of two slides"
        canvas.problems.append(Problem(timeline.place, message, hint))
    look, group = canvas.setting.theme.timeline, canvas.new_id()
    dots = [_dot(canvas.new_id(), box, look, step.date) for box, step in zip(drawn.dots, steps, strict=True)]
    spine = [_connector(canvas.new_id(), pair, drawn.sites, look) for pair in pairwise(dots)]
    texts = [_text(canvas, one) for one in drawn.words]
    names = make(
        "p:nvGrpSpPr",
        make("p:cNvPr", id=group, name=f"Timeline {timeline.id}".strip(), descr=timeline.alt or timeline.title),
        make("p:cNvGrpSpPr"),
        make("p:nvPr"),
    )
    box = Box(stand.box.x, stand.box.y, stand.box.width, high)
    canvas.put_object(group, make("p:grpSp", names, _own_frame(box), *spine, *dots, *texts), stand)


def _step(row: Sequence[str]) -> _Step:
    return _Step(row[0], row[1] if len(row) > 1 else "", " · ".join(filter(None, row[2:])))


# ---------------------------------------------------------------- where things stand


def _arranged(steps: Sequence[_Step], box: Box, ruler: Ruler) -> _Drawn:
    """Across if it can be, as large as it can be; the smallest size down the slide is what is left."""
    for sizes in (ruler.theme.timeline.sizes, ruler.theme.timeline.smaller):
        across = (_across(steps, box, ruler, size) for size in sizes)
        down = [_down(steps, box, ruler, size) for size in sizes]
        fitting = (one for one in down if one.bottom() <= box.y + box.height)
        if found := next((one for one in (*across, *fitting) if one), None):
            return found
    return _down(steps, box, ruler, (*ruler.theme.timeline.sizes, *ruler.theme.timeline.smaller)[-1])


def _across(steps: Sequence[_Step], box: Box, ruler: Ruler, size: StepLook) -> _Drawn | None:
    """Columns of equal width, or None where a word or a step does not fit in one, or a date not on two lines."""
    theme, look = ruler.theme, ruler.theme.timeline
    column = (box.width - look.gap * (len(steps) - 1)) / len(steps)
    lefts = [box.x + number * (column + look.gap) for number in range(len(steps))]
    words: list[_Words] = []
    for left, step in zip(lefts, steps, strict=True):
        top = box.y + look.dot + look.gap / 2
        for text, name in ((step.date, size.date), (step.event, size.event), (step.told, size.told)):
            style = theme.styles[name]
            high = ruler.height((_line(text),), style, column) if text else 0
            if ruler.word(_line(text), style) * SLACK > column or (text == step.date and high > 2 * style.line):
                return None
            if text:
                words.append(_Words(text, name, Box(left, top, column, high), step.date))
                top += words[-1].box.height + style.after
    drawn = _Drawn(words, [Box(left, box.y, look.dot, look.dot) for left in lefts], (RIGHT, LEFT))
    return drawn if drawn.bottom() <= box.y + box.height else None


def _down(steps: Sequence[_Step], box: Box, ruler: Ruler, size: StepLook) -> _Drawn:
    """Rows below each other: dot, date, what happened, where it is told; what height is left stands between them."""
    theme, look = ruler.theme, ruler.theme.timeline
    columns = list(_columns(steps, box, ruler, size))
    rows = [[_fitted(*one, ruler) for one in zip(step, columns, strict=True) if one[0]] for step in _cells(steps)]
    heights = [max(one.box.height for one in row) for row in rows]
    space = min(look.gap, max(0.0, box.height - sum(heights)) / max(1, len(rows) - 1))
    tops = [box.y + sum(heights[:number]) + space * number for number in range(len(rows))]
    lower = (theme.styles[size.date].line - look.dot) / 2
    return _Drawn(
        [_moved(one, top) for row, top in zip(rows, tops, strict=True) for one in row],
        [Box(box.x, top + lower, look.dot, look.dot) for top in tops],
        (BOTTOM, TOP),
    )


def _cells(steps: Sequence[_Step]) -> list[tuple[str, str, str]]:
    return [(step.date, step.event, step.told) for step in steps]


def _columns(steps: Sequence[_Step], box: Box, ruler: Ruler, size: StepLook) -> Iterator[tuple[Box, str, Style]]:
    """Dates and where things are told are as wide as they need, up to a share; what happened has the rest."""
    theme, look, names = ruler.theme, ruler.theme.timeline, (size.date, size.event, size.told)
    dates, _, told = (
        min(box.width * share, max(ruler.width(_line(text), theme.styles[name]) for text in column) * SLACK)
        for column, name, share in zip(zip(*_cells(steps), strict=True), names, (DATES, 1, TOLD), strict=True)
    )
    left = box.x + look.dot + look.gap / 2
    rest = box.x + box.width - left - dates - look.gap - (told + look.gap if told else 0)
    for wide, name in zip((dates, rest, told), names, strict=True):
        yield Box(left, 0, wide, 0), name, theme.styles[name]
        left += wide + look.gap


def _fitted(text: str, column: tuple[Box, str, Style], ruler: Ruler) -> _Words:
    box, name, style = column
    return _Words(text, name, Box(box.x, 0, box.width, ruler.height((_line(text),), style, box.width)), text)


def _moved(words: _Words, by: float) -> _Words:
    box = words.box
    return replace(words, box=Box(box.x, box.y + by, box.width, box.height))


def _line(text: str) -> Line:
    return Line((Run(text),))


# ---------------------------------------------------------------- shapes


def _own_frame(box: Box) -> Element:
    """A group whose inside is measured as the slide is (ISO 29500-1, 20.1.7.5)."""
    inner = (("a:chOff", "x", "y", box.x, box.y), ("a:chExt", "cx", "cy", box.width, box.height))
    placed = frame("a:xfrm", box)
    placed.extend(make(tag, **{first: emu(one), second: emu(other)}) for tag, first, second, one, other in inner)
    return make("p:grpSpPr", placed)


def _dot(shape: int, box: Box, look: TimelineLook, date: str) -> Element:
    names = _names("p:nvSpPr", make("p:cNvPr", id=shape, name=f"Dot {date}"), make("p:cNvSpPr"))
    form = make(
        "p:spPr", frame("a:xfrm", box), _geometry("ellipse"), colour(look.colour), make("a:ln", make("a:noFill"))
    )
    return make("p:sp", names, form)


def _connector(shape: int, pair: tuple[Element, Element], sites: tuple[int, int], look: TimelineLook) -> Element:
    """The spine between two dots; it follows them when they are moved."""
    start, end = (
        make(tag, id=_id(dot), idx=site) for tag, dot, site in zip(("a:stCxn", "a:endCxn"), pair, sites, strict=True)
    )
    names = _names("p:nvCxnSpPr", make("p:cNvPr", id=shape, name=f"Spine {shape}"), make("p:cNvCxnSpPr", start, end))
    ends = [_site(dot, site) for dot, site in zip(pair, sites, strict=True)]
    (left, top), (right, bottom) = ends
    box = Box(left, top, right - left, bottom - top)
    line = make("a:ln", colour(look.colour), w=emu(look.line))
    return make("p:cxnSp", names, make("p:spPr", frame("a:xfrm", box), _geometry("straightConnector1"), line))


def _text(canvas: Canvas, words: _Words) -> Element:
    theme, shape = canvas.setting.theme, canvas.new_id()
    names = _names("p:nvSpPr", make("p:cNvPr", id=shape, name=words.name), make("p:cNvSpPr", txBox=True))
    form = make("p:spPr", frame("a:xfrm", words.box), _geometry("rect"), make("a:noFill"))
    line = Line((Run(words.text, canvas.setting.lang),))
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), 0)
    body = make(
        "p:txBody",
        make("a:bodyPr", make("a:noAutofit"), wrap="square", **insets),
        make("a:lstStyle", *levels(theme.styles[words.style], theme)),
        *paragraphs((line,), theme, canvas.link),
    )
    return make("p:sp", names, form, body)


def _names(tag: str, *parts: Element) -> Element:
    return make(tag, *parts, make("p:nvPr"))


def _geometry(preset: str) -> Element:
    return make("a:prstGeom", make("a:avLst"), prst=preset)


def _id(shape: Element) -> str:
    return str(shape[0][0].get("id"))


def _site(dot: Element, site: int) -> tuple[float, float]:
    """Where a connector holds on to a dot, in points."""
    offset, size = dot.find(f".//{clark('a:off')}"), dot.find(f".//{clark('a:ext')}")
    x, y, side = (int(value) / emu(1) for value in (offset.get("x"), offset.get("y"), size.get("cx")))
    return {
        TOP: (x + side / 2, y),
        BOTTOM: (x + side / 2, y + side),
        LEFT: (x, y + side / 2),
        RIGHT: (x + side, y + side / 2),
    }[site]
