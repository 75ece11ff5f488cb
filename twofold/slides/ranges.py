"""Ranges as a native chart: a stacked bar whose first part is not painted, with a point where both ends are one.

Its workbook holds where each claim begins, how far it reaches, and where it ends. The third column is not painted
either: what is written beside a claim hangs on it, for the labels of stacked bars stand inside their bars.
"""

from typing import Any

from pptx.chart.data import CategoryChartData

from twofold.model import Chart
from twofold.numbers import Span, claimed, places, spans
from twofold.slides.chartparts import dress, filled, said, shown
from twofold.slides.theme import ChartLook
from twofold.slides.xml import Element, clark, make
from twofold.words import Words

BESIDE = ("\N{NO-BREAK SPACE}", "\N{EM SPACE}")
"""What keeps a number off its bar, and off the wider sign of a point."""


def range_data(chart: Chart) -> Any:
    """The numbers of a range chart, to be stacked."""
    _, low, high = chart.data.header
    claims = spans(chart)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [row[0] for row in chart.data.rows]
    data.add_series(low, [claim.start for claim in claims])
    data.add_series(f"{high} − {low}", [claim.end - claim.start for claim in claims])
    data.add_series(high, [claim.end for claim in claims])
    return data


def dress_range(plot: Element, chart: Chart, look: ChartLook, words: Words) -> None:
    """Paints the claims and writes their numbers beside them."""
    claims = spans(chart)
    texts = [BESIDE[claim.is_point] + claimed(claim, words, places(chart)) for claim in claims]
    base, reach, end = plot.findall(clark("c:ser"))
    dress(base, (_unpainted(),), make("c:dLbls", *shown()))
    points = (_point(n, claim, look) for n, claim in enumerate(claims) if claim.is_point)
    dress(reach, (filled(look.span, look),), make("c:dLbls", *points, *shown()))
    beside = (said(n, text, "inBase", look.colour, look.size) for n, text in enumerate(texts))
    dress(end, (_unpainted(),), make("c:dLbls", *beside, *shown()))


def leave_room(axis: Element, chart: Chart, look: ChartLook) -> None:
    """Ends the axis of values so far behind the highest claim that the words beside it have room."""
    highest = max(claim.end for claim in spans(chart)) or 1.0
    axis.find(clark("c:scaling")).find(clark("c:min")).addprevious(make("c:max", val=f"{highest / (1 - look.room):g}"))


def _point(index: int, claim: Span, look: ChartLook) -> Element:
    """A bar without length is seen by the sign in its middle: a ring where the number is a limit only."""
    return said(index, look.limit if claim.is_open else look.point, "ctr", look.span.colour, look.sign)


def _unpainted() -> Element:
    return make("c:spPr", make("a:noFill"), make("a:ln", make("a:noFill")))
