"""The content of a slide chooses its role: which layout it takes, and what stands in which place of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from twofold.model import (
    SLIDE_LAYOUTS,
    Blank,
    Block,
    Blocks,
    BulletList,
    Callout,
    Chart,
    CodeBlock,
    Column,
    Columns,
    Compare,
    Discussion,
    Emphasis,
    Exercise,
    Figure,
    Glossary,
    Heading,
    Incremental,
    Inlines,
    MathBlock,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Slide,
    Source,
    Strong,
    Table,
    Teacher,
    Text,
    Timeline,
)
from twofold.problems import Place, Problem, Severity, did_you_mean
from twofold.slides.planned import Zone, said, worded
from twofold.trees import plain, rewrite, walk

Evidence = Literal[
    "text",
    "picture",
    "formula",
    "table",
    "timeline",
    "chart",
    "quote",
    "definition",
    "question",
    "code",
    "callout",
    "columns",
]

COLUMN_PLACES = ("left", "right", "third")
MOST_ITEMS = 3
WIDER = 0.55
"""A column that takes more than this share of two gets the wider place."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The role, the headline that stands there, and the other places."""

    role: str
    title: Inlines
    zones: tuple[Zone, ...]
    problems: tuple[Problem, ...] = ()


def choose(title: Inlines, blocks: Blocks, layout: str, place: Place) -> Chosen:
    """The role for `blocks` below `title`; `layout` is what the author asks for, "" leaves it to the content."""
    if not layout:
        return _by_content(title, blocks)
    if layout not in SLIDE_LAYOUTS:
        problem = _warning(place, f"there is no layout “{layout}”", did_you_mean(layout, SLIDE_LAYOUTS))
        return replace(_by_content(title, blocks), problems=(problem,))
    asked = _as_asked(title, blocks, layout)
    if asked:
        return asked
    found = _by_content(title, blocks)
    problem = _warning(
        place,
        f"the layout “{layout}” has no place for what this slide holds",
        f"leave the attribute out; the content takes “{found.role}”",
    )
    return replace(found, problems=(problem,))


def shares(blocks: Blocks) -> tuple[Blocks, ...]:
    """`blocks` for one slide after the other: three pieces of evidence at most stand on one, all its text being one."""
    if sum(kind(block) != "text" for block in blocks) <= MOST_ITEMS:
        return (blocks,)
    slides: list[list[Block]] = [[]]
    for block in blocks:
        if kind(block) != "text" and sum(kind(other) != "text" for other in slides[-1]) == MOST_ITEMS - 1:
            slides.append([])
        slides[-1].append(block)
    return tuple(map(tuple, slides))


def kind(block: Block) -> Evidence:
    """What a block is on a slide: text, or one of the things that take a place of their own."""
    match block:
        case Heading() | Paragraph() | BulletList() | OrderedList() | Rule() | Notes() | Teacher() | Slide() | Only():
            return "text"
        case Incremental(blocks=blocks):
            return kind(blocks[0]) if len(blocks) == 1 else "text"
        case Figure():
            return "picture"
        case MathBlock():
            return "formula"
        case Table() | Compare():
            return "table"
        case Timeline():
            return "timeline"
        case Chart():
            return "chart"
        case Source() | Quote():
            return "quote"
        case Glossary():
            return "definition"
        case Exercise() | Discussion():
            return "question"
        case CodeBlock():
            return "code"
        case Callout():
            return "callout"
        case Columns():
            return "columns"
        case _:
            assert_never(block)


def bare(block: Block) -> Block:
    """The block itself, where `kind` saw through an Incremental."""
    return bare(block.blocks[0]) if isinstance(block, Incremental) and len(block.blocks) == 1 else block


def solved(blocks: Blocks) -> Blocks:
    """The same blocks with their blanks filled in, in bold."""
    filled: Blocks = rewrite(blocks, lambda node: Strong(content=node.content) if isinstance(node, Blank) else node)
    return filled


def answer(task: Exercise | Discussion) -> Blocks:
    """What answers a task: its solution, or its own sentences with the blanks filled in."""
    if isinstance(task, Exercise) and task.solution:
        return solved(task.solution)
    return solved(task.blocks) if any(isinstance(node, Blank) for node in walk(task.blocks)) else ()


def _by_content(title: Inlines, blocks: Blocks) -> Chosen:
    text = tuple(block for block in blocks if kind(block) == "text")
    evidence = tuple(block for block in blocks if kind(block) != "text")
    if not blocks:
        return Chosen("statement", title, ())
    if not evidence:
        return Chosen("content", title, (Zone(name="body", blocks=text),))
    if any(kind(block) == "columns" for block in evidence):
        return _in_columns(title, blocks)
    if len(evidence) == 1:
        return _alone(title, evidence[0], text)
    if len(evidence) + bool(text) > MOST_ITEMS:  # three pieces and a text: the text goes with the first
        return _columned(title, ((*text, evidence[0]), *((block,) for block in evidence[1:])))
    return _columned(title, ((text,) if text else ()) + tuple((block,) for block in evidence))


