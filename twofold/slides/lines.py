"""Blocks into lines of runs, as a slide or a notes page says them; what text cannot say comes out as a Problem."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from twofold.highlight import tokens
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
    Code,
    CodeBlock,
    Columns,
    Compare,
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
    Rule,
    Slide,
    Source,
    Strong,
    Table,
    Teacher,
    Term,
    Text,
    Timeline,
)
from twofold.problems import Place, Problem, Severity
from twofold.trees import plain


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind. `lang` is a BCP 47 tag; `token` a kind of code token, "" outside of highlighted code;
    a `blank` run is what a student is to find."""

    text: str = ""
    lang: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""
    token: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `depth` counts list levels from 1, 0 outside of lists; `start` is the first number of the ordered
    list that the line is an item of, or None; `click` tells that it waits for a click."""

    runs: tuple[Run, ...]
    depth: int = 0
    start: int | None = None
    click: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def split(found: Iterator[Line | Problem]) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines and the problems of `lines`."""
    both = tuple(found)
    return tuple(x for x in both if isinstance(x, Line)), tuple(x for x in both if isinstance(x, Problem))


def line(inlines: Inlines, lang: str) -> Iterator[Line | Problem]:
    """One paragraph of `inlines`."""
    yield from _paragraph(inlines, Line(()), Run(lang=lang))


def lines(blocks: Blocks, lang: str) -> Iterator[Line | Problem]:
    """The paragraphs of `blocks` in a course whose language is `lang`."""
    yield from _blocks(blocks, Line(()), Run(lang=lang))


def _blocks(blocks: Blocks, like: Line, run: Run) -> Iterator[Line | Problem]:
    for block in blocks:
        yield from _block(block, like, run)


def _block(block: Block, like: Line, run: Run) -> Iterator[Line | Problem]:
    """`like` and `run` carry what holds for everything inside the block."""
    match block:
        case Paragraph(content=content):
            yield from _paragraph(content, like, run)
        case Heading(content=content):
            yield from _paragraph(content, like, replace(run, bold=True))
        case BulletList(items=items):
            yield from _items(items, like, run, None)
        case OrderedList(items=items, start=start):
            yield from _items(items, like, run, start)
        case Quote(blocks=blocks):
            yield from _blocks(blocks, like, replace(run, italic=True))
        case CodeBlock(text=text, language=language):
            yield from _code(text, language, like, run)
        case Incremental(blocks=blocks):
            yield from _blocks(blocks, replace(like, click=True), run)
        case Source(title=title, blocks=blocks) | Callout(title=title, blocks=blocks):
            yield from _titled(title, blocks, like, run)
        case Discussion(blocks=blocks) | Exercise(blocks=blocks):
            yield from _blocks(blocks, like, run)
        case Glossary(entries=entries):
            for entry in entries:
                yield from _entry(entry, like, run)
        case Columns(columns=columns):
            for column in columns:
                yield from _blocks(column.blocks, like, run)
        case Only(output=output, blocks=blocks):
            if output == "slides":
                yield from _blocks(blocks, like, run)
        case Notes() | Teacher():
            pass  # the plan has put them into the notes
        case Figure():
            yield _undrawn(block.place, "a picture")
        case Table():
            yield _undrawn(block.place, "a table")
        case Chart():
            yield _undrawn(block.place, "a chart")
        case Timeline():
            yield _undrawn(block.place, "a timeline")
        case Compare():
            yield _undrawn(block.place, "a comparison of sources")
        case MathBlock():
            yield _undrawn(block.place, "a formula")
        case Slide():
            yield _undrawn(block.place, "a slide")
        case Rule():
            yield _warning(block.place, "a slide draws no line between thoughts", "`---` starts a further slide")
        case _:
            assert_never(block)


