"""What is wrong with a course is told with its place and a hint, all of it at once."""

from pathlib import Path

import pytest

from tests.courses import SETTINGS, SOURCES, SmallCourse
from twofold.problems import CourseError, Severity

WRONG_CHAPTERS = {
    "unknown block": ("::: {.slid title='x'}\ny\n:::", "1: unknown block “slid” did you mean “slide”?"),
    "unknown attribute": (
        "::: {.exercise line=4}\ny\n:::",
        "1: unknown attribute of “exercise” “line” did you mean “lines”?",
    ),
    "unknown class": ("[x]{.trem}", "1: unknown class of a span “trem” did you mean “term”?"),
    "unknown layout": (
        '::: {.slide title="x" layout=pictur}\ny\n:::',
        "1: unknown layout “pictur” did you mean “picture”?",
    ),
    "unknown fence": ("```{.chrt}\na,b\n1,2\n```", "1: unknown kind of fenced block “chrt” did you mean “chart”?"),
    "unknown chart": ('```{.chart type=pie alt="x"}\na,b\nx,2\n```', "1: unknown type of chart “pie”"),
    "never closed": ("one\n\n::: teacher\ntwo", "3: “::: teacher” is opened here and never closed"),
    "closes nothing": ("one\n\n:::", "3: this ::: closes nothing"),
    "code never closed": ("```python\nx", "1: the code block opened here with ``` never closes"),
    "missing picture": ("![x](figures/no.png)", "1: there is no file “figures/no.png” in the chapters folder"),
    "picture outside": ("![x](../secret.png)", "1: “../secret.png” is outside the chapters folder"),
    "no alt text": ("![](figures/box.svg)", "1: the picture “figures/box.svg” has no alt text"),
    "dead reference": (
        "[x](#fig-bx)\n\n![x](figures/box.svg){#fig-box}",
        "1: nothing in the course has the id “fig-bx” did you mean “fig-box”?",
    ),
    "dead link": ("[x](other.md)", "1: the link “other.md” leads nowhere"),
    "unknown work": ("x [@aplebaum]", "1: sources.json has no work “aplebaum” did you mean “applebaum”?"),
    "broken citation": ("x [@applebaum; p. 3]", "1: no work is named in “p. 3”"),
    "undefined footnote": ("x[^1]", "1: the footnote [^1] is not defined"),
    "uncalled footnote": ("x\n\n[^1]: y", "3: the footnote [^1] is never called"),
    "undefined term": ("[x]{.term}", "1: the glossary does not define “x”"),
    "skipped level": ("## A\n\n#### B", "3: the level of this heading skips from 2 to 4"),
    "second title": ("## A\n\n# B", "3: level 1 is the chapter's title"),
    "twice one id": ("## A {#a}\n\n## B {#a}", "3: the id “a” is taken at 01-first.md:1"),
    "ragged row": ("| a | b |\n|---|---|\n| 1 |", "3: this row has 1 cells, the head of its table has 2"),
    "raw HTML": ("x <b>y</b>", "1: raw HTML is not read: “<b>”"),
    "HTML block": ("<div>\nx\n</div>", "1: raw HTML is not read: “<div>”"),
    "misplaced attributes": ("*x*{.term}", "1: attributes cannot stand here: “{.term}”"),
    "unreadable attributes": ("[x]{.term =}", "1: these attributes cannot be read from “=” on"),
    "title missing": ("::: slide\nx\n:::", "1: this slide has no title"),
    "rule as underline": ('::: {.slide title="x"}\ny\n---\nz\n:::', "2: --- right below words makes them a heading"),
    "slide in a box": ('::: teacher\n::: {.slide title="x"}\ny\n:::\n:::', "2: a slide stands inside another block"),
    "notes of no slide": ('::: {.slide title="x"}\ny\n:::\n\n::: notes\nz\n:::', "5: these notes belong to no slide"),
    "solution alone": ("::: solution\nx\n:::", "1: a solution stands outside an exercise"),
    "column alone": ("::: column\nx\n:::", "1: a column stands outside ::: columns"),
    "lines": ("::: {.exercise lines=many}\nx\n:::", "1: “many” is not a number of write-on lines"),
    "width": ('![x](figures/box.svg){width="6cm"}', "1: “6cm” is not a width"),
    "not a number": ('```{.chart alt="x"}\na,b\nx,many\n```', "3: “many” is not a number"),
    "range of two columns": (
        '```{.chart type=range alt="x"}\na,b\nx,2\n```',
        "2: a range needs three columns: a name, from and to",
    ),
    "dumbbell of one end": (
        '```{.chart type=dumbbell alt="x"}\na,b\nx,2\n```',
        "2: a dumbbell needs three columns: a name and two numbers",
    ),
    "range without ends": (
        '```{.chart type=range alt="x"}\na,b,c\nx,1,2\ny,,\n```',
        "4: the range of “y” has neither end",
    ),
    "range upside down": (
        '```{.chart type=range alt="x"}\na,b,c\nx,700,500\n```',
        "3: the range of “x” goes from 700 down to 500",
    ),
    "range below zero": ('```{.chart type=range alt="x"}\na,b,c\nx,-5,\n```', "3: the range of “x” goes below zero"),
    "ragged data": (
        '```{.chart alt="x"}\na,b\nx\n```',
        "3: this row has 1 cells, the first line names 2 columns",
    ),
    "unknown question": (
        "::: {.compare question=death}\n:::",
        "1: ledger.csv has no row on the question “death” did you mean “deaths”?",
    ),
    "formula": (r"$\foo$", r"1: the formula “\foo” uses \foo, which is not known"),
    "language": ("[x]{lang=!}", "1: “!” is not a language"),
    "definition outside": ("Gulag\n: camps", "1: a list of definitions stands outside ::: glossary"),
    "heading in a box": ("::: callout-note\n## x\n:::", "2: a heading stands inside a box or list"),
    "words behind a comment": ("<!-- todo --> Words.", "1: words behind a comment are not read: “Words.”"),
    "note in the title": ("# A[^1]\n\nx\n\n[^1]: y", "1: the title of a chapter is words only"),
    "attributes behind words": ("- item {.fragment}", "1: attributes cannot stand here: “{.fragment}”"),
    "footnote in a solution": (
        "::: exercise\nx\n\n::: solution\ny[^1]\n:::\n:::\n\n[^1]: z",
        "5: a footnote stands in a solution",
    ),
    "teacher in a footnote": (
        "x[^1]\n\n[^1]: y\n\n    ::: teacher\n    z\n    :::",
        "5: a footnote cannot hold this (teacher)",
    ),
    "blank in a heading": ("## A [b]{.blank}", "1: a blank stands in a heading"),
    "author left out": ("x [-@applebaum]", "1: “-@applebaum” would print its hyphen"),
    "chart as code": ("```chart\na,b\nx,2\n```", "1: the rows of this chart would be printed as code write {.chart …}"),
    "reserved id": ("## A {#glossary}", "1: the id “glossary” belongs to the back of the booklet"),
    "slide in the prose": (
        '[x](#s)\n\n::: {.slide title="y" #s}\nz\n:::',
        "1: “s” stands on a slide only, and no page can be named for it",
    ),
    "no columns": (":::: columns\n::::", "1: there is no column in here"),
    "control character": ("x\n\x0by", "2: a control character stands here, U+000B"),
    "control character in the front matter": (
        '---\ntitle: x\nsummary: "x\\x0b"\n---\ny',
        "3: a control character stands here, U+000B",
    ),
    "words in a comparison": (
        "::: {.compare question=deaths}\nSee here.\n:::",
        "2: words stand inside a comparison, where nothing shows them",
    ),
    "rows beside a file": (
        '```{.chart alt="x" data="data/deaths.csv"}\na,b\nx,2\n```',
        "1: rows stand here and a file of data is named, “data/deaths.csv”",
    ),
    "half a dumbbell": (
        '```{.chart type=dumbbell alt="x"}\na,b,c\nx,1,2\ny,,3\n```',
        "4: “y” has not both its numbers, which a dumbbell joins",
    ),
    "event without a date": (
        '```{.timeline alt="x"}\na,b\n1954,x\n,y\n```',
        "4: this row has no date or no event",
    ),
    "empty": ("", "1: this chapter is empty"),
    "front matter open": ("---\ntitle: x\n", "1: the front matter opened here never closes"),
    "front matter broken": ("---\ntitle: [x\n---\ny", "2: the front matter is not YAML"),
    "front matter key": ("---\ntitel: x\n---\ny", "2: unknown key of front matter “titel” did you mean “title”?"),
    "front matter type": ("---\ntitle: x\nminutes: long\n---\ny", "3: “minutes” should be a whole number"),
}


