"""The course into HTML: each node through its macro in layouts/booklet/nodes.html.j2, each part through a template.

Templates run in Jinja's sandbox, escape whatever they print and stop at a name they do not know.
"""

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from twofold.booklet.charts import chart_drawing
from twofold.booklet.contents import LessonEntry, lessons, title_parts
from twofold.booklet.folios import Rendered
from twofold.booklet.measures import Measures
from twofold.booklet.recalling import Made, Recalling, question
from twofold.booklet.teaching import slide_anchor, teacher_anchors
from twofold.drawings import picture
from twofold.highlight import tokens
from twofold.ledger import VERDICTS
from twofold.maths import formula
from twofold.model import (
    Blank,
    Block,
    BulletList,
    Callout,
    Chapter,
    Chart,
    CodeBlock,
    Columns,
    Compare,
    Course,
    Discussion,
    Exercise,
    Figure,
    Glossary,
    Heading,
    IndexMark,
    Inline,
    Inlines,
    ListItem,
    MathBlock,
    Node,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Slide,
    Source,
    Table,
    Teacher,
    Text,
    Timeline,
    Voice,
)
from twofold.sheets import Edition, PageSize
from twofold.trees import plain, walk
from twofold.words import LAYOUTS, Words

TEMPLATES = LAYOUTS / "booklet"
LEAD_WORDS = 5  # of a chapter's first paragraph, in small capitals
UNKNOWN_FOLIO = "00"  # as wide as most, until the pages are counted
FORMULA_SIZE = 100.0  # formulas are drawn at this size and shown in em, that is in hundredths of it
SIGNS = {"●": "secure", "◐": "contested", "○": "open"}
SIGNED = tuple(dict.fromkeys((*VERDICTS, *SIGNS.values())))
CIRCLES = re.compile("([●◐○])")
BOXES = (Source, Callout, Exercise, Discussion)
WIDE = (Figure, Table, Chart, Timeline, Compare)
MARKED = (Heading, Source, Exercise, Discussion, *WIDE)
STEPPED = (*BOXES, *WIDE, CodeBlock, MathBlock, Columns)
NARROWEST_COLUMN = 6  # letters
LONGEST_WORD = 30  # letters; a longer one is torn wherever it stands
NARROW_ROW = 40  # letters
FULL_ROW = 63  # letters


@dataclass(frozen=True, slots=True)
class Opening:
    """How a paragraph begins: `words` go before a mark in the margin, `lead` says they are small capitals."""

    words: str
    rest: Inlines
    lead: bool = False


@dataclass(frozen=True, slots=True)
class DrawnFormula:
    """A formula on the press's shelf; lengths in em."""

    url: str
    width: float
    height: float
    depth: float


