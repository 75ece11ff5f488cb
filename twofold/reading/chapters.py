"""Chapter files into chapters."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from twofold.characters import in_text, in_tree
from twofold.kept import Kept
from twofold.ledger import Ledger
from twofold.model import Aside, Blocks, Chapter, Citation, Footnote, Heading, Image
from twofold.problems import Place, Problem
from twofold.reading.blocks import read_blocks
from twofold.reading.desk import Desk
from twofold.reading.frontmatter import FrontMatter, read_front_matter
from twofold.reading.grammar import parse, parser
from twofold.trees import plain, walk

FILE_NAME = re.compile(r"(?P<number>\d+)-(?P<name>.+)\.md$")
MOST_BYTES = 2_000_000


def read_chapters(folder: Path, quotes: str, ledger: Ledger | None, problems: list[Problem]) -> tuple[Chapter, ...]:
    """The chapters of a folder in the order of their file names, then its appendices; what is wrong is added to
    `problems`. What sources say on a question is looked up in `ledger`.

    `quotes` are the four typographic quotation marks of the course's language."""
    files = sorted(folder.glob("*.md"), key=_order)
    if not files:
        problems.append(
            Problem(Place(folder.resolve().name), "there is no chapter in this folder", "add a file 01-first.md")
        )
    chapters = []
    numbers: dict[int, str] = {}
    for path in files:
        found = FILE_NAME.fullmatch(path.name)
        if not found:
            hint = "begin the name with a number, as in 01-first.md"
            problems.append(Problem(Place(path.name), "the chapter's file has no number", hint))
            continue
        number = int(found["number"])
        if number in numbers:
            problems.append(
                Problem(Place(path.name), f"{numbers[number]} has the number {number} too", "rename one of them")
            )
        numbers[number] = path.name
        text = _text(path, problems)
        if text is not None:
            source = _Source(folder, path.name, number, found["name"], text, quotes, ledger)
            read = _read_again(source)
            problems += read.problems
            chapters.append(read.chapter)
    return tuple(sorted(chapters, key=lambda chapter: chapter.appendix))


@dataclass(frozen=True, slots=True)
class _Source:
    """All that a chapter is read from but files of data: the text of a file and what lies beside it."""

    folder: Path
    file: str
    number: int
    name: str
    text: str
    quotes: str
    ledger: Ledger | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A chapter and what is wrong in it."""

    source: _Source
    chapter: Chapter
    problems: tuple[Problem, ...]


def _read_again(source: _Source) -> _Read:
    """A chapter, read if it is not the same as it was."""
    known = _READ.get(source.file)
    if known and known.source == source:
        return known
    desk = Desk(source.folder, source.file, source.name, source.text.split("\n"), parser(source.quotes), source.ledger)
    read = _Read(source, read_chapter(desk, source.number, source.text), tuple(desk.problems))
    if desk.needs_no_file:
        _READ[source.file] = read
    return read


_READ: Kept[str, _Read] = Kept()
"""Chapters by their files, but for those with data in files of their own, which may have changed."""


def read_chapter(desk: Desk, number: int, text: str) -> Chapter:
    """The chapter on the desk, from its text."""
    first = Place(desk.file, 1)
    tree, uncalled = parse(desk.markdown, text)
    for label in sorted(uncalled):
        desk.error(
            _footnote_place(desk, label), f"the footnote [^{label}] is never called", f"write [^{label}] in the text"
        )
    matter = _front_matter(desk, tree)
    desk.footnotes = _footnotes(desk, tree)
    blocks = read_blocks(desk, tree.children)
    title, said_at, blocks = _title(desk, matter, blocks)
    if not blocks and not desk.problems:
        desk.error(first, "this chapter is empty", "write it, or move the file out of the folder")
    values = matter.values | {"title": title, "places": matter.places | {"title": said_at}}
    chapter = Chapter(number=number, id=desk.chapter_id, blocks=blocks, place=first, **values)
    desk.problems += in_tree(chapter)
    return chapter


def _order(path: Path) -> tuple[int, str]:
    """Chapters follow their numbers, 2 before 10."""
    found = FILE_NAME.fullmatch(path.name)
    return (int(found["number"]) if found else 0, path.name)


def _text(path: Path, problems: list[Problem]) -> str | None:
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        problems.append(Problem(Place(path.name), "this chapter has more than 2 MB of text", "split it"))
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = Place(path.name, data[: error.start].count(b"\n") + 1)
        problems.append(Problem(place, "this line is not UTF-8", "save the file as UTF-8 in your editor"))
        return None
    found = list(in_text(text, path.name))
    problems += found
    return None if found else text


def _front_matter(desk: Desk, tree: SyntaxTreeNode) -> FrontMatter:
    first = tree.children[0] if tree.children else None
    if first and first.type == "front_matter":
        return read_front_matter(desk, first.content)
    if desk.lines and desk.lines[0].rstrip() == "---":
        desk.error(Place(desk.file, 1), "the front matter opened here never closes", "add a line --- below it")
    return FrontMatter({}, {})


def _footnotes(desk: Desk, tree: SyntaxTreeNode) -> dict[int, Blocks]:
    notes = [note for block in tree.children if block.type == "footnote_block" for note in block.children]
    return {note.meta["id"]: read_blocks(desk, note.children) for note in notes}


def _title(desk: Desk, matter: FrontMatter, blocks: Blocks) -> tuple[str, Place, Blocks]:
    """The chapter's title, where it is said, and the rest of its blocks: from its front matter, from a `# Heading` at
    its top, or from its file name."""
    first = blocks[0] if blocks else None
    title = str(matter.values.get("title", ""))
    if isinstance(first, Heading) and first.level == 1:
        if any(isinstance(node, Footnote | Citation | Aside | Image) for node in walk(first.content)):
            desk.error(
                first.place, "the title of a chapter is words only", "move the note, citation or picture into the text"
            )
        if title:
            desk.error(first.place, "the chapter has a title in its front matter already", "begin with ##")
        return title or plain(first.content), first.place, blocks[1:]
    said_at = matter.places.get("title", Place(desk.file, 1))
    return title or desk.chapter_id.replace("-", " ").capitalize(), said_at, blocks


def _footnote_place(desk: Desk, label: str) -> Place:
    for number, line in enumerate(desk.lines, start=1):
        if line.lstrip("> \t").startswith(f"[^{label}]:"):
            return Place(desk.file, number)
    return Place(desk.file)