def problems_of(small: SmallCourse) -> list[str]:
    """What is wrong with a course, each problem in one line."""
    with pytest.raises(CourseError) as caught:
        small.open()
    return [f"{one.place}: {one.message} {one.hint}" for one in caught.value.problems]


@pytest.mark.parametrize("name", WRONG_CHAPTERS)
def test_a_mistake_in_a_chapter_is_one_problem_with_its_line_and_a_hint(name: str, small: SmallCourse) -> None:
    """Each mistake is told once."""
    text, expected = WRONG_CHAPTERS[name]
    told = problems_of(small.chapter(text))
    assert len(told) == 1, told
    assert told[0].startswith(f"01-first.md:{expected}")
    assert not told[0].endswith(" ")  # every problem has a hint


TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
NEARLY = {
    "caption in Pandoc's manner": (f"{TABLE}\nTable: Prisoners", "5: this stands as prose beside the table"),
    "caption above": (f"Table 1: Prisoners\n\n{TABLE}", "1: this stands as prose beside the table"),
    "caption without a space": (f"{TABLE}\n:Prisoners", "5: this line belongs to no table"),
    "caption of a figure": ("![x](figures/box.svg)\n\nFigure: A box", "3: this stands as prose beside the figure"),
    "two colons": ("Words\nand words.\n\n::notes\nx\n::", "4: two colons open nothing"),
    "colons behind words": ("Words ::: notes", "1: “:::” opens and closes nothing here"),
    "citation never closed": ("Words\nand [@applebaum, p. 3.", "2: “[@applebaum” is printed as it stands"),
    "citation without brackets": ("Words (@applebaum, p. 3).", "1: “@applebaum” is printed as it stands"),
    "reference without a link": ("![x](figures/box.svg){#fig-x}\n\n[#fig-x]", "3: “[#fig-x]” is printed as it stands"),
    "picture with a space": ("See ![x] (figures/box.svg)", "1: “![x] (” is printed as it stands"),
    "link with a space": ("See [x](my file.md)", "1: “[x](my file.md” is printed as it stands"),
    "note never closed": ("Words^[and a note.", "1: “^[” is printed as it stands"),
    "shortcode": ("{{< pagebreak >}}", "1: “{{< pagebreak >}}” is printed as it stands"),
    "page break of TeX": ("\\newpage", "1: this breaks no page"),
    "strong never closed": ("Words\nand **more words.", "2: “**” is printed as it stands"),
    "strong with a space": ("Words ** and ** more.", "1: “**” is printed as it stands"),
    "citation without its sign": ("Words [applebaum, p. 3].", "1: “[applebaum” is printed as it stands"),
    "block too far in": ("Words.\n\n    ::: notes\n    Say.\n    :::", "3: “:::” is printed as code here"),
    "formula never closed": ("Words\n\n$$x", "3: “$$” is printed as it stands"),
    "heading without a space": ("Words.\n\n##Heading", "3: this is not read as a heading"),
    "admonition": ("!!! note\n    Words.", "1: “!!!” opens nothing"),
    "drawn table": ("+---+\n| a |\n+---+", "1: this is not read as a table"),
    "table without a rule": ("| a | b |\n| 1 | 2 |", "1: this is not read as a table"),
}


