"""Charts whose values are points: joined to a curve, alone, or two and two by a line between them (a dumbbell)."""

from collections.abc import Sequence

from twofold.model import Chart
from twofold.numbers import number, places
from twofold.slides.chartparts import dress, label
from twofold.slides.theme import ChartLook, Stroke
from twofold.slides.xml import Element, clark, colour, emu, make

POINTS = ("line", "dot", "dumbbell")
"""The kinds of charts that are drawn here."""


def dress_points(plot: Element, chart: Chart, look: ChartLook) -> None:
    """Gives each series its marks and numbers.

    The two points of a dumbbell are joined by lines from the highest value to the lowest (ECMA-376, part 1, 21.2.2.80):
    PowerPoint draws them anew when a number changes, LibreOffice leaves them out."""
    for column, series in enumerate(plot.findall(clark("c:ser")), 1):
        stroke = look.lines[(column - 1) % len(look.lines)]
        dress(series, (_line(stroke, chart, look), _marker(stroke, chart, look)), _labels(chart, look, column))
    if chart.kind == "dumbbell":
        between = make("c:spPr", make("a:ln", colour(look.axis), w=emu(look.line)))
        plot.find(clark("c:marker")).addprevious(make("c:hiLowLines", between))


def _line(stroke: Stroke, chart: Chart, look: ChartLook) -> Element:
    if chart.kind == "line":
        return make("c:spPr", make("a:ln", colour(stroke.colour), w=emu(look.line), cap="rnd"))
    return make("c:spPr", make("a:ln", make("a:noFill")))


def _marker(stroke: Stroke, chart: Chart, look: ChartLook) -> Element:
    return make(
        "c:marker",
        make("c:symbol", val=stroke.marker),
        make("c:size", val=look.marker if chart.kind == "line" else look.dot),
        make("c:spPr", colour(stroke.colour), make("a:ln", make("a:noFill"))),
    )


def _labels(chart: Chart, look: ChartLook, column: int) -> Element:
    """The value beside its mark, bold: above a curve but below its dips, outside of a dumbbell, right of a dot."""
    digits = places(chart)
    below = (make("c:dLbl", make("c:idx", val=row), *label("b", look, digits=digits)) for row in _below(chart, column))
    return make("c:dLbls", *below, *label("r" if chart.kind == "dot" else "t", look, digits=digits))


def _below(chart: Chart, column: int) -> list[int]:
    """The rows whose number stands below its mark."""
    if chart.kind == "dumbbell":
        pairs = ((number(row[column]), number(row[3 - column])) for row in chart.data.rows)
        return [
            row
            for row, (own, other) in enumerate(pairs)
            if own is not None and other is not None and (own, -column) < (other, column - 3)
        ]
    return _dips([number(row[column]) for row in chart.data.rows]) if chart.kind == "line" else []


def _dips(values: Sequence[float | None]) -> list[int]:
    """Where a curve comes down and does not go on down."""
    numbers = [value if value is not None else 0.0 for value in values]
    return [
        n
        for n in range(1, len(numbers))
        if numbers[n] < numbers[n - 1] and (n + 1 == len(numbers) or numbers[n + 1] >= numbers[n])
    ]
