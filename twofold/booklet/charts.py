"""Charts as shares of a plot: how far each bar or point reaches. Sizes, strokes and textures are the template's."""

import math
import textwrap
from dataclasses import dataclass

from twofold.model import Chart

ROUND_STEPS = (1, 2, 2.5, 5, 10)
MOST_STEPS = 7
LEAST_GAP = 0.07  # between two names at the ends of lines, a share of the height
LABEL_LETTERS = 24  # of a category's name in one line


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: it begins at share `start` of the plot's width and is `length` long; a line goes to `end`, and stops
    where that is None, an unknown value. `series` counts from 0."""

    start: float
    length: float
    end: float | None
    series: int
    text: str


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the data: its name in lines, its bars (or points), and what is written at their end."""

    name: tuple[str, ...]
    bars: tuple[Bar, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to draw; `ticks` are shares of the axis with what is written there."""

    kind: str
    series: tuple[str, ...]
    categories: tuple[Category, ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float

    @property
    def ends(self) -> tuple[float, ...]:
        """Where the name of each line stands at its end, as shares of the height, none over another."""
        wishes = sorted((self.zero if bar.end is None else bar.end, bar.series) for bar in self.categories[-1].bars)
        places: dict[int, float] = {}
        free = 0.0
        for wish, series in wishes:
            places[series] = max(wish, free)
            free = places[series] + LEAST_GAP
        return tuple(places[series] for series in range(len(wishes)))


def chart_drawing(chart: Chart) -> Drawing:
    """Where everything in a chart stands, as shares between 0 and 1."""
    numbers = [[number(cell) for cell in row[1:]] for row in chart.data.rows]
    ends = [sum(row) for row in numbers] if chart.kind == "stacked" else [value for row in numbers for value in row]
    ticks = axis(min([0.0, *ends]), max([0.0, *ends]))
    low, span = ticks[0], ticks[-1] - ticks[0]
    categories = []
    for row, values in zip(chart.data.rows, numbers, strict=True):
        name = tuple(textwrap.wrap(row[0], LABEL_LETTERS)) or ("",)
        bars = _bars(values, row[1:], low, span, stacked=chart.kind == "stacked")
        categories.append(Category(name, bars, written(sum(values))))
    marks = tuple(((tick - low) / span, written(tick)) for tick in ticks)
    return Drawing(chart.kind, chart.data.header[1:], tuple(categories), marks, -low / span)


def _bars(values: list[float], texts: tuple[str, ...], low: float, span: float, *, stacked: bool) -> tuple[Bar, ...]:
    bars = []
    reached = 0.0
    for series, (value, text) in enumerate(zip(values, texts, strict=True)):
        start = reached if stacked else 0.0
        left, right = sorted((start, start + value))
        label = written(value) if text.strip().isdigit() else text.strip()
        end = (start + value - low) / span if text.strip() else None
        bars.append(Bar((left - low) / span, (right - left) / span, end, series, label))
        reached += value
    return tuple(bars)


def axis(low: float, high: float) -> list[float]:
    """Round numbers from below `low` to above `high`, at most eight of them."""
    if high <= low:
        high = low + 1
    power = 10 ** math.floor(math.log10((high - low) / MOST_STEPS))
    step = next(power * step for step in ROUND_STEPS if (high - low) / (power * step) <= MOST_STEPS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(first, last + 1)]


def number(cell: str) -> float:
    """A number of a CSV, with or without marks between thousands; an empty cell is none."""
    digits = cell.replace(",", "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace("−", "-").strip()
    return float(digits) if digits else 0.0


def written(value: float) -> str:
    """A number as a reader expects it: 1,700 or 2.5."""
    return f"{value:,.10g}".replace("-", "−")
