"""Timelines on slides: native shapes in one group, which run across where there is room and down where there is not."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from tests.courses import SmallCourse
from twofold.problems import Problem
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan

SHORT = [f"{day} May,Something happens" for day in range(16, 20)]
LONG = [f"{day} May,Something happens that needs a good many words to be told,Formozov" for day in range(11, 19)]


def drawn(small: SmallCourse, path: Path, rows: list[str]) -> tuple[Any, tuple[Problem, ...]]:
    """The group that a timeline has become, reopened, and what the build reports."""
    small.file("data/days.csv", "\n".join(("When,What" + ",Told" * rows[0].count(",Formozov"), *rows)) + "\n")
    fence = '```{.timeline #t title="D" alt="Some days" data="data/days.csv"}\n```'
    small.chapter(f'# First\n\n{fence}\n\n::: {{.slide title="Days"}}\n[](#t)\n:::')
    opened = small.open()
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})
    deck.write(path / "slides.pptx")
    shapes = list(Presentation(str(path / "slides.pptx")).slides)[-1].shapes
    return next(shape for shape in shapes if shape.name == "Timeline t"), deck.problems


def texts(group: Any) -> list[Any]:
    return [shape for shape in group.shapes if shape.has_text_frame and shape.text_frame.text]


def test_few_steps_run_across(small: SmallCourse, tmp_path: Path) -> None:
    """Each date stands above what happened, beside the date before it; the words can be changed by hand."""
    group, problems = drawn(small, tmp_path, SHORT)
    assert problems == ()
    words = [shape.text_frame.text for shape in texts(group)]
    assert words == [part for row in SHORT for part in row.split(",")]
    dates = [shape for shape in texts(group) if shape.text_frame.text.endswith("May")]
    assert len({shape.top for shape in dates}) == 1
    assert sorted(shape.left for shape in dates) == [shape.left for shape in dates]


def test_many_steps_run_down(small: SmallCourse, tmp_path: Path) -> None:
    group, problems = drawn(small, tmp_path, LONG)
    assert problems == ()
    dates = [shape for shape in texts(group) if shape.text_frame.text.endswith("May")]
    assert len({shape.left for shape in dates}) == 1
    assert sorted(shape.top for shape in dates) == [shape.top for shape in dates]
    assert [shape.text_frame.text for shape in texts(group)][:3] == LONG[0].split(",")
    assert max(shape.top + shape.height for shape in texts(group)) <= group.top + group.height + Pt(1)


def test_the_spine_follows_its_dots(small: SmallCourse, tmp_path: Path) -> None:
    """Each connector holds on to two dots that follow each other, and ends where they are."""
    group, _ = drawn(small, tmp_path, SHORT)
    dots = [shape for shape in group.shapes if shape.name.startswith("Dot")]
    spine = [shape for shape in group.shapes if shape.name.startswith("Spine")]
    held = [
        tuple(int(shape._element.find(f".//{{*}}{end}").get("id")) for end in ("stCxn", "endCxn")) for shape in spine
    ]
    assert held == [(one.shape_id, other.shape_id) for one, other in pairwise(dots)]
    assert [shape.begin_x for shape in spine] == pytest.approx([dot.left + dot.width for dot in dots[:-1]], abs=2)


def test_a_timeline_that_runs_over_the_foot_is_told(small: SmallCourse, tmp_path: Path) -> None:
    _, (problem,) = drawn(small, tmp_path, LONG * 2)
    assert problem.place.line == 3
    assert "the timeline takes" in problem.message
    assert "on each of two slides" in problem.hint


def test_it_has_alt_text_and_no_empty_place(small: SmallCourse, tmp_path: Path) -> None:
    group, _ = drawn(small, tmp_path, SHORT)
    assert group._element[0][0].get("descr") == "Some days"
    assert (group.left, group.width) == (Pt(54), Pt(852))
