"""Spellings that come so near to one of ours that they are hardly meant as prose, though they would be printed as it:
those of other programs, and those of which a part is missing."""

import re

from markdown_it.tree import SyntaxTreeNode

from twofold.problems import Place
from twofold.reading.desk import Desk

AS_IT_STANDS = "“{}” is printed as it stands"
AMONG_WORDS = {
    "attributes": (
        r"\{\s*(?:[.#][\w-]|[\w-]+=)[^{}]*\}?",
        "attributes cannot stand here: “{}”",
        "attributes follow [words in brackets], an image, a heading or an opening :::",
    ),
    "undefined": (r"\[\^[^\]\s]+\]", "the footnote {} is not defined", "add a line “{}: …”"),
    "block": (r":{3,}", "“{}” opens and closes nothing here", "write it at the beginning of a line"),
    "citation": (r"\[-?@\w[\w-]*", AS_IT_STANDS, "write [@key, p. 3] with both its brackets"),
    "reference": (r"\[#[\w:-]+\]", AS_IT_STANDS, "write [](#id)"),
    "picture": (r"!\[[^\]]*\]\s?\(", AS_IT_STANDS, "write ![Caption](figures/x.svg), without spaces"),
    "link": (r"\[[^\]]*\]\([^)]*", AS_IT_STANDS, "write [words](#id), without spaces between the round brackets"),
    "note": (r"\[\^|\^\[", AS_IT_STANDS, "write ^[Words.], or [^1] and below it “[^1]: Words.”"),
    "shortcode": (r"\{\{[<%][^}]*\}*", AS_IT_STANDS, "leave it out; it is known to other programs only"),
    "strong": (r"\*\*", AS_IT_STANDS, "write **words** with both its ends, without spaces inside them"),
    "formula": (r"\$\$", AS_IT_STANDS, "write $$x^2$$ with both its ends"),
}
"""By a name: what is found anywhere in a line, what is said of it, and how it is spelt."""

ERRORS = ("attributes", "undefined")
"""Of which it is certain that they are not meant so."""

AT_BEGINNING = {
    "block": (r"::\s*\{?\s*\.?\w", "two colons open nothing", "write ::: notes, and ::: below"),
    "caption": (r":\s*\w", "this line belongs to no table", "write “: Caption {#tbl-z}” right below the table"),
    "heading": (r"#{2,6}\w", "this is not read as a heading", "leave a space behind the #"),
    "callout": (r"!!!\s?\w", "“!!!” opens nothing", "write ::: {.callout-note}, and ::: below"),
    "page": (
        r"\\(?:new|clear)page\b|\\pagebreak\b",
        "this breaks no page",
        "leave it out; pages are filled by themselves",
    ),
    "drawn": (r"\+[-=]+\+", "this is not read as a table", "write | a | b |, below it |---|---|, and then the rows"),
    "bars": (r"\|.*\|\s*$", "this is not read as a table", "below the line of its head a table has |---|---|"),
}
"""The same of the beginning of a line."""

ANYWHERE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, *_) in AMONG_WORDS.items()))
BEGINNING = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, *_) in AT_BEGINNING.items()))
CAPTION = re.compile(r"(?P<kind>Table|Figure)(?: \d+)?:")


def check_words(desk: Desk, text: str, place: Place) -> None:
    """Tells the first slip among the words of a line."""
    found = ANYWHERE.search(text)
    if found and found.lastgroup:
        _, message, hint = AMONG_WORDS[found.lastgroup]
        tell = desk.error if found.lastgroup in ERRORS else desk.warn
        tell(place, message.replace("{}", found.group()[:30]), hint.replace("{}", found.group()))


def check_lines(desk: Desk, paragraph: SyntaxTreeNode) -> None:
    """Tells how a paragraph of the source begins, and each of its lines."""
    place, source = desk.place(paragraph), paragraph.children[0].content
    for number, line in enumerate(source.split("\n"), start=place.line):
        found = BEGINNING.match(line)
        if found and found.lastgroup:
            _, message, hint = AT_BEGINNING[found.lastgroup]
            desk.warn(Place(place.file, number), message, hint)
            return
    caption = CAPTION.match(source)
    if caption and caption["kind"] in map(_kind, (paragraph.previous_sibling, paragraph.next_sibling)):
        spelling = "![Caption](figures/x.svg)" if caption["kind"] == "Figure" else "“: Caption {#tbl-z}” right below it"
        desk.warn(
            place, f"this stands as prose beside the {caption['kind'].lower()}", f"its caption is written {spelling}"
        )


def _kind(node: SyntaxTreeNode | None) -> str:
    """What a block shows that may have a caption."""
    if node and node.type == "paragraph":
        return "Figure" if node.children[0].content.startswith("![") else ""
    return "Table" if node and node.type == "table" else ""


def check_indented(desk: Desk, code: SyntaxTreeNode) -> None:
    """Tells of a block of ours among lines that are code only because they stand so far in."""
    if any(line.lstrip().startswith(":::") for line in code.content.splitlines()):
        desk.warn(desk.place(code), "“:::” is printed as code here", "begin these lines less than four spaces in")
