"""Citations and bibliography as a reader sees them, in both styles that come with the layouts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.courses import SETTINGS, SmallCourse
from twofold import citations
from twofold.model import (
    Citation,
)
from twofold.trees import plain, walk
from twofold.watching import forget

TEXT = "# A\n\nSo it was [see @formozov, p. 3; @applebaum]. And so [@applebaum, ch. 24], they say.\n"


def test_short_notes_stand_at_the_foot_behind_the_full_stop(small: SmallCourse) -> None:
    """The number of a note follows the punctuation, and its text ends with a full stop."""
    course = small.chapter(TEXT).open().course
    notes = [node for node in walk(course) if isinstance(node, Citation)]
    assert [(note.number, plain(note.content)) for note in notes] == [
        (1, "see Formozov 2012, p. 3; Applebaum 2003."),
        (2, "Applebaum 2003, ch. 24."),
    ]
    assert plain(course.chapters[0].blocks) == "So it was. And so, they say."


def test_works_of_one_note_stand_in_the_order_of_the_author(small: SmallCourse) -> None:
    """Whatever was cited first elsewhere."""
    course = small.chapter("# A\n\nA [@formozov; @applebaum]. B [@applebaum; @formozov].").open().course
    notes = [plain(node.content) for node in walk(course) if isinstance(node, Citation)]
    assert notes == ["Formozov 2012; Applebaum 2003.", "Applebaum 2003; Formozov 2012."]


def test_author_and_date_stand_in_the_text(small: SmallCourse) -> None:
    """The other style leaves them where they were written."""
    small.file("course.toml", SETTINGS + 'citations = "author-date"\n')
    notes = [node for node in walk(small.chapter(TEXT).open().course) if isinstance(node, Citation)]
    assert [(note.number, plain(note.content)) for note in notes] == [
        (0, "(see Formozov 2012, p. 3; Applebaum 2003)"),
        (0, "(Applebaum 2003, ch. 24)"),
    ]


def test_undated_works_of_one_author_are_told_apart(small: SmallCourse) -> None:
    """By their short titles, in both styles; a work without an author is called by its title alone."""
    undated = """[
{"id": "day", "type": "webpage", "title": "Chronicle of a day", "shortTitle": "Chronicle",
 "author": [{"family": "Formozov"}]},
{"id": "trial", "type": "webpage", "title": "The trial", "author": [{"family": "Formozov"}]},
{"id": "page", "type": "webpage", "title": "What happened?", "shortTitle": "Facts page"}]"""
    small.file("sources.json", undated).chapter("# A\n\nSo it was [@day, 27 May; @trial; @page].")
    for style in ("short-notes", "author-date"):
        small.file("course.toml", SETTINGS + f'citations = "{style}"\n')
        course = small.open().course
        (note,) = [plain(node.content).strip("().") for node in walk(course) if isinstance(node, Citation)]
        assert note == "Formozov, Chronicle, 27 May; Formozov, The trial; Facts page"
        shorts = [work.short for work in course.bibliography]
        assert shorts == ["Facts page", "Formozov, Chronicle", "Formozov, The trial"]


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What a style was changed to here is not known elsewhere."""
    yield
    forget()


@pytest.mark.usefixtures("forgotten")
def test_a_style_that_says_ibid_begins_anew_each_time(
    small: SmallCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it prints depends on what was cited just before, and not on the course that was opened before."""
    style = (citations.STYLES / "short-notes.csl").read_text(encoding="utf-8")
    ibid = '<choose><if position="ibid"><text value="Ibid"/></if><else><group'
    layout = style.index('<layout delimiter="; ">', style.index("<citation>"))
    first, last = style.index("<group", layout), style.index("</layout>", layout)
    ending = style[first + len("<group") : last] + "</else></choose>"
    (tmp_path / "short-notes.csl").write_text(style[:first] + ibid + ending + style[last:], encoding="utf-8")
    monkeypatch.setattr(citations, "STYLES", tmp_path)
    shorter = "# A\n\nA [@formozov]. B [@applebaum]."
    forget()
    alone = small.chapter(shorter).open().course.bibliography
    forget()
    small.file("01-first.md", f"{shorter[:-1]} C [@formozov].").open()
    assert small.file("01-first.md", shorter).open().course.bibliography == alone


def test_the_bibliography_lists_what_is_cited_by_its_short_name(small: SmallCourse) -> None:
    """Works that nobody cites stay out."""
    cited = small.chapter(TEXT).open().course.bibliography
    assert [(work.short, plain(work.full)) for work in cited] == [
        ("Applebaum 2003", "Applebaum, Anne. Gulag: A History. 2003."),
        ("Formozov 2012", "Formozov, N. A. ‘Kites over the zone’. Novyi mir. 2012."),
    ]
    assert small.chapter("Nothing is cited.", "b").file("01-first.md", "Words.").open().course.bibliography == ()


def test_a_citation_in_a_caption_is_no_footnote(small: SmallCourse) -> None:
    """A note called in a caption could land on another page."""
    small.chapter("![A box [@applebaum].](figures/box.svg)\n\nWords [@formozov].")
    notes = [node for node in walk(small.open().course) if isinstance(node, Citation)]
    assert [(note.number, plain(note.content)) for note in notes] == [(0, "(Applebaum 2003)"), (1, "Formozov 2012.")]