def _alone(title: Inlines, block: Block, text: Blocks) -> Chosen:
    """One piece of evidence and perhaps some text beside it."""
    shown = _task(title, block, text) or _box(title, block)
    if shown is None:
        role = kind(block)
        shown = Chosen(role, title, (Zone(name=role, blocks=(bare(block),), appears=block is not bare(block)),))
        if isinstance(chart := bare(block), Chart):
            shown = replace(shown, zones=(*worded("label", chart.title), *shown.zones))
    elif shown.role.startswith(("question", "task")):
        return shown
    if not text:
        return shown
    return replace(shown, role=f"{shown.role}-text", zones=(*shown.zones, Zone(name="body", blocks=text)))


def _box(title: Inlines, block: Block) -> Chosen | None:
    """Evidence that is words in a box of its own."""
    match bare(block):
        case Source(blocks=blocks, title=name, number=number):
            label = Zone(name="label", label=(("source", number),))
            quote = Zone(name="quote", blocks=blocks, appears=block is not bare(block))
            return Chosen("quote", title, (label, quote, *worded("attribution", name)))
        case Quote(blocks=blocks):
            words, voice = _voice(blocks)
            return Chosen("quote", title, (Zone(name="quote", blocks=words), Zone(name="attribution", blocks=voice)))
        case Glossary(entries=(entry, *more)) if not more:
            zones = (
                Zone(name="label", label=(("key-word", ""),)),
                *worded("term", entry.name),
                Zone(name="original", blocks=(Paragraph(content=entry.original),) if entry.original else ()),
                Zone(name="definition", blocks=(Paragraph(content=entry.definition),)),
            )
            return Chosen("definition", title or (Text(text=entry.name),), zones)
        case Glossary() as glossary:
            return Chosen("content", title, (Zone(name="body", blocks=(glossary,)),))
        case Callout(kind=sort, title=name, blocks=blocks):
            label = Zone(name="label", blocks=said(name), label=() if name else ((f"callout-{sort}", ""),))
            return Chosen("callout", title, (label, Zone(name="callout", blocks=blocks)))
        case _:
            return None


