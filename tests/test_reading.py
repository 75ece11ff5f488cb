"""What an author writes is read as meant, also where the parser libraries would do otherwise."""

import pytest

from tests.courses import SmallCourse
from twofold.model import BulletList, Exercise, Footnote, Slide, Table
from twofold.trees import plain, walk


def test_chapters_follow_their_numbers(small: SmallCourse) -> None:
    """2 comes before 10."""
    for name in ("10-c.md", "1-a.md", "2-b.md"):
        small.file(name, "Words.")
    assert [chapter.number for chapter in small.open().course.chapters] == [1, 2, 10]


@pytest.mark.parametrize(
    ("title", "read"), [("12:30", "12:30"), ("1954", "1954"), ("yes", "yes"), ("1954-06-26", "1954-06-26")]
)
def test_front_matter_is_words(title: str, read: str, small: SmallCourse) -> None:
    """YAML would make minutes, numbers, truth values and dates of these."""
    assert small.chapter(f"---\ntitle: {title}\n---\nWords.").open().course.chapters[0].title == read


def test_deep_lists_are_read_to_their_last_item(small: SmallCourse) -> None:
    """markdown-it stops at twenty levels of nesting unless told otherwise."""
    lists = small.chapter("\n".join(f"{'  ' * depth}- level{depth}" for depth in range(15))).open().course
    assert sum(isinstance(node, BulletList) for node in walk(lists)) == 15


def test_a_code_span_of_three_ticks_opens_no_block(small: SmallCourse) -> None:
    """A fence of backticks has none behind it."""
    chapter = small.chapter("::: teacher\n```x``` is code\n:::\n\nBehind.").open().course.chapters[0]
    assert plain(chapter.blocks) == "x is codeBehind."


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(small: SmallCourse) -> None:
    """As Notepad saves it."""
    small.file("01-first.md", b"\xef\xbb\xbf# A\r\n\r\nOne\r\ntwo.\r\n")
    chapter = small.open().course.chapters[0]
    assert (chapter.title, plain(chapter.blocks)) == ("A", "One two.")


def test_blanks_stay_blank_where_words_are_repeated(small: SmallCourse) -> None:
    """Alt text, labels and titles are read by students."""
    chapter = small.chapter("![The [answer]{.blank} here](figures/box.svg)\n\n::: exercise\n[yes]{.blank}\n:::").open()
    figure, exercise = chapter.course.chapters[0].blocks
    assert getattr(figure, "alt", "") == "The ____ here"
    assert isinstance(exercise, Exercise)
    assert plain(exercise.blocks) == "____"


def test_notes_of_a_table_are_numbered_as_they_are_printed(small: SmallCourse) -> None:
    """The caption stands above the rows."""
    course = small.chapter("| a |\n|---|\n| b[^r] |\n: Caption[^c]\n\n[^r]: row\n\n[^c]: caption").open().course
    table = next(node for node in walk(course) if isinstance(node, Table))
    numbers = {plain(note.blocks): note.number for note in walk(table) if isinstance(note, Footnote)}
    assert numbers == {"caption": 1, "row": 2}


def test_a_rule_at_the_end_of_a_slide_adds_none(small: SmallCourse) -> None:
    course = small.chapter('::: {.slide title="x"}\ny\n\n---\n:::').open().course
    assert [len(slide.parts) for slide in walk(course) if isinstance(slide, Slide)] == [1]
