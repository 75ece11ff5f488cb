"""Tokens inside a line into the inlines of the document tree."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from twofold.model import (
    Aside,
    Blank,
    Blocks,
    Break,
    Citation,
    Cited,
    Code,
    Emphasis,
    Footnote,
    Foreign,
    Image,
    IndexMark,
    Inline,
    Inlines,
    Link,
    Math,
    Reference,
    Strong,
    Term,
    Text,
)
from twofold.problems import Place
from twofold.reading.desk import Desk
from twofold.reading.misspelt import check_words
from twofold.trees import joined, plain, rewrite

SPANS = {"term", "index", "blank", "aside"}
CITED_WORK = re.compile(r"\s*(?P<prefix>.*?)\s*@(?P<key>\w(?:[\w:.+/-]*\w)?)\s*,?\s*(?P<locator>.*?)\s*$", re.DOTALL)


class InlineReader:
    """Reads the children of one inline token, counting lines as it goes."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.desk = desk
        self.place = place
        self.html_refused = False

    def read(self, nodes: list[SyntaxTreeNode]) -> Inlines:
        """The inlines of sibling tokens; neighbouring words are one Text."""
        return joined(tuple(inline for node in nodes for inline in self._one(node)))

    def _one(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        place = self.place
        match node.type:
            case "text" | "text_special":
                check_words(self.desk, node.content, place)
                yield Text(text=node.content, place=place)
            case "softbreak":
                self._next_line()
                yield Text(text=" ", place=place)
            case "hardbreak":
                yield Break(place=place)
                self._next_line()
            case "em":
                yield Emphasis(content=self.read(node.children), place=place)
            case "strong":
                yield Strong(content=self.read(node.children), place=place)
            case "code_inline":
                yield Code(text=node.content, place=place)
            case "math_inline" | "math_inline_double":
                yield Math(tex=node.content.strip(), place=place)
            case "link":
                yield from self._link(node)
            case "image":
                yield self._image(node)
            case "span":
                yield from self._span(node)
            case "citation":
                yield citation(self.desk, node.content, place)
            case "footnote_ref":
                yield Footnote(blocks=self._footnote(node), place=place)
            case "footnote_anchor":
                return
            case "html_inline":
                self._html(node)
            case other:
                self.desk.error(place, f"“{other}” cannot be read here", "write it in plain Markdown")

    def _next_line(self) -> None:
        self.place = Place(self.place.file, self.place.line + 1)

    def _link(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        url, place = str(node.attrs.get("href", "")), self.place
        content = self.read(node.children)
        if url.startswith("#"):
            yield Reference(target=unquote(url[1:]), content=content, place=place)
        elif url.startswith(("http://", "https://", "mailto:")):
            yield Link(url=url, content=content, place=place)
        else:
            self.desk.error(
                place, f"the link “{unquote(url)}” leads nowhere", "link to #an-id of the course, or to https://…"
            )
            yield from content

    def _image(self, node: SyntaxTreeNode) -> Image:
        place = self.place
        attributes = self.desk.attributes(node.info or "{}", place)
        self.desk.check_names("attribute of a picture in a line", attributes.pairs, {"alt"}, place)
        alt = attributes.pairs.get("alt") or plain(self.read(node.children))
        return Image(src=unquote(str(node.attrs.get("src", ""))), alt=alt, place=place)

    def _span(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        place = self.place
        attributes = self.desk.attributes(node.info, place)
        content = self.read(node.children)
        self.desk.check_names("class of a span", attributes.classes, SPANS, place)
        self.desk.check_names("attribute of a span", attributes.pairs, {"lang"}, place)
        if attributes.id:
            self.desk.error(place, "a span takes no id", "give the id to a heading, figure, table or box")
        for name, value in reversed(attributes.classes.items()):
            content = _spanned(name, value or plain(content), content, place)
        if lang := attributes.pairs.get("lang"):
            content = (Foreign(lang=lang, content=content, place=place),)
        yield from content

    def _footnote(self, node: SyntaxTreeNode) -> Blocks:
        """The body of a note; one written in the line, `^[…]`, has no lines of its own and stands at its call."""
        here = self.place
        if self.desk.footnotes is None:
            self.desk.error(here, "a footnote is called inside a footnote", "say it in one note")
            return ()
        body = self.desk.footnotes[node.meta["id"]]
        placed: Blocks = rewrite(body, lambda part: part if part.place.line else replace(part, place=here))
        return placed

    def _html(self, node: SyntaxTreeNode) -> None:
        if not (node.content.startswith("<!--") or self.html_refused):
            self.html_refused = True  # once for all the tags of a paragraph
            refuse_html(self.desk, node.content, self.place)


def read_inlines(desk: Desk, node: SyntaxTreeNode) -> Inlines:
    """The inlines of a block token that holds one line of text, as a paragraph or a cell does."""
    reader = InlineReader(desk, desk.place(node))
    return reader.read([child for inline in node.children for child in inline.children])


def read_words(desk: Desk, words: str, place: Place) -> Inlines:
    """The inlines of words that stand in an attribute, as a slide's title does."""
    tree = SyntaxTreeNode(desk.markdown.parseInline(words, {}))
    return InlineReader(desk, place).read([child for inline in tree.children for child in inline.children])


def citation(desk: Desk, words: str, place: Place) -> Citation:
    """A citation from the words between its brackets: `@key, p. 3; see @other`."""
    works = []
    for part in words.split(";"):
        found = CITED_WORK.match(part)
        if found and found["prefix"] == "-":
            desk.error(
                place, f"“{part.strip()}” would print its hyphen", "a work is cited with its author: leave out the -"
            )
        elif found:
            works.append(Cited(key=found["key"], prefix=found["prefix"], locator=found["locator"], place=place))
        else:
            desk.error(place, f"no work is named in “{part.strip()}”", "write [@key, p. 3; @other-key]")
    return Citation(works=tuple(works), place=place)


def refuse_html(desk: Desk, html: str, place: Place) -> None:
    """Raw HTML is an error: it could not be drawn on a slide."""
    shown = html.strip().splitlines()[0][:40]
    desk.error(place, f"raw HTML is not read: “{shown}”", "write it in Markdown, or put it in `backticks` to show it")


def _spanned(name: str, value: str, content: Inlines, place: Place) -> Inlines:
    match name:
        case "term":
            return (Term(content=content, entry=value, place=place),)
        case "index":
            return (IndexMark(content=content, entry=value, place=place),)
        case "blank":
            return (Blank(content=content, place=place),)
        case "aside":
            return (Aside(content=content, place=place),)
        case _:
            return content
