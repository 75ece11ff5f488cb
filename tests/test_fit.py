"""Does the text fit? LibreOffice is asked how high it sets each text, and what the build says is held beside it."""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as hb
from pptx import Presentation

from tests.courses import SETTINGS, SmallCourse
from tests.fitting import KINDS, LATIN, slides, some, tables
from tests.fonts import made
from tests.test_commands import command
from tests.test_deck import found, shape_of
from tests.tools import SYSTEM_PYTHON, knows_uno, needs
from tests.widths import widths
from twofold.problems import Place, Problem, Severity, errors
from twofold.slides.deck import build_deck
from twofold.slides.fit import WIDTHS, Ruler, unknown_fonts
from twofold.slides.lines import Line, Run, line, lines, split
from twofold.slides.plan import plan
from twofold.slides.planned import PlannedSlide
from twofold.slides.room import TOLERANCE
from twofold.slides.theme import Spot, read_theme

EACH = 8
"""Slides of every kind."""
CLOSE = 1.5
CARLITO = Path("/usr/share/fonts/truetype/crosextra")
THEME = read_theme()
RULER = Ruler(THEME)


@dataclass(frozen=True)
class Stood:
    """A text of the deck: the slide counted from 0, its place, what we take it to need, what LibreOffice gave it, at
    full size and at the scale that was written, and what the build said of it."""

    slide: int
    spot: Spot
    lines: tuple[Line, ...]
    ours: float
    theirs: float
    shrunk: float
    told: tuple[Problem, ...]

    @property
    def overflows(self) -> bool:
        return self.theirs > self.spot.at.height + TOLERANCE


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A deck of texts and tables from half full to overfull; LibreOffice's heights of all of them."""
    folder = tmp_path_factory.mktemp("fit")
    course = SmallCourse(folder / "chapters", SETTINGS).chapter(slides(EACH)).chapter(tables(12), "tables")
    opened = course.open()
    planned = plan(opened.course)
    deck = build_deck(planned, opened.course, opened.folder, opened.words, {})
    deck.write(folder / "slides.pptx")
    heights = asked(folder, scales(folder / "slides.pptx"))
    return {"folder": folder, "planned": planned, "problems": deck.problems, "heights": heights}


def scales(path: Path) -> dict[str, float]:
    """The scale of each text that is set smaller."""
    return {
        f"{number} {shape.name}": int(scale) / 100_000
        for number, slide in enumerate(Presentation(str(path)).slides)
        for shape in slide.shapes
        for scale in found(shape._element, ".//a:normAutofit/@fontScale")
    }


