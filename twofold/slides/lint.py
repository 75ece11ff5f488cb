"""What validators miss: ways in which a deck that opens without complaint is broken all the same.

Each rule is a function from a slide, or from the whole file, to sentences; it looks at the file as it was written, not
at what we meant to write. A finding is always a mistake of ours, never of the author."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from twofold.slides.reopened import Element, File, Page, index_of, place_of, reopened
from twofold.slides.xml import clark

NAMES = clark("p:cNvPr")
RANGE = clark("p:pRg")
EVIDENCE = tuple(map(clark, ("p:pic", "p:graphicFrame", "p:grpSp")))
BUILDS = tuple(map(clark, ("p:bldP", "p:bldGraphic", "p:bldDgm", "p:bldOleChart")))
TITLES = ("title", "ctrTitle")
FEET = ("dt", "ftr", "sldNum")


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is the name of the function that found it, `where` the slide or "the file", `page` the slide's number or
    0."""

    rule: str
    where: str
    message: str
    page: int = 0

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def lint(data: bytes) -> tuple[Finding, ...]:
    """What is wrong with the deck in the bytes of a .pptx: first in the file, then slide by slide."""
    file = reopened(data)
    whole = (Finding(rule.__name__, "the file", said) for rule in FILE_RULES for said in rule(file))
    single = (
        Finding(rule.__name__, str(page), said, page.number)
        for page in file.pages
        for rule in SLIDE_RULES
        for said in rule(page)
    )
    return (*whole, *single)


# ---------------------------------------------------------------- the file


def part_names_once(file: File) -> Iterator[str]:
    """A name leads to one part, so that of two one is lost; the format takes no notice of case."""
    for name in _repeated(name.lower() for name in file.names):
        yield f"two parts have the name {name}"


def sections_name_slides(file: File) -> Iterator[str]:
    """A section lists the slides that it holds; PowerPoint may offer to repair a deck in which one is missing."""
    known = set(_slide_ids(file))
    for section, number in _section_members(file):
        if number not in known:
            yield f"the section “{section}” names a slide that is not there, {number}"


def slides_in_one_section(file: File) -> Iterator[str]:
    """Where a deck has sections, every slide stands in one: else it jumps about in the list of slides."""
    members = Counter(number for _, number in _section_members(file))
    for place, number in enumerate(_slide_ids(file), 1):
        if members and members[number] != 1:
            yield f"slide {place} stands in {members[number] or 'no'} section{'s' if members[number] else ''}"


def notes_have_slides(file: File) -> Iterator[str]:
    """Slide and notes page point to each other; notes of which only one side knows may never be shown."""
    pointed = {(page.name, one.target) for page in file.pages for one in page.relations if one.kind == "notesSlide"}
    known = {(one.target, name) for name, relations in file.notes.items() for one in relations if one.kind == "slide"}
    for slide, notes in sorted(pointed - known):
        yield f"{slide} has the notes page {notes}, which does not point back to it"
    for slide, notes in sorted(known - pointed):
        yield f"{notes} is the notes page of {slide}, which does not know it"
    for notes in sorted(set(file.notes) - {notes for _, notes in pointed | known}):
        yield f"{notes} is the notes page of no slide"


# ---------------------------------------------------------------- a slide


def shape_ids_once(page: Page) -> Iterator[str]:
    """Clicks and connectors name a shape by its id."""
    for number in _repeated(names.get("id") for names in page.root.iter(NAMES)):
        yield f"two shapes have the id {number}"


def time_ids_once(page: Page) -> Iterator[str]:
    """The format numbers time nodes once; with two of one number a click may do nothing."""
    for number in _repeated(node.get("id") for node in page.root.iter(clark("p:cTn"))):
        yield f"two time nodes have the id {number}"


def builds_have_shapes(page: Page) -> Iterator[str]:
    """A click for a shape that is not there is a click on which nothing happens."""
    known = {names.get("id") for names in page.root.iter(NAMES)}
    named = {target.get("spid") for target in page.root.iter(clark("p:spTgt"), *BUILDS)}
    for number in sorted(named - known):
        yield f"a click is to show the shape {number}, which is not there"


