"""What the Kengir course promises its teacher: every claim has a home, nothing is copied, it fits its lessons."""

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import textstat
from pptx import Presentation

from tests.conftest import CHAPTERS
from tests.shingles import HASHES, hashed, shingles, written
from twofold.booklet import Booklet
from twofold.ledger import LEDGER, Ledger, check_ledger, read_ledger
from twofold.minutes import taught
from twofold.model import (
    BulletList,
    Chapter,
    Chart,
    Compare,
    Course,
    GlossaryEntry,
    Heading,
    Only,
    OrderedList,
    Paragraph,
    Quote,
    Source,
)
from twofold.opening import OpenedCourse, open_course
from twofold.problems import CourseError
from twofold.slides.deck import build_deck
from twofold.slides.fit import Ruler
from twofold.slides.lines import Line, Run
from twofold.slides.plan import PlannedSlide, plan
from twofold.slides.theme import read_theme
from twofold.trees import plain, rewrite, walk

CLAIMS = [f"{letter}{number}" for letter, last in (("A", 85), ("B", 39), ("C", 93)) for number in range(1, last + 1)]
CONTESTED = {
    "cmp-inside": "How many people were held at Kengir?",
    "cmp-start": "When did it begin, and how long did it last?",
    "cmp-first-shots": "What happened in the first shooting?",
    "cmp-led": "Who led the uprising?",
    "cmp-slogans": "Were the Soviet slogans meant?",
    "cmp-dead": "How many died on 26 June?",
    "cmp-kuznetsov": "Who was Kuznetsov?",
    "cmp-reform": "Did Kengir bring reform?",
}
BODY = ("Body", "Left column", "Right column", "Third column", "Quotation", "Definition")
NO_CONTENT = ("title", "title-plain", "lesson", "section", "section-plain")
CHAPTER_IDS = [path.stem.partition("-")[2] for path in sorted(CHAPTERS.glob("0*.md"))]


@pytest.fixture(scope="module")
def slides(opened: OpenedCourse) -> tuple[PlannedSlide, ...]:
    """What stands on each slide."""
    return plan(opened.course)


