"""What a teacher relies on in the booklet, read from the reopened PDF."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.courses import SETTINGS, SmallCourse
from tests.sheaves import sheaves
from twofold.booklet import Booklet, lay_out, sizes
from twofold.booklet.boxes import boxes
from twofold.opening import open_course
from twofold.problems import errors
from twofold.sheets import page_size
from twofold.slides.plan import plan, slide_numbers

ROOT = Path(__file__).parent.parent
MM = 72 / 25.4
PROSE = " ".join(f"Sentence number {number} says something about the camp again." for number in range(60))
NOTED = "\n\n".join(
    f"Paragraph {number} of the chapter tells what somebody has said about it.[^n{number}] {PROSE[:220]}\n\n"
    f"[^n{number}]: Body{number} of the note, which goes on for some time so that it fills a line and a half of them."
    for number in range(40)
)
LESSON = f"""---
title: Breaking out
question: Why twice?
aims: [put days in order]
---

The camp of [Kengir]{{.index}} had high walls. [**Brick**: dried in the sun.]{{.aside}} {PROSE}

::: {{.slide title="The camp rose twice" #twice}}
- twice

::: notes
Whisper this.
:::
:::

After the slide comes a [zona]{{.term}} and what is said in [](#fig-far).

::: {{.exercise #ex lines=2}}
On [Sunday]{{.blank}} men broke out. Why?

::: solution
Because promises were broken.
:::
:::

::: teacher
Collect the answers.
:::

::: glossary
zona *зона*
: A fenced compound.
:::
"""
FAR = "# Far away\n\n![A box](figures/box.svg){#fig-far alt='a box'}\n\n" + PROSE


@pytest.fixture
def lesson(small: SmallCourse) -> Callable[..., Booklet]:
    """Lays out a course of two chapters."""
    opened = small.chapter(LESSON, "lesson").chapter(FAR, "far").open()
    numbers = slide_numbers(plan(opened.course))

    def laid(edition: str = "student", size: str = "a5") -> Booklet:
        return lay_out(opened.course, opened.folder, opened.words, edition=edition, size=size, slide_numbers=numbers)

    return laid


def pdf(booklet: Booklet, folder: Path) -> PdfReader:
    """The booklet, written and opened again."""
    assert not errors(booklet.problems)
    assert not [one for one in booklet.problems if "WeasyPrint" in one.message or "no font" in one.message]
    booklet.write(folder / "booklet.pdf")
    return PdfReader(folder / "booklet.pdf")


def text_of(reader: PdfReader) -> list[str]:
    """The text of each page, words broken at a line's end whole again."""
    return [re.sub("\N{HYPHEN}\n", "", page.extract_text()) for page in reader.pages]


def test_a_booklet_is_whole_sheets_with_its_marks(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """Pages come in fours; title, language, tags, bookmarks and our own fonts are there."""
    booklet = lesson()
    reader = pdf(booklet, tmp_path)
    assert len(reader.pages) == booklet.page_count
    assert booklet.page_count % 4 == 0
    assert reader.metadata is not None
    assert reader.metadata.title == "A small course"
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[0] == "A small course"
    assert {"1 Breaking out", "2 Far away", "Glossary", "Index"} <= set(titles)
    fonts = {font for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all(re.match(r"/\w+\+(Literata|Alegreya|IBM)", font) for font in fonts)


def _fonts(page: Any) -> list[str]:
    return [str(font.get_object()["/BaseFont"]) for font in page["/Resources"].get("/Font", {}).values()]


def test_page_numbers_are_the_true_ones(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """In the contents, in a reference to another chapter, in glossary and index, and in `pages`."""
    booklet = lesson()
    pages = text_of(pdf(booklet, tmp_path))
    far = booklet.pages["fig-far"]
    assert "Figure\N{NO-BREAK SPACE}2.1" in pages[far - 1].replace(" 2.1", "\N{NO-BREAK SPACE}2.1")
    assert any(f"(p. {far})" in page for page in pages)
    contents = next(page for page in pages if "Contents" in page)
    for anchor in ("chapter-lesson", "chapter-far", "glossary", "index"):
        assert re.search(rf"\b{booklet.pages[anchor]}\b", contents)
    assert f"Kengir, {booklet.pages['index-1-1']}" in pages[booklet.pages["index"] - 1]


def test_a_chapter_opens_on_the_next_page(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """Left or right: no page is left empty before it."""
    booklet = lesson()
    pages = text_of(pdf(booklet, tmp_path))
    assert all(page.split() for page in pages[1 : booklet.pages["chapter-far"]])


def test_the_margin_shows_the_slide(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """Its number stands on the page of the passage."""
    booklet = lesson()
    pages = text_of(pdf(booklet, tmp_path))
    assert re.search(r"slide\s*3", pages[booklet.pages["slide-twice"] - 1])


def test_editions_differ_in_answers_only(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """The student's file holds no answer, note or teacher's word; the teacher's has them, and every line as it was."""
    student, teacher = lesson(), lesson("teacher")
    one, two = (" ".join(text_of(pdf(booklet, tmp_path))) for booklet in (student, teacher))
    for secret in ("Because promises", "Whisper this", "Collect the answers"):
        assert secret not in one
        assert secret in two
    assert "Sunday men" not in one
    assert {anchor: page for anchor, page in teacher.pages.items() if anchor != "teacher"} == student.pages
    assert _places(student) == _places(teacher)


def _places(booklet: Booklet) -> list[tuple[str, float, float]]:
    """Every word of the prose with its place, to a hundredth of a pixel."""
    return [
        (box.text, round(box.position_x, 2), round(box.position_y, 2))
        for laid, sheaf in sheaves(booklet)
        if laid.part.chapter
        for page in sheaf.pages
        for box in page._page_box.descendants()
        if getattr(box, "text", "") and "answer" not in str(box.style["font_family"]) and box.style["font_size"] < 13.5
    ]


def test_prose_keeps_to_the_grid(lesson: Callable[..., Booklet]) -> None:
    """Lines after boxes and figures stand at whole lines from the top, on facing pages side by side."""
    for laid, sheaf in sheaves(lesson()):
        if not laid.part.chapter:
            continue
        for page in sheaf.pages:
            top = page._page_box.content_box_y()
            for box, _ in boxes(page):
                if box.element_tag == "p" and box.element.get("data-place") and box.height > 50:
                    assert (
                        abs((box.content_box_y() - top) % 18 - 18 * round((box.content_box_y() - top) % 18 / 18)) < 0.1
                    )


def test_notes_in_the_margin_mirror_and_keep_apart(small: SmallCourse) -> None:
    """On the outer side of both pages, none over another, none off the page."""
    aside = "[**Note** number {0}: a few words beside the text, enough for several lines.]{{.aside}}"
    text = "# Many notes\n\n" + "\n\n".join(f"{PROSE[:400]} {aside.format(n)} More." for n in range(30))
    opened = small.chapter(text).open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", size="a5", slide_numbers={})
    assert not errors(booklet.problems)
    laid, sheaf = next((laid, sheaf) for laid, sheaf in sheaves(booklet) if laid.part.chapter)
    for folio, page in enumerate(sheaf.pages, laid.folio):
        left, width = page._page_box.content_box_x(), page._page_box.width
        notes = [box for box, names in boxes(page) if "aside" in names]
        for box in notes:
            assert (box.position_x < left) == (folio % 2 == 0)
            assert (box.position_x > left + width) == (folio % 2 == 1)
            assert box.position_y + box.height <= page._page_box.content_box_y() + page._page_box.height + 1
        for upper, lower in pairwise(sorted(notes, key=lambda box: box.position_y)):
            assert upper.position_y + upper.height <= lower.position_y + lower.padding_top + 0.1


def test_every_footnote_stands_once_on_the_page_of_its_call(small: SmallCourse, tmp_path: Path) -> None:
    """Forty notes in a chapter, some of which WeasyPrint would let drift."""
    opened = small.chapter("# Notes\n\n" + NOTED).open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", size="a5", slide_numbers={})
    pages = text_of(pdf(booklet, tmp_path))
    for number in range(40):
        on = [page for page in pages if re.search(rf"\bBody{number}\b", page)]
        assert len(on) == 1
        assert re.search(rf"\bParagraph {number}\b", on[0]) or number == 0


@pytest.mark.parametrize("note", ["", "[^n]"], ids=["plain", "above a footnote"])
def test_a_chapter_may_grow_by_as_many_lines_as_the_budget_says(note: str, small: SmallCourse) -> None:
    """By so many it takes no other page, by one more it does."""
    text = f"# Lines\n\n{PROSE}\n\nThe end.{note}" + ("\n\n[^n]: A note." if note else "")

    def chapter(lines: int) -> tuple[int, int]:
        small.file("01-lines.md", text.replace("\n\nThe end", "\n\nOne line." * lines + "\n\nThe end"))
        opened = small.open()
        booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers={})
        (laid,) = (laid for laid in booklet.parts if laid.part.chapter)
        return laid.printed.page_count, booklet.budget.room[1]

    pages, room = chapter(0)
    assert 1 < room < 36
    assert chapter(room) == (pages, 0)
    assert chapter(room + 1)[0] == pages + 1


@pytest.mark.parametrize("size", sizes())
def test_every_size_builds(size: str, lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """A style sheet in layouts/booklet/sizes is a size."""
    for edition in ("student", "teacher"):
        box = pdf(lesson(edition, size), tmp_path).pages[0].mediabox
        page = page_size(size)
        assert (float(box.width), float(box.height)) == pytest.approx((page.width * MM, page.height * MM), abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("size", sizes())
def test_the_course_builds_in_every_size(size: str) -> None:
    """The one that comes along: every note on the page of its call, every anchor on the same page in both editions."""
    opened = open_course(ROOT / "chapters")
    numbers = slide_numbers(plan(opened.course))
    student, teacher = (
        lay_out(opened.course, opened.folder, opened.words, edition=edition, size=size, slide_numbers=numbers)
        for edition in ("student", "teacher")
    )
    assert not errors((*student.problems, *teacher.problems))
    assert not [problem for problem in student.problems if "footnote" in problem.message]
    assert {anchor: page for anchor, page in teacher.pages.items() if anchor != "teacher"} == student.pages


def test_the_same_course_gives_the_same_bytes(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """No date, no random name; expecting the right pages saves a round and changes nothing."""
    first = lesson()
    first.write(tmp_path / "one.pdf")
    lesson().write(tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_an_answer_longer_than_its_lines_gets_more_of_them(small: SmallCourse, tmp_path: Path) -> None:
    """In both editions, so that pages stay the same and the answer does not run into what stands below."""
    text = f"# First\n\n::: {{.exercise lines=1}}\nWhy?\n\n::: solution\n{PROSE[:300]}\n:::\n:::\n"
    opened = small.chapter(text).open()
    rooms: dict[str, list[float]] = {}
    for edition in ("student", "teacher"):
        booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, size="a5", slide_numbers={})
        assert booklet.problems == ()
        found = [(box, names) for _, sheaf in sheaves(booklet) for page in sheaf.pages for box, names in boxes(page)]
        rooms[edition] = [box.height for box, names in found if "write-on" in names]
        answers = [box.height for box, names in found if "solution" in names]
    assert rooms["student"] == rooms["teacher"]
    assert answers[0] <= rooms["teacher"][0] + 1


def test_a_plain_course_has_a_typographic_cover(small: SmallCourse, tmp_path: Path) -> None:
    """Without course.toml's extras nothing is missing and nothing is empty."""
    small.file("course.toml", SETTINGS.replace("A small course", "Rivers, 1954"))
    opened = small.chapter("Only a line.").open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", size="a5", slide_numbers={})
    pages = text_of(pdf(booklet, tmp_path))
    assert "Rivers" in pages[0]
    assert booklet.page_count == 8


def test_lists_count_from_where_they_start(small: SmallCourse, tmp_path: Path) -> None:
    """Each numbered list by itself, whatever lists stand before it."""
    small.chapter("# A\n\n- a\n- b\n\nOne:\n\n1. first\n2. second\n\nTwo:\n\n5. fifth\n   1. below\n6. sixth\n")
    opened = small.open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers={})
    booklet.write(tmp_path / "booklet.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "booklet.pdf").pages)
    assert re.findall(r"(\d)\.\s*(first|second|fifth|below|sixth)", text) == [
        ("1", "first"),
        ("2", "second"),
        ("5", "fifth"),
        ("1", "below"),
        ("6", "sixth"),
    ]


def link_tags(element: Any) -> int:
    """How many links stand in `Link` elements below an element of the structure tree (ISO 32000-1, 14.8.4.4.2)."""
    element = element.get_object()
    if isinstance(element, list):
        return sum(map(link_tags, element))
    if not isinstance(element, dict):
        return 0
    kids = element.get("/K", [])
    inside = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    own = (
        sum(isinstance(kid, dict) and kid.get("/Type") == "/OBJR" for kid in inside)
        if element.get("/S") == "/Link"
        else 0
    )
    return own + sum(map(link_tags, inside))


def test_every_link_is_tagged(lesson: Callable[..., Booklet], tmp_path: Path) -> None:
    """PDF/UA-1, 7.18.5: a screen reader finds a link by its tag."""
    path = tmp_path / "booklet.pdf"
    lesson().write(path)
    reader = PdfReader(path)
    links = [link for page in reader.pages for link in page.get("/Annots", ())]
    assert len(links) > 3
    assert link_tags(reader.root_object["/StructTreeRoot"]) == len(links)


def test_a_solution_without_lines_stands_on_the_teachers_pages(small: SmallCourse, tmp_path: Path) -> None:
    """It has no place of its own beside the question, and is lost in neither edition's silence."""
    small.chapter("# A\n\n::: exercise\nWhat is it?\n\n::: solution\nBecause [@applebaum]. So.\n:::\n:::")
    opened = small.open()
    texts = {}
    for edition in ("student", "teacher"):
        booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, slide_numbers={})
        texts[edition] = " ".join(text_of(pdf(booklet, tmp_path)))
    assert "Because" not in texts["student"]
    assert "Because. (Applebaum" in " ".join(texts["teacher"].replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def test_every_ten_chapters_have_pages_for_teachers_of_their_own(small: SmallCourse) -> None:
    """So that a word for teachers in a long course is not long in being printed."""
    for number in range(1, 12):
        small.chapter(f"# Chapter {number}\n\nWords.\n\n::: notes\nSay {number} words.\n:::\n", f"chapter-{number}")
    opened = small.open()
    pages = lay_out(opened.course, opened.folder, opened.words, edition="teacher").pages
    assert pages["teacher"] < pages["teacher-part-2"]
