"""layouts/slides/theme.toml into typed values. Lengths are points; a colour is the name of its slot in the theme."""

import re
import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.words import LAYOUTS

THEME = LAYOUTS / "slides" / "theme.toml"
LEVELS = 5
"""Levels of text that a style has: plain, and items of lists four deep."""

Paint = Literal["dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"]
Slot = Paint | Literal["tx1", "bg1", "tx2", "bg2"]
"""A colour of the theme; the last four are text and ground, whichever of the others they are on a master."""
Font = Literal["major", "minor", "code"]
Kind = Literal[
    "title",
    "centred-title",
    "subtitle",
    "text",
    "object",
    "picture",
    "table",
    "chart",
    "footer",
    "number",
    "words",
    "box",
]
"""What a place is for. The last two are places of a school's template: `words` is its text, in place of which evidence
may stand freely; a `box` is no place of its layout and drawn on the slide."""
Token = Literal["keyword", "name", "string", "number", "comment", "operator", "plain"]


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on the slide."""

    x: float
    y: float
    width: float
    height: float


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: a key it does not know is an error."""


class Size(_Table, frozen=True):
    width: float
    height: float


class Fonts(_Table, frozen=True):
    major: str
    minor: str
    code: str


class Bullet(_Table, frozen=True):
    sign: str
    colour: Slot
    indent: float


class Style(_Table, frozen=True):
    """A text style; `after` is the space below a paragraph, `spacing` that between letters. A text that is too long is
    set in no smaller size than `least`, or than `size` where that is 0."""

    font: Font
    size: float
    line: float
    colour: Slot
    least: float = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    spacing: float = 0
    after: float = 0
    align: Literal["left", "right"] = "left"
    bullet: Bullet | None = None

    def at(self, depth: int) -> "Style":
        """How text looks that stands so deep in lists, 0 outside of them: the same, but in some templates."""
        return self

    def indent(self, depth: int) -> float:
        """How far in from the left such text stands."""
        return self.bullet.indent * self.level(depth) if self.bullet else 0

    def level(self, depth: int) -> int:
        """Its level in the file, counted from 0, of LEVELS; what is nested deeper stands at the last."""
        return min(depth, LEVELS - 1)

    def own_sign(self, depth: int) -> float:
        """How far in such an item stands if it has to bring its own sign; 0 where the layout gives one."""
        return 0

    def row(self, scale: float) -> float:
        """The height of a row in letters `scale` times as large; rows whose distance is given in points keep it."""
        return self.line

    def typeface(self, fonts: Fonts) -> str:
        """The name of its font."""
        return str(getattr(fonts, self.font))

    def own_levels(self) -> tuple[Any, ...]:
        """What text has to say of itself, level by level, where its place says nothing of use."""
        return ()

    def lists_plain_text(self) -> bool:
        """Whether the first level is that of items, so that plain text has to say that it is none."""
        return False


class Spot(_Table, frozen=True):
    """A place that a layout offers; `index` is the same for its fellows on all layouts. Words keep off its edges by
    `inset`: left, top, right, bottom; a picture stands in its middle if `centred`. It is `moved` where it stands
    elsewhere on the slide than on the layout, and brings its `own` place and look where the layout knows none such."""

    name: str
    kind: Kind
    index: int
    style: str
    at: Box
    prompt: str
    anchor: Literal["top", "middle", "bottom"] = "top"
    inset: tuple[float, float, float, float] = (0, 0, 0, 0)
    centred: bool = False
    moved: bool = False
    own: bool = False

    def inner(self, box: Box) -> Box:
        """Where words may stand when the place is `box`."""
        left, top, right, bottom = self.inset
        return Box(box.x + left, box.y + top, box.width - left - right, box.height - top - bottom)


class Over(_Table, frozen=True):
    """What a layout says differently of a place; None keeps the general word."""

    kind: Kind | None = None
    style: str | None = None
    at: Box | None = None
    prompt: str | None = None
    anchor: Literal["top", "middle", "bottom"] | None = None


class Shape(_Table, frozen=True):
    """A plain rectangle of a layout, behind its places."""

    at: Box
    fill: Slot


class Layout(_Table, frozen=True):
    """One layout; `places` are in reading order, `type` is its name in PowerPoint's own list or empty, `otherwise` the
    layout with the same places that is taken where a picture stands larger on it."""

    name: str
    places: tuple[str, ...]
    type: str = ""
    otherwise: str = ""
    background: Slot = "lt1"
    over: dict[str, Over] = {}
    shapes: tuple[Shape, ...] = ()


class ShapeLook(_Table, frozen=True):
    """Three thicknesses of line, from thin to strong."""

    lines: tuple[float, float, float]


class Rules(_Table, frozen=True):
    """Lines of a table: thickness and colour, below its head and below each row."""

    head: tuple[float, Slot]
    row: tuple[float, Slot]


class TableLook(_Table, frozen=True):
    """`inset` is beside and above the words of a cell, `row` the lowest and the highest row; `large` is the
    style of cells where there is room, `smaller` are those where there is too little. Cells of the style `cell` look as
    the text of the presentation does unless they are `dressed`."""

    cell: str
    large: str
    head: str
    inset: tuple[float, float]
    row: tuple[float, float]
    rules: Rules
    dressed: bool = False
    smaller: tuple[str, ...] = ()


class Fill(_Table, frozen=True):
    """How the marks of one series are filled; `pattern` is a preset of DrawingML."""

    colour: Slot
    pattern: str = ""


class Stroke(_Table, frozen=True):
    """How the line of one series is drawn."""

    colour: Slot
    marker: Literal["circle", "diamond", "square", "triangle"]


