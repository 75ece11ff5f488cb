"""The deck as PowerPoint would find it: every test reopens the file that was written."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pypdf import PdfReader

from tests.courses import SETTINGS, SmallCourse
from tests.tools import needs
from twofold.problems import Problem
from twofold.slides.deck import build_deck
from twofold.slides.masters import TABLE_STYLE
from twofold.slides.plan import plan
from twofold.slides.theme import read_theme
from twofold.slides.xml import NAMESPACES

EVERYTHING = """---
title: Everything
lesson: 2
minutes: 30
question: What can a slide hold?
emblem: figures/box.svg
emblem-caption: A box
---
![A box of bricks](figures/box.svg){#fig-box alt="a box"}

::: glossary
Gulag *ГУЛАГ*
: The directorate of camps.
:::

::: {.slide title="A claim with points" #points}
- one [@applebaum, p. 3]
- two in [слово]{lang=ru}, *stressed*, **strong**, `code`, [a link](https://example.org/)
- on [16 May]{.blank}

1. first
2. second

::: notes
Say *this*.[^n]
:::
:::

[^n]: A footnote.

::: {.slide title="A picture" #picture}
[](#fig-box)
:::

::: {.slide title="A table" #table}
| Year | Prisoners |
|------|----------:|
| 1954 | 21,090    |
: Prisoners of a camp [@formozov]
:::

::: {.slide title="A chart" #chart}
```{.chart type=bar title="Dead" alt="46 and 700" data="data/deaths.csv"}
```
:::

::: {.slide title="A chart of two series" #two}
```{.chart type=stacked title="Dead" alt="Dead and wounded"}
Account,Killed,Wounded
The official report,46,106
Survivors,,700
```
:::

::: {.slide title="A curve" #curve}
```{.chart type=line title="Prisoners" alt="It falls"}
Year,Prisoners
1953,20869
1954,21090.5
1955,10481
```
:::

::: {.slide title="Ranges" #ranges}
```{.chart type=range title="Dead" alt="46, 500 to 700, at least 600"}
Claim,From,To
The official report,46,46
Survivors,500,700
A page,600,
```
:::

::: {.slide title="Then and now" #dumbbell}
```{.chart type=dumbbell title="Inside" alt="8,000 becomes 5,200, 5,000 becomes 5,597"}
Who,First,Later
An encyclopedia,8000,5200
A count,5000,5597
```
:::

::: {.slide title="Dots" #dots}
```{.chart type=dot title="Wounded" alt="43 and 33"}
Account,Wounded
One,43
Two,33
```
:::

::: {.slide title="Broken numbers" #broken}
```{.chart type=bar title="Shares" alt="46.4 and 22"}
Group,Share
Ukrainians,46.4
Balts,22
```
:::

::: {.slide title="Builds" #builds}
::: incremental
- one
- two
  - below two
- three
:::
:::

::::: {.slide title="A question" #question}
:::: exercise
Why?

::: solution
Because.
:::
::::
:::::

::: {.slide title="A term" #term}
[](#term:Gulag)
:::

::: {.slide title="A quotation" #quote}
> Quoted.
>
> — somebody
:::

::: {.slide title="A formula" #formula}
$$\\frac{1}{2}$$
:::

::: {.slide title="Code" #code}
```python
def share(women):
    return women  # all
```
:::

:::: {.slide title="Columns" #columns}
::::: {.columns}
::: column
Words.

[](#fig-box)
:::
::: column
- a point
:::
:::::
::::

::: {.slide title="A box" #box}
> [!NOTE] Take care
> of numbers.
:::
"""
LESSONS = SETTINGS + 'lessons = [{title = "One"}, {title = "Two"}]\n'


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """A course with a slide of every kind."""
    return SmallCourse(tmp_path_factory.mktemp("everything"), LESSONS).chapter(EVERYTHING, "everything")


def written(small: SmallCourse, path: Path, pages: Mapping[str, int] | None = None) -> tuple[Problem, ...]:
    """Builds the deck of a course into `path` and returns what the build reports."""
    opened = small.open()
    deck = build_deck(plan(opened.course), opened.course, opened.folder, opened.words, pages or {})
    deck.write(path)
    return deck.problems


@pytest.fixture(scope="module")
def path(everything: SmallCourse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck of that course, of which nothing is reported."""
    path = tmp_path_factory.mktemp("deck") / "slides.pptx"
    assert written(everything, path, {"slide-points": 12, "chapter-everything": 9}) == ()
    return path


@pytest.fixture(scope="module")
def deck(path: Path) -> Any:
    """The same, reopened."""
    return Presentation(str(path))


def slide_of(deck: Any, key: str) -> Any:
    """The slide with this key; the file keeps it as the slide's name."""
    return next(slide for slide in deck.slides if slide.name == key)


def shape_of(slide: Any, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name.startswith(name))


def found(element: Any, path: str) -> list[Any]:
    """What an XPath finds, with the prefixes of the format."""
    return list(etree.ElementBase.xpath(element, path, namespaces=NAMESPACES))


# ---------------------------------------------------------------- what a lecturer sees


def test_slides_take_the_layouts_of_their_roles(deck: Any) -> None:
    """Layouts carry names that a teacher understands, and slides are 16:9."""
    assert deck.slide_width * 9 == deck.slide_height * 16
    assert [slide.slide_layout.name for slide in deck.slides][:6] == [
        "Title without emblem",
        "Lesson",
        "Section",
        "Claim and text",
        "Claim and picture",
        "Claim and table",
    ]
    assert {layout.name for layout in deck.slide_layouts} == {layout.name for layout in read_theme().layouts.values()}


def test_the_booklet_page_stands_on_the_slide_and_first_in_its_notes(deck: Any) -> None:
    slide = slide_of(deck, "points")
    assert shape_of(slide, "Page mark").text_frame.text == "Booklet p. 12"
    notes = [paragraph.text for paragraph in slide.notes_slide.notes_text_frame.paragraphs]
    assert notes == [
        "Booklet p. 12",
        "Say this.",
        "Answer",
        "one",
        "two in слово, stressed, strong, code, a link",
        "on 16 May",
        "Notes",
        "A footnote.",
    ]
    assert not [shape for shape in slide_of(deck, "picture").shapes if shape.name == "Page mark"]


def test_a_slide_is_read_in_the_order_it_is_seen(deck: Any) -> None:
    """Head, headline, evidence, source, foot."""
    assert [shape.name for shape in slide_of(deck, "points").shapes] == [
        "Running head",
        "Page mark",
        "Headline",
        "Body",
        "Source line",
        "twofold points",  # hidden
        "Footer",
        "Slide number",
    ]


def test_head_source_foot_and_number_are_filled(deck: Any) -> None:
    slide = slide_of(deck, "points")
    assert shape_of(slide, "Running head").text_frame.text == "Everything"
    assert shape_of(slide, "Source line").text_frame.text == "Source: Applebaum 2003, p. 3."
    assert shape_of(slide, "Footer").text_frame.text == "A small course · Lesson 2 of 2"
    assert found(shape_of(slide, "Slide number")._element, ".//a:fld[@type='slidenum']/a:t")[0].text == "4"


def test_every_slide_has_one_title(deck: Any) -> None:
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert len(found(slide._element, ".//p:ph[@type='title' or @type='ctrTitle']")) == 1


def test_a_blank_hides_its_word_on_the_slide(deck: Any) -> None:
    body = shape_of(slide_of(deck, "points"), "Body")
    assert "16 May" not in body.text_frame.text
    assert found(body._element, ".//a:rPr[@u='sng']")


def test_a_section_slide_opens_the_chapter(deck: Any) -> None:
    slide = slide_of(deck, "chapter-everything")
    assert shape_of(slide, "Running head").text_frame.text == "Lesson 2 · Chapter 1"
    assert shape_of(slide, "Question").text_frame.text == "What can a slide hold?"
    assert [p.text for p in slide.notes_slide.notes_text_frame.paragraphs] == ["Booklet p. 9", "30 minutes"]


# ---------------------------------------------------------------- everything is inherited


def test_nothing_is_formatted_by_hand(deck: Any) -> None:
    """Text carries its language and the author's own emphasis; size, font, colour and place come from the layout."""
    for slide in deck.slides:
        for run in found(slide._element, ".//p:sp//a:rPr"):
            assert set(run.attrib) <= {"lang", "b", "i", "u"}
            assert {etree.QName(child).localname for child in run} <= {"latin", "hlinkClick", "solidFill"}
            if slide.name != "code":
                assert not found(run, "a:solidFill")
        for properties in found(slide._element, ".//p:sp[p:nvSpPr/p:nvPr/p:ph]/p:spPr"):
            assert len(properties) == 0 or slide.name == "columns"
        assert not found(slide._element, ".//p:sp[not(p:nvSpPr/p:nvPr/p:ph) and not(p:nvSpPr/p:cNvPr/@hidden)]")


def test_every_place_of_a_layout_says_where_it_is_and_how_its_text_looks(deck: Any) -> None:
    """LibreOffice and checkers cannot always look these up on the master."""
    for layout in deck.slide_layouts:
        for place in found(layout._element, ".//p:sp[.//p:ph]"):
            assert found(place, "p:spPr/a:xfrm")
            assert found(place, "p:txBody/a:bodyPr[@wrap='square']/a:noAutofit")
            assert found(place, "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/a:latin")


def test_fonts_are_named_in_the_theme_alone(deck: Any, path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        texts = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}
    assert 'latin typeface="Georgia"' in texts["ppt/theme/theme1.xml"]
    assert 'latin typeface="Calibri"' in texts["ppt/theme/theme1.xml"]
    slides = "".join(text for name, text in texts.items() if name.startswith(("ppt/slides/", "ppt/slideLayouts/")))
    assert set(re.findall(r'latin typeface="([^"]+)"', slides)) == {"+mj-lt", "+mn-lt", "Consolas"}


def test_words_carry_their_language(deck: Any) -> None:
    runs = found(shape_of(slide_of(deck, "points"), "Body")._element, ".//a:r")
    languages = {run.find(f"{{{NAMESPACES['a']}}}rPr").get("lang") for run in runs}
    assert languages == {"en-GB", "ru"}
    assert [run[1].text for run in runs if run[0].get("lang") == "ru"] == ["слово"]


# ---------------------------------------------------------------- pictures, tables, charts


def test_all_evidence_has_alt_text(deck: Any) -> None:
    for slide in deck.slides:
        for names in found(slide._element, ".//p:pic//p:cNvPr | .//p:graphicFrame//p:cNvPr"):
            assert names.get("descr"), (slide.name, names.get("name"))


def test_a_drawing_keeps_its_proportions_and_has_a_bitmap_beside_it(deck: Any) -> None:
    slide = slide_of(deck, "picture")
    picture = shape_of(slide, "Picture fig-box")
    assert picture.width == pytest.approx(picture.height * 2, rel=0.001)
    assert picture.image.content_type == "image/png"
    vector = found(picture._element, ".//asvg:svgBlip")[0].get(f"{{{NAMESPACES['r']}}}embed")
    assert slide.part.related_part(vector).content_type == "image/svg+xml"
    assert found(picture._element, ".//p:ph[@type='pic']")


def test_a_wide_picture_stands_below_a_short_text(small: SmallCourse, tmp_path: Path) -> None:
    """So that what is written in the drawing can be read; a square one stands beside its text."""
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    wide = square.replace("0 0 9 9", "0 0 90 9")
    small.file("figures/square.svg", square).file("figures/wide.svg", wide)
    shown = (
        f'::: {{.slide title="A {name}"}}\n![]({src}){{alt=box}}\n\nWords.\n:::'
        for name, src in (("square", "figures/square.svg"), ("strip", "figures/wide.svg"))
    )
    small.chapter("# First\n\n" + "\n\n".join(shown))
    written(small, tmp_path / "slides.pptx")
    slides = list(Presentation(str(tmp_path / "slides.pptx")).slides)[2:]
    assert [slide.slide_layout.name for slide in slides] == ["Claim, picture and text", "Claim, text and picture"]


def test_the_same_drawing_is_kept_once(deck: Any, path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        drawings = [name for name in file.namelist() if name.endswith(".svg")]
    assert len(drawings) == len(set(drawings)) == 2  # the box, on three slides, and the formula


def test_a_table_is_native_with_a_head_in_the_style_of_the_theme(deck: Any, path: Path) -> None:
    shape = shape_of(slide_of(deck, "table"), "Table")
    assert [[cell.text for cell in row.cells] for row in shape.table.rows] == [
        ["Year", "Prisoners"],
        ["1954", "21,090"],
    ]
    assert shape.table.first_row
    assert found(shape._element, ".//a:tableStyleId")[0].text == TABLE_STYLE
    assert sum(column.width for column in shape.table.columns) == shape.width
    with zipfile.ZipFile(path) as file:
        assert f'styleId="{TABLE_STYLE}"' in file.read("ppt/tableStyles.xml").decode()


def test_a_chart_is_native_and_brings_its_numbers(deck: Any) -> None:
    chart = shape_of(slide_of(deck, "chart"), "Chart").chart
    assert [(list(plot.categories), [list(series.values) for series in plot.series]) for plot in chart.plots] == [
        (["Report", "Survivors"], [[46.0, 700.0]])
    ]
    assert chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"
    stacked = shape_of(slide_of(deck, "two"), "Chart").chart
    assert [list(series.values) for series in stacked.plots[0].series] == [[46.0, None], [106.0, 700.0]]
    assert not chart.has_legend and stacked.has_legend


def test_a_range_is_a_stack_whose_first_part_is_not_painted(deck: Any) -> None:
    """One number is a point; beside each claim stands what it says, not the length of a bar."""
    chart = shape_of(slide_of(deck, "ranges"), "Chart").chart
    base, reach, end = chart.plots[0].series
    assert [list(series.values) for series in (base, reach, end)] == [[46, 500, 600], [0, 200, 0], [46, 700, 600]]
    assert [len(found(series._element, "./c:spPr/a:noFill")) for series in (base, reach, end)] == [1, 0, 1]
    assert not chart.has_legend
    texts = [[text.text.strip() for text in found(series._element, ".//a:t")] for series in (base, reach, end)]
    assert texts == [[], ["●", "○"], ["46", "500–700", "at least 600"]]
    (highest,) = found(chart._chartSpace, ".//c:valAx/c:scaling/c:max/@val")
    assert float(highest) > 700  # room for what is written beside the highest claim


def test_points_are_not_joined_but_those_of_a_dumbbell_two_and_two(deck: Any) -> None:
    """The number of the lower end stands below it."""
    spaces = {key: shape_of(slide_of(deck, key), "Chart").chart._chartSpace for key in ("curve", "dots", "dumbbell")}
    joined = {key: len(found(space, ".//c:ser/c:spPr/a:ln/a:solidFill")) for key, space in spaces.items()}
    assert joined == {"curve": 1, "dots": 0, "dumbbell": 0}
    assert {key: len(found(space, ".//c:hiLowLines")) for key, space in spaces.items()} == {
        "curve": 0,
        "dots": 0,
        "dumbbell": 1,
    }
    below = [
        found(series, ".//c:dLbl[c:dLblPos/@val='b']/c:idx/@val") for series in found(spaces["dumbbell"], ".//c:ser")
    ]
    assert below == [["1"], ["0"]]


def test_numbers_of_a_chart_are_written_alike(deck: Any) -> None:
    """Whole numbers end in no lone point."""
    formats = {
        key: set(found(shape_of(slide_of(deck, key), "Chart").chart._chartSpace, ".//c:dLbls/c:numFmt/@formatCode"))
        for key in ("chart", "broken")
    }
    assert formats == {"chart": {"#,##0"}, "broken": {"#,##0.0"}}


def test_axes_have_ids_that_the_format_knows(deck: Any) -> None:
    for key in ("chart", "two", "curve", "ranges", "dumbbell", "dots"):
        space = shape_of(slide_of(deck, key), "Chart").chart._chartSpace
        assert all(int(value) > 0 for value in found(space, ".//c:axId/@val | .//c:crossAx/@val"))


# ---------------------------------------------------------------- clicks and sections


def clicked(slide: Any) -> Iterator[tuple[str, range | None]]:
    """Each click of a slide in order: the shape that appears, and which of its paragraphs."""
    names = {str(shape.shape_id): shape for shape in slide.shapes}
    for target in found(slide._element, ".//p:spTgt"):
        shape = names[target.get("spid")]
        ranges = found(target, ".//p:pRg")
        if ranges:
            first, last = int(ranges[0].get("st")), int(ranges[0].get("end"))
            assert last < len(shape.text_frame.paragraphs)
            yield shape.name, range(first, last + 1)
        else:
            yield shape.name, None


def test_points_appear_one_by_one_with_what_stands_below_them(deck: Any) -> None:
    assert list(clicked(slide_of(deck, "builds"))) == [
        ("Body", range(1)),
        ("Body", range(1, 3)),
        ("Body", range(3, 4)),
    ]


def test_an_answer_waits_for_a_click(deck: Any) -> None:
    slide = slide_of(deck, "question")
    assert list(clicked(slide)) == [("Answer", None)]
    assert shape_of(slide, "Answer label").text_frame.text == "Answer"


def test_time_nodes_are_numbered_once(deck: Any) -> None:
    for slide in deck.slides:
        ids = found(slide._element, ".//p:cTn/@id")
        assert len(ids) == len(set(ids))
        built = set(found(slide._element, ".//p:bldP/@spid"))
        assert built <= set(found(slide._element, ".//p:cNvPr/@id"))


def test_every_slide_stands_in_one_section(deck: Any) -> None:
    ids = found(deck.part._element, ".//p:sldIdLst/p:sldId/@id")
    assert found(deck.part._element, ".//p14:sldId/@id") == ids
    assert found(deck.part._element, ".//p14:section/@name") == ["A small course", "Everything"]


# ---------------------------------------------------------------- what is reported


def test_what_a_slide_cannot_draw_is_reported_with_its_line(small: SmallCourse, tmp_path: Path) -> None:
    """A picture in a list, a formula in a line: told, never dropped in silence."""
    small.chapter(
        '# First\n\n::: {.slide title="A claim"}\n- a point\n\n  ![A box](figures/box.svg){alt=box}\n- and $x^2$\n:::'
    )
    problems = written(small, tmp_path / "slides.pptx")
    assert [(problem.place.line, problem.message.split(" ")[1]) for problem in problems] == [
        (6, "picture"),
        (7, "formula"),
    ]
    assert all(problem.hint for problem in problems)


def test_text_that_plainly_cannot_fit_is_reported(small: SmallCourse, tmp_path: Path) -> None:
    small.chapter(f'# First\n\n::: {{.slide title="A claim"}}\n{"many words " * 100}\n:::')
    (problem,) = written(small, tmp_path / "slides.pptx")
    assert problem.place.line == 4
    assert "the place “Body” has 324" in problem.message


def test_a_long_headline_is_reported(small: SmallCourse, tmp_path: Path) -> None:
    small.chapter(f'# First\n\n::: {{.slide title="{"many words " * 12}"}}\nWords.\n:::')
    (problem,) = written(small, tmp_path / "slides.pptx")
    assert "Headline" in problem.message


# ---------------------------------------------------------------- the file


def test_no_part_of_the_empty_package_is_left_over(deck: Any, path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
    assert len(names) == len(set(names))
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert len([name for name in names if re.fullmatch(r"ppt/slideLayouts/[^/]+\.xml", name)]) == len(
        deck.slide_layouts
    )


def test_places_of_each_kind_are_known_to_powerpoint(deck: Any) -> None:
    kinds = {place.placeholder_format.type for layout in deck.slide_layouts for place in layout.placeholders}
    assert {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.PICTURE, PP_PLACEHOLDER.TABLE, PP_PLACEHOLDER.CHART} <= kinds


@pytest.mark.slow
def test_a_validator_finds_nothing(path: Path) -> None:
    """openxml-audit knows what makes PowerPoint offer to repair a file."""
    assert validate_pptx(path).errors == []


@pytest.mark.slow
@needs(shutil.which("soffice"), "LibreOffice is not here")
def test_libreoffice_opens_the_deck(path: Path, tmp_path: Path) -> None:
    """Every slide becomes a page, and its headline can be read there."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = PdfReader(tmp_path / "slides.pdf").pages
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(path)).slides]
    assert len(pages) == len(titles)
    for page, title in zip(pages, titles, strict=True):
        assert title.split()[0] in page.extract_text()


def test_words_in_a_drawing_are_set_in_a_font_that_the_classroom_has(small: SmallCourse, tmp_path: Path) -> None:
    """The SVG keeps its words as words, in the theme's own font."""
    words = '<text font-family="Alegreya Sans" font-size="2">Kengir</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{words}</svg>'
    small.file("figures/words.svg", svg).chapter('# A\n\n::: {.slide title="B"}\n![C](figures/words.svg)\n:::')
    opened = small.open()
    path = tmp_path / "slides.pptx"
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)
    with zipfile.ZipFile(path) as deck:
        drawings = [deck.read(name).decode() for name in deck.namelist() if name.endswith(".svg")]
    assert len(drawings) == 1
    assert 'font-family="Calibri"' in drawings[0]
    assert "Kengir" in drawings[0]


HIDDEN = """# A

:::: columns
::: column
Seen.

::: teacher
Only heard [@formozov, p. 99].
:::
:::
::: column
Seen too.
:::
::::

::: exercise
- a list and no sentence
:::

![Drawn elsewhere](figures/mm.svg)
"""
INKSCAPE = (
    '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" width="80mm" height="20mm" '
    'viewBox="0 0 80 20"><title>\xe9</title></svg>'
)


def test_what_is_said_does_not_show_and_what_is_unusual_is_drawn(small: SmallCourse, tmp_path: Path) -> None:
    """Sources of a teacher's block stay in the notes; a drawing in millimetres and Latin-1 is drawn."""
    small.chapter(HIDDEN).file("figures/mm.svg", INKSCAPE.encode("latin-1"))
    opened = small.open()
    path = tmp_path / "slides.pptx"
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)
    slides = list(Presentation(str(path)).slides)
    faces = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    spoken = " ".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)
    assert "Formozov" not in faces
    assert "Only heard" in spoken
    assert "a list and no sentence" in faces


# ---------------------------------------------------------------- transitions


def test_slides_fade_and_a_continued_one_moves_on(small: SmallCourse, tmp_path: Path) -> None:
    """A morph, with a fade for an older PowerPoint, only where the second slide goes on with the first."""
    text = '::: {.slide title="A" #a}\nWords.\n\n---\n\nMore.\n:::\n\n::: {.slide title="B" #b}\nX.\n:::'
    small.chapter(f"# One\n\n{text}")
    written(small, tmp_path / "slides.pptx")
    slides = {slide.name: slide._element for slide in Presentation(str(tmp_path / "slides.pptx")).slides}
    fades = {key: len(found(slide, "p:transition/p:fade")) for key, slide in slides.items()}
    assert fades == {"title": 1, "chapter-first": 1, "a": 1, "a-2": 0, "b": 1}
    choice, fallback = slides["a-2"].find(".//{*}AlternateContent")
    assert choice.find(".//{*}morph") is not None
    assert fallback.find(".//{*}fade") is not None