def _voice(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """A quotation and, where its last paragraph starts with a dash, who speaks."""
    if len(blocks) > 1 and isinstance(blocks[-1], Paragraph) and plain(blocks[-1]).startswith(("—", "–")):
        return blocks[:-1], blocks[-1:]
    return blocks, ()


def _task(title: Inlines, block: Block, text: Blocks) -> Chosen | None:
    """A question. It takes the headline's place unless the slide has a title of its own."""
    task = bare(block)
    if not isinstance(task, Exercise | Discussion):
        return None
    name = "exercise" if isinstance(task, Exercise) else "discussion"
    number = task.number if isinstance(task, Exercise) else ""
    head = Zone(name="head", label=((name, number),))
    own = title or ((Text(text=task.title),) if isinstance(task, Discussion) and task.title else ())
    question, rest = _first_paragraph(task.blocks)
    if own and plain(own).split() != plain(question).split():
        zones = (head, Zone(name="question", blocks=(*text, *task.blocks)))
        return _answered(Chosen("task", own, zones), answer(task))
    if not plain(question).strip():
        zones = (head, Zone(name="question", blocks=(*text, *task.blocks)))
        return _answered(Chosen("task", (Text(text=number or "…"),), zones), answer(task))
    if not (text or rest or answer(task)):
        return Chosen("question-alone", question, (head,))
    return _answered(Chosen("question", question, (head, Zone(name="body", blocks=(*text, *rest)))), answer(task))


def _first_paragraph(blocks: Blocks) -> tuple[Inlines, Blocks]:
    if blocks and isinstance(blocks[0], Paragraph):
        return blocks[0].content, blocks[1:]
    return (), blocks


def _answered(chosen: Chosen, found: Blocks) -> Chosen:
    if not found:
        return chosen
    label = Zone(name="answer-label", label=(("answer", ""),))
    zones = (*chosen.zones, label, Zone(name="answer", blocks=found, appears=True))
    return replace(chosen, role=f"{chosen.role}-answer", zones=zones)


# ---------------------------------------------------------------- columns


def _in_columns(title: Inlines, blocks: Blocks) -> Chosen:
    """The columns the author drew; what stands before them joins the first, what stands after them the last."""
    at = next(n for n, block in enumerate(blocks) if kind(block) == "columns")
    drawn = bare(blocks[at])
    assert isinstance(drawn, Columns)
    contents = [column.blocks for column in drawn.columns]
    contents[0] = (*blocks[:at], *contents[0])
    contents[-1] = (*contents[-1], *blocks[at + 1 :])
    if len(contents) == 1:
        return _by_content(title, contents[0])
    found = _columned(title, tuple(contents[:MOST_ITEMS]), _wider(drawn.columns))
    if len(contents) <= MOST_ITEMS:
        return found
    last = replace(found.zones[-1], blocks=sum(contents[MOST_ITEMS - 1 :], ()))
    problem = _warning(
        drawn.place,
        f"a slide has {MOST_ITEMS} columns at most, this one {len(contents)}",
        "the last ones now stand below each other; continue with `---`",
    )
    return replace(found, zones=(*found.zones[:-1], last), problems=(problem,))


def _columned(title: Inlines, contents: tuple[Blocks, ...], wider: str = "") -> Chosen:
    headed = all(content and isinstance(content[0], Heading) for content in contents)
    zones: tuple[Zone, ...] = ()
    for name, content in zip(COLUMN_PLACES, contents, strict=False):
        if headed and isinstance(heading := content[0], Heading):
            zones += (Zone(name=f"{name}-heading", blocks=(Paragraph(content=heading.content, place=heading.place),)),)
        zones += (Zone(name=name, blocks=content[1:] if headed else content),)
    if headed:
        return Chosen("comparison" if len(contents) == 2 else "comparison-of-three", title, zones)
    return Chosen("two-content" + wider if len(contents) == 2 else "three-content", title, zones)


def _wider(columns: tuple[Column, ...]) -> str:
    """Which of two columns the author wants wider."""
    if len(columns) != 2 or not any(column.width for column in columns):
        return ""
    left, right = (column.width for column in columns)
    left = left or 1 - right
    return "-wide-left" if left > WIDER else "-wide-right" if left < 1 - WIDER else ""


# ---------------------------------------------------------------- what the author asks for


def _as_asked(title: Inlines, blocks: Blocks, layout: str) -> Chosen | None:
    """The layout that the author names, or None where it has no place for these blocks."""
    natural = _by_content(title, blocks)
    if natural.role.startswith(layout) or (layout == "question" and natural.role.startswith("task")):
        return natural
    makers: dict[str, Callable[[Inlines, Blocks], Chosen | None]] = {
        "content": lambda title, blocks: Chosen("content", title, (Zone(name="body", blocks=blocks),)),
        "statement": lambda title, blocks: Chosen("statement", title, (Zone(name="body", blocks=blocks),)),
        "closing": lambda title, blocks: Chosen("closing", title, (Zone(name="body", blocks=blocks),)),
        "map": _as_map,
        "question": lambda title, blocks: Chosen("question", title, (Zone(name="body", blocks=blocks),)),
        "two-content": _halves,
        "quote": _as_quote,
        "definition": _as_definition,
    }
    maker = makers.get(layout)
    return maker(title, blocks) if maker else None


def _halves(title: Inlines, blocks: Blocks) -> Chosen | None:
    return _columned(title, (blocks[:1], blocks[1:])) if len(blocks) > 1 else None


def _as_map(title: Inlines, blocks: Blocks) -> Chosen | None:
    """A picture alone, as wide as the slide."""
    drawn = _by_content(title, blocks)
    return replace(drawn, role="map") if drawn.role == "picture" else None


def _as_quote(title: Inlines, blocks: Blocks) -> Chosen | None:
    return _box(title, Quote(blocks=blocks)) if blocks and all(kind(block) == "text" for block in blocks) else None


def _as_definition(title: Inlines, blocks: Blocks) -> Chosen | None:
    """A paragraph whose first words are strong defines them."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not isinstance(first.content[0], Strong | Emphasis):
        return None
    zones = (
        Zone(name="label", label=(("key-word", ""),)),
        *worded("term", plain(first.content[0]).rstrip(":")),
        Zone(name="definition", blocks=(Paragraph(content=_after_colon(first.content[1:]), place=first.place),)),
    )
    if blocks[1:]:
        return Chosen("definition-text", title, (*zones, Zone(name="body", blocks=blocks[1:])))
    return Chosen("definition", title, zones)


def _after_colon(inlines: Inlines) -> Inlines:
    """The words behind “**Term**:”, without the sign between them."""
    if inlines and isinstance(inlines[0], Text):
        return (replace(inlines[0], text=inlines[0].text.lstrip(" :–—")), *inlines[1:])
    return inlines


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, message, hint, Severity.WARNING)
