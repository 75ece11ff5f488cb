"""What the teacher changed in the deck is there when it is made again: every test reopens the merged file."""

import copy
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu

from tests.editing import (
    CHAPTER,
    Teacher,
    as_powerpoint_saves,
    bitmap,
    body,
    delete,
    duplicate,
    move,
    say,
    shape_of,
    slide_of,
)
from twofold.problems import CourseError
from twofold.slides.lint import lint
from twofold.slides.merging.handing import MANNERS

ROOT = Path(__file__).parent.parent
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SAYS = "Not on the slide, because you changed the same: the chapters say"


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    """A teacher with a deck just made."""
    teacher = Teacher(tmp_path)
    teacher.make()
    return teacher


def sound(teacher: Teacher, excused: tuple[str, ...] = ("one_title", "evidence_described")) -> None:
    """The deck passes our lint and an auditor, and made again it is the same, byte for byte. A teacher need not give
    his own slides titles, nor his pictures alt text."""
    data = teacher.path.read_bytes()
    assert [str(one) for one in lint(data) if one.rule not in excused] == []
    assert validate_pptx(str(teacher.path)).is_valid
    teacher.make()
    assert teacher.path.read_bytes() == data


def kinds(handed: Any) -> set[str]:
    return {one.what for one in handed.report.told}


# ---------------------------------------------------------------- text


def test_a_deck_that_nobody_touched_is_made_anew(teacher: Teacher) -> None:
    """No merge, no report, no copy."""
    before = teacher.path.read_bytes()
    handed = teacher.make()
    assert teacher.path.read_bytes() == before
    assert handed.said == ()
    teacher.rewrite("men broke out", "men and women broke out").make()
    assert teacher.texts("twice")[0] == "On 16 May men and women broke out"


def test_points_changed_on_both_sides_are_both_there(teacher: Teacher) -> None:
    """The teacher rewrote one point and added another, the chapters changed a third."""

    def change(deck: Any) -> None:
        points = body(deck, "twice")
        say(points[1], "Eight days later nobody worked")
        added = points[2]._p
        added.addnext(copy.deepcopy(added))
        say(body(deck, "twice")[3], "And then came the commission")

    teacher.edit(change).rewrite("men broke out", "men broke through the wall")
    handed = teacher.make()
    assert teacher.texts("twice") == [
        "On 16 May men broke through the wall",
        "Eight days later nobody worked",
        "The guards left the camp",
        "And then came the commission",
    ]
    assert kinds(handed) == {"edit"}
    sound(teacher)


def test_words_of_one_point_are_merged(teacher: Teacher) -> None:
    """The teacher corrects one word, the chapters another."""
    teacher.edit(lambda deck: say(body(deck, "twice")[1], "On 24 May nobody went to the works"))
    teacher.rewrite("On 24 May nobody", "On 25 May nobody")
    handed = teacher.make()
    assert teacher.texts("twice")[1] == "On 25 May nobody went to the works"
    assert kinds(handed) == {"edit"}


def test_where_both_rewrote_the_teacher_wins_and_is_told(teacher: Teacher) -> None:
    """What the chapters say stands in the report and in the notes; it stays there, and once only."""
    teacher.edit(lambda deck: say(body(deck, "twice")[0], "Men and boys ran in May"))
    teacher.rewrite("On 16 May men broke out", "On the night of 16 May they broke out")
    handed = teacher.make()
    assert teacher.texts("twice")[0] == "Men and boys ran in May"
    told = next(one for one in handed.report.told if one.what == "conflict")
    assert (told.key, told.part, told.chapters) == ("twice", "Body", "On the night of 16 May they broke out")
    assert any("they broke out" in sentence for sentence in handed.said)
    expected = f"{SAYS}\nBody: On the night of 16 May they broke out"
    assert teacher.notes("twice").endswith(expected)
    sound(teacher)
    teacher.rewrite("Ask what changed", "Ask first what changed").make()
    assert teacher.notes("twice").startswith("Ask first what changed")
    assert teacher.notes("twice").count("they broke out") == 1