def asked(folder: Path, smaller: dict[str, float]) -> dict[tuple[int, str], tuple[Any, float]]:
    """LibreOffice's heights, by slide and name of the shape."""
    (folder / "scales.json").write_text(json.dumps(smaller))
    (fonts := folder / "fonts").mkdir()
    said = subprocess.run(
        [SYSTEM_PYTHON, "tests/heights.py", folder / "slides.pptx", folder / "profile", folder / "scales.json"],
        env={**os.environ, "FONTCONFIG_FILE": str(made(fonts, "Georgia", "Consolas"))},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return {(slide, name): (full, shrunk) for slide, name, full, shrunk in json.loads(said.stdout)}


@pytest.fixture(scope="module")
def texts(office: dict[str, Any]) -> list[Stood]:
    """Every text of the deck in a place of its own."""
    return [stood for number, slide in enumerate(office["planned"]) for stood in standing(number, slide, office)]


def standing(number: int, slide: PlannedSlide, office: dict[str, Any]) -> Iterator[Stood]:
    spots = THEME.spots(slide.role)
    written = [(spots["title"], split(line(slide.title, "en"))[0], slide.title_place)]
    written += [
        (spots[zone.name], split(lines(zone.blocks, "en"))[0], zone.blocks[0].place)
        for zone in slide.zones
        if zone.blocks and zone.name != "table"
    ]
    for spot, words, place in written:
        full, shrunk = office["heights"][number, spot.name]
        told = tuple(one for one in office["problems"] if one.place == place and f"“{spot.name}”" in one.message)
        height = RULER.height(words, THEME.styles[spot.style], spot.at.width)
        yield Stood(number, spot, words, height, full, shrunk, told)


# ---------------------------------------------------------------- beside LibreOffice


office_needed = needs(knows_uno(), "LibreOffice with python3-uno is not here")


@pytest.mark.slow
@office_needed
def test_texts_are_as_high_as_libreoffice_sets_them(texts: list[Stood]) -> None:
    """Within 1.5 pt. Letters are measured without kerning, which may make a text a row higher, but never lower."""
    wrong = [stood for stood in texts if abs(stood.ours - stood.theirs) > CLOSE]
    assert len(texts) >= 3 * EACH * len(KINDS)
    assert [stood for stood in wrong if stood.ours < stood.theirs] == []
    assert len(wrong) <= len(texts) * 0.015


@pytest.mark.slow
@office_needed
def test_all_texts_that_overflow_are_told_and_no_others(texts: list[Stood]) -> None:
    """No text that fits stops a build. One that fills its last row to the end may be set a little smaller in vain."""
    overflowing = [stood for stood in texts if stood.overflows]
    assert len(overflowing) >= 40
    assert len(texts) - len(overflowing) >= 40
    assert [stood for stood in overflowing if not stood.told] == []
    in_vain = [stood for stood in texts if stood.told and not stood.overflows]
    assert [stood for stood in in_vain if errors(stood.told)] == []
    assert len(in_vain) <= len(texts) * 0.005


@pytest.mark.slow
@office_needed
def test_a_text_that_is_set_smaller_fits(texts: list[Stood]) -> None:
    smaller = [stood for stood in texts if any(one.severity is Severity.WARNING for one in stood.told)]
    assert len(smaller) >= 10
    for stood in smaller:
        assert stood.shrunk <= stood.spot.at.height + TOLERANCE


@pytest.mark.slow
@office_needed
def test_rows_of_tables_are_as_high_as_libreoffice_sets_them(office: dict[str, Any]) -> None:
    """A table that is too long has the rows that its words need; one with room has no lower ones."""
    lowest, told, rows = THEME.table.row[0], {one.place for one in office["problems"]}, 0
    deck = Presentation(str(office["folder"] / "slides.pptx"))
    for number, slide in enumerate(deck.slides):
        for shape in (shape for shape in slide.shapes if shape.has_table):
            ours = [row.height.pt for row in shape.table.rows]
            theirs = [max(lowest, height) for height in office["heights"][number, shape.name][0]]
            room = THEME.spots("table")["table"].at.height
            overflows = sum(theirs) > room + TOLERANCE
            assert overflows == (office["planned"][number].zone("table").blocks[0].place in told)
            for our, their in zip(ours, theirs, strict=True):
                assert our >= their - CLOSE
                assert not overflows or our <= their + CLOSE
                rows += 1
    assert rows >= 60


# ---------------------------------------------------------------- what an author is told


def built(small: SmallCourse, path: Path) -> tuple[Problem, ...]:
    """Builds and writes a deck; returns what is said of it."""
    opened = small.open()
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {})
    deck.write(path)
    return deck.problems


def test_what_does_not_fit_stops_the_build_with_its_line_and_the_choices(small: SmallCourse, tmp_path: Path) -> None:
    """How much too long it is, how many words to lose, the other ways out; the deck that was there stays."""
    text = "\n\n".join(some(LATIN, 52, seed) for seed in (1, 2))
    there = tmp_path / "slides.pptx"
    small.file("01-first.md", "# First\n\nShort.\n")
    assert command("make_slides.py", small.folder, "-o", tmp_path).returncode == 0
    before = there.read_bytes()
    small.file("01-first.md", f'# First\n\n::: {{.slide title="A claim"}}\n{text}\n:::')
    ended = command("make_slides.py", small.folder, "-o", tmp_path)
    assert ended.returncode == 1
    assert "01-first.md:4: error: this text takes 372 pt of height at 26 pt, the place “Body” has 324" in ended.stderr
    assert "shorten it by about 14 words" in ended.stderr
    assert "`---`" in ended.stderr
    assert "two columns with `:::: {.columns}`; there is room for it there" in ended.stderr
    assert there.read_bytes() == before


def test_a_long_title_is_not_sent_to_another_layout(small: SmallCourse, tmp_path: Path) -> None:
    """It has no more room there."""
    small.chapter(f'::: {{.slide title="{some(LATIN, 80, 1)}"}}\n- a point\n:::\n')
    ended = command("make_slides.py", small.folder, "-o", tmp_path)
    assert ended.returncode == 1
    assert "the place “Headline” has" in ended.stderr
    assert "layout=" not in ended.stderr


def test_what_nearly_fits_is_set_smaller_and_told(small: SmallCourse, tmp_path: Path) -> None:
    """Not below the size that the theme says, and PowerPoint is told the scale."""
    title = (
        "The commission of the prisoners kept order for forty days and negotiated, and nobody outside of the camp heard"
    )
    small.chapter(f'# First\n\n::: {{.slide title="{title}"}}\nWords.\n:::')
    (problem,) = built(small, tmp_path / "slides.pptx")
    assert (problem.severity, problem.place) == (Severity.WARNING, Place("01-first.md", 3))
    assert problem.message == "to fit the place “Headline”, this text is set in 31 pt, not 32"
    slide = list(Presentation(str(tmp_path / "slides.pptx")).slides)[-1]
    (scale,) = found(shape_of(slide, "Headline")._element, "p:txBody/a:bodyPr/a:normAutofit/@fontScale")
    assert int(scale) == 96875


