"""The deck after LibreOffice: what it makes up is no edit, what a teacher did in it stays; and parts of a campaign."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.campaign import run, saved_by_libreoffice
from tests.editing import Teacher, shape_of
from tests.test_merge import sound
from tests.tools import SYSTEM_PYTHON, knows_uno, needs
from twofold.opening import open_course
from twofold.slides.deck import build_deck
from twofold.slides.merging.handing import MANNERS, Wishes, hand_over
from twofold.slides.plan import plan

HERE = Path(__file__).parent
libreoffice = needs(knows_uno(), "LibreOffice or python3-uno is not here")


@pytest.mark.slow
@libreoffice
def test_the_courses_deck_opened_and_saved_in_libreoffice_has_no_edit(tmp_path: Path) -> None:
    """The merged deck is the fresh one, byte for byte, and nothing is told."""
    opened = open_course(HERE.parent / "chapters")
    path = tmp_path / "case" / "out" / "slides.pptx"

    def made() -> Any:
        deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})
        return hand_over(deck, opened.words, opened.course.settings.language, path, Wishes())

    made()
    fresh = path.read_bytes()
    saved_by_libreoffice([path], tmp_path / "profile")
    assert path.read_bytes() != fresh
    handed = made()
    assert [str(one) for one in handed.report.told] == []
    assert path.read_bytes() == fresh


@pytest.mark.slow
@libreoffice
def test_what_a_teacher_does_in_libreoffice_stays(tmp_path: Path) -> None:
    """Words, looks, places, a cell, notes, slides: done through LibreOffice itself, while the chapters change."""
    teacher = Teacher(tmp_path)
    teacher.make()
    script = [SYSTEM_PYTHON, str(HERE / "hands_in_libreoffice.py"), str(tmp_path / "profile"), str(teacher.path)]
    done = subprocess.run(script, capture_output=True, text=True, timeout=180, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    teacher.rewrite("| 1953 | 20,000    |", "| 1953 | 20,100    |").rewrite("count the days", "count the nights")
    handed = teacher.make()
    assert {one.what for one in handed.report.told} <= {"edit", "own", "gone"}
    body = shape_of(teacher.slide("twice"), "Body")
    first, second, third = body.text_frame.paragraphs
    assert (first.text, first.alignment, second.text) == (
        "On 16 May men broke out",
        2,
        "Eight days later nobody worked",
    )
    looks = {run.text: (run.font.bold, run.font.color.rgb if run.font.color.type else None) for run in third.runs}
    assert [str(colour) for bold, colour in looks.values() if bold] == ["CC0000"]
    assert [text for text, (bold, _) in looks.items() if bold] == ["guards"]
    assert str(body.fill.fore_color.rgb) == "FFFAC8"
    assert abs(body.left - 720000) < 1000 and abs(body.width - 7200000) < 1000
    picture = next(one for one in teacher.slide("picture").shapes if one.name.startswith("Picture"))
    assert abs(picture.left - 1080000) < 1000
    assert "Homework: page 12" in [one.text_frame.text for one in teacher.slide("picture").shapes if one.has_text_frame]
    cells = [cell.text for one in teacher.slide("table").shapes if one.has_table for cell in one.table.iter_cells()]
    assert cells == ["Year", "Prisoners", "1952", "18,500", "1953", "20,100", "1954", "21,090"]
    assert teacher.notes("twice").endswith("Let them count the nights.\nRoom 12 has no projector.")
    assert teacher.slide("chart")._element.get("show") == "0"
    assert "One by one" not in teacher.titles()
    said = "\n".join(
        one.text_frame.text for slide in teacher.deck().slides for one in slide.shapes if one.has_text_frame
    )
    assert "A slide of my own" in said
    assert "Once more, for the second group" in said
    sound(teacher, MANNERS)


@pytest.mark.slow
def test_a_part_of_the_campaign(tmp_path: Path) -> None:
    """Nothing of the teacher's is lost, nothing of the chapters' untold: python -m tests.campaign runs more of it."""
    assert [(case.number, case.done, case.wrong) for case in run(60, 1954, tmp_path)] == []


@pytest.mark.slow
@libreoffice
def test_a_part_of_the_campaign_saved_by_libreoffice(tmp_path: Path) -> None:
    """The same, each deck saved by LibreOffice after the teacher's changes."""
    assert [(case.number, case.done, case.wrong) for case in run(12, 1954, tmp_path, libreoffice=True)] == []
