"""Tables that were changed on two sides: row by row, column by column, cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twofold.slides.merging import looks
from twofold.slides.merging.inheriting import TABLE, TABLE_HEAD, merged
from twofold.slides.merging.judging import Judge, three_way
from twofold.slides.merging.model import Cell, Level, Style, Table
from twofold.slides.merging.references import Library
from twofold.slides.merging.sequences import Strand, pairs, strands
from twofold.slides.merging.texts import adopted, merge_text
from twofold.slides.merging.writing import set_text
from twofold.slides.xml import Element, clark, make

WIDER = 40000
"""A column is wider when it is so by more than a millimetre, in EMU, after a program that counts in such steps."""


@dataclass(slots=True)
class TableMerge:
    """`table` is the element of ours. Afterwards `lost` holds what the chapters say and the table does not,
    `dropped` what they no longer say and the table does."""

    judge: Judge
    styles: Mapping[str, Style]
    base: Table
    theirs: Table
    ours: Table
    table: Element
    part: Any
    library: Library
    lost: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    edited: bool = False

    def merge(self) -> None:
        """Changes the table of ours."""
        rows = self._strands(_row_words, lambda table: len(table.rows))
        columns = self._strands(_column_words, lambda table: len(table.widths))
        old = [row.findall(clark("a:tc")) for row in self.table.findall(clark("a:tr"))]
        kept = [strand for strand in rows if self._stays(strand, lambda table, n: [c.words for c in table.rows[n]])]
        beside = [strand for strand in columns if self._stays(strand, _column_words_at)]
        cells = [[self._cell(row, column, old) for column in beside] for row in kept]
        self._grid(beside)
        self._rows(kept, cells)
        self._look()

    def _strands(self, words: Callable[[Table], list[str]], count: Callable[[Table], int]) -> list[Strand]:
        """Rows or columns of all three. Where as many are left, they are the same."""
        texts = [words(table) for table in (self.base, self.theirs, self.ours)]
        sides = [
            [(n, n) for n in range(len(texts[0]))] if len(side) == len(texts[0]) else pairs(texts[0], side)
            for side in texts[1:]
        ]
        return list(strands(count(self.base), sides[0], sides[1], (count(self.theirs), count(self.ours))))

    def _stays(self, strand: Strand, words: Callable[[Table, int], list[str]]) -> bool:
        """Whether a row or column is in the result: not if one side took it away and the other left it as it was."""
        if strand.base is None:
            self.edited = self.edited or strand.theirs is not None
            return True
        if strand.theirs is not None and strand.ours is not None:
            return True
        was = words(self.base, strand.base)
        if strand.theirs is not None:
            kept = words(self.theirs, strand.theirs) != was
            self.edited = self.edited or kept
            self.dropped += [" | ".join(was)] if kept else []
            return kept
        if strand.ours is not None:
            self.edited = True
            if words(self.ours, strand.ours) != was:
                self.lost.append(" | ".join(words(self.ours, strand.ours)))
        return False

    def _cell(self, row: Strand, column: Strand, old: list[list[Element]]) -> Element:
        base = _at(self.base, row.base, column.base)
        theirs, ours = _at(self.theirs, row.theirs, column.theirs), _at(self.ours, row.ours, column.ours)
        levels = self._levels(row, ours or theirs or base)
        if ours is not None and row.ours is not None and column.ours is not None:
            element = old[row.ours][column.ours]
            if base is not None and theirs is not None:
                self._merge_cell(element, base, theirs, ours, levels)
            return element
        if theirs is None:
            return make("a:tc", _body(), make("a:tcPr"))
        element = make("a:tc", _body(), make("a:tcPr"))
        set_text(element[0], [], adopted(self.judge, theirs.text, levels), self.part, self.library)
        look = {name[5:]: value for name, value in self.judge.said(theirs.look).items() if name.startswith("cell.")}
        looks.write(element[1], look, looks.CELL, self.part, self.library)
        return element

    def _merge_cell(self, element: Element, base: Cell, theirs: Cell, ours: Cell, levels: list[Level]) -> None:
        text = merge_text(self.judge, base.text, theirs.text, ours.text, levels)
        if text.edited:
            self.edited = True
            set_text(element.find(clark("a:txBody")), ours.text, text.paragraphs, self.part, self.library)
        self.lost += text.lost
        changed = [name for name in self.judge.edited(theirs.look, base.look) if name.startswith("cell.")]
        if changed:
            self.edited = True
            look, _ = three_way(self.judge, base.look, theirs.look, ours.look)
            own = {name[5:]: value for name, value in look.items() if name.startswith("cell.")}
            looks.write(element.find(clark("a:tcPr")), own, looks.CELL, self.part, self.library)

    def _levels(self, row: Strand, cell: Cell | None) -> list[Level]:
        head = row.base == 0 or (row.base is None and row.ours == 0)
        return _inherited(self.styles, self.base, cell, head=head)

    def _grid(self, columns: list[Strand]) -> None:
        """Columns as wide as the teacher made them, else as they are."""
        widths = [self._length(strand, "widths") for strand in columns]
        grid = self.table.find(clark("a:tblGrid"))
        if widths != self.ours.widths:
            grid[:] = [make("a:gridCol", w=width) for width in widths]

    def _rows(self, rows: list[Strand], cells: list[list[Element]]) -> None:
        elements = self.table.findall(clark("a:tr"))
        new = []
        for strand, row in zip(rows, cells, strict=True):
            element = make("a:tr", h=0) if strand.ours is None else elements[strand.ours]
            rest = [child for child in element if child.tag != clark("a:tc")]
            element.set("h", str(self._length(strand, "heights")))
            element[:] = [*row, *rest]
            new.append(element)
        for element in elements:
            self.table.remove(element)
        self.table.extend(new)

    def _length(self, strand: Strand, name: str) -> int:
        """The width of a column or height of a row: theirs where the teacher changed it."""
        base, theirs, ours = (getattr(table, name) for table in (self.base, self.theirs, self.ours))
        if strand.theirs is None:
            return int(ours[strand.ours]) if strand.ours is not None else int(base[0])
        if strand.base is None or strand.ours is None:
            return int(theirs[strand.theirs])
        apart = abs(theirs[strand.theirs] - base[strand.base])
        if self.judge.rewritten and (apart <= WIDER or name == "heights"):
            return int(ours[strand.ours])
        if apart:
            self.edited = True
            return int(theirs[strand.theirs])
        return int(ours[strand.ours])

    def _look(self) -> None:
        """The style of the table and its options."""
        changed = [] if self.judge.rewritten else self.judge.edited(self.theirs.look, self.base.look)
        if changed:
            self.edited = True
            look, _ = three_way(self.judge, self.base.look, self.theirs.look, self.ours.look)
            style = self.table.find(clark("a:tblPr"))
            looks.write(style, look, looks.TABLE, self.part, self.library)
            for text in style.findall(clark("a:tableStyleId")):
                text.text = (text.text or "").strip()


def table_edited(judge: Judge, styles: Mapping[str, Style], base: Table, theirs: Table) -> bool:
    """Whether the teacher changed anything of a table."""
    if [len(row) for row in base.rows] != [len(row) for row in theirs.rows] or spans_differ(base, theirs):
        return True
    if not judge.rewritten and (base.widths, base.heights, base.look) != (theirs.widths, theirs.heights, theirs.look):
        return True
    for number, (row, other) in enumerate(zip(base.rows, theirs.rows, strict=True)):
        for one, two in zip(row, other, strict=True):
            levels = _inherited(styles, base, one, head=number == 0)
            if merge_text(judge, one.text, two.text, one.text, levels).edited or judge.edited(two.look, one.look):
                return True
    return False


def _inherited(styles: Mapping[str, Style], table: Table, cell: Cell | None, *, head: bool) -> list[Level]:
    """What the text of a cell inherits from the style of the table and from its own list style."""
    style = styles.get(TABLE_HEAD if head and table.look.get("@firstRow") == "1" else TABLE, Style())
    return merged(style.levels, cell.levels) if cell and cell.levels else style.levels


def spans_differ(one: Table, two: Table) -> bool:
    """Whether cells were joined or split."""
    return _spans(one) != _spans(two)


def _spans(table: Table) -> list[tuple[int, int, str, str]]:
    return [
        (row, column, name, value)
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        for name, value in cell.look.items()
        if name.startswith("span.") and value not in ("1", "0", "false")
    ]


def _body() -> Element:
    return make("a:txBody", make("a:bodyPr"), make("a:lstStyle"))


def _at(table: Table, row: int | None, column: int | None) -> Cell | None:
    return None if row is None or column is None or column >= len(table.rows[row]) else table.rows[row][column]


def _row_words(table: Table) -> list[str]:
    return [" | ".join(cell.words for cell in row) for row in table.rows]


def _column_words(table: Table) -> list[str]:
    return [" | ".join(_column_words_at(table, number)) for number in range(len(table.widths))]


def _column_words_at(table: Table, number: int) -> list[str]:
    return [row[number].words for row in table.rows if number < len(row)]


def words_of(rows: Sequence[Sequence[Cell]]) -> str:
    """A table as text, a row a line."""
    return "\n".join(" | ".join(cell.words for cell in row) for row in rows)
