"""Course → problems: everything that can be known to be wrong before a page is laid out."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from twofold.characters import in_words
from twofold.citations import styles
from twofold.course import SETTINGS, Work, said_at
from twofold.drawings import picture
from twofold.highlight import known_language
from twofold.ledger import Ledger, check_ledger
from twofold.maths import formula
from twofold.minutes import check_minutes
from twofold.model import (
    Blank,
    Blocks,
    BulletList,
    Chapter,
    Chart,
    Cited,
    CodeBlock,
    Compare,
    Course,
    Discussion,
    Exercise,
    Figure,
    Footnote,
    Foreign,
    GlossaryEntry,
    Heading,
    Image,
    Math,
    MathBlock,
    Notes,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Slide,
    Source,
    Table,
    Term,
    Text,
    Timeline,
)
from twofold.problems import Place, Problem, Severity, did_you_mean
from twofold.trees import walk
from twofold.words import LAYOUTS, Words

WITH_ID = (Heading, Figure, Table, Chart, Timeline, Compare, Source, Exercise, Discussion, Slide)
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
BARE_KEY = re.compile(r"(?<![\w\[-])@(?P<bare>\w(?:[\w:.+/-]*\w)?)|\[(?P<unsigned>\w(?:[\w:.+/-]*\w)?)(?=[\],;])")
TERM = "term:"
RESERVED = ("glossary", "bibliography", "index")
IN_FOOTNOTES = (Paragraph, BulletList, OrderedList, Quote, CodeBlock, MathBlock)


def check(
    course: Course, folder: Path, works: Mapping[str, Work] | None, ledger: Ledger | None, words: Words
) -> list[Problem]:
    """All problems of a course that was read; `works` are the entries of sources.json and `ledger` is ledger.csv, each
    None when it is broken."""
    checks: tuple[Callable[[_Known], Iterable[Problem]], ...] = (
        _characters,
        _settings,
        _ids,
        _references,
        _terms,
        _citations,
        _ledger,
        _pictures,
        _footnotes,
        _headings,
        _slides,
        _lessons,
        _minutes,
        _formulas,
        _languages,
    )
    known = _Known(course, folder, works, ledger, words, tuple(walk(course)))
    return [problem for one in checks for problem in one(known)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the checks look things up in."""

    course: Course
    folder: Path
    works: Mapping[str, Work] | None
    ledger: Ledger | None
    words: Words
    all: tuple[Any, ...]

    def printed(self) -> Iterator[Any]:
        """Every node that the booklet prints in its chapters, boxes and notes."""
        for chapter in self.course.chapters:
            for block in chapter.blocks:
                if not (isinstance(block, Slide) or (isinstance(block, Only) and block.output == "slides")):
                    yield from walk(block)

    def nodes(self, *kinds: type) -> Iterator[Any]:
        """Every node of these kinds, in reading order."""
        return (node for node in self.all if isinstance(node, kinds))


def _characters(known: _Known) -> Iterator[Problem]:
    """Control characters in the settings and the works; chapters were asked while they were read."""
    settings = known.course.settings
    for key in fields(settings):
        if key.compare:
            yield from in_words(getattr(settings, key.name), said_at(settings, key.name))
    for work in (known.works or {}).values():
        yield from in_words(work.csl, work.place)


def _settings(known: _Known) -> Iterator[Problem]:
    settings = known.course.settings
    if settings.citations not in styles():
        yield Problem(
            said_at(settings, "citations"),
            f"unknown style of citations “{settings.citations}”",
            did_you_mean(settings.citations, styles()),
        )
    sizes = {path.stem for path in (LAYOUTS / "booklet" / "sizes").glob("*.css")}
    if settings.booklet.size not in sizes:
        place = said_at(settings, "booklet", "size")
        yield Problem(place, f"unknown page size “{settings.booklet.size}”", did_you_mean(settings.booklet.size, sizes))
    if not known.words.known:
        hint = "add a table for it to layouts/words.toml"
        place = said_at(settings, "language")
        yield Problem(place, f"there are no words for the language “{settings.language}”", hint, Severity.WARNING)
    for output, held in (("booklet", settings.booklet), ("slides", settings.slides)):
        if held.emblem:
            place = said_at(settings, output, "emblem")
            yield from _picture(known, held.emblem, place)
            yield from _alt(held.emblem_alt, "the emblem", place)


