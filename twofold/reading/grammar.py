"""Text into tokens: CommonMark with tables, footnotes, definition lists and maths, and two rules of our own.

Fenced divs (`:::`) nest as in Pandoc: a line of colons alone closes the innermost open div, whatever its length.
The container plugin would let the first closing line end the outermost one, so the rule is ours.
Bracketed spans and citations (`[words]{.class}`, `[@key, p. 3]`) have no plugin that reads Pandoc's attributes.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from twofold.reading.attributes import find_attributes

OPENING = re.compile(r":{3,}[ \t]*(?P<info>[^:\s].*?)[ \t]*:*[ \t]*$")
CLOSING = re.compile(r":{3,}[ \t]*$")
FENCE = re.compile(r"(?P<marks>`{3,}(?=[^`]*$)|~{3,})")
CITED = re.compile(r"(?:^|[\s;(-])@\w")


@lru_cache(maxsize=4)
def parser(quotes: str) -> MarkdownIt:
    """A parser; `quotes` are the double opening, double closing, single opening and single closing mark."""
    markdown = MarkdownIt("commonmark", {"html": True, "typographer": True, "quotes": quotes, "maxNesting": 200})
    markdown.enable(["table", "replacements", "smartquotes"])
    markdown.disable("text_join")  # so that what an author escaped is known from what he did not
    markdown.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)
    markdown.use(dollarmath_plugin, allow_digits=False, allow_space=False, double_inline=True)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "table", "footnote_def"]}
    markdown.block.ruler.before("fence", "div", _div, interrupts)
    markdown.block.ruler.before("fence", "caption", _caption, {"alt": ["blockquote"]})
    markdown.inline.ruler.before("link", "bracket", _bracket)
    markdown.inline.ruler.at("image", _image)
    return markdown


def parse(markdown: MarkdownIt, text: str) -> tuple[SyntaxTreeNode, set[str]]:
    """The tree of tokens, and the labels of footnotes that are defined but never called."""
    env: dict[str, dict[str, dict[str, int]]] = {}
    tree = SyntaxTreeNode(markdown.parse(text, env))
    labels = env.get("footnotes", {}).get("refs", {})
    return tree, {label.removeprefix(":") for label, number in labels.items() if number < 0}


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    opening = OPENING.match(text)
    if not opening and not CLOSING.match(text):
        return False
    if silent:
        return True
    if not opening:
        token = state.push("stray_close", "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
        return True
    _push_div(state, opening["info"], start, _closing_line(state, start, end))
    return True


def _push_div(state: StateBlock, info: str, start: int, closing: int) -> None:
    closed = closing < state.lineMax and bool(CLOSING.match(_line(state, closing)))
    token = state.push("div_open", "div", 1)
    token.block, token.info, token.map, token.meta = True, info, [start, closing], {"closed": closed}
    outer_end, outer_parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = closing, "div"
    state.md.block.tokenize(state, start + 1, closing)
    state.lineMax, state.parentType = outer_end, outer_parent
    state.push("div_close", "div", -1).block = True
    state.line = closing + 1 if closed else closing


def _closing_line(state: StateBlock, start: int, end: int) -> int:
    """The line that closes the div opened at `start`; the first line after the enclosing block when none does."""
    depth, fence = 1, ""
    for line in range(start + 1, end):
        text = _line(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return line
        if fence:
            if text.startswith(fence) and not text.strip(fence[0] + " \t"):
                fence = ""
        elif found := FENCE.match(text):
            fence = found["marks"]
        elif CLOSING.match(text):
            depth -= 1
            if not depth:
                return line
        elif OPENING.match(text):
            depth += 1
    return end


def _caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line `: Caption {#id}` below a table, with or without a blank line between."""
    if not _line(state, start).startswith(": "):
        return False
    if silent:  # asked by the table whether its rows end here
        return state.parentType == "table"
    if not state.tokens or state.tokens[-1].type != "table_close":
        return False
    behind = start + 1
    while behind < end and not state.isEmpty(behind):
        behind += 1
    state.push("caption_open", "caption", 1).map = [start, behind]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, behind, state.blkIndent, False).strip()[1:].strip()
    inline.map, inline.children = [start, behind], []
    state.push("caption_close", "caption", -1)
    state.line = behind
    return True


def _bracket(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or state.src.startswith("[^", state.pos):
        return False
    start, label_end = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos, False)
    if label_end < 0:
        return False
    behind = label_end + 1
    if found := find_attributes(state.src, behind):
        return _push_span(state, start, label_end, found, silent)
    words = state.src[start:label_end]
    if state.src[behind : behind + 1] in ("(", "[") or not CITED.search(words):
        return False
    if not silent:
        state.push("citation", "", 0).content = words
    state.pos = behind
    return True


def _image(state: StateInline, silent: bool) -> bool:
    """CommonMark's image, with attributes in braces right behind it."""
    if not image(state, silent):
        return False
    if found := find_attributes(state.src, state.pos):
        braces, state.pos = found
        if not silent:
            state.tokens[-1].info = braces
    return True


def _push_span(state: StateInline, start: int, label_end: int, found: tuple[str, int], silent: bool) -> bool:
    braces, behind = found
    if not silent:
        outer_end = state.posMax
        state.pos, state.posMax = start, label_end
        state.push("span_open", "span", 1).info = braces
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = outer_end
    state.pos = behind
    return True
