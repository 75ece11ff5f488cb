"""Charts that were changed on two sides: their look, their title, and their data cell by cell."""

from dataclasses import dataclass, field
from typing import Any

from twofold.slides.merging.chart_data import set_data, set_title
from twofold.slides.merging.judging import Judge
from twofold.slides.merging.model import Chart
from twofold.slides.merging.references import Library
from twofold.slides.merging.snapshot import chart_part
from twofold.slides.xml import Element, clark

LOOK = "another look of the chart"
Data = list[list[str]]


@dataclass(slots=True)
class ChartMerge:
    """`element` and `part` are the frame and the slide of ours, `source` the same of theirs."""

    judge: Judge
    base: Chart
    theirs: Chart
    ours: Chart
    source: tuple[Element, Any]
    element: Element
    part: Any
    library: Library
    lost: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    edited: bool = False

    def merge(self) -> None:
        """Changes the chart of ours, or puts theirs in its place where its look was changed."""
        part, now = self._look()
        data = self._data()
        if data != now.data:
            set_data(part, data)
        title = self.ours.title if self.theirs.title == self.base.title else self.theirs.title
        if title != now.title:
            set_title(part._element, title)
        self.library.rename(part)
        self.edited = now is self.theirs or (data, title) != (self.ours.data, self.ours.title)
        if self.theirs.title != self.base.title and self.ours.title not in (self.base.title, self.theirs.title):
            self.lost.append(self.ours.title)

    def _look(self) -> tuple[Any, Chart]:
        """The part of the chart in the result, and what it shows as yet; a program that writes decks anew makes up the
        look of charts."""
        part = chart_part(self.element, self.part)
        if self.judge.rewritten or self.theirs.look == self.base.look:
            return part, self.ours
        if self.ours.look not in (self.base.look, self.theirs.look) and self.ours.data == self.base.data:
            self.lost.append(LOOK)
        copy = self.library.move(chart_part(*self.source))
        reference = next(self.element.iter(clark("c:chart")))
        old = reference.get(clark("r:id"))
        reference.set(clark("r:id"), self.part.relate_to(copy, self.part.rels[old].reltype))
        self.part.rels.pop(old)
        return copy, self.theirs

    def _data(self) -> Data:
        base, theirs, ours = self.base.data, self.theirs.data, self.ours.data
        if theirs == base:
            return ours
        if ours in (base, theirs):
            return theirs
        if not _same_heads(base, theirs) or not _same_heads(base, ours):
            self.lost.append("\n".join(" | ".join(row) for row in ours))
            return theirs
        return [
            [self._value(*cells) for cells in zip(*rows, strict=True)] for rows in zip(base, theirs, ours, strict=True)
        ]

    def _value(self, base: str, theirs: str, ours: str) -> str:
        if theirs == base:
            return ours
        if ours not in (base, theirs):
            self.lost.append(ours)
        return theirs


def chart_edited(judge: Judge, base: Chart, theirs: Chart) -> bool:
    """Whether the teacher changed anything of a chart."""
    restyled = not judge.rewritten and theirs.look != base.look
    return restyled or (theirs.data, theirs.title) != (base.data, base.title)


def _same_heads(one: Data, two: Data) -> bool:
    """Whether series and categories are the same, so that a cell of one is a cell of the other."""
    return one[0] == two[0] and [row[0] for row in one] == [row[0] for row in two]
