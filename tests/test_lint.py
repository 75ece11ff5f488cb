"""The deck's own lint: silent on the decks we write, and each rule shown to fire on a deck broken by hand."""

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.courses import SETTINGS, SmallCourse
from tests.test_cases import CASES
from twofold.opening import OpenedCourse, open_course
from twofold.problems import CourseError
from twofold.slides import package
from twofold.slides.deck import Deck, build_deck
from twofold.slides.lint import FILE_RULES, SLIDE_RULES, lint
from twofold.slides.plan import plan
from twofold.slides.xml import NAMESPACES, clark, make

COURSE = """# First

::: {.slide title="Points" #points}
::: incremental
- one
- two
:::

::: notes
Say it.
:::
:::

:::: {.slide title="A question" #question}
::: exercise
Why?

::: solution
Because [@applebaum].
:::
:::
::::

::: {.slide title="A picture" #picture}
![A box](figures/box.svg){alt="a box"}
:::

::: {.slide title="A table" #table}
| Year | Prisoners |
|------|----------:|
| 1954 | 21,090    |
: Prisoners of a camp [@formozov]
:::
"""
Parts = dict[str, bytes]


def built(opened: OpenedCourse) -> Deck:
    return build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A deck with points, notes, a picture and a table."""
    small = SmallCourse(tmp_path_factory.mktemp("lint"), SETTINGS).chapter(COURSE)
    return package.packed(built(small.open()).presentation)


# ---------------------------------------------------------------- breaking by hand


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Parts, *again: str) -> bytes:
    """A zip of the parts; those in `again` stand in it twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile, too, knows that this is wrong
        for name in (*parts, *again):
            file.writestr(name, parts[name])
    return buffer.getvalue()


def part_of(parts: Parts, key: str) -> str:
    """The part of the slide with this key."""
    return next(
        name for name in parts if name.startswith("ppt/slides/slide") and f'name="{key}"'.encode() in parts[name]
    )


def edited(data: bytes, name: str, edit: Callable[[Any], None]) -> bytes:
    """The deck with one part changed; `name` is a part, or the key of a slide."""
    parts = unzipped(data)
    part = name if "/" in name else part_of(parts, name)
    root = etree.fromstring(parts[part])
    edit(root)
    return zipped({**parts, part: etree.tostring(root)})


def all_of(root: Any, path: str) -> list[Any]:
    return list(etree.ElementBase.xpath(root, path, namespaces=NAMESPACES))


def first(root: Any, path: str) -> Any:
    return all_of(root, path)[0]


def put(path: str, name: str, value: str) -> Callable[[Any], None]:
    """Sets an attribute of everything that an XPath finds."""

    def edit(root: Any) -> None:
        assert all_of(root, path)
        for element in all_of(root, path):
            element.set(name, value)

    return edit


def drop(path: str) -> Callable[[Any], None]:
    """Takes out the last element that an XPath finds."""

    def edit(root: Any) -> None:
        element = all_of(root, path)[-1]
        element.getparent().remove(element)

    return edit


def repeat(path: str) -> Callable[[Any], None]:
    """Puts a copy of the first element that an XPath finds behind everything beside it."""

    def edit(root: Any) -> None:
        element = first(root, path)
        element.getparent().append(etree.fromstring(etree.tostring(element)))

    return edit


def to_the_end(path: str) -> Callable[[Any], None]:
    """Moves the first element that an XPath finds behind everything beside it."""

    def edit(root: Any) -> None:
        element = first(root, path)
        element.getparent().append(element)

    return edit


def group_picture(root: Any) -> None:
    """The picture in a group of which nothing is said."""
    picture = first(root, "//p:pic")
    group = make(
        "p:grpSp", make("p:nvGrpSpPr", make("p:cNvPr", id=50, name="Group"), make("p:cNvGrpSpPr"), make("p:nvPr"))
    )
    picture.addprevious(group)
    group.append(picture)


def free_picture_behind_the_foot(root: Any) -> None:
    picture = first(root, "//p:pic")
    picture.find(f".//{clark('p:nvPr')}").clear()
    picture.getparent().append(picture)


def add_slide_to_section(number: int) -> Callable[[Any], None]:
    return lambda root: first(root, "//p14:section/p14:sldIdLst").append(make("p14:sldId", id=number))


def without_relation(data: bytes, part: str, kind: str) -> bytes:
    """The deck in which a part, or the slide with this key, no longer points to another."""
    parts = unzipped(data)
    folder, _, name = (part if "/" in part else part_of(parts, part)).rpartition("/")
    return edited(data, f"{folder}/_rels/{name}.rels", drop(f"//*[contains(@Type, '/{kind}')]"))