MANY = some(LATIN, 60, 1)
PLAIN = "many words " * 30


@pytest.mark.parametrize(
    ("settings", "chapter", "place", "told_at"),
    [
        ("", f"---\ntitle: “{MANY}”\n---\nWords.\n\n## B\n\n- c\n", "Running head", "01-first.md:2"),
        ("", f"---\ntitle: “{MANY}”\n---\nWords.\n", "Headline", "01-first.md:2"),
        ("", f"---\nlesson: 0\ntitle: “{MANY}”\n---\n- b\n- c\n", "Headline", "01-first.md:3"),
        ("", f"---\ntitle: A\nshort-title: “{MANY}”\n---\n- b\n- c\n", "Running head", "01-first.md:3"),
        ("", f"---\ntitle: A\nquestion: “{PLAIN * 2}”\n---\nWords.\n", "Question", "01-first.md:3"),
        ("", f'# A\n\n::: {{.slide title="{MANY}"}}\n\n- b\n:::', "Headline", "01-first.md:3"),
        ("", f"# A\n\nWords.\n\n## {MANY}\n\n- b\n- c\n", "Headline", "01-first.md:5"),
        (
            f'[[lessons]]\ntitle = "One"\nminutes = 45\nquestion = "{PLAIN * 2}"\n',
            "---\nlesson: 1\n---\n# A\n\nWords.\n",
            "Question",
            "course.toml:6",
        ),
        (f'subtitle = "{MANY}"\n', "# A\n\nWords.\n", "Subtitle", "course.toml:3"),
        (f'audience = "{MANY}"\n', "# A\n\nWords.\n", "Audience", "course.toml:3"),
        (f'short-title = "{MANY}"\n', "# A\n\nWords.\n", "Footer", "01-first.md:1"),
        ("", f"# A\n\n::: {{.slide title=B}}\n> Words.\n>\n> — {MANY}\n:::", "Attribution", "01-first.md:6"),
        ("", f"# A\n\n::: {{.slide title=B}}\n![{MANY}](figures/box.svg)\n:::", "Source line", "01-first.md:4"),
        (
            "",
            f'# A\n\n:::: {{.slide title=B}}\n::: {{.callout-note title="{PLAIN}"}}\nWords.\n:::\n::::',
            "Label",
            "01-first.md:4",
        ),
        ("", f"# A\n\n::: {{.slide title=B layout=definition}}\n**{MANY}**: c.\n:::", "Key word", "01-first.md:4"),
    ],
)
def test_no_place_is_forgotten(settings: str, chapter: str, place: str, told_at: str, tmp_path: Path) -> None:
    """What stands in the small places of a slide is measured as well."""
    small = SmallCourse(tmp_path / "chapters", SETTINGS.partition("\n")[2] + f'title = "T"\n{settings}').chapter(
        chapter
    )
    told = [problem for problem in built(small, tmp_path / "slides.pptx") if f"“{place}”" in problem.message]
    assert {str(problem.place) for problem in told} == {told_at}


# ---------------------------------------------------------------- charts

NAME = "A category with a rather long name that goes on and on until it is wrapped"
YEARS = [f"{1930 + number},{20000 + number}" for number in range(20)]
CHARTS = {
    "lying bars": ("bar", "A,B", [f"Category {n},{n}" for n in range(30)], 14, 15, "15 rows have 20 pt each"),
    "names in two rows": ("bar", "A,B", [f"{NAME} {n},{n}" for n in range(9)], 7, 8, f"{NAME} 0” (and 7 more)"),
    "columns": ("bar", "A,B", YEARS, 16, 17, "takes 50 pt"),
    "a curve": ("line", "A,B", YEARS, 16, 17, "takes 50 pt"),
    "dots": ("dot", "A,B", YEARS, 8, 9, "takes 50 pt"),
    "columns of two": ("bar", "A,B,C", [f"{row},1" for row in YEARS], 8, 9, "takes 50 pt"),
    "words below columns": ("line", "A,B", [f"MMMMMM,{n}" for n in range(20)], 9, 10, "“MMMMMM” (and 9 more)"),
}


