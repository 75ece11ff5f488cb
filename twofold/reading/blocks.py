"""Block tokens of plain Markdown into the blocks of the document tree."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode

from twofold.model import (
    Alignment,
    Block,
    Blocks,
    BulletList,
    Callout,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    MathBlock,
    OrderedList,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
    Text,
)
from twofold.problems import Place
from twofold.reading.attributes import Attributes
from twofold.reading.desk import Desk
from twofold.reading.directives import CALLOUTS, read_div
from twofold.reading.fences import read_fence
from twofold.reading.inlines import InlineReader, read_inlines, refuse_html
from twofold.reading.misspelt import check_indented, check_lines
from twofold.trees import plain

ALERT = re.compile(r"\[!(?P<kind>\w+)\][ \t]*")
TRAILING_BRACES = re.compile(r"\s*(\{[^{}]*\})\s*$")
INVISIBLE = {"front_matter", "footnote_block", "footnote_anchor"}


def read_blocks(desk: Desk, nodes: list[SyntaxTreeNode]) -> Blocks:
    """The blocks of sibling tokens."""
    blocks: list[Block] = []
    for node in nodes:
        if node.type == "caption":
            blocks[-1] = _captioned(desk, blocks[-1], node)
        else:
            blocks.extend(_read(desk, node))
    return tuple(blocks)


def _read(desk: Desk, node: SyntaxTreeNode) -> Iterator[Block]:
    place = desk.place(node)
    match node.type:
        case "paragraph":
            yield from _paragraph(desk, node)
        case "heading":
            yield _heading(desk, node)
        case "bullet_list":
            yield BulletList(items=_items(desk, node), place=place)
        case "ordered_list":
            yield OrderedList(items=_items(desk, node), start=int(node.attrs.get("start", 1)), place=place)
        case "blockquote":
            yield _quote(desk, node)
        case "fence":
            yield from read_fence(desk, node)
        case "code_block":
            check_indented(desk, node)
            yield CodeBlock(text=node.content.removesuffix("\n"), place=place)
        case "math_block" | "math_block_label":
            yield MathBlock(tex=node.content.strip(), place=place)
        case "hr":
            yield Rule(place=place)
        case "table":
            yield _table(desk, node)
        case "div":
            yield from read_div(desk, node, read_blocks)
        case "dl":
            desk.error(
                place,
                "a list of definitions stands outside ::: glossary",
                "wrap it in ::: glossary … :::, or put it below the table it is the caption of",
            )
        case "stray_close":
            desk.error(place, "this ::: closes nothing", "delete it, or look for the opening line above")
        case "html_block":
            _html(desk, node, place)
        case other if other not in INVISIBLE:
            desk.error(place, f"“{other}” cannot be read", "write it in plain Markdown")


def _html(desk: Desk, node: SyntaxTreeNode, place: Place) -> None:
    """A comment is for authors and leaves nothing; what CommonMark counts to its block would be lost with it."""
    comment, _, behind = node.content.rpartition("-->")
    if not comment.lstrip().startswith("<!--"):
        refuse_html(desk, node.content, place)
    elif behind.strip():
        desk.error(
            place, f"words behind a comment are not read: “{behind.strip()[:30]}”", "begin a new line behind -->"
        )


# ---------------------------------------------------------------- text


def _heading(desk: Desk, node: SyntaxTreeNode) -> Heading:
    place, attributes = desk.place(node), _take_trailing_attributes(desk, node)
    content = read_inlines(desk, node)
    desk.check_names("class of a heading", attributes.classes, (), place)
    desk.check_names("attribute of a heading", attributes.pairs, ("claims",), place)
    identifier = attributes.id or desk.slug(plain(content))
    claims = tuple(attributes.pairs.get("claims", "").split())
    return Heading(level=int(node.tag[1]), content=content, id=identifier, claims=claims, place=place)


def _take_trailing_attributes(desk: Desk, node: SyntaxTreeNode) -> Attributes:
    """Attributes at the end of a heading or caption, taken off its last words."""
    words = node.children[0].children
    last = words[-1].token if words and words[-1].type == "text" else None
    found = TRAILING_BRACES.search(last.content) if last else None
    if not last or not found:
        return Attributes()
    last.content = last.content[: found.start()].rstrip()
    # smart quotes would spoil the values, so the braces are read from the source text
    source = TRAILING_BRACES.search(node.children[0].content)
    return desk.attributes(source[1] if source else found[1], desk.place(node))


def _paragraph(desk: Desk, node: SyntaxTreeNode) -> Iterator[Block]:
    inside = [child for child in node.children[0].children if child.type != "softbreak"]
    if inside and all(child.type == "image" for child in inside):
        for child in inside:
            yield _figure(desk, child, desk.place(node))
    else:
        content = read_inlines(desk, node)
        check_lines(desk, node)
        if content:
            yield Paragraph(content=content, place=desk.place(node))


def _items(desk: Desk, node: SyntaxTreeNode) -> tuple[ListItem, ...]:
    return tuple(ListItem(blocks=read_blocks(desk, item.children), place=desk.place(item)) for item in node.children)


def _quote(desk: Desk, node: SyntaxTreeNode) -> Block:
    place, blocks = desk.place(node), read_blocks(desk, node.children)
    first = blocks[0] if blocks else None
    opening = first.content[0] if isinstance(first, Paragraph) else None
    alert = ALERT.match(opening.text) if isinstance(opening, Text) else None
    if not (isinstance(first, Paragraph) and isinstance(opening, Text) and alert):
        return Quote(blocks=blocks, place=place)
    kind = alert["kind"].lower()
    desk.check_names("kind of callout", [kind], CALLOUTS, place)
    rest = (Text(text=opening.text[alert.end() :].lstrip(), place=opening.place), *first.content[1:])
    body = (Paragraph(content=rest, place=first.place),) if plain(rest) else ()
    return Callout(kind=kind, title="", blocks=body + blocks[1:], place=place)


# ---------------------------------------------------------------- figures


def _figure(desk: Desk, node: SyntaxTreeNode, place: Place) -> Figure:
    attributes = desk.attributes(node.info or "{}", place)
    desk.check_names("class of a figure", attributes.classes, (), place)
    desk.check_names("attribute of a figure", attributes.pairs, ("alt", "width"), place)
    caption = InlineReader(desk, place).read(node.children)
    return Figure(
        src=unquote(str(node.attrs.get("src", ""))),
        alt=attributes.pairs.get("alt", plain(caption)),
        caption=caption,
        id=attributes.id,
        width=desk.share(attributes.pairs.get("width", "100%"), place),
        place=place,
    )


# ---------------------------------------------------------------- tables


def _table(desk: Desk, node: SyntaxTreeNode) -> Table:
    head, *bodies = node.children
    rows = [row for body in bodies for row in body.children]
    width = len(head.children[0].children)
    for row in rows:
        _check_width(desk, row, width)
    return Table(
        head=_row(desk, head.children[0]),
        rows=tuple(_row(desk, row) for row in rows),
        alignments=tuple(_alignment(cell) for cell in head.children[0].children),
        place=desk.place(node),
    )


def _row(desk: Desk, node: SyntaxTreeNode) -> Row:
    return Row(cells=tuple(read_inlines(desk, cell) for cell in node.children), place=desk.place(node))


def _alignment(cell: SyntaxTreeNode) -> Alignment:
    style = str(cell.attrs.get("style", ""))
    return "right" if "right" in style else "center" if "center" in style else "left"


def _check_width(desk: Desk, row: SyntaxTreeNode, width: int) -> None:
    """markdown-it fills short rows and cuts long ones without a word, so the cells are counted in the source."""
    place = desk.place(row)
    cells = escapedSplit(desk.lines[place.line - 1].lstrip("> \t").rstrip())
    found = len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())
    if found != width:
        desk.error(
            place,
            f"this row has {found} cells, the head of its table has {width}",
            "a bar inside a cell is written \\|, a caption as “: Caption” below the last row",
        )


def _captioned(desk: Desk, table: Block | None, node: SyntaxTreeNode) -> Table:
    place, attributes = desk.place(node), _take_trailing_attributes(desk, node)
    desk.check_names("class of a table", attributes.classes, (), place)
    desk.check_names("attribute of a table", attributes.pairs, (), place)
    assert isinstance(table, Table)  # the grammar knows a caption only right behind a table
    return replace(table, caption=read_inlines(desk, node), id=attributes.id)
