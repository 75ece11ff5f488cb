"""Course into planned slides: pure, cheap, and the same every time. The booklet asks here which slide shows what."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from twofold.course import said_at
from twofold.model import (
    Aside,
    Blank,
    Block,
    Blocks,
    BulletList,
    Chapter,
    Chart,
    Citation,
    Column,
    Columns,
    Compare,
    Course,
    Discussion,
    Exercise,
    Figure,
    Footnote,
    Glossary,
    Incremental,
    Inlines,
    ListItem,
    Notes,
    Only,
    Paragraph,
    Reference,
    Slide,
    Source,
    Table,
    Teacher,
    Text,
    Timeline,
)
from twofold.problems import Place, Problem, Severity
from twofold.slides.choosing import answer, bare, choose, shares, solved
from twofold.slides.deriving import Draft, derive
from twofold.slides.lessons import has_opening, lesson_key, opening
from twofold.slides.planned import PlannedSlide, Zone, numbered, said, worded, works
from twofold.trees import named, plain, public, walk

__all__ = ["PlannedSlide", "Zone", "plan", "slide_numbers"]

Targets = dict[str, Block]
SHOWABLE = (Figure, Table, Chart, Timeline, Compare, Source, Exercise, Discussion)


def plan(course: Course) -> tuple[PlannedSlide, ...]:
    """All slides of the course in order: its title, an opening for each lesson that has a title, and for each
    chapter a section slide and the slides it holds; an appendix has only those that its author wrote."""
    targets = dict(_targets(course))
    slides = [_title_slide(course)]
    begun: set[int] = set()
    for chapter in course.chapters:
        if has_opening(course, chapter.lesson) and chapter.lesson not in begun:
            slides.append(opening(course, chapter.lesson))
            begun.add(chapter.lesson)
        slides += _chapter(chapter, targets, begun)
    return numbered(slides)


def slide_numbers(slides: Iterable[PlannedSlide]) -> dict[str, int]:
    """Anchor in the booklet -> number of the first slide that presents the passage."""
    numbers: dict[str, int] = {}
    for slide in slides:
        if slide.anchor:
            numbers.setdefault(slide.anchor, slide.number)
    return numbers


def _targets(course: Course) -> Iterator[tuple[str, Block]]:
    """Everything that `[](#id)` can show on a slide."""
    for node in walk(course):
        if isinstance(node, SHOWABLE) and node.id:
            yield node.id, node
        elif isinstance(node, Glossary):
            for entry in node.entries:
                yield f"term:{entry.name}", Glossary(entries=(entry,), place=entry.place)


# ---------------------------------------------------------------- title and sections


def _title_slide(course: Course) -> PlannedSlide:
    settings = course.settings
    host = "audience" if settings.audience else "author"
    shown, at = settings.slides, partial(said_at, settings, "slides")
    figure = Figure(src=shown.emblem, alt=shown.emblem_alt or shown.emblem_caption, place=at("emblem"))
    emblem = _emblem(figure, shown.emblem_caption, at("emblem-caption"))
    zones = (
        *worded("head", settings.label, said_at(settings, "label")),
        *worded("subtitle", settings.subtitle, said_at(settings, "subtitle")),
        *worded("audience", settings.audience or settings.author, said_at(settings, host)),
        *emblem,
    )
    role = "title" if emblem else "title-plain"
    title, place = (Text(text=settings.title),), said_at(settings, "title")
    return PlannedSlide(key="title", anchor="", role=role, title=title, zones=zones, place=place)


def _emblem(figure: Figure, caption: str, place: Place) -> tuple[Zone, ...]:
    """A picture with its caption, said at `place`, where there is one."""
    if not figure.src:
        return ()
    return (Zone(name="emblem", blocks=(figure,)), *worded("emblem-caption", caption, place))


def _chapter(chapter: Chapter, targets: Targets, opened: Collection[int]) -> Iterator[PlannedSlide]:
    written = tuple(_written(chapter.blocks))
    spoken, drafts = ((), tuple(_drafted(written))) if written or chapter.appendix else derive(chapter)
    back = f"#{lesson_key(chapter.lesson)}" if chapter.lesson in opened else ""
    if not chapter.appendix:
        yield _section_slide(chapter, spoken, back)
    for draft in drafts:
        for slide in _slides(draft, targets):
            head = () if slide.zone("head") else worded("head", chapter.running_title, chapter.running_title_at)
            zones = (*head, *slide.zones)
            yield replace(slide, zones=zones, chapter=chapter.id, lesson=chapter.lesson)


def _section_slide(chapter: Chapter, spoken: Blocks, back: str) -> PlannedSlide:
    label = ((("lesson", str(chapter.lesson)),) if chapter.lesson else ()) + (("chapter", str(chapter.number)),)
    alt = chapter.emblem_caption or chapter.title
    figure = Figure(src=chapter.emblem, alt=alt, place=chapter.said_at("emblem"))
    emblem = _emblem(figure, chapter.emblem_caption, chapter.said_at("emblem_caption"))
    asked = "question" if chapter.question else "summary"
    question = worded("question", getattr(chapter, asked), chapter.said_at(asked))
    zones = (Zone(name="head", label=label, link=back), *question, *emblem)
    aims = tuple(ListItem(blocks=said(aim, chapter.said_at("aims"))) for aim in chapter.aims)
    notes = (*said(chapter.summary, chapter.said_at("summary")), *((BulletList(items=aims),) if aims else ()), *spoken)
    return PlannedSlide(
        key=f"chapter-{chapter.id}",
        anchor=f"chapter-{chapter.id}",
        role="section" if emblem else "section-plain",
        title=(Text(text=chapter.title),),
        zones=zones,
        notes=notes,
        footnotes=_footnotes(spoken),
        chapter=chapter.id,
        lesson=chapter.lesson,
        minutes=chapter.minutes,
        place=chapter.said_at("title"),
    )


# ---------------------------------------------------------------- the slides of a chapter


def _written(blocks: Blocks) -> Iterator[Slide]:
    """The slide blocks of a chapter, wherever they stand."""
    for block in blocks:
        if isinstance(block, Slide):
            yield block
        elif not (isinstance(block, Only) and block.output == "booklet"):
            yield from (node for node in walk(block) if isinstance(node, Slide))


def _drafted(slides: Iterable[Slide]) -> Iterator[Draft]:
    for slide in slides:
        for count, part in enumerate(slide.parts, 1):
            yield Draft(
                key=_continued(slide.id, count),
                anchor=f"slide-{slide.id}",
                title=slide.title,
                blocks=part.blocks,
                layout=slide.layout,
                place=part.place if part.place.line else slide.place,
            )


def _continued(key: str, count: int) -> str:
    return key if count == 1 else f"{key}-{count}"


def _slides(draft: Draft, targets: Targets) -> Iterator[PlannedSlide]:
    """The slide that a draft describes, or several when it holds more than one can show."""
    blocks = tuple(_resolved(draft.blocks, targets))
    shown = tuple(block for block in blocks if not isinstance(block, Notes | Teacher))
    parts = shares(shown)
    for count, part in enumerate(parts, 1):
        notes = _notes(blocks) if count == 1 else ()
        chosen = choose(draft.title, tuple(block for block in part if not _unseen(block)), draft.layout, draft.place)
        seen = public(part)
        problems = chosen.problems + ((_too_many(draft),) if len(parts) > 1 and count == 1 else ())
        yield PlannedSlide(
            key=f"{draft.key}-{chr(96 + count)}" if count > 1 else draft.key,
            anchor=draft.anchor,
            role=chosen.role,
            title=chosen.title,
            zones=tuple(_filled(chosen.zones)),
            notes=notes,
            answers=tuple(_answers(part)),
            footnotes=_footnotes((draft.title, part, notes)),
            works=works((draft.title, _credited(seen))),
            credit=_credit(seen),
            place=draft.place,
            problems=problems,
        )


def _unseen(block: Block) -> bool:
    """Whether a paragraph holds nothing but what goes to the source line or the notes."""
    if not isinstance(block, Paragraph):
        return False
    return all(isinstance(part, Citation | Footnote | Aside) or part == Text(text=" ") for part in block.content)


def _too_many(draft: Draft) -> Problem:
    message = "this slide holds more pictures, tables or boxes than one can show; it is continued"
    return Problem(draft.place, message, "say with `---` where the next slide starts", Severity.WARNING)


def _filled(zones: Iterable[Zone]) -> Iterator[Zone]:
    return (zone for zone in zones if zone.blocks or zone.label)


def _resolved(blocks: Blocks, targets: Targets) -> Iterator[Block]:
    """What stands on the slide: what `[](#id)` points to in place of it, and nothing that is for the booklet alone."""
    for block in blocks:
        match block:
            case Paragraph(content=(Reference(target=target, content=()),)) if target in targets:
                yield targets[target]
            case Only(output=output, blocks=inner):
                yield from _resolved(inner, targets) if output == "slides" else ()
            case Incremental(blocks=inner):
                yield from (replace(block, blocks=(part,)) for part in _resolved(inner, targets))
            case Columns(columns=columns):
                yield replace(block, columns=tuple(_resolved_column(column, targets) for column in columns))
            case _:
                yield block


def _resolved_column(column: Column, targets: Targets) -> Column:
    return replace(column, blocks=tuple(_resolved(column.blocks, targets)))


def _notes(blocks: Blocks) -> Blocks:
    """What the lecturer says: all notes and teacher's blocks of the slide, however deep."""
    return tuple(part for node in walk(blocks) if isinstance(node, Notes | Teacher) for part in node.blocks)


