"""Each mistake of a page is planted in a small chapter, and found with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.courses import SmallCourse
from tests.pictures import png
from twofold import sheets
from twofold.booklet import lay_out, presses
from twofold.slides.plan import plan, slide_numbers

WORDS = "The camp lay in the steppe, and the wall stood around it for as long as anybody could say so. "
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 100" font-family="Alegreya Sans">{}</svg>'
FIGURE = "# First\n\nWords before it.\n\n![A drawing](figures/x.svg){alt='x'}\n"


def found(small: SmallCourse, size: str = "a5", edition: str = "student") -> list[tuple[str, str]]:
    """The place and the words of every problem."""
    opened = small.open()
    booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, size=size, slide_numbers={})
    booklet.write(small.folder.parent / "booklet.pdf")
    return [(str(problem.place), problem.message) for problem in booklet.problems]


@pytest.fixture
def styled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """A page size like A5 with more rules, as a designer may write it."""

    def add(css: str) -> str:
        folder = tmp_path / "sizes"
        folder.mkdir()
        (folder / "styled.css").write_text((sheets.SIZES / "a5.css").read_text() + css)
        monkeypatch.setattr(sheets, "SIZES", folder)
        monkeypatch.setattr(presses, "SIZES", folder)
        presses.press_for.cache_clear()
        return "styled"

    return add


def test_a_sound_chapter_has_no_finding(small: SmallCourse) -> None:
    """With a note, a figure and a table."""
    small.chapter(f"# First\n\n{WORDS * 3}[^n]\n\n![Box](figures/box.svg){{alt='x'}}\n\n{WORDS * 9}\n\n[^n]: A note.")
    assert found(small) == []


def test_text_off_the_page_and_over_other_text(small: SmallCourse) -> None:
    """A title so long that the running head runs over the folio and off the paper."""
    small.chapter(f"---\ntitle: {'Words without end ' * 9}\n---\n\n" + f"{WORDS * 9}\n\n" * 6)
    problems = found(small)
    assert any(place.startswith("01-first.md") and "runs off page" in said for place, said in problems)
    assert any(place.startswith("01-first.md") and "stand one over the other" in said for place, said in problems)


def test_a_picture_with_too_few_dots(small: SmallCourse) -> None:
    """300 pixels over 119 mm are 64 an inch; at a fifth of the width they are enough."""
    small.file("figures/p.png", png(300, 100))
    small.chapter(
        "# First\n\nWords.\n\n![A](figures/p.png){alt='x'}\n\nWords.\n\n![B](figures/p.png){alt='x' width='20%'}\n"
    )
    ((place, said),) = found(small)
    assert place == "01-first.md:5"
    assert "64 dots an inch" in said


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (
            '<text x="9" y="20" font-size="10" fill="#aaa">Pale words</text>',
            "“Pale words” in the drawing has a contrast of 2.3",
        ),
        (
            '<rect width="99" height="40" fill="#700"/><text x="9" y="20" font-size="10">On red</text>',
            "“On red” in the drawing",
        ),
        (
            '<text x="9" y="20" font-size="6">Small words</text>',
            "“Small words” in the drawing is printed in 6.0 points",
        ),
        ('<g font-size="5"><text x="9" y="20">Inherited</text></g>', "is printed in 5.0 points"),
        (
            '<rect width="9" height="9" fill="#c00"/><rect x="9" width="9" height="9" fill="#080"/>',
            "look alike on a copier",
        ),
        (
            '<text x="9" y="20" font-size="10">The first division</text>'
            '<text x="60" y="21" font-size="10" text-anchor="middle">The second division</text>',
            "“The first division” and “The second division” in the drawing stand one over the other",
        ),
    ],
)
def test_drawings_are_read_as_a_copier_prints_them(drawn: str, told: str, small: SmallCourse) -> None:
    """Contrast in grey, the size of type as it is printed, colours that become one."""
    small.file("figures/x.svg", SVG.format(drawn)).chapter(FIGURE)
    ((place, said),) = found(small)
    assert place == "01-first.md:5"
    assert told in said


@pytest.mark.parametrize(
    "drawn",
    [
        '<rect width="99" height="40" fill="#700"/><text x="9" y="20" font-size="10" fill="#fff">White on red</text>',
        '<text x="9" y="20" font-size="8" fill="#444">Grey, but dark</text>',
        '<text x="9" y="20" font-size="9">One</text><text x="26" y="20" font-size="9">two</text>',
        '<text y="20" font-size="9">A</text><g transform="scale(3)"><text y="20" font-size="9">b</text></g>',
        '<rect width="9" height="9" fill="#c00"/><rect x="9" width="9" height="9" fill="#fc8"/>',
    ],
)
def test_drawings_that_stand_the_copier(drawn: str, small: SmallCourse) -> None:
    """Nothing is told of them."""
    small.file("figures/x.svg", SVG.format(drawn)).chapter(FIGURE)
    assert found(small) == []


@pytest.mark.parametrize(("kind", "told"), [("bar", "in the drawing is printed in 4."), ("line", "one over the other")])
def test_a_chart_of_too_many_rows(kind: str, told: str, small: SmallCourse) -> None:
    """It is drawn smaller to fit the page, or its names have no room below it."""
    rows = "".join(f"Division {number},{number}\n" for number in range(40))
    small.chapter(f"# First\n\nWords.\n\n```{{.chart type={kind} title=x alt=x}}\nName,Men\n{rows}```\n")
    assert [place for place, said in found(small) if told in said] == ["01-first.md:5"]


def test_small_and_pale_type_of_a_style_sheet(small: SmallCourse, styled: Callable[[str], str]) -> None:
    """A designer's rule, told at the line of the chapter that meets it."""
    small.chapter("# First\n\nWords.\n\n`small code`\n\n[link](https://example.org)\n")
    problems = found(small, styled("code { font-size: 6pt } a { color: #999 }"))
    assert ("01-first.md:5", "“small code” is printed in 6.0 points on page 4") in problems
    assert ("01-first.md:7", "“link” has a contrast of 2.8 to 1 in grey on page 4") in problems


