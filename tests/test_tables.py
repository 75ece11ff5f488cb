"""How a table shares out its room, and what is said when there is not enough."""

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from tests.courses import SmallCourse
from twofold.problems import Problem
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan
from twofold.slides.theme import read_theme

HEAD = "When,What happened,What we know of it"
DAYS = ("16 May", "17–18 May", "19 May", "20–22 May", "23 May", "24–25 May")
LONG = "The camp refuses to go to work and the wounded are carried off,Formozov counts more of the dead than reports do"
DATE = 4.54
"""The width of “17–18 May” in Calibri, in ems: digits 0.507, dash 0.498, space 0.226, M 0.855, a 0.479, y 0.453."""


def shown(small: SmallCourse, path: Path, *rows: str, head: str = HEAD) -> tuple[Any, tuple[Problem, ...]]:
    """The table on a slide, reopened, and what the build reports."""
    rule = ",".join("---" for _ in head.split(","))
    drawn = "\n".join(f"| {row.replace(',', ' | ')} |" for row in (head, rule, *rows))
    small.chapter(f'# First\n\n::: {{.slide title="Days"}}\n{drawn}\n:::')
    opened = small.open()
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})
    deck.write(path / "slides.pptx")
    shapes = list(Presentation(str(path / "slides.pptx")).slides)[-1].shapes
    return next(shape for shape in shapes if shape.has_table).table, deck.problems


def test_the_rows_of_a_comparison_wait_for_clicks(small: SmallCourse, tmp_path: Path) -> None:
    """The head stands there from the start, each voice comes on a click, the columns stand below each other."""
    small.chapter('# First\n\n::: {.slide title="How many?"}\n::: {.compare #cmp question="deaths"}\n:::\n:::')
    opened = small.open()
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(tmp_path / "slides.pptx")
    slide = list(Presentation(str(tmp_path / "slides.pptx")).slides)[-1]
    head, *rows = [shape for shape in slide.shapes if shape.has_table]
    assert [row.table.cell(0, 0).text for row in rows] == ["Report", "Survivors"]
    assert len({tuple(column.width for column in shape.table.columns) for shape in (head, *rows)}) == 1
    assert [row.top for row in rows] == [shape.top + shape.height for shape in (head, *rows[:-1])]
    clicks = [int(target.get("spid")) for target in slide._element.iter("{*}spTgt")]
    assert clicks == [row.shape_id for row in rows]


def needed() -> int:
    """The width of a column in which a date stands on one line."""
    look = read_theme()
    return int(Pt(DATE * look.styles[look.table.cell].size + 2 * look.table.inset[0]))


def test_a_date_stands_on_one_line_beside_long_columns(small: SmallCourse, tmp_path: Path) -> None:
    table, _ = shown(small, tmp_path, *(f"{day},{LONG}" for day in DAYS))
    date, *texts = (column.width for column in table.columns)
    assert needed() <= date < needed() * 1.1
    assert texts[0] == pytest.approx(texts[1], rel=0.1)


def test_short_columns_stay_on_one_line_among_six(small: SmallCourse, tmp_path: Path) -> None:
    """What a short column does not need, the long ones get."""
    rows = (f"{day},Kengir,They refuse to go to work again,13,700,Written down by three survivors" for day in DAYS[:3])
    table, problems = shown(small, tmp_path, *rows, head="When,Where,What,Dead,Hurt,Where it is told")
    widths = [column.width for column in table.columns]
    assert needed() <= widths[0]
    assert min(widths[2], widths[5]) > max(widths[0], widths[1], widths[3], widths[4])
    assert problems == ()


def test_rows_that_run_over_the_foot_are_reported(small: SmallCourse, tmp_path: Path) -> None:
    """Six rows of two lines need 396 points, and the place has 332: even one row too many is told."""
    for count in (5, 6):
        _, (problem,) = shown(small, tmp_path, *(f"{day},{LONG}" for day in DAYS[:count]))
        assert problem.place.line == 4
        assert problem.message == (
            f"the table takes {36 + 60 * count} pt of height, its place has 332: row 5, “{DAYS[4]}”, runs over"
        )
        next(small.folder.glob("*.md")).unlink()


def test_rows_that_fit_are_not_reported(small: SmallCourse, tmp_path: Path) -> None:
    table, problems = shown(small, tmp_path, *(f"{day},{LONG}" for day in DAYS[:4]))
    assert problems == ()
    assert sum(row.height for row in table.rows) <= Pt(332)
