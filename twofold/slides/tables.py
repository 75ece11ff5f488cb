"""Tables and comparisons as native tables, in the theme's one table style."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from twofold.ledger import VERDICTS
from twofold.model import (
    Alignment,
    Compare,
    Inlines,
    Table,
    Text,
    Voice,
)
from twofold.problems import Place, Problem
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.lines import Line, line
from twofold.slides.masters import TABLE_STYLE, levels
from twofold.slides.room import TOLERANCE
from twofold.slides.text import paragraphs
from twofold.slides.theme import Box, Style, TableLook, Theme
from twofold.slides.xml import Element, emu, make, worded
from twofold.trees import named, plain
from twofold.words import Words

TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
NARROWEST = 0.1
"""No column gets less than this share of the table."""
SLACK = 1.02
"""A cell stays on its row where it has this much more than its letters take, whoever sets them."""
ALIGNED: dict[Alignment, str | None] = {"left": None, "center": "ctr", "right": "r"}


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells as lines, the head first; `style` is that of all cells but the head's."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    place: Place
    style: str

    def cells(self, number: int, theme: Theme) -> list[tuple[Line, Style]]:
        """The lines of a column, the head's first, each with its style."""
        head, cell = (theme.styles[name] for name in (theme.table.head, self.style))
        return [(line, cell if place else head) for place, row in enumerate(self.rows) for line in row[number]]


def draw_table(canvas: Canvas, table: Table | Compare, stand: Stand) -> None:
    """A native table, as wide as there is room."""
    box, grid = stand.box, _largest(_grid(canvas, table), canvas, stand.box)
    widths = _widths(grid, canvas, box.width)
    needed = _needed(grid, canvas, widths)
    canvas.problems += _too_long(grid, needed, box)
    heights = _heights(needed, canvas.setting.theme.table, box)
    if isinstance(table, Compare):
        _draw_voices(canvas, table, grid, (widths, heights), stand)
        return
    content = _table(grid, canvas, widths, heights)
    size = Box(box.x, box.y, sum(widths), sum(heights))
    canvas.put_graphic(f"Table {table.id}", _described(table), TABLE_URI, content, size, stand)


def _draw_voices(
    canvas: Canvas, compare: Compare, grid: _Grid, sizes: tuple[Sequence[float], Sequence[float]], stand: Stand
) -> None:
    """The head, and below it a table for each row, which waits for a click: rows of one table cannot."""
    (widths, heights), top = sizes, stand.box.y
    for number, (row, high) in enumerate(zip(grid.rows, heights, strict=True)):
        content = _table(replace(grid, rows=(row,)), canvas, widths, (high,), headed=number == 0)
        box = Box(stand.box.x, top, sum(widths), high)
        words = [" ".join(line.text for line in cell) for cell in row]
        named_head = (f"Comparison {compare.id}".strip(), compare.question)
        name, alt = (words[0], ": ".join(words[:2])) if number else named_head
        waits = Stand(box, None, appears=True) if number else stand
        canvas.put_graphic(name, alt, TABLE_URI, content, box, waits)
        top += high


def _grid(canvas: Canvas, table: Table | Compare) -> _Grid:
    alignments: tuple[Alignment, ...]
    if isinstance(table, Table):
        rows = [row.cells for row in (table.head, *table.rows)]
        alignments = table.alignments
    else:
        rows = _voices(table, canvas.setting.words)
        alignments = tuple("left" for _ in rows[0])
    lang = canvas.setting.lang
    written = tuple(tuple(canvas.lines(line(cell, lang)) for cell in row) for row in rows)
    return _Grid(written, alignments, table.place, canvas.setting.theme.table.cell)


def _largest(grid: _Grid, canvas: Canvas, box: Box) -> _Grid:
    """The table in the largest letters for which it has room, else in the smallest there are."""
    look = canvas.setting.theme.table
    sizes = [replace(grid, style=style) for style in (look.large, look.cell, *look.smaller)]
    fitting = (one for one in sizes if sum(_needed(one, canvas, _widths(one, canvas, box.width))) <= box.height)
    return next(fitting, sizes[-1])


def _voices(compare: Compare, words: Words) -> list[tuple[Inlines, ...]]:
    """Who says what, and the verdict; the better evidence is for the notes."""
    head = tuple((Text(text=words[name]),) for name in ("compare-source", "compare-claim", "compare-verdict"))
    return [head, *((named(voice.source), voice.claim, _verdict(voice, words)) for voice in compare.voices)]


def _verdict(voice: Voice, words: Words) -> Inlines:
    return (Text(text=words[voice.verdict] if voice.verdict in VERDICTS else voice.verdict, place=voice.place),)


def _described(table: Table | Compare) -> str:
    """Alt text: what the author wrote, or what the table is about."""
    match table:
        case Table(caption=caption, head=head):
            return plain(caption) or ", ".join(filter(None, (plain(cell) for cell in head.cells)))
        case Compare(question=question):
            return question


# ---------------------------------------------------------------- sizes