def test_a_character_that_no_font_has(small: SmallCourse) -> None:
    """In prose and in a drawing, each with the chapter's line."""
    small.file("figures/x.svg", SVG.format('<text x="9" y="20" font-size="10">\u0e01</text>'))
    small.chapter(FIGURE + "\nWords and \u4e2d.\n")
    problems = [(place, said) for place, said in found(small) if "no font" in said]
    assert [place for place, _ in problems] == ["01-first.md:7", "01-first.md:5"]
    assert "(U+4E2D)" in problems[0][1]


def test_a_link_to_what_students_do_not_get(small: SmallCourse) -> None:
    """Its anchor stands in a passage for teachers, which their edition prints."""
    small.chapter("# First\n\nSee [there](#fig-only).\n\n::: teacher\n![Box](figures/box.svg){#fig-only alt=x}\n:::\n")
    told = ("01-first.md:3", "the link to “fig-only” on page 4 leads nowhere in the booklet")
    assert told in found(small)
    assert told not in found(small, edition="teacher")


def test_loose_lines(small: SmallCourse, styled: Callable[[str], str]) -> None:
    """In a size that justifies its lines."""
    small.chapter(
        "# First\n\nWords.\n\n" + "Short words and " + "incomprehensiblelonghyphenless" * 2 + " go on. " + WORDS
    )
    problems = found(small, styled("p { text-align: justify; hyphens: manual; overflow-wrap: normal }"))
    assert any(place == "01-first.md:5" and "times as wide as usual" in said for place, said in problems)


def test_divided_words_in_a_row(small: SmallCourse, styled: Callable[[str], str]) -> None:
    """Where no spacing helps."""
    small.chapter("# First\n\nWords.\n\n" + "Internationalisation institutionalisation " * 8)
    problems = found(small, styled("p[data-place] { width: 30mm; hyphens: auto !important }"))
    assert any(place == "01-first.md:5" and "end inside a word" in said for place, said in problems)


def test_a_last_line_with_next_to_nothing(small: SmallCourse, styled: Callable[[str], str]) -> None:
    """The line break before it is the author's, so no spacing helps."""
    small.chapter(f"# First\n\nWords.\n\n{WORDS}\\\nNo.\n")
    assert ("01-first.md:5", "the paragraph ends with “No.” alone on its last line, on page 4") in found(small)


def test_a_trifle_of_space_cures_a_short_last_line(small: SmallCourse) -> None:
    """Of paragraphs of every length, most of those that ended with a short word no longer do, on the same pages."""
    text = "# First\n\n" + "\n\n".join(f"{WORDS * 2}{'and so it went ' * count}on." for count in range(1, 30))
    small.chapter(text)
    assert len(found(small)) <= 2