@pytest.fixture(scope="module")
def deck(opened: OpenedCourse, slides: tuple[PlannedSlide, ...], tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The slides of the deck, opened again; its pages are left out."""
    path = tmp_path_factory.mktemp("deck") / "slides.pptx"
    pages = dict.fromkeys((slide.anchor for slide in slides), 1)
    build_deck(slides, opened.course, opened.folder, opened.words, pages).write(path)
    return list(Presentation(str(path)).slides)


# ---------------------------------------------------------------- the ledger


def test_every_claim_of_the_three_articles_has_its_row(opened: OpenedCourse) -> None:
    """A1 to A85, B1 to B39, C1 to C93: 217, each with a verdict, and a home or a reason."""
    ledger = read_ledger(CHAPTERS, [])
    assert ledger
    rows = [claim.id for claim in ledger.claims if claim.id[0] != "E"]
    assert len(CLAIMS) == 217
    assert sorted(rows) == sorted(CLAIMS)
    assert not [claim.id for claim in ledger.claims if bool(claim.used) == bool(claim.unused)]


def test_no_row_and_no_anchor_goes_unnoticed(opened: OpenedCourse) -> None:
    """Taken away one at a time, each of them is told."""
    ledger = read_ledger(CHAPTERS, [])
    assert ledger
    for claim in ledger.claims:
        rest = tuple(other for other in ledger.claims if other is not claim)
        assert claim.id[0] == "E" or list(check_ledger(opened.course, Ledger(rest))), claim.id
    anchors = {node.id for node in walk(opened.course) if isinstance(node, Heading) and node.claims}
    assert len(anchors) > 35
    for anchor in anchors:
        assert list(check_ledger(without(opened.course, anchor), ledger)), anchor


def without(course: Course, anchor: str) -> Course:
    """The course with another id for one heading."""
    renamed: Course = rewrite(
        course, lambda node: replace(node, id="elsewhere") if getattr(node, "id", "") == anchor else node
    )
    return renamed


@pytest.mark.parametrize("claim", ["A1", "A42", "B20", "C66", "C93", "E1"])
def test_a_row_that_is_taken_out_is_missed(claim: str, tmp_path: Path) -> None:
    """By the chapter that names it, by the gap that it leaves, or both."""
    told = broken(tmp_path, LEDGER, rf"(?m)^{claim},.*\n", "")
    assert re.search(rf"\b{claim}\b", told)


@pytest.mark.parametrize("chapter", CHAPTER_IDS)
def test_an_anchor_that_is_taken_away_is_missed(chapter: str, tmp_path: Path) -> None:
    """The first section of each chapter that names claims."""
    (path,) = CHAPTERS.glob(f"*-{chapter}.md")
    found = re.search(r"\{#(\S+) claims=", path.read_text(encoding="utf-8"))
    assert found
    told = broken(tmp_path, path.name, rf"\{{#{found[1]} claims=", "{#elsewhere claims=")
    assert f"is used in “{found[1]}”, which is no heading and no comparison" in told


def test_a_claim_that_a_section_no_longer_names_is_missed(tmp_path: Path) -> None:
    """And so is one that it names without the ledger's knowing."""
    told = broken(tmp_path, "07-26-june.md", r'(#june-dead claims=")', r"\1B1 ")
    assert "ledger.csv does not say that B1 is used in “june-dead”" in told
    told = broken(tmp_path, "07-26-june.md", r"(#june-dead) claims=\"[^\"]*\"", r"\1")
    assert "“june-dead” does not name the claim C74" in told


def broken(folder: Path, file: str, pattern: str, instead: str) -> str:
    """What is told of a copy of the course in which one file was changed."""
    copy = folder / "chapters"
    shutil.copytree(CHAPTERS, copy, dirs_exist_ok=True)
    text = (copy / file).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, instead, text, count=1)
    assert count == 1
    (copy / file).write_text(changed, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        open_course(copy)
    return str(caught.value)


def test_the_eight_contested_questions_are_compared(opened: OpenedCourse, slides: tuple[PlannedSlide, ...]) -> None:
    """Each in a table with five to seven voices, of more than one source, and on a slide of its own."""
    compared = {node.id: node for node in walk(opened.course) if isinstance(node, Compare)}
    assert {node.id: node.question for node in compared.values()} == CONTESTED
    for node in compared.values():
        assert 5 <= len(node.voices) <= 7
        assert len({voice.source for voice in node.voices}) >= 2
    shown = [
        node.id for slide in slides for zone in slide.zones for node in walk(zone.blocks) if isinstance(node, Compare)
    ]
    assert sorted(shown) == sorted(CONTESTED)


# ---------------------------------------------------------------- the words


def test_no_run_of_eight_words_is_shared_with_an_article() -> None:
    """Names, titles and dates make no run of eight here, so that nothing is exempt."""
    articles = set(HASHES.read_text(encoding="utf-8").split())
    assert len(articles) == 4678
    shared = {
        f"{path.name}: {shingle}"
        for path in CHAPTERS.rglob("*")
        if path.suffix in (".md", ".csv", ".svg", ".toml", ".json")
        for shingle in written(path.read_text(encoding="utf-8"))
        if hashed(shingle) in articles
    }
    assert shared == set()


def test_a_run_is_found_behind_markup_and_line_breaks() -> None:
    """What the test above looks through."""
    run = "Eight plain words that were Written by Somebody’s"
    chapter = 'They [eight]{.index="word"} plain *words* [@key, p. 3] that\nwere written <b>by</b> somebody\'s hand.'
    assert shingles(run) <= written(chapter)


@pytest.mark.parametrize("chapter", CHAPTER_IDS)
def test_a_chapter_reads_easily(chapter: str, opened: OpenedCourse) -> None:
    """Flesch and Kincaid's grade of what a student reads, at most 10.5."""
    (found,) = [one for one in opened.course.chapters if one.id == chapter]
    words = " ".join(prose(found))
    assert len(words.split()) > 300
    assert textstat.flesch_kincaid_grade(words) <= 10.5


def prose(chapter: Chapter) -> Iterator[str]:
    """Paragraphs, lists, quotations and sources that stand in the chapter."""
    for block in chapter.blocks:
        if isinstance(block, Only) and block.output == "slides":
            continue
        if isinstance(block, Paragraph | BulletList | OrderedList | Quote | Source | Only):
            yield from (plain(node) for node in walk(block) if isinstance(node, Paragraph))


def test_the_glossary_has_about_thirty_five_terms(opened: OpenedCourse) -> None:
    entries = [node.name for node in walk(opened.course) if isinstance(node, GlossaryEntry)]
    assert 30 <= len(entries) <= 40


# ---------------------------------------------------------------- the lessons and their slides


def test_each_lesson_takes_forty_five_minutes(opened: OpenedCourse) -> None:
    """The minutes at the end of the notes, give or take three."""
    lessons = dict.fromkeys((1, 2, 3), 0)
    for chapter in opened.course.chapters:
        if chapter.lesson:
            lessons[chapter.lesson] += taught(chapter, opened.words)
    assert all(42 <= minutes <= 48 for minutes in lessons.values()), lessons


def test_the_deck_has_its_size(deck: list[Any]) -> None:
    assert 55 <= len(deck) <= 75


def test_six_slides_in_ten_show_more_than_words(slides: tuple[PlannedSlide, ...], deck: list[Any]) -> None:
    """A picture, chart, map, table or timeline; titles, lessons and sections are not counted."""
    content = [drawn for planned, drawn in zip(slides, deck, strict=True) if planned.role not in NO_CONTENT]
    assert sum(any(map(is_evidence, slide.shapes)) for slide in content) >= 0.6 * len(content)


def is_evidence(shape: Any) -> bool:
    """A chart, a table, a picture, or the group that is a timeline."""
    return shape.has_chart or shape.has_table or hasattr(shape, "image") or hasattr(shape, "shapes")


def test_no_slide_holds_more_than_thirty_words_of_text(deck: list[Any]) -> None:
    """Beside the headline and the source line; a table is no text to read out."""
    counted = {slide.name: sum(words(shape) for shape in slide.shapes if shape.name in BODY) for slide in deck}
    assert {name: count for name, count in counted.items() if count > 30} == {}


def words(shape: Any) -> int:
    return len(shape.text_frame.text.split())


def test_no_headline_takes_a_third_line(slides: tuple[PlannedSlide, ...], deck: list[Any]) -> None:
    theme = read_theme()
    long = {}
    for planned, drawn in zip(slides, deck, strict=True):
        place = theme.spots(planned.role)["title"]
        style = theme.styles[place.style]
        headline = Line((Run(drawn.shapes.title.text_frame.text),))
        if planned.role not in (*NO_CONTENT, "question", "question-alone"):  # the question itself stands there
            rows = Ruler(theme).rows(headline, style, place.at.width)
            if rows > 2:
                long[drawn.name] = rows
    assert long == {}


def test_every_chart_of_the_deck_equals_its_file(slides: tuple[PlannedSlide, ...], deck: list[Any]) -> None:
    """Number for number; the end that a range leaves open is drawn where its other end is."""
    compared = 0
    for planned, drawn in zip(slides, deck, strict=True):
        nodes = [node for zone in planned.zones for node in walk(zone.blocks) if isinstance(node, Chart)]
        charts = [shape.chart for shape in drawn.shapes if shape.has_chart]
        for node, chart in zip(nodes, charts, strict=True):
            with (CHAPTERS / node.data.place.file).open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            series = {one.name: list(one.values) for plot in chart.plots for one in plot.series}
            assert list(chart.plots[0].categories) == [row[0] for row in rows]
            for number, name in enumerate(header[1:], 1):
                expected = [row[number] or (row[3 - number] if node.kind == "range" else "") for row in rows]
                assert series[name] == [float(value) if value else None for value in expected]
            compared += 1
    assert compared >= 6


# ---------------------------------------------------------------- the booklet


@pytest.mark.slow
def test_the_booklet_fits_its_sheets(booklets: dict[str, Booklet]) -> None:
    """48 to 64 pages, a multiple of four, and no more than three of them only ruled."""
    budget = booklets["student"].budget
    assert 48 <= budget.pages <= 64
    assert budget.pages % 4 == 0
    assert budget.ruled <= 3


@pytest.mark.slow
def test_both_editions_break_at_the_same_words(booklets: dict[str, Booklet]) -> None:
    """The teacher's own pages stand behind those of the student."""
    student, teacher = (booklets[edition].pages for edition in ("student", "teacher"))
    assert {anchor: teacher[anchor] for anchor in student} == student