class Renderer(Recalling):
    """Renders nodes and parts of one edition; `page` is what is known of its size. What is rendered of a chapter asks
    the rest of the course only by what is marked as a question."""

    def __init__(
        self,
        course: Course,
        folder: Path,
        words: Words,
        shelf: Callable[[bytes, str], str],
        *,
        edition: Edition,
        slide_numbers: Mapping[str, int],
        measures: Measures,
        page: PageSize,
    ) -> None:
        self.course = course
        self.words = words
        self.answers = edition == "teacher"
        self.edition = edition
        super().__init__()
        self.pages: Mapping[str, int] = {}
        self._complete = True
        self.measures = measures
        self.page = page
        self._folder = folder
        self._shelf = shelf
        self._slide_numbers = slide_numbers
        self._owners = {node.id: chapter.id for chapter in course.chapters for node in walk(chapter) if _has_id(node)}
        self._chapters = {chapter.id for chapter in course.chapters}
        self._kinds = {type(node).__name__ for node in walk(course)}
        self._teacher_anchors = teacher_anchors(course)
        self._chapter = ""
        self._pending: list[tuple[str, int]] = []
        self._lead = False
        self._boxed = False
        self._values = {"c": self, "words": words, "course": course, "plain": plain}
        self._nodes: Any = environment().get_template("nodes.html.j2").make_module(self._values)

    # ------------------------------------------------------------ parts

    def rendered(
        self, name: str, pages: Mapping[str, int], *, folio: int, chapter: Chapter | None = None, **values: Any
    ) -> Rendered:
        """A part from page `folio` on, which names `pages` by their anchors."""
        self.pages = pages

        def render() -> Rendered:
            self._complete = True
            html = self.part(name, folio=folio, chapter=chapter, **values)
            return Rendered(html, self._complete)

        return self.once(name, chapter, render, folio) if chapter else render()

    def once(self, what: str, chapter: Chapter, make: Callable[[], Made], *values: Hashable) -> Made:
        """What `make` gives of a chapter and of `values`, made only where it may be new."""
        kind = what, self.edition, self.page.name
        return self.recalled(kind, chapter, (*values, self.course.settings, self.words), make)

    def part(self, name: str, **values: Any) -> str:
        """The HTML of a part: `name` is its template without ".html.j2"."""
        return environment().get_template(f"{name}.html.j2").render(**self._values, **values)

    def chapter_body(self, chapter: Chapter) -> Markup:
        """The blocks of a chapter, and at its end the marks that found no words."""
        self._chapter, self._lead, self._pending = chapter.id, not chapter.appendix, []
        body, marks = self.blocks(chapter.blocks), self.lone_marks()
        if marks and _ends_wide(chapter):
            marks = Markup('<div class="below">{}</div>').format(marks)
        return body + marks

    def step(self, name: str, content: Markup, kind: str) -> Markup:
        """Something that is no block of the tree, padded to whole lines."""
        return self.measures.step(name, content, " " + kind, self._rest(name))

    def uses(self, kind: str) -> bool:
        """Whether the course holds a node with this name."""
        return kind in self._kinds

    def title_parts(self) -> tuple[str, str]:
        """The course's title, and the year it ends with or ""."""
        return title_parts(self.course.settings.title)

    def lessons(self) -> tuple[LessonEntry, ...]:
        """Chapters in order, by lesson."""
        return lessons(self.course)

    def back_names(self) -> tuple[str, ...]:
        """What stands at the back, by anchor."""
        there = {
            "glossary": Glossary.__name__ in self._kinds,
            "bibliography": bool(self.course.bibliography),
            "index": IndexMark.__name__ in self._kinds,
        }
        return tuple(name for name, found in there.items() if found)

    # ------------------------------------------------------------ nodes

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Blocks in order; boxes and figures are padded to whole lines."""
        pairs = itertools.pairwise([*blocks, None])
        return Markup("").join(self._block(block, after) for block, after in pairs if block)

    def inlines(self, inlines: Iterable[Inline]) -> Markup:
        """The pieces of a line, joined without a space."""
        return Markup("").join(map(self._node, inlines))

    def run_in(self, blocks: Iterable[Block]) -> Markup:
        """Blocks of a footnote in one line, since a note stands inside a paragraph."""
        return Markup(" ").join(map(self._run_in, blocks))

    def _run_in(self, block: Block) -> Markup:
        match block:
            case Paragraph():
                return self.inlines(block.content)
            case BulletList() | OrderedList():
                return Markup("; ").join(self.run_in(item.blocks) for item in block.items)
            case Quote():
                return self.run_in(block.blocks)
            case CodeBlock():
                return Markup("<code>{}</code>").format(block.text)
            case _:
                return Markup.escape(plain(block))

    def _node(self, node: Node) -> Markup:
        macro = getattr(self._nodes, type(node).__name__)
        return Markup(macro(node))  # the macro has escaped it

    def _block(self, block: Block, after: Block | None) -> Markup:
        if isinstance(block, MARKED) and self.slide_number(block.id):
            self._pending.append(("", self.slide_number(block.id)))
        if self._boxed or not (isinstance(block, STEPPED) or self.has_blank(block)):
            return self._node(block)
        joined = " joined" if isinstance(block, BOXES) and isinstance(after, BOXES) else ""
        self._boxed = True
        content = self._node(block)
        self._boxed = False
        return self.measures.step(block, content, joined, self._rest(block))

    # ------------------------------------------------------------ marks in the margin

    def anchor(self, node: Slide | Teacher | Notes) -> Markup:
        """Nothing yet: the place is marked beside what is printed next."""
        anchor = slide_anchor(node) if isinstance(node, Slide) else self._teacher_anchor(id(node))
        self._pending.append((anchor, self.slide_number(anchor)))
        return Markup("")

    def marks(self, inside: str = "") -> Markup:
        """The marks that wait for words to stand beside; `inside` a label they are part of it."""
        marks, self._pending = self._pending, []
        return Markup("").join(Markup(self._nodes.mark(*mark, inside)) for mark in marks)

    def lone_marks(self) -> Markup:
        """The same above a figure, where there is no line to stand beside."""
        marks = self.marks()
        return Markup('<div class="lone">{}</div>').format(marks) if marks else marks

    # ------------------------------------------------------------ what is asked of the rest of the course

    @question
    def _page(self, anchor: str) -> int | None:
        return self.pages.get(anchor)

    @question
    def _rest(self, block: Block | str) -> float:
        return self.measures.rest(block)

    @question
    def _answer_width(self, answer: str) -> float:
        return self.measures.answers.get(answer, 0.0)

    @question
    def _lines(self, task: Exercise | Discussion) -> int:
        return self.measures.lines.get(task, 0)

    @question
    def _teacher_anchor(self, node: int) -> str:
        """Of a node with this identity."""
        return self._teacher_anchors[node]

    @question
    def slide_number(self, anchor: str) -> int:
        """The slide that presents an anchor, or 0."""
        return self._slide_numbers.get(anchor, 0)

    @question
    def picture(self, src: str) -> str:
        """The URL of a picture of the course."""
        found = picture(self._folder, src)
        return self._shelf(found.data, found.kind)

    @question
    def target(self, target: str) -> str:
        """The anchor of what a reference names: a chapter, a glossary term or a node with an id."""
        if target.startswith("term:"):
            return "glossary"
        return f"chapter-{target}" if target in self._chapters else target

    @question
    def _owner(self, target: str) -> str | None:
        """The id of the chapter that holds a target."""
        return self._owners.get(target)

    # ------------------------------------------------------------ what macros ask for

    def text(self, text: str) -> Markup:
        """Words, their circles ● ◐ ○ drawn, since few fonts have them."""
        pieces = CIRCLES.split(text)
        return Markup("").join(
            self.verdict_sign(SIGNS[piece]) if piece in SIGNS else Markup.escape(piece) for piece in pieces
        )

    def label(self, reference: Reference) -> str:
        """What a reference is called, “Figure 4.1” on one line."""
        name, _, number = reference.label.rpartition(" ")
        return f"{name}\N{NO-BREAK SPACE}{number}" if number[-1:].isdigit() else reference.label

    def opening(self, paragraph: Paragraph) -> Opening:
        """Splits a paragraph after its first words: some to begin a chapter, one where a mark is to follow it."""
        lead, self._lead = self._lead, False
        if not (lead or self._pending) or not paragraph.content or not isinstance(paragraph.content[0], Text):
            return Opening("", paragraph.content)
        words = paragraph.content[0].text.split(" ")
        count = LEAD_WORDS if lead else 1
        rest = Text(text="".join(" " + word for word in words[count:]))
        return Opening(" ".join(words[:count]), (rest, *paragraph.content[1:]), lead)

    def has_blank(self, node: Node) -> bool:
        """Whether this is a paragraph with words to fill in, whose lines stand further apart."""
        return isinstance(node, Paragraph) and any(isinstance(inner, Blank) for inner in walk(node))

    def begins_with_words(self, item: ListItem) -> bool:
        """Whether the sign of a list item has words to stand before."""
        return bool(item.blocks) and isinstance(item.blocks[0], Paragraph)

    def answer_width(self, blank: Blank) -> float:
        """The measured width of an answer in CSS pixels."""
        return self._answer_width(plain(blank.content))

    def write_on(self, task: Exercise | Discussion) -> int:
        """How many lines students get: as many as the author says, and more where the printed answer needs them."""
        return max(task.lines, self._lines(task))

    def folio(self, anchor: str) -> str:
        """The page on which an anchor stands."""
        page = self._page(anchor)
        self._complete &= page is not None
        return str(page or UNKNOWN_FOLIO)

    def far(self, target: str) -> bool:
        """Whether a reference leads out of its chapter, so that a reader wants to know the page."""
        return self._owner(target) not in (None, self._chapter) and self.target(target) != "glossary"

    def chart(self, node: Chart) -> str:
        """The URL of the drawing of a chart."""
        drawing = chart_drawing(node, self.words)
        svg = environment().get_template("chart.svg.j2").render(drawing=drawing, wide=self.page.wide)
        return self._shelf(svg.encode(), "svg")

    def formula(self, tex: str) -> DrawnFormula:
        """A formula, measured in em."""
        drawn = formula(tex, FORMULA_SIZE)
        lengths = (round(length / FORMULA_SIZE, 4) for length in (drawn.width, drawn.height, drawn.depth))
        return DrawnFormula(self._shelf(drawn.svg, "svg"), *lengths)

    def tokens(self, node: CodeBlock) -> tuple[tuple[str, str], ...]:
        """The pieces of code, with their kinds."""
        return tokens(node.text, node.language)

    def verdict(self, voice: Voice) -> str:
        """The known verdict that the words of a voice's verdict begin with, or ""."""
        return next((known for known in SIGNED if voice.verdict.startswith(known)), "")

    def verdicts(self) -> tuple[str, ...]:
        """The known verdicts that the course gives, the surest first."""
        return tuple(verdict for verdict in SIGNED if verdict in self._given)

    @cached_property
    def _given(self) -> set[str]:
        return {self.verdict(node) for node in walk(self.course) if isinstance(node, Voice)}

    def verdict_sign(self, verdict: str) -> Markup:
        """The circle that stands for a verdict."""
        return Markup(self._nodes.verdict(verdict))

    def shares(self, table: Table) -> list[float]:
        """The widths of a table's columns in per cent."""
        return column_shares([[plain(cell) for cell in row.cells] for row in (table.head, *table.rows)])

    def is_narrow(self, table: Table) -> bool:
        """Whether a table's longest row is short enough for the width of the text."""
        return all(sum(len(plain(cell)) for cell in row.cells) <= NARROW_ROW for row in (table.head, *table.rows))


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """Jinja as all templates run in it."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )


def column_shares(rows: list[list[str]]) -> list[float]:
    """Widths of columns in per cent: what the longest word needs, and of what all the text would like as much more as a
    row has room for."""
    needs, likes = [], []
    for column in zip(*rows, strict=True):
        word = min(LONGEST_WORD, max(len(word) for cell in column for word in [*cell.split(), ""]))
        need = max(NARROWEST_COLUMN, word)
        needs.append(need)
        likes.append(max(0.0, (word * max(map(len, column))) ** 0.5 - need))
    spare = max(0, FULL_ROW - sum(needs))
    given = min(1.0, spare / sum(likes)) if any(likes) else 0.0
    widths = [need + like * given for need, like in zip(needs, likes, strict=True)]
    return [round(100 * width / sum(widths), 2) for width in widths]


def _ends_wide(chapter: Chapter) -> bool:
    """Whether a chapter ends with what takes the outer column too, or prints nothing but its head."""
    unseen = (Slide, Notes, Teacher, Glossary)
    printed = (one for one in reversed(chapter.blocks) if not isinstance(one, unseen))
    last = next((one for one in printed if not (isinstance(one, Only) and one.output == "slides")), None)
    return last is None or isinstance(last, WIDE)


def _has_id(node: Any) -> bool:
    return bool(getattr(node, "id", ""))
