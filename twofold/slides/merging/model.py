"""A deck as plain data: what is compared. It goes into a JSON text and comes back as it was."""

import msgspec

Look = dict[str, str]
"""How something looks, property by property: `@sz` is an attribute, `fill` a child element as XML. Relationships stand
in it by what they lead to (see references.py), so that looks of different files can be compared."""


class Run(msgspec.Struct, omit_defaults=True):
    """Letters of one look. A line break is "\\v"; what is no text at all has its XML as the look `raw`."""

    text: str
    look: Look = {}
    lang: str = ""


class Paragraph(msgspec.Struct, omit_defaults=True):
    """Runs in order; `look` is that of the paragraph."""

    runs: list[Run] = []
    look: Look = {}

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Level(msgspec.Struct, omit_defaults=True):
    """What text of one level inherits."""

    paragraph: Look = {}
    run: Look = {}


class Cell(msgspec.Struct, omit_defaults=True):
    """A cell of a table; `levels` is its own list style."""

    text: list[Paragraph] = []
    look: Look = {}
    levels: list[Level] = []

    @property
    def words(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.text)


class Table(msgspec.Struct, omit_defaults=True):
    """Rows of cells, widths of columns and heights of rows in EMU."""

    rows: list[list[Cell]] = []
    widths: list[int] = []
    heights: list[int] = []
    look: Look = {}


class Chart(msgspec.Struct, omit_defaults=True):
    """`data` has a head with the names of the series, then a row for each category, as in a worksheet; `look` is the
    rest of the chart in one word, its digest."""

    data: list[list[str]] = []
    title: str = ""
    look: str = ""


class Shape(msgspec.Struct, omit_defaults=True):
    """A shape, those in groups too: `parent` is the key of the group. `key` is a name that no other shape of the slide
    has, `id` the number that PowerPoint gives, `place` the type and index of its place in the layout. `style` names
    what it inherits, `levels` is the list style of its text."""

    key: str
    kind: str
    id: int = 0
    name: str = ""
    place: str = ""
    parent: str = ""
    look: Look = {}
    style: str = ""
    levels: list[Level] = []
    text: list[Paragraph] | None = None
    table: Table | None = None
    chart: Chart | None = None

    @property
    def words(self) -> str:
        """All its text, a paragraph or a row of a chart a line."""
        cells = [cell for row in self.table.rows for cell in row] if self.table else []
        texts = [paragraph.text for part in (self.text or [], *(c.text for c in cells)) for paragraph in part]
        return "\n".join([*texts, *(" | ".join(row) for row in (self.chart.data if self.chart else []))])


class Slide(msgspec.Struct, omit_defaults=True):
    """A slide. `look` holds whether it is hidden, its transition, its background and the name of its layout; `clicks`
    are its animations, effect by effect, and `timing` the same as XML."""

    key: str
    shapes: list[Shape] = []
    notes: list[Paragraph] = []
    look: Look = {}
    clicks: list[str] = []
    timing: str = ""

    @property
    def words(self) -> str:
        """All its text without the notes."""
        return "\n".join(shape.words for shape in self.shapes)

    @property
    def told(self) -> str:
        """All its text, the notes last."""
        return "\n".join((self.words, *(paragraph.text for paragraph in self.notes)))


class Section(msgspec.Struct, omit_defaults=True):
    """A section with the keys of its slides."""

    id: str
    name: str
    slides: list[str] = []


class Style(msgspec.Struct, omit_defaults=True):
    """What a place hands down: where it stands, as `at` and `size`, and its text, level by level."""

    look: Look = {}
    levels: list[Level] = []


class Base(msgspec.Struct, omit_defaults=True):
    """A deck as it was generated. `generation` is the digest of the rest; `theme` holds colours and fonts by slot."""

    generation: str = ""
    slides: list[Slide] = []
    sections: list[Section] = []
    styles: dict[str, Style] = {}
    theme: dict[str, str] = {}

    def slide(self, key: str) -> Slide | None:
        """The slide of that key."""
        return next((slide for slide in self.slides if slide.key == key), None)
