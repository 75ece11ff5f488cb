"""Lists of definitions into entries of the glossary."""

from collections.abc import Iterator
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from twofold.model import Emphasis, Foreign, GlossaryEntry, Inline, Inlines, Text
from twofold.reading.desk import Desk
from twofold.reading.inlines import read_inlines
from twofold.trees import plain


def read_glossary(desk: Desk, node: SyntaxTreeNode) -> Iterator[GlossaryEntry]:
    """The entries of a list of definitions; what is emphasised in a term is its original spelling."""
    for position, part in enumerate(node.children):
        if part.type == "dt":
            yield _entry(desk, part, _definitions(node.children[position + 1 :]))


def _definitions(nodes: list[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """The paragraphs that define a term: up to the next term."""
    for node in nodes:
        if node.type == "dt":
            return
        yield from node.children


def _entry(desk: Desk, term: SyntaxTreeNode, definitions: Iterator[SyntaxTreeNode]) -> GlossaryEntry:
    words, place = read_inlines(desk, term), desk.place(term)
    parts = [(inline, _original(inline)) for inline in words]
    definition: list[Inlines] = []
    for node in definitions:
        if node.type == "paragraph":
            definition.append(((Text(text=" ", place=place),) if definition else ()) + read_inlines(desk, node))
        else:
            desk.error(
                desk.place(node), "a definition in the glossary is one paragraph", "move the rest into the chapter"
            )
    return GlossaryEntry(
        name=plain(tuple(inline for inline, original in parts if not original)).strip(),
        original=tuple(inline for _, original in parts for inline in original),
        definition=tuple(inline for inlines in definition for inline in inlines),
        place=place,
    )


def _original(inline: Inline) -> Inlines:
    """Emphasised words, which may bear their language inside or outside; nothing for other words."""
    match inline:
        case Emphasis(content=content):
            return content
        case Foreign(content=(Emphasis(content=content),)):
            return (replace(inline, content=content),)
    return ()