@pytest.mark.parametrize("name", NEARLY)
def test_what_would_be_printed_and_is_hardly_meant_so_is_a_warning(name: str, small: SmallCourse) -> None:
    """Once, with its own line and the right spelling."""
    text, expected = NEARLY[name]
    (told,) = small.chapter(text).open().warnings
    assert f"{told.place}: {told.message}".startswith(f"01-first.md:{expected}")
    assert told.severity is Severity.WARNING
    assert told.hint


@pytest.mark.parametrize(
    "text",
    [
        "Table: a board on legs.\n\nFigure: a person.",
        "He wrote to me@home.org, and #1 came: so it was.",
        "`::: slide` and `[@applebaum` and `{.class}` and `$$`",
        "```markdown\n::notes\nTable: x\n##Heading\n```",
        "\\*\\* and *a* and **b** and `**`, 2 * 3 * 4.",
        "Not \\[@applebaum], \\$\\$, \\[^1], \\{.class} nor \\{#id}.",
        "## About \\{.class}",
        "- a point\n\n  ::: notes\n  Say.\n  :::\n\n[Applebaum] wrote [much, and well].",
        "    two colons :: and three ::: in code",
        "It said [sic], (and so on) | and [more] (or less).",
        f"{TABLE}: Prisoners\n\nTables: all of them.",
    ],
)
def test_prose_is_taken_for_nothing_else(text: str, small: SmallCourse) -> None:
    """Code shows what it shows, and words mean what they say."""
    assert small.chapter(text).open().warnings == ()


