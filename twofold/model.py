"""The document tree: what a course says, free of how a page or a slide looks.

Every node is frozen and knows its place. `Block` and `Inline` are closed unions: a `match` over either ends in
`assert_never`, so that mypy names every writer which has not heard of a new node type. Fields that
`twofold.numbering` fills are empty before it ran; they are marked "numbered".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twofold.problems import Place
from twofold.settings import Settings

Output = Literal["booklet", "slides"]
Alignment = Literal["left", "center", "right"]
NOWHERE = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes share; two nodes that say the same are equal wherever they stand."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)


# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """Plain words; a line end of the source is a space."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis(Node):
    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong(Node):
    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Node):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Node):
    """A line break that the author asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Node):
    """A link out of the course; `url` is http, https or mailto."""

    url: str
    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """A link to something with an id in the course. `label` (numbered) is its name, as "Figure 4.1"."""

    target: str
    content: "Inlines" = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Node):
    """One work of a citation: `[see @key, p. 3]` has a prefix "see" and a locator "p. 3"."""

    key: str
    prefix: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Node):
    """Works cited in one pair of brackets. `content` (numbered) is what the style prints for them;
    `number` (numbered) is the number of its footnote, or 0 where the style prints it in the text."""

    works: tuple[Cited, ...]
    content: "Inlines" = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote(Node):
    """A footnote at its call; `number` (numbered) counts from 1 in each chapter."""

    blocks: "Blocks"
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside(Node):
    """A short note for the margin, beside the words it explains."""

    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Node):
    """A word that the glossary defines under `entry`; `id` (numbered) is an anchor."""

    content: "Inlines"
    entry: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexMark(Node):
    """A passage that the index lists under `entry`; "Kengir, walls" is a sub-entry. `id` (numbered) is an anchor."""

    content: "Inlines"
    entry: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank(Node):
    """Words that a student writes in and the teacher's copy shows."""

    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign(Node):
    """Words in another language, a BCP 47 tag: `[слово]{lang=ru}`."""

    lang: str
    content: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Math(Node):
    """A formula in a line, as TeX."""

    tex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Node):
    """A picture in a line of text; `src` is relative to the chapters folder."""

    src: str
    alt: str


Inline = (
    Text
    | Emphasis
    | Strong
    | Code
    | Break
    | Link
    | Reference
    | Citation
    | Footnote
    | Aside
    | Term
    | IndexMark
    | Blank
    | Foreign
    | Math
    | Image
)
Inlines = tuple[Inline, ...]


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Node):
    """A heading inside a chapter; `level` 2 is the highest, the chapter's title is level 1. `claims` are the ids of
    those claims of ledger.csv that its section takes up; nothing of them is printed."""

    level: int
    content: Inlines
    id: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Node):
    content: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Node):
    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList(Node):
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedList(Node):
    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Node):
    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(Node):
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MathBlock(Node):
    """A formula on a line of its own, as TeX."""

    tex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Node):
    """A break in the thought, `* * *`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Node):
    """A picture with its caption. `src` is relative to the chapters folder; `width` is a share of the wide measure,
    0 < width <= 1; `number` (numbered) reads "4.1"."""

    src: str
    alt: str
    caption: Inlines = ()
    id: str = ""
    width: float = 1.0
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Node):
    cells: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """A table whose rows all have as many cells as its head."""

    caption: Inlines = ()
    head: Row
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Data(Node):
    """Rows of a CSV; `header` names the columns and every row is as long. Its place is that of the header, in the CSV
    or in the block; `lines` are those of the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = field(default=(), compare=False, repr=False)