def _widths(grid: _Grid, canvas: Canvas, total: float) -> list[float]:
    """Shares of `total`: every column has room for its longest word; of what is left a column gets what its longest
    cell wants if that is no more than its part, so that a date stays on one line, and the longest columns share the
    rest."""
    sizes = [_wanted(grid, canvas, number, total) for number in range(len(grid.alignments))]
    widths, left = [least for least, _ in sizes], max(0.0, total - sum(least for least, _ in sizes))
    for rank, number in enumerate(sorted(range(len(sizes)), key=lambda number: sizes[number][1] - sizes[number][0])):
        least, most = sizes[number]
        more = min(most - least, left / (len(sizes) - rank))
        widths[number] += more
        left -= more
    return [share * total / sum(widths) for share in widths]


def _wanted(grid: _Grid, canvas: Canvas, number: int, total: float) -> tuple[float, float]:
    """The width of a column's longest word and that of its longest cell, with its insets."""
    ruler, beside = canvas.setting.ruler, 2 * canvas.setting.theme.table.inset[0]
    cells = grid.cells(number, canvas.setting.theme)
    longest_word = max((ruler.word(line, style) for line, style in cells), default=0.0) * SLACK
    longest_cell = max((ruler.width(line, style) for line, style in cells), default=0.0) * SLACK
    least = max(longest_word + beside, total * NARROWEST)
    return least, max(least, longest_cell + beside)


def _needed(grid: _Grid, canvas: Canvas, widths: Sequence[float]) -> list[float]:
    """How high each row is at least: as its highest cell, and no lower than the theme's lowest."""
    theme, ruler = canvas.setting.theme, canvas.setting.ruler
    (beside, above), lowest = theme.table.inset, theme.table.row[0]
    styles = [theme.styles[theme.table.head]] + [theme.styles[grid.style]] * (len(grid.rows) - 1)
    return [
        max(
            lowest,
            *(ruler.height(cell, style, wide - 2 * beside) + 2 * above for cell, wide in zip(row, widths, strict=True)),
        )
        for row, style in zip(grid.rows, styles, strict=True)
    ]


def _heights(needed: Sequence[float], look: TableLook, box: Box) -> list[float]:
    """Rows as high as they need; what is left makes them even, up to the theme's highest row."""
    head, *rows = needed
    highest = look.row[1]
    even = min(highest, (box.height - head) / max(1, len(rows)))
    if sum(max(row, even) for row in rows) + head <= box.height:
        return [head, *(max(row, even) for row in rows)]
    spare = max(0.0, box.height - sum(needed)) / max(1, len(rows))
    return [head, *(min(max(highest, row), row + spare) for row in rows)]


def _too_long(grid: _Grid, needed: Sequence[float], box: Box) -> Iterator[Problem]:
    """The first row that runs over the foot of the table's place."""
    feet = list(accumulate(needed))
    if feet[-1] <= box.height + TOLERANCE:
        return
    over = next(number for number, foot in enumerate(feet) if foot > box.height + TOLERANCE)
    name = " ".join(line.text for line in grid.rows[over][0])
    message = (
        f"the table takes {feet[-1]:.4g} pt of height, its place has {box.height:g}: row {over}, “{name}”, runs over"
    )
    yield Problem(
        grid.place, message, f"shorten its cells, or continue it on a further slide after row {max(1, over - 1)}"
    )


# ---------------------------------------------------------------- elements


def _table(
    grid: _Grid, canvas: Canvas, widths: Sequence[float], heights: Sequence[float], *, headed: bool = True
) -> Element:
    theme = canvas.setting.theme
    properties = make("a:tblPr", worded("a:tableStyleId", TABLE_STYLE), firstRow=True if headed else None)
    columns = make("a:tblGrid", *(make("a:gridCol", w=emu(width)) for width in widths))
    rows = (
        make(
            "a:tr",
            *(
                _cell(cell, align, canvas, theme.table.head if headed and number == 0 else grid.style)
                for cell, align in zip(row, grid.alignments, strict=True)
            ),
            h=emu(high),
        )
        for number, (row, high) in enumerate(zip(grid.rows, heights, strict=True))
    )
    return make("a:tbl", properties, columns, *rows)


def _cell(cell: Sequence[Line], align: Alignment, canvas: Canvas, name: str) -> Element:
    """Letters of another style than that of usual cells are a list style, since a table style knows no size."""
    theme = canvas.setting.theme
    head = name == theme.table.head
    style = list(levels(theme.styles[name], theme)) if name != theme.table.cell or theme.table.dressed else []
    words = list(paragraphs(cell, theme, canvas.link))
    for paragraph in words:
        if ALIGNED[align]:
            paragraph.insert(0, make("a:pPr", algn=ALIGNED[align]))
    beside, above = (emu(inset) for inset in theme.table.inset)
    insets = make("a:tcPr", marL=beside, marR=beside, marT=above, marB=above, anchor="b" if head else "ctr")
    return make("a:tc", make("a:txBody", make("a:bodyPr"), make("a:lstStyle", *style), *words), insets)
