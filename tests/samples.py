"""One of each node of the document tree, so that a new node type cannot be forgotten in either output."""

from typing import get_args

from twofold.model import (
    Aside,
    Blank,
    Block,
    Blocks,
    Break,
    BulletList,
    Callout,
    Chart,
    Citation,
    Cited,
    Code,
    CodeBlock,
    Column,
    Columns,
    Compare,
    Data,
    Discussion,
    Emphasis,
    Exercise,
    Figure,
    Footnote,
    Foreign,
    Glossary,
    GlossaryEntry,
    Heading,
    Image,
    Incremental,
    IndexMark,
    Inline,
    Inlines,
    Link,
    ListItem,
    Math,
    MathBlock,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Row,
    Rule,
    Slide,
    SlidePart,
    Source,
    Strong,
    Table,
    Teacher,
    Term,
    Text,
    Timeline,
    Voice,
)


def words(text: str) -> Inlines:
    return (Text(text=text),)


def prose(text: str) -> Blocks:
    return (Paragraph(content=words(text)),)


ITEMS = (ListItem(blocks=prose("One item")), ListItem(blocks=prose("Another item")))
DATA = Data(header=("Source", "Killed"), rows=(("Report", "46"), ("Survivors", "700")))
ORIGIN = Citation(works=(Cited(key="applebaum"),), content=words("Applebaum 2003"))
VOICES = (
    Voice(source=(ORIGIN,), claim=words("46 killed"), verdict="contested", evidence=words("No list of names.")),
    Voice(source=words("Survivors"), claim=words("hundreds"), verdict="open"),
)

INLINES: tuple[Inline, ...] = (
    Text(text="Words"),
    Emphasis(content=words("stressed")),
    Strong(content=words("strong")),
    Code(text="code"),
    Break(),
    Link(url="https://example.org/", content=words("a link")),
    Reference(target="fig-box", label="Figure 1.1"),
    Citation(works=ORIGIN.works, content=words("Applebaum 2003."), number=1),
    Footnote(blocks=prose("A note."), number=2),
    Aside(content=words("In the margin.")),
    Term(content=words("Gulag"), entry="Gulag", id="term-1-1"),
    IndexMark(content=words("Kengir"), entry="Kengir", id="index-1-1"),
    Blank(content=words("answer")),
    Foreign(lang="ru", content=words("слово")),
    Math(tex="x^2"),
    Image(src="figures/box.svg", alt="A box"),
)

BLOCKS: tuple[Block, ...] = (
    Heading(level=2, content=words("A section"), id="a-section"),
    Paragraph(content=INLINES),
    BulletList(items=ITEMS),
    OrderedList(items=ITEMS),
    Quote(blocks=prose("Quoted.")),
    CodeBlock(text="print(1)", language="python"),
    MathBlock(tex="y = 1"),
    Rule(),
    Figure(src="figures/box.svg", alt="A box", caption=words("A box."), id="fig-box", number="1.1"),
    Table(
        head=Row(cells=(words("Year"), words("Prisoners"))),
        rows=(Row(cells=(words("1954"), words("21,090"))),),
        alignments=("left", "right"),
        caption=words("Prisoners."),
        id="tbl-year",
        number="1.1",
    ),
    Chart(kind="bar", data=DATA, title="Claims", alt="Two claims", id="fig-claims", number="1.2"),
    Timeline(data=DATA, title="Days", alt="Two days", id="fig-days", number="1.3"),
    Compare(question="deaths", voices=VOICES, id="tbl-deaths", number="1.2"),
    Source(blocks=prose("A summary."), title="A list", origin=ORIGIN, id="src-list", number="1.1"),
    Callout(kind="note", title="Take care", blocks=prose("Numbers differ.")),
    Exercise(blocks=prose("Why?"), solution=prose("Because."), lines=2, id="ex-why", number="1.1"),
    Discussion(blocks=prose("Belief or tactics?"), lines=1, id="talk"),
    Glossary(entries=(GlossaryEntry(name="Gulag", definition=words("The camps."), original=words("ГУЛАГ")),)),
    Columns(columns=(Column(blocks=prose("Left."), width=0.4), Column(blocks=prose("Right.")))),
    Incremental(blocks=(BulletList(items=ITEMS),)),
    Only(output="booklet", blocks=prose("On paper.")),
    Teacher(blocks=prose("For the teacher.")),
    Notes(blocks=prose("Say it.")),
    Slide(title=words("A claim"), parts=(SlidePart(blocks=(BulletList(items=ITEMS),)),), id="claim"),
)


def missing() -> set[str]:
    """Node types of the model that have no sample here."""
    sampled = {type(node) for node in (*INLINES, *BLOCKS)}
    return {kind.__name__ for kind in {*get_args(Block), *get_args(Inline)} - sampled}