def test_bold_and_size_of_a_word_stay_when_the_chapters_change_another(teacher: Teacher) -> None:
    """Formatting belongs to words."""

    def change(deck: Any) -> None:
        paragraph = body(deck, "twice")[1]
        say(paragraph, "On 24 May ")
        run = paragraph.add_run()
        run.text, run.font.bold = "nobody", True
        paragraph.add_run().text = " went to work"
        paragraph.alignment = 2

    teacher.edit(change).rewrite("went to work", "went out to work").make()
    paragraph = body(teacher.deck(), "twice")[1]
    assert [(run.text, run.font.bold) for run in paragraph.runs] == [
        ("On 24 May ", None),
        ("nobody", True),
        (" went out to work", None),
    ]
    assert paragraph.alignment == 2
    sound(teacher)


def test_a_point_that_the_teacher_deleted_is_gone_and_told_if_it_changed(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        for number in (2, 0):
            point = body(deck, "twice")[number]._p
            point.getparent().remove(point)

    teacher.edit(change).rewrite("The guards left", "The last guards left")
    handed = teacher.make()
    assert teacher.texts("twice") == ["On 24 May nobody went to work"]
    assert [one.chapters for one in handed.report.told if one.what == "conflict"] == ["The last guards left the camp"]
    sound(teacher)


def test_what_powerpoint_writes_by_itself_is_no_edit(tmp_path: Path) -> None:
    """Spelling marks, cut runs, ids of creation: the merged deck is the fresh one, byte for byte."""
    teacher = Teacher(tmp_path, CHAPTER + TIMELINE)
    teacher.make()
    fresh = teacher.path.read_bytes()
    teacher.edit(lambda deck: as_powerpoint_saves(deck, random.Random(5)))
    assert teacher.path.read_bytes() != fresh
    handed = teacher.make()
    assert [str(one) for one in handed.report.told] == []
    assert teacher.path.read_bytes() == fresh


# ---------------------------------------------------------------- shapes


def test_a_moved_place_stays_moved_and_takes_the_new_text(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        shape = shape_of(slide_of(deck, "twice"), "Body")
        shape.left, shape.top, shape.width, shape.height = (Emu(n) for n in (1000000, 2500000, 6000000, 3000000))

    teacher.edit(change).rewrite("men broke out", "men ran").make()
    shape = shape_of(teacher.slide("twice"), "Body")
    assert (shape.left, shape.top, shape.width, shape.height) == (1000000, 2500000, 6000000, 3000000)
    assert teacher.texts("twice")[0] == "On 16 May men ran"
    sound(teacher)


def test_fill_line_and_turn_are_kept(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        from pptx.dml.color import RGBColor

        shape = shape_of(slide_of(deck, "twice"), "Body")
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(255, 250, 200)
        shape.line.color.rgb = RGBColor(1, 2, 3)
        shape.line.width = Emu(25400)
        shape.left, shape.top, shape.width, shape.height = (Emu(n) for n in (1000000, 2500000, 6000000, 3000000))
        shape.rotation = 5

    teacher.edit(change).make()
    shape = shape_of(teacher.slide("twice"), "Body")
    assert str(shape.fill.fore_color.rgb) == "FFFAC8"
    assert (str(shape.line.color.rgb), shape.line.width, shape.rotation) == ("010203", 25400, 5)
    sound(teacher)


def test_own_boxes_and_pictures_stay_where_they_are_read_in_order(teacher: Teacher) -> None:
    """A box and a picture, which stand behind the foot in the teacher's file, are read before it."""

    def change(deck: Any) -> None:
        shapes = slide_of(deck, "twice").shapes
        shapes.add_textbox(Emu(0), Emu(0), Emu(3000000), Emu(500000)).text_frame.text = "Homework: page 12"
        picture = shapes.add_picture(bitmap(), Emu(9000000), Emu(2000000))
        picture._element.nvPicPr.cNvPr.set("descr", "a red field")

    teacher.edit(change).rewrite("men broke out", "men ran").make()
    slide = teacher.slide("twice")
    assert "Homework: page 12" in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert next(shape for shape in slide.shapes if shape.shape_type == 13).image.blob == bitmap().getvalue()
    assert lint(teacher.path.read_bytes()) == ()
    sound(teacher)


def test_a_deleted_shape_stays_deleted(teacher: Teacher) -> None:
    """And is told where the chapters changed what it shows."""

    def change(deck: Any) -> None:
        shape = next(shape for shape in slide_of(deck, "picture").shapes if shape.name.startswith("Picture"))
        shape._element.getparent().remove(shape._element)

    teacher.edit(change).make()
    assert not [shape for shape in teacher.slide("picture").shapes if shape.name.startswith("Picture")]
    sound(teacher)


def test_a_crop_and_another_picture_stay(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        picture = next(shape for shape in slide_of(deck, "picture").shapes if shape.name.startswith("Picture"))
        picture.crop_left = 0.25

    teacher.edit(change).make()
    picture = next(shape for shape in teacher.slide("picture").shapes if shape.name.startswith("Picture"))
    assert picture.crop_left == pytest.approx(0.25)

    def exchange(deck: Any) -> None:
        slide = slide_of(deck, "picture")
        picture = next(shape for shape in slide.shapes if shape.name.startswith("Picture"))
        _, name = slide.part.get_or_add_image_part(bitmap("blue"))
        blip = next(picture._element.iter("{*}blip"))
        for child in list(blip):
            blip.remove(child)
        blip.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", name)

    teacher.edit(exchange).make()
    picture = next(shape for shape in teacher.slide("picture").shapes if shape.name.startswith("Picture"))
    assert picture.image.blob == bitmap("blue").getvalue()
    sound(teacher)


# ---------------------------------------------------------------- tables, charts, notes, clicks


def table(deck: Any) -> Any:
    return next(shape for shape in slide_of(deck, "table").shapes if shape.has_table).table


def test_cells_changed_on_both_sides_are_both_there(teacher: Teacher) -> None:
    """The teacher corrects a cell and adds a row; the chapters correct another cell."""

    def change(deck: Any) -> None:
        grid = table(deck)
        say(grid.cell(1, 1).text_frame.paragraphs[0], "18,500")
        last = grid._tbl.tr_lst[-1]
        last.addnext(copy.deepcopy(last))
        for number, words in enumerate(("1955", "none")):
            say(table(deck).cell(4, number).text_frame.paragraphs[0], words)

    teacher.edit(change).rewrite("20,000 ", "20,100 ")
    handed = teacher.make()
    found = [[cell.text for cell in row.cells] for row in table(teacher.deck()).rows]
    assert found == [
        ["Year", "Prisoners"],
        ["1952", "18,500"],
        ["1953", "20,100"],
        ["1954", "21,090"],
        ["1955", "none"],
    ]
    assert kinds(handed) == {"edit"}
    sound(teacher)


def chart(deck: Any) -> Any:
    return next(shape for shape in slide_of(deck, "chart").shapes if shape.has_chart).chart


def test_data_and_title_of_a_chart_are_merged(teacher: Teacher) -> None:
    """The teacher changes one value and adds a title, the chapters change the other value."""

    def change(deck: Any) -> None:
        from pptx.chart.data import CategoryChartData

        data = CategoryChartData()
        data.categories = ["Report", "Survivors"]
        data.add_series("Killed", (47, 700))
        chart(deck).replace_data(data)
        chart(deck).chart_title.text_frame.text = "Counted twice"

    teacher.edit(change)
    teacher.course.file("data/deaths.csv", "Source,Killed\nReport,46\nSurvivors,600\n")
    teacher.make()
    assert list(chart(teacher.deck()).plots[0].series[0].values) == [47, 600]
    assert chart(teacher.deck()).chart_title.text_frame.text == "Counted twice"
    sound(teacher)


def test_the_look_of_a_chart_stays_with_new_data(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        fill = chart(deck).plots[0].series[0].format.fill
        fill.solid()
        fill.fore_color.theme_color = 7

    teacher.edit(change)
    teacher.course.file("data/deaths.csv", "Source,Killed\nReport,46\nSurvivors,600\n")
    teacher.make()
    series = chart(teacher.deck()).plots[0].series[0]
    assert list(series.values) == [46, 600]
    assert series.format.fill.fore_color.theme_color == 7
    sound(teacher)


def test_notes_are_merged_by_paragraph(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        frame = slide_of(deck, "twice").notes_slide.notes_text_frame
        frame.add_paragraph().text = "Room 12 has no projector."
        slide_of(deck, "picture").notes_slide.notes_text_frame.text = "Hand the box round."

    teacher.edit(change).rewrite("count the days", "count the nights").make()
    assert teacher.notes("twice").endswith("Let them count the nights.\nRoom 12 has no projector.")
    assert teacher.notes("picture").endswith("Hand the box round.")
    sound(teacher)


def test_clicks_follow_paragraphs(teacher: Teacher) -> None:
    """The teacher deletes the first of three points that appear one by one: two clicks are left, for the right ones."""

    def change(deck: Any) -> None:
        point = body(deck, "steps")[0]._p
        point.getparent().remove(point)

    teacher.edit(change).make()
    spans = [(one.get("st"), one.get("end")) for one in teacher.slide("steps")._element.iter("{*}pRg")]
    assert spans == [("0", "0"), ("1", "1")]
    sound(teacher)


def test_clicks_and_transitions_that_the_teacher_took_away_stay_away(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        root = slide_of(deck, "steps")._element
        for tag in ("timing", "transition"):
            for element in list(root.iter(f"{{*}}{tag}")):
                element.getparent().remove(element)

    teacher.edit(change).rewrite("then the yard", "then the service yard").make()
    root = teacher.slide("steps")._element
    assert not list(root.iter("{*}timing", "{*}transition"))
    assert teacher.texts("steps")[1] == "then the service yard"
    sound(teacher)


# ---------------------------------------------------------------- slides


def own_slide(deck: Any) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(deck.slides[2].slide_layout.name))
    slide.shapes.title.text = "Homework"
    slide.shapes.add_picture(bitmap("green"), Emu(0), Emu(0)).name = "A field"
    slide.notes_slide.notes_text_frame.text = "Until Monday."
    move(deck, len(deck.slides) - 1, 3)
    return slide


def test_an_own_slide_stays_at_its_place_with_its_picture_and_notes(teacher: Teacher) -> None:
    teacher.edit(own_slide).rewrite("men broke out", "men ran")
    handed = teacher.make()
    assert teacher.titles()[3] == "Homework"
    slide = teacher.deck().slides[3]
    assert slide.notes_slide.notes_text_frame.text == "Until Monday."
    assert shape_of(slide, "A field").image.blob == bitmap("green").getvalue()
    assert "own" in kinds(handed)
    sound(teacher)


def test_a_deleted_slide_stays_deleted_until_it_is_restored(teacher: Teacher) -> None:
    teacher.edit(lambda deck: delete(deck, "picture")).make()
    assert "A picture of a box" not in teacher.titles()
    sound(teacher)
    teacher.rewrite("A picture of a box", "A drawing of a box")
    handed = teacher.make()
    assert [one.key for one in handed.report.told if one.what == "deleted"] == ["picture"]
    teacher.make(restore=True)
    assert "A drawing of a box" in teacher.titles()
    sound(teacher)


def test_the_teachers_order_stays_and_new_slides_find_their_place(teacher: Teacher) -> None:
    teacher.edit(lambda deck: move(deck, 6, 2))
    teacher.rewrite(
        '::: {.slide title="A picture', '::: {.slide title="New" #new}\n- new\n:::\n\n::: {.slide title="A picture'
    )
    teacher.make()
    titles = teacher.titles()
    assert titles.index("One by one") == 2
    assert titles.index("New") == titles.index("The camp rose twice") + 1
    sound(teacher)


def test_hidden_and_duplicated_slides_and_renamed_sections(teacher: Teacher) -> None:
    def change(deck: Any) -> None:
        slide_of(deck, "chart")._element.set("show", "0")
        copy_ = duplicate(deck, "twice")
        say(shape_of(copy_, "Body").text_frame.paragraphs[0], "The same again, for the second group")
        sections = list(deck.element.iter("{*}section"))
        sections[-1].set("name", "My lesson")

    teacher.edit(change).rewrite("men broke out", "men ran").make()
    assert teacher.slide("chart")._element.get("show") == "0"
    assert teacher.titles().count("The camp rose twice") == 2
    assert teacher.texts("twice")[0] == "On 16 May men ran"
    assert [one.get("name") for one in teacher.deck().element.iter("{*}section")][-1] == "My lesson"
    sound(teacher)


def test_a_slide_that_the_chapters_dropped_stays_if_it_was_changed(teacher: Teacher) -> None:
    """And says in its notes why it is there."""
    teacher.edit(lambda deck: say(body(deck, "twice")[0], "My own words"))
    start, end = CHAPTER.index('::: {.slide title="The camp'), CHAPTER.index('::: {.slide title="A picture')
    handed = teacher.write(CHAPTER[:start] + CHAPTER[end:]).make()
    assert "The camp rose twice" in teacher.titles()
    assert [one.key for one in handed.report.told if one.what == "kept"] == ["twice"]
    kept = next(slide for slide in teacher.deck().slides if slide.shapes.title.text == "The camp rose twice")
    assert "no longer in the chapters" in kept.notes_slide.notes_text_frame.text
    sound(teacher)
    assert "The camp rose twice" in teacher.titles()
    untouched = Teacher(teacher.out.parent / "other")
    untouched.make()
    untouched.write(CHAPTER[:start] + CHAPTER[end:]).make()
    assert "The camp rose twice" not in untouched.titles()


def test_notes_that_the_merge_begins_have_the_same_names_next_time(teacher: Teacher) -> None:
    """One slide that the chapters dropped and one on which both changed the same: neither had notes."""
    teacher.edit(lambda deck: say(body(deck, "steps")[0], "my wall"))
    teacher.edit(lambda deck: say(slide_of(deck, "picture").shapes.title.text_frame.paragraphs[0], "My picture"))
    start, end = CHAPTER.index('::: {.slide title="A picture'), CHAPTER.index('::: {.slide title="Prisoners')
    teacher.write(CHAPTER[:start] + CHAPTER[end:].replace("first the wall", "at first the walls")).make()
    sound(teacher)


def test_a_slide_that_stays_has_its_clicks_even_if_a_program_left_out_the_builds(teacher: Teacher) -> None:
    """LibreOffice does so now and then; without them the paragraphs of a slide come all at once."""

    def by_another_program(deck: Any) -> None:
        say(body(deck, "steps")[0], "my wall")
        for builds in slide_of(deck, "steps")._element.findall(".//{*}bldLst"):
            builds.getparent().remove(builds)

    teacher.edit(by_another_program)
    teacher.write(CHAPTER[: CHAPTER.index('::: {.slide title="One by one"')]).make()
    kept = next(slide for slide in teacher.deck().slides if slide.shapes.title.text == "One by one")
    clicked = {one.get("spid") for one in kept._element.iterfind(".//{*}pRg/../..")}
    assert clicked and clicked == {one.get("spid") for one in kept._element.iterfind(".//{*}bldP")}
    sound(teacher)


# ---------------------------------------------------------------- what is refused, what is kept


def test_a_foreign_deck_is_refused_and_left_alone(teacher: Teacher) -> None:
    """One sentence with both ways out; --replace keeps a dated copy."""
    Presentation().save(str(teacher.path))
    before = teacher.path.read_bytes()
    with pytest.raises(CourseError, match="does not say what it was made from") as refused:
        teacher.make()
    assert "--replace" in str(refused.value) and "-o" in str(refused.value)
    assert teacher.path.read_bytes() == before
    handed = teacher.make(replace=True)
    assert handed.kept is not None and handed.kept.read_bytes() == before
    assert len(teacher.titles()) == 7


def test_a_damaged_deck_is_refused(teacher: Teacher) -> None:
    """As a stick that was pulled out leaves it: the file opens, one slide in it does not."""
    teacher.make()
    with zipfile.ZipFile(teacher.path) as deck:
        begin = deck.getinfo("ppt/slides/slide1.xml").header_offset
    data = bytearray(teacher.path.read_bytes())
    data[begin + 80 : begin + 160] = b"\xff" * 80
    teacher.path.write_bytes(data)
    with pytest.raises(CourseError, match="no deck that can be opened"):
        teacher.make()
    assert teacher.path.read_bytes() == data


def test_what_is_no_deck_is_refused(teacher: Teacher) -> None:
    teacher.path.write_text("not a deck")
    with pytest.raises(CourseError, match="no deck that can be opened"):
        teacher.make()
    assert teacher.path.read_text() == "not a deck"


def test_a_damaged_base_is_read_from_beside_the_deck(teacher: Teacher) -> None:
    def damage(deck: Any) -> None:
        say(body(deck, "twice")[0], "My own words")
        store = next(one.target_part for one in deck.part.rels.values() if one.reltype.endswith("/customXml"))
        store._blob = store.blob.replace(b'"slides":', b'"slides":oops')

    teacher.edit(damage).rewrite("nobody went", "no one went").make()
    assert teacher.texts("twice")[:2] == ["My own words", "On 24 May no one went to work"]
    sound(teacher)


@pytest.mark.parametrize("lock", ["~$slides.pptx", ".~lock.slides.pptx#"])
def test_a_deck_that_is_open_gets_a_merged_copy_beside_it(lock: str, teacher: Teacher) -> None:
    teacher.edit(lambda deck: say(body(deck, "twice")[0], "My own words")).rewrite("nobody went", "no one went")
    before = teacher.path.read_bytes()
    teacher.path.with_name(lock).write_text("me")
    handed = teacher.make()
    assert teacher.path.read_bytes() == before
    assert handed.path.name == "slides merged.pptx"
    assert "is open in another program" in handed.beside[0].message
    merged = slide_of(Presentation(str(handed.path)), "twice")
    texts = [one.text for one in shape_of(merged, "Body").text_frame.paragraphs]
    assert texts[:2] == ["My own words", "On 24 May no one went to work"]


def test_a_write_protected_deck_gets_a_merged_copy_beside_it(teacher: Teacher) -> None:
    teacher.edit(lambda deck: say(body(deck, "twice")[0], "My own words"))
    teacher.path.chmod(0o444)
    handed = teacher.make()
    assert (handed.path.name, teacher.texts("twice")[0]) == ("slides merged.pptx", "My own words")
    assert "write-protected" in handed.beside[0].message


def test_a_deck_that_could_not_be_replaced_is_told_even_to_the_quiet(teacher: Teacher) -> None:
    """And once it is, that the copy beside it is out of date."""
    line = [sys.executable, str(ROOT / "make_slides.py"), str(teacher.course.folder), "-o", str(teacher.out)]
    run: Callable[..., Any] = lambda *more: subprocess.run(  # noqa: E731
        [*line, *more], capture_output=True, text=True, check=False, timeout=300
    )
    lock = teacher.path.with_name("~$slides.pptx")
    lock.write_text("me")
    done = run("--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f"{teacher.path}: warning: is open in another program")
    assert run("--strict").returncode == 1
    assert [one["severity"] for one in json.loads(run("--json").stdout)["problems"]] == ["warning"]
    lock.unlink()
    out_of_date = f"{teacher.path.with_name('slides merged.pptx')} is from an earlier build and was not made again"
    assert out_of_date in run().stdout


def test_markers_are_out_of_sight_and_of_reading(teacher: Teacher) -> None:
    """Each slide has one: hidden, off the slide, decorative."""
    for slide in teacher.deck().slides:
        marks = [shape for shape in slide.shapes if shape.name.startswith("twofold ")]
        assert len(marks) == 1
        names = marks[0]._element.nvSpPr.cNvPr
        assert names.get("hidden") == "1"
        assert [mark.get("val") for mark in names.iter("{*}decorative")] == ["1"]
        assert marks[0].left + marks[0].width < 0


def test_the_command_refuses_with_status_1_and_merges_otherwise(teacher: Teacher) -> None:
    line = [sys.executable, str(ROOT / "make_slides.py"), str(teacher.course.folder), "-o", str(teacher.out)]
    run: Callable[..., Any] = lambda *more: subprocess.run(  # noqa: E731
        [*line, *more], capture_output=True, text=True, check=False, timeout=300
    )
    run()
    teacher.edit(lambda deck: say(body(deck, "twice")[0], "My own words"))
    teacher.edit(lambda deck: delete(deck, "picture"))
    done = run()
    assert done.returncode == 0, done.stderr
    assert "your changes on 1 slide are kept" in done.stdout
    assert "slides that you deleted stay away until --restore: 1" in done.stdout
    assert "slides changed by hand: 3 “The camp rose twice”\n" in done.stdout
    assert "slides deleted by you: 4 “A picture of a box”\n" in done.stdout
    assert "deleted by you" not in run("--strict").stdout
    assert "slides new: 4 “A picture of a box”" in run("--restore").stdout
    Presentation().save(str(teacher.path))
    done = run()
    assert done.returncode == 1
    assert "--replace" in done.stderr and "Traceback" not in done.stderr
    assert run("--replace").returncode == 0
    assert len(list(teacher.out.glob("slides by hand*.pptx"))) == 1


def test_joined_cells_and_another_layout_stay(teacher: Teacher) -> None:
    """What the chapters say of the table then stands in the notes."""

    def change(deck: Any) -> None:
        grid = table(deck)
        grid.cell(1, 0).merge(grid.cell(1, 1))
        relation = next(
            one for one in slide_of(deck, "twice").part.rels.values() if one.reltype.endswith("slideLayout")
        )
        relation._target = next(one for one in deck.slide_layouts if one.name == "Question").part

    teacher.edit(change).rewrite("20,000 ", "20,100 ")
    handed = teacher.make()
    assert table(teacher.deck()).cell(1, 0).is_merge_origin
    assert "1953 | 20,100" in teacher.notes("table")
    assert "conflict" in kinds(handed)
    assert teacher.slide("twice").slide_layout.name == "Question"
    sound(teacher, MANNERS)


# ---------------------------------------------------------------- groups, comments

TIMELINE = """
::: {.slide title="Three days" #days}
```{.timeline #tl title="Three days" alt="three days"}
When,What
16 May,a break-out
17 May,shots
24 May,a refusal
```
:::
"""


def group_of(deck: Any) -> Any:
    return next(shape for shape in slide_of(deck, "days").shapes if shape.shape_type == 6)


def inner(deck: Any, words: str) -> Any:
    shapes = list(slide_of(deck, "days").shapes)
    shapes += [one for shape in shapes if shape.shape_type == 6 for one in shape.shapes]
    return next(one for one in shapes if one.has_text_frame and one.text_frame.text == words)


def test_what_is_in_a_group_is_merged_shape_by_shape(tmp_path: Path) -> None:
    """The teacher moves one text of a timeline and rewrites another; the chapters change a third."""
    teacher = Teacher(tmp_path, CHAPTER + TIMELINE)
    teacher.make()

    def change(deck: Any) -> None:
        shape = inner(deck, "shots")
        shape.left, shape.top, shape.width, shape.height = shape.left, shape.top + 99999, shape.width, shape.height
        say(inner(deck, "a break-out").text_frame.paragraphs[0], "a break-out by night")

    top = inner(teacher.deck(), "shots").top
    teacher.edit(change).rewrite("24 May,a refusal", "24 May,a strike").make()
    assert inner(teacher.deck(), "shots").top == top + 99999
    assert inner(teacher.deck(), "a break-out by night") and inner(teacher.deck(), "a strike")
    sound(teacher)


def test_a_group_taken_apart_stays_apart_and_follows_the_chapters(tmp_path: Path) -> None:
    teacher = Teacher(tmp_path, CHAPTER + TIMELINE)
    teacher.make()

    def change(deck: Any) -> None:
        group = group_of(deck)._element
        for shape in [one for one in group if one.tag.endswith(("}sp", "}cxnSp"))]:
            group.addprevious(shape)
        group.getparent().remove(group)

    teacher.edit(change).rewrite("24 May,a refusal", "24 May,a strike").make()
    slide = teacher.slide("days")
    assert not [shape for shape in slide.shapes if shape.shape_type == 6]
    assert {"a break-out", "shots", "a strike"} <= {one.text_frame.text for one in slide.shapes if one.has_text_frame}
    sound(teacher)


def test_shapes_that_the_teacher_grouped_are_one_and_follow_the_chapters(teacher: Teacher) -> None:
    """A picture of ours and a box of his are in his group; the picture's alt text follows the chapters."""

    def change(deck: Any) -> None:
        shapes = slide_of(deck, "picture").shapes
        picture = next(shape for shape in shapes if shape.name.startswith("Picture"))
        box = shapes.add_textbox(Emu(0), Emu(0), Emu(3000000), Emu(500000))
        box.text_frame.text = "Look at the corner"
        group = shapes.add_group_shape([picture, box])
        group.name = "My group"
        for mark in list(picture._element.iter("{*}ph")):
            mark.getparent().remove(mark)

    teacher.edit(change).rewrite('alt="a box"', 'alt="a box of bricks"').make()
    group = shape_of(teacher.slide("picture"), "My group")
    assert [shape.has_text_frame and shape.text_frame.text for shape in group.shapes] == [False, "Look at the corner"]
    names = [shape._element.nvPicPr.cNvPr.get("descr") for shape in group.shapes if shape.shape_type == 13]
    assert names == ["a box of bricks"]
    assert not [shape for shape in teacher.slide("picture").shapes if shape.name.startswith("Picture")]
    sound(teacher)


AUTHORS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">
<p:cmAuthor id="1" name="Me" initials="M" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>"""
COMMENTS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">
<p:cm authorId="1" dt="2026-11-01T10:00:00.000" idx="1"><p:pos x="10" y="10"/><p:text>Ask Anna</p:text></p:cm>
</p:cmLst>"""


def test_comments_stay_with_their_author(teacher: Teacher) -> None:
    content = "application/vnd.openxmlformats-officedocument.presentationml."

    def change(deck: Any) -> None:
        slide, package = slide_of(deck, "twice").part, deck.part.package
        comments = Part(PackURI("/ppt/comments/comment1.xml"), f"{content}comments+xml", package, COMMENTS)
        authors = Part(PackURI("/ppt/commentAuthors.xml"), f"{content}commentAuthors+xml", package, AUTHORS)
        slide.relate_to(comments, f"{KIND}comments")
        deck.part.relate_to(authors, f"{KIND}commentAuthors")

    teacher.edit(change).rewrite("men broke out", "men ran").make()
    parts = [one.target_part for one in teacher.slide("twice").part.rels.values() if one.reltype.endswith("/comments")]
    assert [b"Ask Anna" in part.blob for part in parts] == [True]
    assert [one for one in teacher.deck().part.rels.values() if one.reltype.endswith("/commentAuthors")]
    assert teacher.texts("twice")[0] == "On 16 May men ran"
    sound(teacher)
