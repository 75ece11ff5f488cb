"""Every node of the document tree is known to both outputs."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from tests import samples
from tests.courses import SmallCourse
from twofold.booklet import lay_out
from twofold.model import Block, Chapter, Inline, Node
from twofold.opening import OpenedCourse
from twofold.slides.deck import build_deck
from twofold.slides.plan import plan
from twofold.words import LAYOUTS

MACRO = re.compile(r"{%-? macro ([A-Z]\w*)\(node\)")


def with_blocks(small: SmallCourse, *blocks: Block) -> OpenedCourse:
    """A course of one chapter that holds just these blocks."""
    opened = small.chapter("# Samples\n\nWords [@applebaum].").open()
    chapter: Chapter = replace(opened.course.chapters[0], blocks=blocks)
    return replace(opened, course=replace(opened.course, chapters=(chapter,)))


def test_every_node_type_has_a_sample() -> None:
    """A newcomer adds one to tests/samples.py, and the tests below try it in both outputs."""
    assert samples.missing() == set()


def test_every_node_type_has_a_macro_and_every_macro_a_node_type() -> None:
    """The booklet calls macros by the node's name."""
    macros = set(MACRO.findall((LAYOUTS / "booklet" / "nodes.html.j2").read_text(encoding="utf-8")))
    assert {kind.__name__ for kind in (*get_args(Block), *get_args(Inline))} == macros


@pytest.mark.parametrize("node", samples.BLOCKS, ids=lambda node: type(node).__name__)
def test_the_deck_knows_each_block(node: Node, small: SmallCourse, tmp_path: Path) -> None:
    """Alone in a chapter, each is planned and drawn without a complaint."""
    opened = with_blocks(small, node)
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})
    deck.write(tmp_path / "slides.pptx")
    assert all("in a line" in problem.message or "within a line" in problem.message for problem in deck.problems)


@pytest.mark.parametrize("edition", ["student", "teacher"])
def test_the_booklet_knows_all_of_them(edition: str, small: SmallCourse, tmp_path: Path) -> None:
    """All nodes in one chapter, in both editions, without a warning."""
    opened = with_blocks(small, *samples.BLOCKS)
    booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, slide_numbers={})
    booklet.write(tmp_path / "booklet.pdf")
    assert booklet.problems == ()