def _answers(blocks: Blocks) -> Iterator[Block]:
    """Solutions of tasks, the sentences whose blanks the slide leaves open, and what stands behind rival claims."""
    for block in blocks:
        if isinstance(compare := bare(block), Compare):
            yield from _evidence(compare)
        tasks = [node for node in walk(block) if isinstance(node, Exercise | Discussion)]
        if tasks:
            yield from (part for task in tasks for part in answer(task))
        elif any(isinstance(node, Blank) for node in walk(block)):
            yield from solved((bare(block),))


def _footnotes(tree: object) -> Blocks:
    return tuple(part for node in walk(tree) if isinstance(node, Footnote) for part in node.blocks)


def _evidence(compare: Compare) -> Iterator[Block]:
    items = tuple(
        ListItem(blocks=(Paragraph(content=(*named(voice.source), Text(text=": "), *named(voice.evidence))),))
        for voice in compare.voices
        if voice.evidence
    )
    if items:
        yield BulletList(items=items)


def _credited(blocks: Blocks) -> Blocks:
    """What the source line answers for: a comparison names its sources itself."""
    return tuple(block for block in blocks if not isinstance(bare(block), Compare))


def _credit(blocks: Blocks) -> Inlines:
    """Captions of what the slide shows, each a sentence."""
    sentences: list[Inlines] = []
    for node in walk(blocks):
        if isinstance(node, Figure | Table) and node.caption:
            sentences.append(_sentence(node.caption))
        elif isinstance(node, Timeline) and node.title:
            sentences.append(_sentence((Text(text=node.title),)))
    return tuple(part for n, words in enumerate(sentences) for part in ((Text(text=" "), *words) if n else words))


def _sentence(caption: Inlines) -> Inlines:
    return caption if plain(caption).rstrip().endswith((".", "!", "?", "…")) else (*caption, Text(text="."))