def _ids(known: _Known) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for node in known.nodes(Chapter, *WITH_ID):
        if node.id in RESERVED:
            yield Problem(node.place, f"the id “{node.id}” belongs to the back of the booklet", "choose another id")
        if node.id and node.id in seen:
            hint = "ids are unique in the whole course"
            if isinstance(node, Chapter):
                hint += "; a chapter's is the name of its file behind the number: rename the file"
            yield Problem(node.place, f"the id “{node.id}” is taken at {seen[node.id]}", hint)
        seen.setdefault(node.id, node.place)


def _references(known: _Known) -> Iterator[Problem]:
    terms = {TERM + entry.name for entry in known.nodes(GlossaryEntry)}
    targets = terms | {node.id for node in known.nodes(Chapter, *WITH_ID) if node.id}
    printed = terms | {chapter.id for chapter in known.course.chapters}
    printed |= {node.id for node in known.printed() if isinstance(node, WITH_ID)}
    on_paper = {id(node) for node in known.printed()}
    for reference in known.nodes(Reference):
        if reference.target not in targets:
            message = f"nothing in the course has the id “{reference.target}”"
            yield Problem(reference.place, message, did_you_mean(reference.target, targets))
        elif id(reference) in on_paper and reference.target not in printed:
            message = f"“{reference.target}” stands on a slide only, and no page can be named for it"
            yield Problem(reference.place, message, "refer to what the booklet prints, or move the words to the slide")


def _terms(known: _Known) -> Iterator[Problem]:
    entries: dict[str, Place] = {}
    for entry in known.nodes(GlossaryEntry):
        name = entry.name.casefold()
        if name in entries:
            yield Problem(entry.place, f"“{entry.name}” is defined at {entries[name]} already", "keep one of the two")
        if not entry.definition:
            yield Problem(entry.place, f"“{entry.name}” has no definition", "write “: its definition” below the term")
        entries.setdefault(name, entry.place)
    names = [entry.name for entry in known.nodes(GlossaryEntry)]
    for term in known.nodes(Term):
        if term.entry.casefold() not in entries:
            hint = did_you_mean(term.entry, names) if names else "define it in a ::: glossary block"
            yield Problem(
                term.place, f"the glossary does not define “{term.entry}”", f'{hint} or name it: .term="Name"'
            )


def _citations(known: _Known) -> Iterator[Problem]:
    if known.works is None:
        return
    in_ledger = known.ledger.cited() if known.ledger else ()
    named = {(cited.key, cited.place): cited for cited in (*known.nodes(Cited), *in_ledger)}
    for cited in named.values():
        if cited.key not in known.works:
            hint = did_you_mean(cited.key, known.works) if known.works else "add it to sources.json"
            yield Problem(cited.place, f"sources.json has no work “{cited.key}”", hint)
    for text in known.nodes(Text):
        for found in BARE_KEY.finditer(text.text) if "@" in text.text or "[" in text.text else ():
            key = found["bare"] or found["unsigned"]
            if key in known.works:
                message = f"“{found.group()}” is printed as it stands"
                yield Problem(text.place, message, f"write [@{key}], in brackets and with its @", Severity.WARNING)


def _ledger(known: _Known) -> Iterator[Problem]:
    if known.ledger:
        yield from check_ledger(known.course, known.ledger)


# ---------------------------------------------------------------- pictures


def _pictures(known: _Known) -> Iterator[Problem]:
    for node in known.nodes(Figure, Image):
        yield from _picture(known, node.src, node.place)
        yield from _alt(node.alt, f"the picture “{node.src}”", node.place)
    for node in known.nodes(Chart, Timeline):
        yield from _alt(node.alt, "this drawing", node.place)
    for chapter in known.course.chapters:
        for name in ("strip", "emblem"):
            if drawing := getattr(chapter, name):
                yield from _picture(known, drawing, chapter.said_at(name))


def _picture(known: _Known, src: str, place: Place) -> Iterator[Problem]:
    try:
        picture(known.folder, src)
    except ValueError as error:
        yield Problem(place, str(error), "pictures are SVG, PNG or JPEG files in the chapters folder")


def _alt(alt: str, what: str, place: Place) -> Iterator[Problem]:
    if not alt.strip():
        yield Problem(place, f"{what} has no alt text", 'say what it shows: alt="…"')


# ---------------------------------------------------------------- structure