@pytest.mark.parametrize(("kind", "head", "rows", "fit", "over", "said"), CHARTS.values(), ids=CHARTS.keys())
def test_labels_of_charts_are_measured(
    kind: str, head: str, rows: list[str], fit: int, over: int, said: str, tmp_path: Path
) -> None:
    """As many as have room, and one more. LibreOffice lets them touch there, which was looked at."""
    for count, told in ((fit, False), (over, True)):
        data = "\n".join((head, *rows[:count]))
        chart = f'```{{.chart type={kind} title="T" alt="a"}}\n{data}\n```'
        small = SmallCourse(tmp_path / str(count)).chapter(f"# A\n\n::: {{.slide title=B}}\n{chart}\n:::")
        problems = built(small, tmp_path / "slides.pptx")
        assert bool(problems) == told
    assert problems[0].place == Place("01-first.md", 4)
    assert said in problems[0].message


def test_other_words_of_charts_are_measured(tmp_path: Path) -> None:
    """The key, numbers in parts of bars, what is written beside ranges, the title."""
    names = ",".join(f"A series with a long name {n}" for n in range(9))
    for kind, head, row, said in (
        ("stacked", f"A,{names}", "Category," + ",".join(["50"] * 9), "take 3 rows"),
        ("stacked", "A,B,C", "Category,3,500", "3 of “Category” is longer than its part"),
        ("range", "A,B,C", "Claim,1000000000000,2000000000000", "beside the range of “Claim”"),
    ):
        chart = f'```{{.chart type={kind} title="T" alt="a"}}\n{head}\n{row}\n```'
        small = SmallCourse(tmp_path / said[:6]).chapter(f"# A\n\n::: {{.slide title=B}}\n{chart}\n:::")
        assert any(said in problem.message for problem in built(small, tmp_path / "slides.pptx")), said
    chart = f'```{{.chart type=bar title="{PLAIN}" alt="a"}}\nA,B\nC,1\n```'
    small = SmallCourse(tmp_path / "title").chapter(f"# A\n\n::: {{.slide title=B}}\n{chart}\n:::")
    assert any("“Label”" in problem.message for problem in built(small, tmp_path / "slides.pptx"))


# ---------------------------------------------------------------- letters


def test_letters_are_measured_in_any_spelling() -> None:
    """An accent that stands on its own adds nothing, a Chinese letter fills an em, an unknown sign is wide."""
    body = THEME.styles["body"]
    assert wide("e\u0301", body) == wide("é", body)
    assert wide("日本", body) == 2 * body.size
    assert wide("\U0001f600", body) > wide("o", body)
    assert wide("a\u00adb", body) == wide("ab", body)


def wide(text: str, style: Any) -> float:
    return RULER.width(Line((Run(text),)), style)


def test_stress_and_code_have_letters_of_their_own() -> None:
    body = THEME.styles["body"]
    runs = (Run("word"), Run("word", bold=True), Run("word", code=True))
    plain, bold, code = (RULER.width(Line((run,)), body) for run in runs)
    assert plain < bold < code


def test_a_row_ends_where_both_programs_end_it() -> None:
    """After spaces, hyphens and dashes, but not within numbers, nor at a space that holds; a long word is torn."""
    body = THEME.styles["body"]
    for text, rows in (
        ("well-known", 2),
        ("10-20-30-40", 1),
        ("1954–1956", 2),
        ("well\u00a0known", 1),
        ("well known", 2),
        ("日本語日本語", 2),
    ):
        room = wide(text, body) * (0.7 if rows == 2 else 1)
        assert RULER.rows(Line((Run(text),)), body, room) == rows, text
    assert RULER.rows(Line((Run("m" * 30),)), body, wide("m" * 10, body) + 0.1) == 3
    assert RULER.rows(Line((Run("one\ntwo"),)), body, 500) == 2


@pytest.mark.parametrize("face", ["regular", "bold", "italic", "bold-italic"])
@needs(CARLITO.exists(), "Carlito is not here")
def test_the_table_of_widths_is_that_of_the_twin(face: str) -> None:
    style = face.title().replace("-", "")
    theirs = {letter: round(width) for letter, width in widths(CARLITO / f"Carlito-{style}.ttf").items()}
    ours = tomllib.loads((WIDTHS / "calibri.toml").read_text(encoding="utf-8"))["faces"][face]
    assert {letter: int(width) for width, same in ours.items() for letter in same} == theirs


@needs(CARLITO.exists(), "Carlito is not here")
def test_kerning_takes_up_to_one_per_cent() -> None:
    """What the tables leave out makes a text narrower, never wider."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(CARLITO / "Carlito-Regular.ttf"))))
    body = THEME.styles["body"]
    for seed in range(40):
        text = some(LATIN, 20, seed)
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        kerned = sum(position.x_advance for position in buffer.glyph_positions) * body.size / 2048
        assert kerned <= wide(text, body) <= kerned * 1.01


def test_every_font_of_the_theme_has_a_table() -> None:
    assert unknown_fonts(THEME) == ()
