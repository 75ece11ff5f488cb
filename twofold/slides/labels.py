"""Have the words of a chart room? Names of categories, numbers at their marks, and the key.

PowerPoint lays a chart out by itself, and so does LibreOffice; what is known is the size of the whole, how many
categories share it, and that names beside lying bars get a part of the width. That is what is measured here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twofold.model import Chart
from twofold.numbers import claimed, number, places, spans
from twofold.problems import Problem, Severity
from twofold.slides.fit import SINGLE, Ruler
from twofold.slides.lines import Line, Run
from twofold.slides.theme import Box, Style
from twofold.words import Words

NAMES = 0.4
"""Names beside lying bars get this share of the width at most."""
MOST_ROWS = 3
"""Below upright columns PowerPoint turns longer names on their side."""
KEY_SIGN = 2.0
"""The sign of a series in the key and the space about it, in ems."""
KEY_ROWS = 2
FEWER = "show fewer rows, or a part on each of two slides"


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart on its slide: `lying` tells that its bars lie; `slot` is the room that each category has across its bars,
    `reach` that along them."""

    chart: Chart
    lying: bool
    slot: float
    reach: float
    ruler: Ruler
    words: Words

    def style(self, *, bold: bool) -> Style:
        look = self.ruler.theme.chart
        return Style(font="minor", size=look.size, line=look.size * SINGLE, colour=look.colour, bold=bold)

    def width(self, text: str) -> float:
        """What a number takes at its mark."""
        return self.ruler.width(Line((Run(text),)), self.style(bold=True))


def crowded(chart: Chart, box: Box, ruler: Ruler, words: Words, *, lying: bool, key: bool) -> Iterator[Problem]:
    """What has no room in a chart that fills `box`; `key` tells that it has one."""
    size, count = ruler.theme.chart.size, max(1, len(chart.data.rows))
    rows = _key_rows(chart, box, ruler) if key else 0
    if rows > KEY_ROWS:
        yield _told(chart, f"the names of the series take {rows} rows above the chart", "give them shorter names")
    high = box.height - rows * size * SINGLE
    if lying:
        plot = Plot(chart, lying, high / count, box.width * (1 - NAMES), ruler, words)
    else:
        plot = Plot(chart, lying, box.width / count, high, ruler, words)
    if lying and plot.slot < size * SINGLE:
        yield _told(chart, f"{count} rows have {plot.slot:.0f} pt each, their letters need {size * SINGLE:.0f}", FEWER)
    else:
        yield from _names(plot, box)
        yield from _numbers(plot)


def _key_rows(chart: Chart, box: Box, ruler: Ruler) -> int:
    look = ruler.theme.chart
    style = Style(font="minor", size=look.size, line=look.size * SINGLE, colour=look.colour)
    rows, filled = 1, 0.0
    for name in chart.data.header[1:]:
        wide = ruler.width(Line((Run(name),)), style) + KEY_SIGN * look.size
        rows, filled = (rows + 1, wide) if filled and filled + wide > box.width else (rows, filled + wide)
    return rows


def _names(plot: Plot, box: Box) -> Iterator[Problem]:
    """Names of categories, beside the bars or below the columns."""
    style, ruler = plot.style(bold=False), plot.ruler
    measure = box.width * NAMES if plot.lying else plot.slot
    most = int(plot.slot / style.line) if plot.lying else MOST_ROWS
    names = [Line((Run(row[0]),)) for row in plot.chart.data.rows]
    long = [
        name
        for name in names
        if ruler.rows(name, style, measure) > most or (not plot.lying and ruler.word(name, style) > measure)
    ]
    if long:
        first, rows = long[0].text, ruler.rows(long[0], style, measure)
        message = (
            f"the name “{first}”{_more(long)} needs {rows} × {measure:.0f} pt, there is room for {most} × {measure:.0f}"
        )
        yield _told(plot.chart, message, f"shorten it, or {FEWER}")


def _numbers(plot: Plot) -> Iterator[Problem]:
    """Numbers at their marks."""
    match plot.chart.kind:
        case "range":
            yield from _beside_ranges(plot)
        case "stacked":
            yield from _in_segments(plot)
        case _:
            yield from _at_marks(plot)


def _at_marks(plot: Plot) -> Iterator[Problem]:
    """Numbers of neighbouring bars or points must not touch; the widest is told."""
    side_by_side = len(plot.chart.data.header) - 1 if plot.chart.kind == "bar" else 1
    room = plot.slot / side_by_side / (2 if plot.chart.kind == "dot" else 1)  # it stands beside a dot, not above
    texts = [_written(plot.chart, cell) for row in plot.chart.data.rows for cell in row[1:]]
    widest = max(texts, key=plot.width, default="")
    needed = plot.style(bold=True).line if plot.lying else plot.width(widest)
    if needed > room:
        message = f"the number {widest} takes {needed:.0f} pt, each mark of the chart has {room:.0f}"
        yield _told(plot.chart, message, FEWER)


def _in_segments(plot: Plot) -> Iterator[Problem]:
    """A number stands in the middle of its part of a bar; one that is longer than its part covers what is beside it."""
    longest = max((sum(number(cell) or 0 for cell in row[1:]) for row in plot.chart.data.rows), default=0) or 1
    long = [
        f"{text} of “{row[0]}”"
        for row in plot.chart.data.rows
        for cell in row[1:]
        if (text := _written(plot.chart, cell)) and _along(plot, text) > plot.reach * float(cell) / longest
    ]
    if long:
        message = f"the number {long[0]}{_more(long)} is longer than its part of the bar"
        yield _told(plot.chart, message, "leave small parts out, or add them up", Severity.WARNING)


def _along(plot: Plot, text: str) -> float:
    """What a number takes along its bar."""
    return plot.width(text) if plot.lying else plot.style(bold=True).line


def _beside_ranges(plot: Plot) -> Iterator[Problem]:
    """What is written behind the end of a range has the rest of the axis."""
    claims = spans(plot.chart)
    longest = (max(claim.end for claim in claims) or 1) / (1 - plot.ruler.theme.chart.room)
    for row, claim in zip(plot.chart.data.rows, claims, strict=True):
        text = claimed(claim, plot.words, places(plot.chart))
        room = plot.reach * (1 - claim.end / longest)
        if (needed := plot.width(text)) > room:
            message = f"“{text}” beside the range of “{row[0]}” takes {needed:.0f} pt, it has {room:.0f}"
            yield _told(plot.chart, message, "write shorter numbers, or give the chart the whole slide")


def _written(chart: Chart, cell: str) -> str:
    value = number(cell)
    return "" if value is None else f"{value:,.{places(chart)}f}"


def _more(found: Sequence[object]) -> str:
    """“ (and 3 more)”, or nothing."""
    return f" (and {len(found) - 1} more)" if len(found) > 1 else ""


def _told(chart: Chart, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(chart.place, message, hint, severity)
