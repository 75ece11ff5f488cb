"""ledger.csv: claims and the chapters that take them up name each other, or the author hears of it."""

from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.courses import LEDGER, SmallCourse
from tests.test_problems import problems_of
from twofold.booklet import lay_out
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan, slide_numbers

HEAD = "id,claim,source,question,used,unused,verdict,evidence\n"
ROWS = (
    "A1,46 were killed,applebaum,deaths,counting,,agreed,\n"
    "A2,Kites flew,formozov,signals,counting,,single source,\n"
    'A3,700 were killed,formozov,deaths,,only hearsay,contested,"No list of names [@applebaum, ch. 24]"\n'
    "E1,The report has 46,applebaum,deaths,cmp-deaths,,agreed,\n"
)
CHAPTER = """## Counting {#counting claims="A1 A2"}

Forty-six, says one.

::: {.compare #cmp-deaths question="deaths"}
:::

::: {.slide title="Who says what" #who}
[](#cmp-deaths)
:::
"""


def ledger(small: SmallCourse, rows: str = ROWS, chapter: str = CHAPTER, head: str = HEAD) -> SmallCourse:
    """A course of one chapter with a full ledger."""
    return small.chapter(chapter).file("ledger.csv", head + rows)


def test_a_full_ledger_whose_claims_are_all_at_home_is_no_problem(small: SmallCourse) -> None:
    assert ledger(small).open().warnings == ()


WRONG_ROWS = {
    "a row taken out": (
        ROWS.replace(ROWS.splitlines()[1] + "\n", ""),
        ["01-first.md:1: ledger.csv has no claim “A2”", "ledger.csv:3: the claim A2 is missing before A3"],
    ),
    "the last row taken out": (
        ROWS + "A4,Bells rang,formozov,signals,counting,,agreed,\n",
        ["ledger.csv:6: “counting” does not name the claim A4"],
    ),
    "no home": (ROWS.replace("only hearsay", ""), ["ledger.csv:4: the claim A3 has no home"]),
    "home and reason": (
        ROWS.replace(",cmp-deaths,,", ",cmp-deaths,too long,"),
        ["ledger.csv:5: the claim E1 is used and has a reason for not being used"],
    ),
    "verdict": (
        ROWS.replace("single source", "single sauce"),
        ["ledger.csv:3: “single sauce” is no verdict did you mean “single source”?"],
    ),
    "source": (
        ROWS.replace("Kites flew,formozov", "Kites flew,formosov"),
        ["ledger.csv:3: sources.json has no work “formosov” did you mean “formozov”?"],
    ),
    "work in the evidence": (
        ROWS.replace("[@applebaum,", "[@appelbaum,"),
        ["ledger.csv:4: sources.json has no work “appelbaum” did you mean “applebaum”?"],
    ),
    "same id": (
        ROWS + "A2,Kites fell,formozov,signals,counting,,agreed,\n",
        ["ledger.csv:6: the claim A2 stands at ledger.csv:3 already"],
    ),
    "unknown anchor": (
        ROWS.replace("deaths,cmp-deaths", "deaths,cmp-death"),
        ["ledger.csv:5: the claim E1 is used in “cmp-death”, which is no heading and no comparison"],
    ),
    "anchor not named in the row": (
        ROWS.replace("signals,counting,", "signals,,left out"),
        ["01-first.md:1: ledger.csv does not say that A2 is used in “counting”"],
    ),
    "comparison that does not show it": (
        ROWS.replace("signals,counting", "signals,counting cmp-deaths"),
        ["ledger.csv:3: “cmp-deaths” does not name the claim A2"],
    ),
    "no id": (ROWS.replace("E1,", ","), ["ledger.csv:5: this row has no id or no claim"]),
    "a cell too many": (ROWS.replace("Kites flew", "Kites, too,"), ["ledger.csv:3: this row has 10 cells"]),
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_what_is_wrong_with_a_row_is_told_at_its_line(name: str, small: SmallCourse) -> None:
    rows, expected = WRONG_ROWS[name]
    told = problems_of(ledger(small, rows))
    assert len(told) == len(expected), told
    for problem, start in zip(told, expected, strict=True):
        assert problem.startswith(start)
        assert not problem.endswith(" ")  # it has a hint


def test_a_claim_that_a_chapter_names_has_a_row(small: SmallCourse) -> None:
    """And the same where there is no full ledger at all."""
    (told,) = problems_of(ledger(small, chapter=CHAPTER.replace("A1 A2", "A1 A2 A9")))
    assert told.startswith("01-first.md:1: ledger.csv has no claim “A9” did you mean “A")
    assert problems_of(small.file("ledger.csv", LEDGER)) == [
        f"01-first.md:1: ledger.csv has no claim “{claim}” none is known here" for claim in ("A1", "A2", "A9")
    ]


def test_a_ledger_without_a_column_is_told(small: SmallCourse) -> None:
    told = problems_of(ledger(small, head=HEAD.replace("evidence", "proof")))
    assert told == ["ledger.csv:1: the ledger has no column “evidence” its first line names the columns"]


def test_a_ledger_that_is_no_csv_of_commas_is_told(small: SmallCourse) -> None:
    """As Excel writes it in much of Europe, with a column twice, or with a quote that is never closed."""
    told = problems_of(ledger(small, rows="", head=HEAD.replace(",", ";")))
    assert told[0] == "ledger.csv:1: the ledger has no column “question” separate the columns by commas"
    small.file("ledger.csv", HEAD.replace("\n", ",claim\n"))
    assert "ledger.csv:1: the ledger has two columns “claim” rename one of them" in problems_of(small)
    small.file("ledger.csv", HEAD + 'A4,"' + "x" * 200_000)
    assert problems_of(small)[0].startswith("ledger.csv:2: this is not CSV: field larger than field limit")


def test_a_claim_without_a_verdict_is_printed(small: SmallCourse, tmp_path: Path) -> None:
    """A simple ledger may leave the cell empty."""
    small.chapter("Words.\n\n::: {.compare #cmp-deaths question=deaths}\n:::\n")
    opened = small.file("ledger.csv", LEDGER.replace("killed,contested", "killed,")).open()
    lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers={}).write(tmp_path / "x.pdf")
    assert "46 killed" in PdfReader(tmp_path / "x.pdf").pages[3].extract_text()