class ChartLook(_Table, frozen=True):
    """`gap` is between groups of bars, in per cent of a bar; `ground` lies under patterns, `outline` goes round them;
    `line` is the thickness of a curve and `marker` the size of its points, `dot` that of points alone. A range is
    filled with `span`; one number alone is a `point`, or a `limit` where it is but one end, both of font size `sign`;
    `room` is the share of the axis for the words beside them."""

    size: float
    colour: Slot
    ground: Slot
    axis: Slot
    gap: int
    outline: float
    line: float
    marker: int
    dot: int
    span: Fill
    point: str
    limit: str
    sign: float
    room: float
    fills: tuple[Fill, ...]
    lines: tuple[Stroke, ...]


class StepLook(_Table, frozen=True):
    """The styles of a step of a timeline: its date, what happened, where it is told."""

    date: str
    event: str
    told: str


class TimelineLook(_Table, frozen=True):
    """`dot` is how wide a dot is, `gap` what stands between steps, `line` how thick the spine is; of `sizes` the first
    is taken with which all fits across or down the slide, else of the `smaller` ones."""

    sizes: tuple[StepLook, ...]
    dot: float
    gap: float
    line: float
    colour: Slot
    smaller: tuple[StepLook, ...] = ()


class MathsLook(_Table, frozen=True):
    """The font size of a formula that has room."""

    size: float


class DrawingLook(_Table, frozen=True):
    """The font of words in SVG drawings, and how much smaller than drawn it is set so that they keep their width; the
    `ground` that a drawing brings where the slide is too dark for it."""

    font: Literal["major", "minor"]
    scale: float
    ground: Slot | None = None


class TokenLook(_Table, frozen=True):
    colour: Slot
    bold: bool = False
    italic: bool = False


class Theme(_Table, frozen=True):
    """The whole file."""

    name: str
    slide: Size
    fonts: Fonts
    colours: dict[str, str]
    styles: dict[str, Style]
    places: dict[str, Spot]
    layouts: dict[str, Layout]
    shapes: ShapeLook
    table: TableLook
    chart: ChartLook
    timeline: TimelineLook
    maths: MathsLook
    drawing: DrawingLook
    code: dict[Token, TokenLook]

    def minds(self, size: float, style: Style) -> bool:
        """Whether each text is told that is set in this size so that it fits, and not only that there are such."""
        return True

    def spots(self, role: str) -> dict[str, Spot]:
        """The places of a layout in reading order, with what the layout says differently."""
        layout = self.layouts[role]
        return {name: _overlaid(self.places[name], layout.over.get(name)) for name in layout.places}


@lru_cache(maxsize=8)
def read_theme(path: Path = THEME) -> Theme:
    """The theme in `path`. Raises CourseError that names the line and, for an unknown key, the nearest known one."""
    text = path.read_text(encoding="utf-8")
    try:
        theme = msgspec.convert(tomllib.loads(text), Theme)
    except tomllib.TOMLDecodeError as error:
        raise CourseError([Problem(Place(path.name), f"not readable as TOML: {error}")]) from None
    except msgspec.ValidationError as error:
        raise CourseError([_problem(str(error), text, path.name)]) from None
    if wrong := list(_dangling(theme, text, path.name)):
        raise CourseError(wrong)
    return theme


def _overlaid(spot: Spot, over: Over | None) -> Spot:
    changes = msgspec.structs.asdict(over) if over else {}
    return msgspec.structs.replace(spot, **{name: value for name, value in changes.items() if value is not None})


def _problem(message: str, text: str, file: str) -> Problem:
    """What msgspec says, at the line of the key it speaks of."""
    unknown = re.search(r"unknown field `([^`]+)`", message)
    if unknown:
        name = unknown[1]
        return Problem(_line(name, text, file), f"unknown key “{name}”", did_you_mean(name, _known_keys()))
    path = re.search(r"at `\$\.?([^`]*)`", message)
    keys = re.findall(r"[\w-]+", path[1]) if path else []
    return Problem(_line(keys[-1] if keys else "", text, file), message)


def _line(key: str, text: str, file: str) -> Place:
    pattern = re.compile(rf"(^|[\s.{{\[]){re.escape(key)}(\]|\s*=)")
    lines = text.splitlines()
    return Place(file, next((n for n, line in enumerate(lines, 1) if key and pattern.search(line)), 0))


def _known_keys() -> set[str]:
    kinds: tuple[Any, ...] = (
        Theme,
        Size,
        Fonts,
        Style,
        Bullet,
        Spot,
        Over,
        Shape,
        Layout,
        TableLook,
        Rules,
        ChartLook,
        TimelineLook,
    )
    return {name for kind in kinds for name in kind.__struct_fields__}


def _dangling(theme: Theme, text: str, file: str) -> list[Problem]:
    """Names that nothing answers to: styles of places, places of layouts."""
    named: list[tuple[str, str, Collection[str]]] = []
    named += [("style", spot.style, theme.styles) for spot in theme.places.values()]
    for layout in theme.layouts.values():
        named += [("layout", layout.otherwise, theme.layouts)] if layout.otherwise else []
        named += [("place", name, theme.places) for name in (*layout.places, *layout.over)]
        named += [("style", over.style, theme.styles) for over in layout.over.values() if over.style]
    named += [("style", theme.table.cell, theme.styles), ("style", theme.table.head, theme.styles)]
    named += [("style", theme.table.large, theme.styles)]
    named += [("style", name, theme.styles) for size in theme.timeline.sizes for name in msgspec.structs.astuple(size)]
    return [
        Problem(Place(file, _mention(name, text)), f"there is no {what} “{name}”", did_you_mean(name, known))
        for what, name, known in named
        if name not in known
    ]


def _mention(name: str, text: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if f'"{name}"' in line or f".{name} " in line), 0)