FRONT_MATTER = {  # what stands there, and the line of what is wrong
    "indented": ("  title: A\n  minutes: long", 3),
    "in braces": ("{title: A,\n minutes: long,\n question: Why}", 3),
    "the key in a text above": ('summary: "He said:\n  minutes: no"\nminutes: long', 4),
    "a key that stands twice": ("minutes: 3\nminutes: long", 3),
    "a key with a sign of its own": ("? title\n: A\n? minutes\n: long", 4),
    "no drawing for the strip": ("title: A\nstrip: no.svg", 3),
    "no drawing for the emblem": ("title: A\nemblem: no.svg", 3),
    "a lesson that is not there": ("title: A\nminutes: 3\nlesson: 9", 4),
}


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_what_is_wrong_in_front_matter_is_told_with_its_line(name: str, small: SmallCourse) -> None:
    """However its author writes YAML."""
    matter, line = FRONT_MATTER[name]
    settings = SETTINGS + '[[lessons]]\ntitle = "One"\n'
    told = problems_of(small.chapter(f"---\n{matter}\n---\nWords.").file("course.toml", settings))
    assert [one.split(" ")[0] for one in told] == [f"01-first.md:{line}:"]


def test_all_problems_of_all_chapters_are_told_together(small: SmallCourse) -> None:
    """An author mends everything in one go, in reading order."""
    small.chapter("[x]{.trem}\n\n[x](#no)").chapter("x[^1]", "second").file("course.toml", SETTINGS + "papr = 'a4'\n")
    places = [one.split(" ")[0] for one in problems_of(small)]
    assert places == ["01-first.md:1:", "01-first.md:3:", "02-second.md:1:", "course.toml:3:"]


