"""The numbers of charts: cells of a CSV into values, and values into what a reader of the language expects.

Both writers draw from here, so that a chart says the same on a page and on a slide.
"""

from dataclasses import dataclass

from twofold.model import Chart
from twofold.words import Words


@dataclass(frozen=True, slots=True)
class Span:
    """What a row of a range chart claims, `low` to `high`; None is an open end: at least, or up to."""

    low: float | None
    high: float | None

    @property
    def start(self) -> float:
        """Where its mark begins; reading has seen to it that one end is known."""
        return self.low if self.low is not None else self.end

    @property
    def end(self) -> float:
        """Where its mark ends, the same place as `start` where there is but one number."""
        return self.high if self.high is not None else self.start

    @property
    def is_open(self) -> bool:
        """Whether the number is a limit only."""
        return self.low is None or self.high is None

    @property
    def is_point(self) -> bool:
        """Whether there is one number and not two."""
        return self.start == self.end


def number(cell: str) -> float | None:
    """The value of a cell, which reading has checked; an empty one is not known."""
    return float(cell) if cell.strip() else None


def spans(chart: Chart) -> tuple[Span, ...]:
    """The claims of a range chart, row by row."""
    return tuple(Span(number(low), number(high)) for _, low, high in chart.data.rows)


def places(chart: Chart) -> int:
    """How many digits after the point the numbers of a chart have, as many in all of them."""
    return max((len(cell.partition(".")[2]) for row in chart.data.rows for cell in row[1:]), default=0)


def written(value: float, words: Words, places: int | None = None) -> str:
    """A number as the language has it: 1,700 or 1.700; without `places` as many digits after the point as it needs."""
    plain = f"{value:,.10g}" if places is None else f"{value:,.{places}f}"
    if abs(value) < int(words["grouped-from"]):
        plain = plain.replace(",", "")
    marks = {",": words["thousands"], ".": words["decimal"], "-": "−"}
    return "".join(marks.get(sign, sign) for sign in plain)


def claimed(span: Span, words: Words, places: int = 0) -> str:
    """What is written beside the mark of a claim: 46, 500–700, at least 600, up to 700."""
    start, end = written(span.start, words, places), written(span.end, words, places)
    if span.low is None:
        return words("up-to", n=end)
    if span.high is None:
        return words("at-least", n=start)
    return start if span.is_point else f"{start}–{end}"
