"""Tables, timelines and comparisons as native tables, in the theme's one table style."""

from collections.abc import Sequence
from dataclasses import dataclass

from twofold.ledger import VERDICTS
from twofold.model import (
    Alignment,
    Compare,
    Data,
    Inlines,
    Table,
    Text,
    Voice,
)
from twofold.problems import Place
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.lines import Line, line
from twofold.slides.masters import TABLE_STYLE, levels
from twofold.slides.rough import height, width
from twofold.slides.text import paragraphs
from twofold.slides.theme import Box, Style
from twofold.slides.xml import Element, emu, make, worded
from twofold.trees import named, plain
from twofold.words import Words

TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
NARROWEST = 0.1
"""No column gets less than this share of the table."""
SLACK = 1.02
"""Letters are measured at their mean: a cell stays on its line where it has this much more."""
ALIGNED: dict[Alignment, str | None] = {"left": None, "center": "ctr", "right": "r"}


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells as lines, the head first."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    place: Place

    def column(self, number: int) -> list[str]:
        return [" ".join(line.text for line in row[number]) for row in self.rows]


def draw_table(canvas: Canvas, table: Table | Compare, stand: Stand) -> None:
    """A native table, as wide as there is room."""
    box, grid = stand.box, _grid(canvas, table)
    widths = _widths(grid, canvas, box.width)
    heights = _heights(grid, canvas, widths, box)
    if round(sum(heights)) > box.height:
        message = f"the table takes about {round(sum(heights))} pt of height, its place has {box.height:g}"
        canvas.warn(table.place, message, "shorten it, or continue it on a further slide")
    content = _table(grid, canvas, widths, heights)
    size = Box(box.x, box.y, sum(widths), sum(heights))
    canvas.put_graphic(f"Table {table.id}", _described(table), TABLE_URI, content, size, stand)


def _grid(canvas: Canvas, table: Table | Compare) -> _Grid:
    alignments: tuple[Alignment, ...]
    if isinstance(table, Table):
        rows = [row.cells for row in (table.head, *table.rows)]
        alignments = table.alignments
    elif isinstance(table, Compare):
        rows = _voices(table, canvas.setting.words)
        alignments = tuple("left" for _ in rows[0])
    else:
        rows = _texts(table.data)
        alignments = tuple("left" for _ in table.data.header)
    lang = canvas.setting.lang
    written = tuple(tuple(canvas.lines(line(cell, lang)) for cell in row) for row in rows)
    return _Grid(written, alignments, table.place)


def _texts(data: Data) -> list[tuple[Inlines, ...]]:
    return [tuple((Text(text=cell, place=data.place),) for cell in row) for row in (data.header, *data.rows)]


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
    look, styles = canvas.setting.theme.table, canvas.setting.theme.styles
    head, *cells = grid.column(number)
    texts = [(head, styles[look.head]), *((cell, styles[look.cell]) for cell in cells)]
    longest_word = max((width(word, style) for text, style in texts for word in text.split()), default=0.0)
    longest_cell = max(width(text, style) for text, style in texts) * SLACK
    least = max(longest_word + 2 * look.inset[0], total * NARROWEST)
    return least, max(least, longest_cell + 2 * look.inset[0])


def _heights(grid: _Grid, canvas: Canvas, widths: Sequence[float], box: Box) -> list[float]:
    """Rows as high as their words need; what is left makes them even, up to the theme's highest row."""
    theme = canvas.setting.theme
    lowest, highest = theme.table.row
    styles = [theme.styles[theme.table.head]] + [theme.styles[theme.table.cell]] * (len(grid.rows) - 1)
    needed = [
        max(
            lowest,
            max(_cell_height(cell, style, width, theme.table.inset) for cell, width in zip(row, widths, strict=True)),
        )
        for row, style in zip(grid.rows, styles, strict=True)
    ]
    rows = needed[1:]
    even = min(highest, (box.height - needed[0]) / max(1, len(rows)))
    if sum(max(row, even) for row in rows) + needed[0] <= box.height:
        return [needed[0], *(max(row, even) for row in rows)]
    spare = max(0.0, box.height - sum(needed)) / max(1, len(rows))
    return [needed[0], *(min(max(highest, row), row + spare) for row in rows)]


def _cell_height(cell: Sequence[Line], style: Style, width: float, inset: tuple[float, float]) -> float:
    return height(cell, style, width - 2 * inset[0]) + 2 * inset[1]


# ---------------------------------------------------------------- elements


def _table(grid: _Grid, canvas: Canvas, widths: Sequence[float], heights: Sequence[float]) -> Element:
    properties = make("a:tblPr", worded("a:tableStyleId", TABLE_STYLE), firstRow=True)
    columns = make("a:tblGrid", *(make("a:gridCol", w=emu(width)) for width in widths))
    rows = (
        make(
            "a:tr",
            *(_cell(cell, align, canvas, head=number == 0) for cell, align in zip(row, grid.alignments, strict=True)),
            h=emu(high),
        )
        for number, (row, high) in enumerate(zip(grid.rows, heights, strict=True))
    )
    return make("a:tbl", properties, columns, *rows)


def _cell(cell: Sequence[Line], align: Alignment, canvas: Canvas, *, head: bool) -> Element:
    """The head's letters are a list style of its cells, since a table style knows no size."""
    theme = canvas.setting.theme
    style = list(levels(theme.styles[theme.table.head], theme)) if head else []
    words = list(paragraphs(cell, theme, canvas.link))
    for paragraph in words:
        if ALIGNED[align]:
            paragraph.insert(0, make("a:pPr", algn=ALIGNED[align]))
    beside, above = (emu(inset) for inset in theme.table.inset)
    insets = make("a:tcPr", marL=beside, marR=beside, marT=above, marB=above, anchor="b" if head else "ctr")
    return make("a:tc", make("a:txBody", make("a:bodyPr"), make("a:lstStyle", *style), *words), insets)