WRONG_FILES = {
    "not UTF-8": ("02-b.md", b"x\n\xff", "02-b.md:2: this line is not UTF-8"),
    "same number": ("01-b.md", b"x", "01-first.md: 01-b.md has the number 1 too"),
    "no number": ("notes.md", b"x", "notes.md: the chapter's file has no number"),
    "not TOML": ("course.toml", b'title = "x"\nsize = ', "course.toml:2: this is not TOML"),
    "no title": ("course.toml", b"language = 'de'", "course.toml:1: the course has no title"),
    "wrong key": (
        "course.toml",
        b"title = 'x'\n[booklet]\nsiz = 'a5'",
        "course.toml:3: unknown key “siz” did you mean “size”?",
    ),
    "wrong type": (
        "course.toml",
        b"title = 'x'\n\n[[lessons]]\ntitle = 5",
        "course.toml:4: “title” should be words in quotes",
    ),
    "wrong style": (
        "course.toml",
        b"title = 'x'\ncitations = 'short'",
        "course.toml:2: unknown style of citations “short”",
    ),
    "date that is words": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y", "accessed": "2020-01-01"}]',
        "sources.json:1: accessed of “x” cannot be read",
    ),
    "language that is none": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y", "language": null}]',
        "sources.json:1: language of “x” cannot be read",
    ),
    "wrong size": ("course.toml", b"title = 'x'\n[booklet]\nsize = 'a55'", "course.toml:3: unknown page size “a55”"),
    "not JSON": ("sources.json", b'[{"id": "x",]', "sources.json:1: this is not JSON"),
    "work without a shape": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y", "author": "Anne"}]',
        "sources.json:1: author of “x” cannot be read",
    ),
    "name that is a number": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y", "author": [{"family": 5}]}]',
        "sources.json:1: author of “x” cannot be read",
    ),
    "date without a year": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y", "issued": {"date-parts": [[]]}}]',
        "sources.json:1: issued of “x” cannot be read",
    ),
    "control character in a work": (
        "sources.json",
        b'[{"id": "x", "type": "book", "title": "y\\u0001"}]',
        "sources.json:1: a control character stands here, U+0001",
    ),
    "control character in the settings": (
        "course.toml",
        b'title = "x"\nauthor = "y\\u0001"',
        "course.toml:2: a control character stands here, U+0001",
    ),
    "same name behind the number": (
        "02-first.md",
        b"x",
        "02-first.md:1: the id “first” is taken at 01-first.md:1 ids are unique in the whole course; a chapter's is",
    ),
    "work without id": (
        "sources.json",
        SOURCES.replace("]\n", ',\n\n{"type": "book"}]').encode(),
        "sources.json:8: this work has no “id” or no “type”",
    ),
    "ledger not UTF-8": ("ledger.csv", b"question,source,claim,verdict\na,b,c\xff,d", "ledger.csv:2: this line is not"),
    "emblem": (
        "course.toml",
        b"title = 'x'\n[slides]\nemblem = 'no.svg'\nemblem-alt = 'x'",
        "course.toml:3: there is no",
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_mistake_in_a_file_around_the_chapters_is_told(name: str, small: SmallCourse) -> None:
    """What is not a chapter is checked as well."""
    file, content, expected = WRONG_FILES[name]
    told = problems_of(small.chapter("Good words.").file(file, content))
    assert len(told) == 1, told
    assert told[0].startswith(expected)


def test_a_work_that_cannot_be_read_is_not_told_as_missing(small: SmallCourse) -> None:
    """Neither where its type is missing nor where its author is no list."""
    works = '[{"id": "x", "title": "y"},\n{"id": "z", "type": "book", "title": "y", "author": "Anne"}]'
    told = problems_of(small.chapter("Words [@x; @z].").file("sources.json", works))
    assert [one.split(" ")[0] for one in told] == ["sources.json:1:", "sources.json:2:"]


WRONG_DATA = {
    "row": ("a,b\n\nx,2\ny,3,4\n", "4: this row has 3 cells, the first line names 2 columns"),
    "number below a cell of two lines": ('a,b\n"x\nx",2\n\ny,many\n', "5: “many” is not a number"),
    "no rows": ("\na,b\n", "1: the data hold no rows"),
    "not UTF-8": ("a,b\nx\udcff,2\n", "2: this line is not UTF-8"),
}


@pytest.mark.parametrize("name", WRONG_DATA)
def test_a_mistake_in_a_file_of_data_has_its_line_there(name: str, small: SmallCourse) -> None:
    """Empty lines and cells of several lines count."""
    text, expected = WRONG_DATA[name]
    small.file("data/x.csv", text.encode(errors="surrogateescape"))
    (told,) = problems_of(small.chapter('```{.chart alt="x" data="data/x.csv"}\n```\n'))
    assert told.startswith(f"data/x.csv:{expected}")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'
WRONG_PICTURES = {
    "not a picture": ("x.png", b"hello", "the file “x.png” is not a picture that can be read"),
    "cut off": ("x.png", b"\x89PNG\r\n\x1a\n\x00\x00", "the file “x.png” is not a picture that can be read"),
    "broken SVG": ("x.svg", b"<svg", "the drawing “x.svg” cannot be used: not well-formed XML"),
    "other XML": ("x.svg", b"<html/>", "the drawing “x.svg” cannot be used: its outermost element is not <svg>"),
    "entities": (
        "x.svg",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("&a;").encode(),
        "the drawing “x.svg” cannot be used: it declares a document type",
    ),
    "script": ("x.svg", SVG.format("<script/>").encode(), "the drawing “x.svg” cannot be used: it holds a <script>"),
    "reaches out": (
        "x.svg",
        SVG.format('<image xlink:href="http://example.org/x.png"/>').encode(),
        "the drawing “x.svg” cannot be used: it points to another file",
    ),
    "without size": (
        "x.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "the drawing “x.svg” cannot be used: it has neither",
    ),
    "a GIF": (
        "x.gif",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
        "the picture “x.gif” is GIF",
    ),
}


@pytest.mark.parametrize("name", WRONG_PICTURES)
def test_a_file_that_is_no_safe_picture_is_refused(name: str, small: SmallCourse) -> None:
    """Pictures are looked into before anything is written."""
    file, content, expected = WRONG_PICTURES[name]
    told = problems_of(small.chapter(f"Words.\n\n![x]({file})").file(file, content))
    assert len(told) == 1, told
    assert told[0].startswith(f"01-first.md:3: {expected}")


def test_a_huge_picture_is_refused(small: SmallCourse) -> None:
    """A decompression bomb is not unpacked."""
    from tests.pictures import png

    told = problems_of(small.chapter("![x](x.png)").file("x.png", png(30_000, 30_000, b"")))
    assert told[0].startswith("01-first.md:1: the picture “x.png” has more than 60 million pixels")


def test_a_link_that_leaves_the_chapters_folder_is_refused(small: SmallCourse, tmp_path: Path) -> None:
    """Paths are resolved before they are compared."""
    (tmp_path / "secret.svg").write_text(SVG.format(""))
    small.chapter("![x](x.svg)")
    (small.folder / "x.svg").symlink_to(tmp_path / "secret.svg")
    assert problems_of(small)[0].startswith("01-first.md:1: “x.svg” is outside the chapters folder")


def test_a_folder_without_chapters_is_told(small: SmallCourse) -> None:
    """There is nothing to make."""
    assert problems_of(small)[0].startswith("chapters: there is no chapter in this folder")