def test_a_heading_without_words_below(small: SmallCourse) -> None:
    """The last thing of a chapter."""
    small.chapter(f"# First\n\n{WORDS * 4}\n\n## Nothing follows\n")
    assert ("01-first.md:5", "the heading stands at the foot of page 4 without words below it") in found(small)


@pytest.mark.parametrize(
    "shown", ["", "::: {.compare #cmp-deaths question=deaths}\n:::\n", "![A box](figures/box.svg){alt=x}"]
)
def test_a_slide_behind_the_last_figure_is_marked_below_it(shown: str, small: SmallCourse) -> None:
    """There is no line to stand beside; nor is there in a chapter that is nothing but slides."""
    opened = small.chapter(f"# First\n\n{shown}\n\n::: {{.slide title=Claim #claim}}\n- a point\n:::\n").open()
    numbers = slide_numbers(plan(opened.course))
    booklet = lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers=numbers)
    booklet.write(small.folder.parent / "booklet.pdf")
    words = PdfReader(small.folder.parent / "booklet.pdf").pages[3].extract_text().split()
    assert words[words.index("slide") + 1] == "3"
    assert booklet.problems == ()


def test_a_last_section_of_one_line_is_no_fault(small: SmallCourse) -> None:
    small.chapter(f"# First\n\n{WORDS * 4}\n\n## A section\n\nOne line follows.\n")
    assert not [message for _, message in found(small) if "the heading stands" in message]


def test_a_single_line_of_a_paragraph(small: SmallCourse, styled: Callable[[str], str]) -> None:
    """Where a style sheet allows it: one of two dozen paragraphs of five lines breaks after its first or fourth."""
    paragraph = " ".join([WORDS] * 3)
    small.chapter("# First\n\n" + "\n\n".join(f"{paragraph}And the number {n} ends it here." for n in range(60)))
    size = styled("body { orphans: 1; widows: 1 }")
    lines = [place for place, said in found(small, size) if "a single line of the paragraph stands alone" in said]
    assert lines
    assert all(place.startswith("01-first.md:") and int(place.split(":")[1]) % 2 for place in lines)


def test_a_page_with_little_on_it(small: SmallCourse) -> None:
    """What follows is too high to stand below."""
    drawn = SVG.replace("340 100", "340 395").format('<rect width="340" height="395" fill="none"/>')
    problems = found(small.file("figures/x.svg", drawn).chapter(f"{FIGURE}\n{WORDS * 9}\n"))
    (place,) = [place for place, said in problems if "% full" in said]
    assert place == "01-first.md:3"


def test_a_chapter_that_ends_overleaf(small: SmallCourse) -> None:
    """As many lines as a page has room for, and two more."""
    line = "One line.\n\n"
    small.chapter(f"# First\n\n{line * 20}")
    opened = small.open()
    room = lay_out(opened.course, opened.folder, opened.words, edition="student", slide_numbers={}).budget.room[1]
    small.file("01-first.md", f"# First\n\n{line * (20 + room + 2)}")
    (last,) = [(place, said) for place, said in found(small) if "overleaf" in said]
    assert last == (f"01-first.md:{3 + 2 * (20 + room)}", "the chapter ends with 2 lines overleaf, on page 5")


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ('<filter id="f"/><rect width="9" height="9" filter="url(#f)"/>', "a filter of the drawing"),
        ('<path id="p" d="M0 9H9"/><text font-size="10"><textPath href="#p">A</textPath></text>', "text along a line"),
        ('<linearGradient id="g"><stop offset="0"/></linearGradient><rect fill="url(#g)"/>', "a gradient without"),
    ],
)
def test_drawings_that_cannot_be_counted_on(drawn: str, told: str, small: SmallCourse) -> None:
    """WeasyPrint leaves them out without a word."""
    small.file("figures/x.svg", SVG.format(drawn)).chapter(FIGURE)
    assert [place for place, said in found(small) if told in said] == ["01-first.md:5"]