def _footnotes(known: _Known) -> Iterator[Problem]:
    for footnote in known.nodes(Footnote):
        for block in footnote.blocks:
            if not isinstance(block, IN_FOOTNOTES):
                kind = type(block).__name__.lower()
                yield Problem(block.place, f"a footnote cannot hold this ({kind})", "move it into the text")
    for exercise in known.nodes(Exercise):
        for node in walk(exercise.solution):
            if isinstance(node, Footnote):
                yield Problem(node.place, "a footnote stands in a solution", "say it in the answer itself")
    for heading in known.nodes(Heading):
        if any(isinstance(node, Blank) for node in walk(heading)):
            yield Problem(heading.place, "a blank stands in a heading", "headings are repeated elsewhere; put it below")


def _headings(known: _Known) -> Iterator[Problem]:
    for chapter in known.course.chapters:
        level = 1
        for heading in _open_headings(chapter.blocks):
            if heading.level == 1:
                yield Problem(
                    heading.place, "level 1 is the chapter's title", "write ## for a section, or start a new file"
                )
            elif heading.level > level + 1:
                signs = "#" * (level + 1)
                message = f"the level of this heading skips from {level} to {heading.level}"
                yield Problem(heading.place, message, f"write {signs}")
            level = heading.level
        for heading in _boxed_headings(chapter.blocks):
            yield Problem(heading.place, "a heading stands inside a box or list", "write it in **bold**, or use title=")


def _open_headings(blocks: Blocks) -> Iterator[Heading]:
    """The headings that stand in the chapter itself."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Only(output="booklet"):
                yield from _open_headings(block.blocks)


def _boxed_headings(blocks: Blocks) -> Iterator[Heading]:
    """The headings that stand neither in the chapter itself nor on a slide."""
    for block in blocks:
        match block:
            case Heading() | Slide() | Only(output="slides"):
                continue
            case Only():
                yield from _boxed_headings(block.blocks)
            case _:
                yield from (inner for inner in walk(block) if isinstance(inner, Heading))


def _slides(known: _Known) -> Iterator[Problem]:
    questions = {node.id for node in known.nodes(Exercise, Discussion)}
    for chapter in known.course.chapters:
        with_slides = any(isinstance(block, Slide) for block in chapter.blocks)
        for block in chapter.blocks:
            match block:
                case Slide() if not block.title and not _titles_itself(block, questions):
                    hint = 'write ::: {.slide title="A sentence that claims something"}'
                    yield Problem(block.place, "this slide has no title", hint)
                case Notes() if with_slides:
                    hint = "put ::: notes inside the ::: slide it is for"
                    yield Problem(block.place, "these notes belong to no slide", hint)
            for inner in walk(block):
                if isinstance(inner, Slide) and inner is not block:
                    yield Problem(inner.place, "a slide stands inside another block", "put it into the chapter itself")


def _titles_itself(slide: Slide, questions: Container[str]) -> bool:
    """Whether what a slide shows can stand in the headline's place: a question, of which the ids are known, or a
    term."""
    shown = list(walk(slide))
    return any(isinstance(node, Exercise | Discussion) for node in shown) or any(
        isinstance(node, Reference) and (node.target in questions or node.target.startswith(TERM)) for node in shown
    )


def _lessons(known: _Known) -> Iterator[Problem]:
    count = len(known.course.settings.lessons)
    for chapter in known.course.chapters:
        if count and chapter.lesson > count:
            hint = f"{SETTINGS} has {count} [[lessons]]"
            yield Problem(chapter.said_at("lesson"), f"there is no lesson {chapter.lesson}", hint)


def _minutes(known: _Known) -> Iterator[Problem]:
    yield from check_minutes(known.course, known.words)


# ---------------------------------------------------------------- words


def _formulas(known: _Known) -> Iterator[Problem]:
    for node in known.nodes(Math, MathBlock):
        try:
            formula(node.tex, 10)
        except ValueError as error:
            yield Problem(node.place, str(error), "a dollar sign that means money is written \\$")


def _languages(known: _Known) -> Iterator[Problem]:
    for node in known.nodes(Foreign):
        if not LANGUAGE_TAG.match(node.lang):
            yield Problem(node.place, f"“{node.lang}” is not a language", "write a language tag, as lang=ru")
    for block in known.nodes(CodeBlock):
        if block.language and not known_language(block.language):
            message = f"code in “{block.language}” cannot be highlighted"
            yield Problem(block.place, message, "it is printed plain", Severity.WARNING)