ChartKind = Literal["bar", "stacked", "line", "range", "dumbbell", "dot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Node):
    """The first column of `data` holds categories, every further column one series of numbers; a range has two of
    them, the ends of what is claimed, of which one may be empty; a dumbbell joins its two. `origin` says who gives
    the numbers."""

    kind: ChartKind
    data: Data
    title: str
    alt: str
    origin: Citation | None = None
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Node):
    """The first two columns of `data` are a date and what happened; what stands in further ones are notes."""

    data: Data
    title: str
    alt: str
    origin: Citation | None = None
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Node):
    """A row of ledger.csv: who says what, and what the course holds of it. `source` is a citation, or words where the
    ledger has no ids; `evidence` is the better evidence, or empty."""

    source: Inlines
    claim: Inlines
    verdict: str
    evidence: Inlines = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """What the sources say on one question."""

    question: str
    voices: tuple[Voice, ...]
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Node):
    """A box with a document or a summary of one, and where it comes from."""

    blocks: "Blocks"
    title: str = ""
    origin: Citation | None = None
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Node):
    """A box beside the argument; `kind` is note, tip, important, warning or caution."""

    kind: str
    title: str
    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Node):
    """A task; `lines` is how many write-on lines a student gets."""

    blocks: "Blocks"
    solution: "Blocks" = ()
    lines: int = 0
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion(Node):
    """A question to talk over; `title` heads its slide when given."""

    blocks: "Blocks"
    lines: int = 0
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry(Node):
    """`name` is what `[…]{.term}` refers to; `original` is its spelling in another language, or empty."""

    name: str
    definition: Inlines
    original: Inlines = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary(Node):
    """Definitions that the booklet gathers at its back; where they stand in a chapter nothing is printed."""

    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Node):
    """One of several columns; `width` is its share of the whole, 0 when the author named none."""

    blocks: "Blocks"
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Node):
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incremental(Node):
    """Blocks that a slide shows one click at a time."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Only(Node):
    """Blocks for one output alone."""

    output: Output
    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher(Node):
    """Blocks for the teacher edition and the notes page of the slide, never for a student."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes(Node):
    """What the lecturer says: the notes page of the slide and the teacher edition."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidePart(Node):
    """What one slide shows; `---` starts the next part under the same title."""

    blocks: "Blocks"


SLIDE_LAYOUTS = (
    *("content", "two-content", "picture", "map", "quote", "table", "timeline", "chart", "definition", "question"),
    *("statement", "closing"),
)
"""What an author may ask for with `layout=`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide(Node):
    """A slide, at the passage of prose that it presents. `layout` is "" where its content chooses."""

    title: Inlines
    parts: tuple[SlidePart, ...]
    id: str
    layout: str = ""


Block = (
    Heading
    | Paragraph
    | BulletList
    | OrderedList
    | Quote
    | CodeBlock
    | MathBlock
    | Rule
    | Figure
    | Table
    | Chart
    | Timeline
    | Compare
    | Source
    | Callout
    | Exercise
    | Discussion
    | Glossary
    | Columns
    | Incremental
    | Only
    | Teacher
    | Notes
    | Slide
)
Blocks = tuple[Block, ...]


# ---------------------------------------------------------------- the course


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Node):
    """One chapter. `number` comes from the file name; `id` from the file name without it.

    `strip` is a drawing above the opening in the booklet, `emblem` one on the section slide; both may be "".
    An appendix stands behind all chapters, has no number of its own and no section slide. `places` are where
    the front matter says what fields hold, and where the title is said.
    """

    number: int
    id: str
    title: str
    blocks: Blocks
    short_title: str = ""
    summary: str = ""
    lesson: int = 0
    minutes: int = 0
    dates: str = ""
    question: str = ""
    aims: tuple[str, ...] = ()
    strip: str = ""
    emblem: str = ""
    emblem_caption: str = ""
    appendix: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def said_at(self, name: str) -> Place:
        """Where a field is said; the beginning of the chapter where nothing says it."""
        return self.places.get(name, self.place)

    @property
    def numbered_title(self) -> str:
        """The title behind the chapter's number; an appendix has the title alone."""
        return self.title if self.appendix else f"{self.number} {self.title}"

    @property
    def running_title(self) -> str:
        """The title for running heads."""
        return self.short_title or self.title

    @property
    def running_title_at(self) -> Place:
        """Where that title is said."""
        return self.said_at("short_title" if self.short_title else "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyEntry:
    """A cited work: `short` stands in notes, `full` in the bibliography, `note` says how it was seen."""

    key: str
    short: str
    full: Inlines
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All chapters in reading order; `bibliography` (numbered) lists what is cited, in the style's order."""

    settings: Settings
    chapters: tuple[Chapter, ...]
    bibliography: tuple[BibliographyEntry, ...] = ()
