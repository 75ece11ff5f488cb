"""Lessons in the deck: a slide that opens each, the way to its chapters and back, and a deck for each."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from tests.courses import SETTINGS, SmallCourse

ROOT = Path(__file__).parent.parent
LESSONS = SETTINGS + 'lessons = [{title = "One", question = "Why?"}, {title = "Two"}]\n'
CHAPTER = (
    "---\ntitle: {title}\nlesson: {lesson}\n---\nProse.\n\n::: {{.slide title=Claim #{title}-1}}\n- a point\n:::\n"
)


def make(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs make_slides.py."""
    words = [sys.executable, str(ROOT / "make_slides.py"), *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks of a course of two lessons, the first with two chapters."""
    small = SmallCourse(tmp_path_factory.mktemp("course"), LESSONS)
    for title, lesson in (("alpha", 1), ("beta", 1), ("gamma", 2)):
        small.chapter(CHAPTER.format(title=title, lesson=lesson), title)
    done = make(small.folder, "-o", small.folder / "out")
    assert done.returncode == 0, done.stderr
    return small.folder / "out"


def keys(deck: Any) -> list[str]:
    return [slide.name for slide in deck.slides]


def test_the_whole_deck_opens_each_lesson(out: Path) -> None:
    """A title, then each lesson with its chapters."""
    deck = Presentation(str(out / "slides.pptx"))
    assert keys(deck) == [
        *("title", "lesson-1", "chapter-alpha", "alpha-1", "chapter-beta", "beta-1"),
        *("lesson-2", "chapter-gamma", "gamma-1"),
    ]


def test_a_lesson_leads_to_its_chapters_and_they_lead_back(out: Path) -> None:
    """Clicks on the names of chapters, and on the head of a section slide."""
    slides = {slide.name: slide for slide in Presentation(str(out / "slides.pptx")).slides}
    way = next(shape for shape in slides["lesson-1"].shapes if shape.name == "Body")
    targets = [
        slides["lesson-1"].part.related_part(run._r.rPr.hlinkClick.rId).slide.name
        for paragraph in way.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert targets == ["chapter-alpha", "chapter-beta"]
    head = next(shape for shape in slides["chapter-beta"].shapes if shape.name == "Running head")
    assert head.click_action.target_slide.name == "lesson-1"


def test_a_lesson_has_a_deck_with_the_numbers_of_the_whole(out: Path) -> None:
    """The booklet names slides by their number; that number is right in both files."""
    deck = Presentation(str(out / "slides-lesson-2.pptx"))
    assert keys(deck) == ["lesson-2", "chapter-gamma", "gamma-1"]
    assert deck.element.get("firstSlideNum") == "7"
    numbers = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.name == "Slide number"]
    assert numbers == ["7", "8", "9"]


def test_one_lesson_alone(out: Path, tmp_path: Path) -> None:
    """--lesson makes its deck only; a lesson that is not there is told with those that are."""
    done = make(out.parent, "-o", tmp_path, "--lesson", 1, "--json")
    assert [deck["slides"] for deck in json.loads(done.stdout)["decks"]] == [5]
    assert [path.name for path in tmp_path.glob("*.pptx")] == ["slides-lesson-1.pptx"]
    wrong = make(out.parent, "-o", tmp_path, "--lesson", 4)
    assert wrong.returncode == 1
    assert "lessons are 1, 2" in wrong.stderr


def test_a_course_without_lessons_has_one_deck(small: SmallCourse, tmp_path: Path) -> None:
    small.chapter("# Plain\n\nWords.")
    assert make(small.folder, "-o", tmp_path).returncode == 0
    assert [path.name for path in tmp_path.glob("*.pptx")] == ["slides.pptx"]


TIMED = """---
title: A chapter
lesson: 1
minutes: {minutes}
---
Prose.

::: {{.slide title=Claim #claim}}
- a point

::: notes
Ask first.

Then wait. {said}
:::
:::
"""


MINUTES_AT = f"01-first.md:{TIMED[: TIMED.index('minutes:')].count(chr(10)) + 1}"


@pytest.mark.parametrize(
    ("minutes", "said", "told"),
    [
        (44, "44 minutes.", []),
        (45, "Take 20 of them, then 5 minutes.", ["of this chapter add up to 5", "of lesson 1 add up to 5"]),
        (40, "49 minutes.", ["of this chapter add up to 49", "of lesson 1 add up to 49"]),
        (10, "As long as it takes.", []),
    ],
)
def test_minutes_that_do_not_fit_are_told(minutes: int, said: str, told: list[str], tmp_path: Path) -> None:
    """Where notes end with minutes, a chapter has exactly so many and a lesson about so many."""
    small = SmallCourse(tmp_path, SETTINGS + 'lessons = [{title = "One"}]\n')
    warnings = small.chapter(TIMED.format(minutes=minutes, said=said)).open().warnings
    assert [f"the notes {start}" for start in told] == [warning.message.split(" minutes")[0] for warning in warnings]
    assert [str(warning.place) for warning in warnings] == [MINUTES_AT, "course.toml:3"][: len(told)]
