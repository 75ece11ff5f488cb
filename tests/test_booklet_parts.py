"""The smaller pieces of the booklet: fonts, the shelf, index, charts, the outer column."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from tests.conftest import CHAPTERS
from twofold.booklet import fonts as fonts_module
from twofold.booklet.back import Span, merged, order
from twofold.booklet.charts import axis, chart_drawing
from twofold.booklet.contents import title_parts
from twofold.booklet.fonts import fonts
from twofold.booklet.html import environment
from twofold.booklet.shelf import Shelf
from twofold.drawings import parse_svg
from twofold.model import Chart, ChartKind, Data
from twofold.opening import OpenedCourse
from twofold.sheets import page_size
from twofold.trees import walk
from twofold.words import read_words

ROOT = Path(__file__).parent.parent
ONE_FACE = """
[[face]]
family = "Test Sans"
package = "fontpkg_alegreya_sans"
file = "AlegreyaSans-Regular.ttf"
lining = true

[fallback]
serif = "Test Sans"
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of one face, cut in no time."""
    path = tmp_path / "fonts.toml"
    path.write_text(ONE_FACE, encoding="utf-8")
    monkeypatch.setattr(fonts_module, "TABLE", path)
    return path


def test_fonts_are_cut_once(table: Path, tmp_path: Path) -> None:
    """The second time they are only looked at."""
    first = fonts(tmp_path / "cache")
    times = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    assert fonts(tmp_path / "cache") == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.iterdir()} == times


@pytest.mark.parametrize("harm", ["truncate", "delete", "delete manifest"])
def test_a_harmed_cache_is_cut_anew(harm: str, table: Path, tmp_path: Path) -> None:
    """Half-written, deleted, or without its list of files."""
    cut = fonts(tmp_path / "cache")
    font = cut.folder / "TestSans-normal-normal.ttf"
    whole = font.read_bytes()
    match harm:
        case "truncate":
            font.write_bytes(whole[:1000])
        case "delete":
            font.unlink()
        case _:
            (cut.folder / fonts_module.MANIFEST).unlink()
    assert fonts(tmp_path / "cache").folder == cut.folder
    assert font.read_bytes() == whole
    assert [path.name for path in cut.folder.parent.iterdir()] == [cut.folder.name]


def test_figures_of_drawings_are_lining(table: Path, tmp_path: Path) -> None:
    """The character map itself names the lining glyphs."""
    from fontTools.ttLib import TTFont

    font = TTFont(fonts(tmp_path / "cache").folder / "TestSans-normal-normal.ttf")
    assert font.getBestCmap()[ord("3")] != "three"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://example.org/x.png", "font:../../etc/passwd", "drawing:0", "data:text/css,a"]
)
def test_the_shelf_gives_nothing_that_was_not_put_on_it(url: str, tmp_path: Path) -> None:
    """Whatever a drawing or style sheet asks for."""
    from twofold.booklet.pages import Fetcher

    shelf = Shelf()
    fetcher = Fetcher(shelf, tmp_path)
    with pytest.raises((ValueError, OSError)):
        fetcher.fetch(url)
    assert fetcher.fetch(shelf.add(b"<svg/>", "svg")).read() == b"<svg/>"


def test_pages_of_the_index_are_merged() -> None:
    """Each page once, neighbours as a span, a page with a figure by itself."""
    spans = [Span(4, 4), Span(7, 7), Span(5, 5), Span(5, 5), Span(6, 6, main=True)]
    assert merged(spans) == (Span(4, 5), Span(6, 6, main=True), Span(7, 7))


def test_names_are_sorted_without_accents_and_case() -> None:
    """So that Ö stands with O, and punctuation counts for nothing."""
    assert sorted(["zona", "Österreich", "“Old”", "MVD"], key=order) == ["MVD", "“Old”", "Österreich", "zona"]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 700, [0, 100, 200, 300, 400, 500, 600, 700]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-3, 5, [-4, -2, 0, 2, 4, 6]),
    ],
)
def test_axes_have_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    """From below the lowest to above the highest."""
    assert axis(low, high) == pytest.approx(ticks)


def test_a_title_may_end_with_its_year() -> None:
    """Which the cover shows in the second colour."""
    assert title_parts("The Kengir Uprising, 1954") == ("The Kengir Uprising", "1954")
    assert title_parts("Rivers") == ("Rivers", "")


def test_the_booklet_can_be_loaded_without_weasyprint() -> None:
    """So that a missing Pango is told in a sentence, when pages are really made."""
    code = "import sys, twofold.booklet; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_line_goes_below_zero_and_stops_at_the_unknown() -> None:
    """A value that is not known is no zero, and one below zero lies below."""
    data = Data(header=("Month", "Degrees"), rows=(("Jan", "-15"), ("Feb", ""), ("Mar", "5")))
    drawing = chart_drawing(Chart(kind="line", data=data, title="T", alt="x"), read_words("en"))
    january, february, march = (category.bars[0].end for category in drawing.categories)
    assert february is None
    assert january is not None
    assert march is not None
    assert january < drawing.zero < march


def test_a_range_floats_between_its_ends_and_one_number_is_a_point() -> None:
    """On one axis from zero; an end that is not known makes the other one a limit."""
    rows = (("Report", "46", "46"), ("Survivors", "500", "700"), ("Page", "600", ""), ("Book", "", "700"))
    data = Data(header=("Claim", "From", "To"), rows=rows)
    drawing = chart_drawing(Chart(kind="range", data=data, title="T", alt="x"), read_words("en"))
    bars = [category.bars[0] for category in drawing.categories]
    assert [(round(bar.start * 700), round(bar.length * 700), bar.limit, bar.text) for bar in bars] == [
        (46, 0, 0, "46"),
        (500, 200, 0, "500–700"),
        (600, 0, 1, "at least 600"),
        (700, 0, -1, "up to 700"),
    ]


def test_what_explains_a_category_begins_a_line() -> None:
    """So that its name stands by itself."""
    data = Data(header=("Claim", "Killed"), rows=(("Official report: 37 killed, 9 died later", "46"),))
    drawing = chart_drawing(Chart(kind="bar", data=data, title="T", alt="x"), read_words("en"))
    assert drawing.categories[0].name == ("Official report:", "37 killed, 9 died later")


@pytest.mark.parametrize("kind", get_args(ChartKind))
def test_every_kind_of_chart_prints_its_names_and_numbers(kind: ChartKind) -> None:
    """Each number once for the eye; the ground under it is drawn of the same letters."""
    data = Data(header=("Who", "First", "Later"), rows=(("A page", "460", "512"), ("Survivors", "503", "707")))
    drawing = chart_drawing(Chart(kind=kind, data=data, title="T", alt="x"), read_words("en"))
    svg = parse_svg(
        environment().get_template("chart.svg.j2").render(drawing=drawing, wide=page_size("a5").wide).encode()
    )
    texts = {text for element in svg.iter("{*}text") for text in "".join(element.itertext()).split()}
    shown = {
        "range": {"460–512", "503–707"},
        "stacked": {"972", "1,210", "First", "Later"},
        "line": {"503", "707", "First", "Later"},
    }
    assert texts >= {"page", "Survivors"} | shown.get(kind, {"460", "512", "503", "707", "First", "Later"})


def test_a_dumbbell_and_a_dot_stop_at_what_is_not_known() -> None:
    """An empty cell has no sign and no number."""
    data = Data(header=("Who", "First", "Later"), rows=(("A page", "", "512"),))
    for kind in ("dot", "dumbbell"):
        drawing = chart_drawing(Chart(kind=kind, data=data, title="T", alt="x"), read_words("en"))
        svg = parse_svg(
            environment().get_template("chart.svg.j2").render(drawing=drawing, wide=page_size("a5").wide).encode()
        )
        signs = [float(sign.get("cx")) for sign in svg.iter("{*}circle") if sign.get("r") == "3.2"]
        assert len(signs) == 1 + len(data.header[1:])  # its own, and those of the key


def test_every_chart_of_the_course_is_drawn_as_its_file_says(opened: OpenedCourse) -> None:
    """As long as the number, which stands beside it; the axis says how long that is."""
    charts = [node for node in walk(opened.course) if isinstance(node, Chart) and node.kind in ("bar", "range")]
    for chart in charts:
        with (CHAPTERS / chart.data.place.file).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        drawing = chart_drawing(chart, read_words("en"))
        whole = float(drawing.ticks[-1][1].replace(",", ""))
        for (_, low, *high), category in zip(rows, drawing.categories, strict=True):
            (bar,) = category.bars
            end = float((high[0] if high else "") or low)
            assert round((bar.start + bar.length) * whole) == end
            assert bar.text.endswith(f"{end:,.0f}")
    assert {chart.kind for chart in charts} == {"bar", "range"}