def test_a_table_higher_than_a_page(small: SmallCourse) -> None:
    """It is split between its rows, and that is told; no row is lost."""
    rows = "".join(f"| Row{number} | {WORDS} |\n" for number in range(60))
    small.chapter(f"# First\n\n{WORDS * 9}\n\n| a | b |\n|---|---|\n{rows}")
    assert [place for place, said in found(small) if "higher than a page" in said] == ["01-first.md:5"]
    text = "".join(page.extract_text() for page in PdfReader(small.folder.parent / "booklet.pdf").pages)
    assert all(f"Row{number}" in text for number in range(60))


def test_a_word_of_four_hundred_letters(small: SmallCourse) -> None:
    """It is torn so that none is lost, and told."""
    small.chapter(f"# First\n\nWords and {'xyzw' * 100} then.\n")
    ((place, said),) = found(small)
    assert (place, "is longer than a line and torn" in said) == ("01-first.md:3", True)
    text = "".join(page.extract_text() for page in PdfReader(small.folder.parent / "booklet.pdf").pages)
    assert text.replace("\n", "").count("xyzw") == 100


def test_a_row_higher_than_a_page(small: SmallCourse) -> None:
    """It alone is cut, and told with its own line; no word is lost."""
    long = " ".join(f"word{number} and" for number in range(1500))
    small.chapter(f"# First\n\n{WORDS * 9}\n\n| a | b |\n|---|---|\n| x | y |\n| x | {long} |\n| x | y |\n")
    assert [place for place, said in found(small) if "this row of the table is higher" in said] == ["01-first.md:8"]
    text = "".join(page.extract_text() for page in PdfReader(small.folder.parent / "booklet.pdf").pages)
    assert all(f"word{number} " in text.replace("\n", " ") for number in range(1500))


def test_a_long_table_is_cut_between_its_rows(small: SmallCourse) -> None:
    """Of three lines each, of which none stands on the next page."""
    rows = "".join(f"| Row{number} | {WORDS * 3}End{number} |\n" for number in range(60))
    small.chapter(f"# First\n\n{WORDS * 9}\n\n| a | b |\n|---|---|\n{rows}")
    assert not [place for place, said in found(small) if "this row" in said]
    for page in PdfReader(small.folder.parent / "booklet.pdf").pages:
        words = page.extract_text().split()
        assert [word[3:] for word in words if word[:3] == "Row"] == [word[3:] for word in words if word[:3] == "End"]


@pytest.mark.parametrize("cells", ["Row | 1954 | {}", "Words | {} | {}", "{} | Prisoners | 24 May"])
def test_a_short_word_beside_long_cells_stays_whole(cells: str, small: SmallCourse) -> None:
    """However much stands in the columns beside it."""
    small.chapter(f"# First\n\n{WORDS}\n\n| a | b | c |\n|--|--|--|\n| {cells.format(*[WORDS * 9] * 2)} |\n")
    assert not [said for _, said in found(small) if "is torn in its cell" in said]


@pytest.mark.parametrize("cells", ["x | {}", "*{}* words | y"])
def test_a_long_word_in_a_cell(cells: str, small: SmallCourse) -> None:
    """It is torn so that none of it is lost, and told with the line of its row."""
    cells = cells.format("xyzw" * 100)
    small.chapter(f"# First\n\n{WORDS}\n\n| a | b |\n|---|---|\n| z | z |\n| {cells} |\n")
    ((place, said),) = found(small)
    assert (place, "is torn in its cell" in said) == ("01-first.md:8", True)
    text = "".join(page.extract_text() for page in PdfReader(small.folder.parent / "booklet.pdf").pages)
    assert text.replace("\n", "").count("xyzw") == 100


def test_words_that_may_be_parted_are_not_torn(small: SmallCourse) -> None:
    """At a slash, a dash or a hyphen, before a note, and in marks of their own."""
    cell = "*Inter*nationalisation/institutional words[^n]—and self-government, un**believably**\u00adlong"
    small.chapter(f"# First\n\n{WORDS}\n\n| a | b | c | d |\n|---|---|---|---|\n|{f' {cell} |' * 4}\n\n[^n]: A note.")
    assert not [said for _, said in found(small) if "torn" in said]


def test_an_answer_is_no_prose(small: SmallCourse) -> None:
    """It keeps to its ruled lines, and both editions to each other's."""
    answer = WORDS * 2 + "\\\nNo."
    small.chapter(f"# First\n\n{WORDS * 4}\n\n::: {{.exercise lines=9}}\nWhy?\n\n::: solution\n{answer}\n:::\n:::\n")
    assert found(small, edition="teacher") == []
