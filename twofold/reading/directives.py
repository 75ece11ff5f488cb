"""Fenced divs, `::: name … :::`, into the nodes they stand for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from twofold.ledger import LEDGER, Claim
from twofold.model import (
    SLIDE_LAYOUTS,
    Block,
    Blocks,
    Callout,
    Citation,
    Column,
    Columns,
    Compare,
    Discussion,
    Exercise,
    Glossary,
    GlossaryEntry,
    Incremental,
    Notes,
    Only,
    Output,
    Slide,
    SlidePart,
    Source,
    Teacher,
    Text,
    Voice,
)
from twofold.problems import Place, did_you_mean
from twofold.reading.attributes import Attributes
from twofold.reading.desk import Desk
from twofold.reading.glossary import read_glossary
from twofold.reading.inlines import citation, read_words
from twofold.trees import plain

BlockReader = Callable[[Desk, list[SyntaxTreeNode]], Blocks]

CALLOUTS = ("note", "tip", "important", "warning", "caution")
FORMATS: dict[str, Output] = {"pdf": "booklet", "booklet": "booklet", "pptx": "slides", "slides": "slides"}
MOST_LINES = 30
NAME = re.compile(r"(?:\{\s*\.)?([\w-]+)")


@dataclass(frozen=True, slots=True)
class Div:
    """An opened div: its name, attributes and contents, and how to read blocks inside it."""

    name: str
    attributes: Attributes
    nodes: list[SyntaxTreeNode]
    place: Place
    read: BlockReader

    def blocks(self, desk: Desk) -> Blocks:
        return self.read(desk, self.nodes)

    def get(self, key: str) -> str:
        return self.attributes.pairs.get(key, "")


def read_div(desk: Desk, node: SyntaxTreeNode, read: BlockReader) -> Iterator[Block]:
    """The node that a div stands for; an unknown name is an error, and its contents are read on as plain blocks."""
    place = desk.place(node)
    if not node.meta["closed"]:
        desk.error(place, f"“::: {node.info}” is opened here and never closed", "add a line of three colons, :::")
    name, attributes = _name(desk, node, place)
    div = Div(name, attributes, node.children, place, read)
    for extra in list(attributes.classes)[1:]:
        desk.error(
            place, f"unknown class “{extra}” beside “{name}”", "a ::: block takes one class; nest a second block inside"
        )
    spec = DIVS.get(name)
    if not spec:
        desk.error(place, f"unknown block “{name}”", did_you_mean(name, DIVS))
        yield from div.blocks(desk)
        return
    desk.check_names(f"attribute of “{name}”", attributes.pairs, spec.keys, place)
    if attributes.id and not spec.takes_id:
        desk.error(place, f"“{name}” takes no id", "give the id to a slide, exercise, discussion or source")
    yield from spec.build(desk, div)


def _name(desk: Desk, node: SyntaxTreeNode, place: Place) -> tuple[str, Attributes]:
    """The name of a div and its attributes, from `name`, `{.name …}` or `name {…}`."""
    bare, brace, rest = node.info.partition("{")
    attributes = desk.attributes(brace + rest, place) if brace else Attributes()
    if bare.strip():
        attributes = Attributes(attributes.id, {bare.strip(): "", **attributes.classes}, attributes.pairs)
    return next(iter(attributes.classes), ""), attributes


def _is(node: SyntaxTreeNode, name: str) -> bool:
    found = NAME.match(node.info) if node.type == "div" else None
    return bool(found and found[1] == name)


# ---------------------------------------------------------------- slides


def _slide(desk: Desk, div: Div) -> Iterator[Block]:
    title = read_words(desk, div.get("title"), div.place)
    layout = div.get("layout")
    if layout:
        desk.check_names("layout", [layout], SLIDE_LAYOUTS, div.place)
    parts: list[list[SyntaxTreeNode]] = [[]]
    for node in div.nodes:
        if node.type == "hr":
            parts.append([])
        else:
            parts[-1].append(node)
        if node.type == "heading" and node.markup == "-":
            desk.error(desk.place(node), "--- right below words makes them a heading", "leave a blank line before ---")
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    yield Slide(
        title=title,
        parts=tuple(_part(desk, div, nodes) for nodes in parts),
        id=div.attributes.id or desk.slug(plain(title) or div.name),
        layout=layout,
        place=div.place,
    )


def _part(desk: Desk, div: Div, nodes: list[SyntaxTreeNode]) -> SlidePart:
    return SlidePart(blocks=div.read(desk, nodes), place=desk.place(nodes[0]) if nodes else div.place)


def _notes(desk: Desk, div: Div) -> Iterator[Block]:
    yield Notes(blocks=div.blocks(desk), place=div.place)


def _incremental(desk: Desk, div: Div) -> Iterator[Block]:
    yield Incremental(blocks=div.blocks(desk), place=div.place)


# ---------------------------------------------------------------- who sees it


def _teacher(desk: Desk, div: Div) -> Iterator[Block]:
    yield Teacher(blocks=div.blocks(desk), place=div.place)


def _only(output: Output) -> "Builder":
    def build(desk: Desk, div: Div) -> Iterator[Block]:
        yield Only(output=output, blocks=div.blocks(desk), place=div.place)

    return build


def _content_visible(desk: Desk, div: Div) -> Iterator[Block]:
    wanted = div.get("when-format")
    desk.check_names("format", [wanted], FORMATS, div.place)
    yield Only(output=FORMATS.get(wanted, "booklet"), blocks=div.blocks(desk), place=div.place)


# ---------------------------------------------------------------- tasks


def _exercise(desk: Desk, div: Div) -> Iterator[Block]:
    solutions = [node for node in div.nodes if _is(node, "solution")]
    question = [node for node in div.nodes if node not in solutions]
    if len(solutions) > 1:
        desk.error(
            desk.place(solutions[1]), "this exercise has a second solution", "write all of it in one ::: solution"
        )
    yield Exercise(
        blocks=div.read(desk, question),
        solution=tuple(block for node in solutions for block in div.read(desk, node.children)),
        lines=_lines(desk, div),
        id=div.attributes.id,
        place=div.place,
    )


def _solution(desk: Desk, div: Div) -> Iterator[Block]:
    desk.error(div.place, "a solution stands outside an exercise", "put ::: solution inside the ::: exercise it solves")
    yield from div.blocks(desk)


def _discussion(desk: Desk, div: Div) -> Iterator[Block]:
    yield Discussion(
        blocks=div.blocks(desk),
        lines=_lines(desk, div),
        title=div.get("title"),
        id=div.attributes.id,
        place=div.place,
    )


def _lines(desk: Desk, div: Div) -> int:
    value = div.get("lines") or "0"
    if value.isdigit() and int(value) <= MOST_LINES:
        return int(value)
    desk.error(div.place, f"“{value}” is not a number of write-on lines", f"write lines=4; at most {MOST_LINES}")
    return 0


# ---------------------------------------------------------------- boxes


def _source(desk: Desk, div: Div) -> Iterator[Block]:
    origin: Citation | None = citation(desk, div.get("from"), div.place) if div.get("from") else None
    yield Source(blocks=div.blocks(desk), title=div.get("title"), origin=origin, id=div.attributes.id, place=div.place)


def _callout(kind: str) -> "Builder":
    def build(desk: Desk, div: Div) -> Iterator[Block]:
        yield Callout(kind=kind, title=div.get("title"), blocks=div.blocks(desk), place=div.place)

    return build


def _glossary(desk: Desk, div: Div) -> Iterator[Block]:
    entries: list[GlossaryEntry] = []
    for node in div.nodes:
        if node.type == "dl":
            entries.extend(read_glossary(desk, node))
        else:
            desk.error(desk.place(node), "a glossary holds terms only", "write “Term” and below it “: its definition”")
    yield Glossary(entries=tuple(entries), place=div.place)


def _columns(desk: Desk, div: Div) -> Iterator[Block]:
    columns = []
    for node in div.nodes:
        if _is(node, "column"):
            columns.append(_column(desk, div, node))
        else:
            desk.error(desk.place(node), "this stands between columns", "put it into a ::: column")
    if not columns:
        desk.error(div.place, "there is no column in here", "write ::: {.column} … ::: for each column")
        return
    yield Columns(columns=tuple(columns), place=div.place)


def _column(desk: Desk, div: Div, node: SyntaxTreeNode) -> Column:
    place = desk.place(node)
    if not node.meta["closed"]:
        desk.error(place, "this column is opened here and never closed", "add a line of three colons, :::")
    _, attributes = _name(desk, node, place)
    desk.check_names("attribute of “column”", attributes.pairs, ("width",), place)
    width = attributes.pairs.get("width")
    share = desk.share(width, place) if width else 0.0
    return Column(blocks=div.read(desk, node.children), width=share, place=place)


def _stray_column(desk: Desk, div: Div) -> Iterator[Block]:
    desk.error(div.place, "a column stands outside ::: columns", "wrap the columns in :::: {.columns} … ::::")
    yield from div.blocks(desk)


def _compare(desk: Desk, div: Div) -> Iterator[Block]:
    """The block stands even where it has nothing to show, so that what refers to it is not told as well."""
    question = div.get("question")
    claims = desk.ledger.on(question) if desk.ledger else ()
    if desk.ledger and not claims:
        hint = did_you_mean(question, desk.ledger.questions())
        desk.error(div.place, f"{LEDGER} has no row on the question “{question}”", hint)
    if div.nodes:
        hint = f"its rows come from {LEDGER}; put the words above or below it"
        desk.error(desk.place(div.nodes[0]), "words stand inside a comparison, where nothing shows them", hint)
    voices = tuple(_voice(desk, claim) for claim in claims)
    yield Compare(question=question, voices=voices, id=div.attributes.id, place=div.place)


def _voice(desk: Desk, claim: Claim) -> Voice:
    place = claim.place
    return Voice(
        source=(citation(desk, f"@{claim.source}", place) if claim.id else Text(text=claim.source, place=place),),
        claim=read_words(desk, claim.claim, place),
        verdict=claim.verdict,
        evidence=read_words(desk, claim.evidence, place),
        place=place,
    )


# ---------------------------------------------------------------- the table of names

Builder = Callable[[Desk, Div], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class Spec:
    """What a name stands for: its builder, the attributes it knows, and whether it takes an id."""

    build: Builder
    keys: tuple[str, ...] = ()
    takes_id: bool = False


DIVS: dict[str, Spec] = {
    "slide": Spec(_slide, ("title", "layout"), takes_id=True),
    "notes": Spec(_notes),
    "incremental": Spec(_incremental),
    "teacher": Spec(_teacher),
    "booklet-only": Spec(_only("booklet")),
    "slide-only": Spec(_only("slides")),
    "content-visible": Spec(_content_visible, ("when-format",)),
    "exercise": Spec(_exercise, ("lines",), takes_id=True),
    "solution": Spec(_solution),
    "discussion": Spec(_discussion, ("lines", "title"), takes_id=True),
    "source": Spec(_source, ("from", "title"), takes_id=True),
    "glossary": Spec(_glossary),
    "columns": Spec(_columns),
    "column": Spec(_stray_column, ("width",)),
    "compare": Spec(_compare, ("question",), takes_id=True),
    **{f"callout-{kind}": Spec(_callout(kind), ("title",)) for kind in CALLOUTS},
}