def test_a_comparison_prints_who_says_what_and_the_evidence(small: SmallCourse, tmp_path: Path) -> None:
    """In the booklet with its works by their short names; they are in the bibliography."""
    opened = ledger(small).open()
    assert {entry.key for entry in opened.course.bibliography} == {"applebaum", "formozov"}
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers={})
    booklet.write(tmp_path / "x.pdf")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages).split())
    assert "Who says it What they say Verdict" in text
    assert "Formozov 2012 700 were killed No list of names (Applebaum 2003, ch. 24) contested" in text
    assert "Kites flew" not in text


def test_a_comparison_stands_on_its_slide_row_by_row(small: SmallCourse, tmp_path: Path) -> None:
    """The evidence stands in the notes, so that a class can find it first."""
    opened = ledger(small).open()
    slides = plan(opened.course)
    pages = dict.fromkeys(slide_numbers(slides), 3)
    build_deck(slides, opened.course, opened.folder, opened.words, pages).write(tmp_path / "x.pptx")
    slide = Presentation(str(tmp_path / "x.pptx")).slides[2]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for table in tables for row in table.rows] == [
        ["Who says it", "What they say", "Verdict"],
        ["Applebaum 2003", "46 were killed", "agreed"],
        ["Formozov 2012", "700 were killed", "contested"],
        ["Applebaum 2003", "The report has 46", "agreed"],
    ]
    assert "No list of names (Applebaum 2003, ch. 24)" in slide.notes_slide.notes_text_frame.text