def builds_are_listed(page: Page) -> Iterator[str]:
    """Paragraphs appear one by one only where their shape stands in the list of builds as well."""
    listed = {build.get("spid") for build in page.root.iter(clark("p:bldP"))}
    clicked = {target.get("spid") for target in page.root.iter(clark("p:spTgt")) for _ in target.iter(RANGE)}
    for number in sorted(clicked - listed):
        yield f"the paragraphs of the shape {number} have clicks, but it is in no list of builds"


def paragraphs_exist(page: Page) -> Iterator[str]:
    """A click for a paragraph behind the last one is a click on which nothing happens."""
    spans = [(target.get("spid"), span) for target in page.root.iter(clark("p:spTgt")) for span in target.iter(RANGE)]
    counts = {_names(shape).get("id"): _paragraphs(shape) for shape in page.root.iter(clark("p:sp")) if spans}
    for shape, span in spans:
        first, last, count = int(span.get("st")), int(span.get("end")), counts.get(shape)
        if count is not None and not first <= last < count:
            yield f"a click is to show the paragraphs {first} to {last} of {count}, counted from 0"


def grids_match(page: Page) -> Iterator[str]:
    """A row has a cell for every column of the grid; PowerPoint may offer to repair a table that lacks one."""
    for table in page.root.iter(clark("a:tbl")):
        columns = len(list(table.iter(clark("a:gridCol"))))
        for number, row in enumerate(table.iter(clark("a:tr")), 1):
            if (cells := len(row.findall(clark("a:tc")))) != columns:
                yield f"row {number} of a table has {cells} cells, its grid has {columns}"


def evidence_described(page: Page) -> Iterator[str]:
    """Who hears the slide read out learns what it shows; a group is described as a whole."""
    for shape in page.shapes:
        names = _names(shape)
        if shape.tag in EVIDENCE and not names.get("descr", "").strip() and not _decorative(names):
            yield f"“{names.get('name')}” has no alt text"


def one_title(page: Page) -> Iterator[str]:
    """A slide is found, linked and read out by its title."""
    titles = [shape for shape in page.shapes if _kind(place_of(shape)) in TITLES]
    if len(titles) != 1:
        yield f"it has {len(titles) or 'no'} title{'s' if titles else ''}"
    elif not "".join(text.text or "" for text in titles[0].iter(clark("a:t"))).strip():
        yield "its title is empty"


def reading_order(page: Page) -> Iterator[str]:
    """Shapes are read out as they follow each other: what fills a place in the order of the layout's places, anything
    else after the title and before the foot. What is hidden is not read."""
    ranks = {index: rank for rank, index in enumerate(page.places)}
    reached, titled, ended = -1, False, False
    for shape in (one for one in page.shapes if _names(one).get("hidden") != "1"):
        place = place_of(shape)
        rank = reached if place is None else ranks.get(index_of(place), reached)
        if rank < reached or (place is None and (ended or not titled)):
            yield f"“{_names(shape).get('name')}” is read in the wrong place"
        reached = max(reached, rank)
        titled, ended = titled or _kind(place) in TITLES, ended or _kind(place) in FEET


FILE_RULES: tuple[Callable[[File], Iterator[str]], ...] = (
    part_names_once,
    sections_name_slides,
    slides_in_one_section,
    notes_have_slides,
)
SLIDE_RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    shape_ids_once,
    time_ids_once,
    builds_have_shapes,
    builds_are_listed,
    paragraphs_exist,
    grids_match,
    evidence_described,
    one_title,
    reading_order,
)


# ---------------------------------------------------------------- what the rules look at


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _slide_ids(file: File) -> list[str]:
    return [slide.get("id") for slide in file.presentation.iter(clark("p:sldId"))]


def _section_members(file: File) -> Iterator[tuple[str, str]]:
    """The name of each section with the id of each of its slides."""
    for section in file.presentation.iter(clark("p14:section")):
        for slide in section.iter(clark("p14:sldId")):
            yield section.get("name"), slide.get("id")


def _names(shape: Element) -> Element:
    return next(shape.iter(NAMES))


def _kind(place: Element | None) -> str:
    return "" if place is None else place.get("type", "obj")


def _paragraphs(shape: Element) -> int:
    return len(shape.findall(f"{clark('p:txBody')}/{clark('a:p')}"))


def _decorative(names: Element) -> bool:
    return next((mark.get("val") in ("1", "true") for mark in names.iter("{*}decorative")), False)