def _paragraph(inlines: Inlines, like: Line, run: Run) -> Iterator[Line | Problem]:
    found = tuple(_inlines(inlines, run))
    yield from (part for part in found if isinstance(part, Problem))
    runs = tuple(part for part in found if isinstance(part, Run) and part.text)
    if any(part.text.strip() for part in runs):
        yield replace(like, runs=_trimmed(runs))


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """No space is left where a citation or a note stood at the end, or before a full stop."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].text.endswith(" ") and run.text[0] in ".,;:":
            merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip(" "))
        merged.append(run)
    merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip(" "))
    return tuple(run for run in merged if run.text)


def _items(items: tuple[ListItem, ...], like: Line, run: Run, start: int | None) -> Iterator[Line | Problem]:
    for item in items:
        yield from _item(item, replace(like, depth=like.depth + 1, start=start), run)


def _item(item: ListItem, like: Line, run: Run) -> Iterator[Line | Problem]:
    """Further paragraphs of an item follow its first after a line break, so that they get no sign of their own."""
    own: Line | None = None
    for part in _blocks(item.blocks, like, run):
        if not isinstance(part, Line):
            yield part
        elif own is None:
            own = part
        elif part.depth > like.depth:
            yield own
            own = part
        else:
            own = replace(own, runs=(*own.runs, Run("\n", run.lang), *part.runs))
    if own is not None:
        yield own


def _titled(title: str, blocks: Blocks, like: Line, run: Run) -> Iterator[Line | Problem]:
    if title:
        yield replace(like, runs=(replace(run, text=title, bold=True),))
    yield from _blocks(blocks, like, run)


def _entry(entry: GlossaryEntry, like: Line, run: Run) -> Iterator[Line | Problem]:
    head = Strong(content=(Text(text=entry.name),))
    original: Inlines = (Text(text=" "), Emphasis(content=entry.original)) if entry.original else ()
    yield from _paragraph((head, *original, Text(text=": "), *entry.definition), like, run)


def _code(text: str, language: str, like: Line, run: Run) -> Iterator[Line]:
    pieces = [replace(run, text=piece, code=True, token=kind) for kind, piece in tokens(text.rstrip("\n"), language)]
    current: list[Run] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        current.append(replace(piece, text=first))
        for part in rest:
            yield replace(like, runs=tuple(run for run in current if run.text))
            current = [replace(piece, text=part)]
    yield replace(like, runs=tuple(run for run in current if run.text))


def _inlines(inlines: Inlines, run: Run) -> Iterator[Run | Problem]:
    for inline in inlines:
        yield from _inline(inline, run)


def _inline(inline: Inline, run: Run) -> Iterator[Run | Problem]:
    match inline:
        case Text(text=text):
            yield replace(run, text=text)
        case Code(text=text):
            yield replace(run, text=text, code=True)
        case Break():
            yield replace(run, text="\n")
        case Emphasis(content=content):
            yield from _inlines(content, replace(run, italic=not run.italic))
        case Strong(content=content):
            yield from _inlines(content, replace(run, bold=True))
        case Link(url=url, content=content):
            yield from _inlines(content, replace(run, url=url))
        case Foreign(lang=lang, content=content):
            yield from _inlines(content, replace(run, lang=lang))
        case Term(content=content) | IndexMark(content=content):
            yield from _inlines(content, run)
        case Reference(target=target, content=content, label=label):
            yield from _inlines(content or (Text(text=label or target),), run)
        case Blank(content=content):
            yield replace(run, text=plain(content), blank=True)
        case Citation() | Footnote() | Aside():
            pass  # the source line, the notes, and nowhere
        case Math(tex=tex):
            yield _warning(inline.place, "a formula within a line of a slide shows as TeX", "set it alone: $$ … $$")
            yield replace(run, text=tex, code=True)
        case Image(src=src):
            hint = "give it a paragraph of its own"
            yield _warning(inline.place, f"the picture “{src}” cannot stand within a line of a slide", hint)
        case _:
            assert_never(inline)


def _undrawn(place: Place, what: str) -> Problem:
    return _warning(place, f"{what} cannot be drawn here on a slide", "give it a slide or a column of its own")


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, message, hint, Severity.WARNING)
