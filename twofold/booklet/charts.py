"""Charts as shares of a plot: how far each bar or point reaches. Sizes, strokes and textures are the template's."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from twofold.model import Chart
from twofold.numbers import Span, claimed, number, places, spans, written
from twofold.words import Words

ROUND_STEPS = (1, 2, 2.5, 5, 10)
MOST_STEPS = 7
LEAST_GAP = 0.07  # between two names at the ends of lines, a share of the height
LABEL_LETTERS = 24  # of a category's name in one line


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: it begins at share `start` of the plot's width and is `length` long; a line goes to `end`, and stops
    where that is None, an unknown value. `series` counts from 0. `limit` is 1 for "at least", -1 for "up to"."""

    start: float
    length: float
    end: float | None
    series: int
    text: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the data: its name in lines, none where it is empty, its bars (or points), and what is written at
    their end."""

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


def chart_drawing(chart: Chart, words: Words) -> Drawing:
    """Where everything in a chart stands, as shares between 0 and 1, and what is written there in the language of
    `words`."""
    numbers = [[number(cell) for cell in row[1:]] for row in chart.data.rows]
    ends = [_sum(row) for row in numbers] if chart.kind == "stacked" else [end for row in numbers for end in row if end]
    ticks = axis(min([0.0, *ends]), max([0.0, *ends]))
    scale = _Scale(ticks[0], ticks[-1] - ticks[0], places(chart), words)
    bars = (
        [scale.claim(span) for span in spans(chart)]
        if chart.kind == "range"
        else [scale.stack(row) if chart.kind == "stacked" else scale.row(row) for row in numbers]
    )
    categories = (
        Category(_name(row[0]), found, scale.text(_sum(values)))
        for row, values, found in zip(chart.data.rows, numbers, bars, strict=True)
    )
    marks = tuple((scale.at(tick), written(tick, words)) for tick in ticks)
    return Drawing(chart.kind, chart.data.header[1:], tuple(categories), marks, scale.at(0))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns values into bars on an axis that begins at `low` and is `span` long."""

    low: float
    span: float
    places: int
    words: Words

    def at(self, value: float) -> float:
        return (value - self.low) / self.span

    def text(self, value: float | None) -> str:
        return "" if value is None else written(value, self.words, self.places)

    def row(self, values: Sequence[float | None]) -> tuple[Bar, ...]:
        """Bars, each from zero."""
        return tuple(self._bar(0.0, value, series) for series, value in enumerate(values))

    def stack(self, values: Sequence[float | None]) -> tuple[Bar, ...]:
        """Bars, each from where the last one ends."""
        return tuple(self._bar(_sum(values[:series]), value, series) for series, value in enumerate(values))

    def claim(self, span: Span) -> tuple[Bar, ...]:
        """One bar from a number to another, or a point."""
        start, end = self.at(span.start), self.at(span.end)
        limit = 1 if span.high is None else -1 if span.low is None else 0
        return (Bar(start, end - start, end, 0, claimed(span, self.words, self.places), limit),)

    def _bar(self, start: float, value: float | None, series: int) -> Bar:
        end = start + (value or 0.0)
        left, right = sorted((self.at(start), self.at(end)))
        return Bar(left, right - left, None if value is None else self.at(end), series, self.text(value))


def _name(name: str) -> tuple[str, ...]:
    """A category's name in lines; what stands behind a colon explains it and begins a line."""
    parts = name.replace(": ", ":\n").splitlines()
    return tuple(line for part in parts for line in textwrap.wrap(part, LABEL_LETTERS))


def _sum(values: Sequence[float | None]) -> float:
    return sum(value for value in values if value is not None)


def axis(low: float, high: float) -> list[float]:
    """Round numbers from below `low` to above `high`, at most eight of them."""
    if high <= low:
        high = low + 1
    power = 10 ** math.floor(math.log10((high - low) / MOST_STEPS))
    step = next(power * step for step in ROUND_STEPS if (high - low) / (power * step) <= MOST_STEPS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(first, last + 1)]