NOTES = "ppt/notesSlides/notesSlide1.xml"
PRESENTATION = "ppt/presentation.xml"
BODY = "//p:sp[p:nvSpPr/p:cNvPr/@name='Body']"
TITLE = "//p:ph[@type='title']"
BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "one part twice": ("part_names_once", lambda data: zipped(unzipped(data), part_of(unzipped(data), "points"))),
    "names that differ in case": (
        "part_names_once",
        lambda data: zipped({**unzipped(data), "ppt/Presentation.xml": b"<a/>"}),
    ),
    "a section names no slide": (
        "sections_name_slides",
        lambda data: edited(data, PRESENTATION, add_slide_to_section(9999)),
    ),
    "a slide in no section": ("slides_in_one_section", lambda data: edited(data, PRESENTATION, drop("//p14:sldId"))),
    "a slide in two sections": (
        "slides_in_one_section",
        lambda data: edited(data, PRESENTATION, repeat("//p14:section[2]//p14:sldId")),
    ),
    "notes without their slide": ("notes_have_slides", lambda data: without_relation(data, NOTES, "slide")),
    "a slide that does not know its notes": (
        "notes_have_slides",
        lambda data: without_relation(data, "points", "notesSlide"),
    ),
    "notes that nobody knows": (
        "notes_have_slides",
        lambda data: without_relation(without_relation(data, NOTES, "slide"), "points", "notesSlide"),
    ),
    "two shapes with one id": (
        "shape_ids_once",
        lambda data: edited(data, "table", put("//p:cNvPr[@id>3]", "id", "3")),
    ),
    "two time nodes with one id": (
        "time_ids_once",
        lambda data: edited(data, "points", put("//p:cTn[@id=4]", "id", "3")),
    ),
    "a build of no shape": ("builds_have_shapes", lambda data: edited(data, "question", put("//p:bldP", "spid", "99"))),
    "a click for no shape": (
        "builds_have_shapes",
        lambda data: edited(data, "question", put("//p:spTgt", "spid", "99")),
    ),
    "clicks without a list of builds": ("builds_are_listed", lambda data: edited(data, "points", drop("//p:bldLst"))),
    "a click behind the last paragraph": (
        "paragraphs_exist",
        lambda data: edited(data, "points", drop(f"{BODY}/p:txBody/a:p")),
    ),
    "a click from back to front": ("paragraphs_exist", lambda data: edited(data, "points", put("//p:pRg", "st", "9"))),
    "a column too few": ("grids_match", lambda data: edited(data, "table", drop("//a:gridCol"))),
    "a cell too few": ("grids_match", lambda data: edited(data, "table", drop("//a:tc"))),
    "a picture without alt text": (
        "evidence_described",
        lambda data: edited(data, "picture", put("//p:pic//p:cNvPr", "descr", " ")),
    ),
    "a table without alt text": (
        "evidence_described",
        lambda data: edited(data, "table", put("//p:graphicFrame//p:cNvPr", "descr", "")),
    ),
    "a group without alt text": ("evidence_described", lambda data: edited(data, "picture", group_picture)),
    "no title": ("one_title", lambda data: edited(data, "points", put(TITLE, "type", "body"))),
    "two titles": ("one_title", lambda data: edited(data, "points", put(f"{BODY}//p:ph", "type", "title"))),
    "an empty title": ("one_title", lambda data: edited(data, "points", drop(f"//p:sp[.{TITLE}]//a:r"))),
    "the source before the evidence": (
        "reading_order",
        lambda data: edited(data, "table", to_the_end("//p:graphicFrame")),
    ),
    "the title at the end": ("reading_order", lambda data: edited(data, "table", to_the_end(f"//p:sp[.{TITLE}]"))),
    "a picture behind the foot": ("reading_order", lambda data: edited(data, "picture", free_picture_behind_the_foot)),
}


@pytest.mark.parametrize(("rule", "broken"), BROKEN.values(), ids=BROKEN)
def test_a_broken_deck_is_found_by_its_rule_alone(rule: str, broken: Callable[[bytes], bytes], whole: bytes) -> None:
    """One fault, one rule, and a sentence that says where."""
    found = lint(broken(whole))
    assert {finding.rule for finding in found} == {rule}
    assert all(finding.message and finding.where for finding in found)


def test_every_rule_is_shown_to_fire() -> None:
    assert {rule for rule, _ in BROKEN.values()} == {rule.__name__ for rule in (*FILE_RULES, *SLIDE_RULES)}


def test_a_finding_says_what_and_where(whole: bytes) -> None:
    """The slide by its number and by its key."""
    (finding,) = lint(edited(whole, "table", drop("//a:gridCol")))[:1]
    assert str(finding) == "slide 6 (“table”): row 1 of a table has 2 cells, its grid has 1"


# ---------------------------------------------------------------- no false alarm


def test_a_sound_deck_has_no_finding(whole: bytes) -> None:
    """Neither as we write it nor with what PowerPoint allows."""
    assert lint(whole) == ()
    decorative = '<a:ext xmlns:a="{a}" uri="x"><d:decorative xmlns:d="urn:x" val="1"/></a:ext>'.format(**NAMESPACES)

    def edit(root: Any) -> None:
        names = first(root, "//p:pic//p:cNvPr")
        names.attrib.pop("descr")
        names.append(make("a:extLst", etree.fromstring(decorative)))

    assert lint(edited(whole, "picture", edit)) == ()
    assert lint(edited(whole, PRESENTATION, drop("//p:extLst"))) == ()  # a deck may have no sections


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_deck_of_every_case_has_no_finding(case: Path, small: SmallCourse) -> None:
    opened = small.chapter(case.read_text(encoding="utf-8"), case.stem).open()
    assert lint(package.packed(built(opened).presentation)) == ()


@pytest.mark.slow
def test_the_course_that_comes_along_has_no_finding() -> None:
    opened = open_course(Path(__file__).parent.parent / "chapters")
    assert lint(package.packed(built(opened).presentation)) == ()


def test_a_broken_deck_is_not_written(small: SmallCourse, tmp_path: Path) -> None:
    """The build stops with a sentence that takes the blame; the older deck stays."""
    deck = built(small.chapter(COURSE).open())
    put("//p:cNvPr", "id", "7")(deck.presentation.slides[2]._element)
    path = tmp_path / "slides.pptx"
    path.write_text("old")
    with pytest.raises(CourseError, match=r"slides\.pptx: error: slide 3 .*: two shapes have the id 7\n.*twofold"):
        deck.write(path)
    assert path.read_text() == "old"
