"""A school's own template: the deck is its, nothing of the course is lost, and what does not suit is told."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation
from pypdf import PdfReader

from tests import sdk
from tests.courses import SmallCourse
from tests.templates import MACRO, MAIN, TEMPLATES, made, with_type, without_layouts
from tests.test_commands import command
from tests.test_deck import EVERYTHING, LESSONS, found, slide_of
from tests.test_deck import written as write_own
from tests.tools import needs
from twofold.problems import CourseError, Problem, Severity
from twofold.slides.deck import build_deck
from twofold.slides.lint import lint
from twofold.slides.plan import plan
from twofold.slides.template.colours import ENOUGH, contrast
from twofold.slides.template.opening import Template, open_template
from twofold.slides.template.rules import rules, stands
from twofold.slides.theme import read_theme
from twofold.slides.xml import clark

MORE = """
::: {.slide title="" #alone}
:::: discussion
What would you have done?
::::
:::

::: {.slide title="" #asked}
:::: {.exercise #ex-who}
Who gained?

- the guards
- the thieves
::::
:::

::: {.slide title="Steps" #steps}
```{.timeline #tl-days title="Days" alt="Three days"}
Date,What,Who
16 May,Men broke out,Applebaum
18 May,A promise was made,Formozov
22 May,The promise was broken,Formozov
```
:::

:::: {.slide title="Three" #three}
::::: {.columns}
::: column
### Left

One.
:::
::: column
### Middle

- two
:::
::: column
### Right

Three.
:::
:::::
::::

:::: {.slide title="Two headed" #headed}
::::: {.columns}
::: column
### Known

One.
:::
::: column
### Unknown

Two.
:::
:::::
::::

::: {.slide title="A picture and words" #beside}
[](#fig-box)

Words beside it, which are rather many, so that they do not fit on a row below it, and go on for some while, until
nobody doubts it.
:::

::: {.slide title="A chart and words" #charted}
```{.chart type=bar title="Killed in all" alt="46 and 700" data="data/deaths.csv"}
```

Words beside a chart.
:::

::: {.slide title="A table and words" #tabled}
Words above a table.

| Year | Guards |
|------|-------:|
| 1954 | 43     |
:::

::: {.slide title="A term and words" #termed}
[](#term:Gulag)

Words beside a term.
:::

::: {.slide title="A source and words" #sourced}
:::: {.source #src-a title="A witness" from="@formozov, p. 3"}
What was seen.
::::

Words beside a source.
:::

::: {.slide title="A box and words" #boxed}
Words above a box.

> [!TIP] Remember
> the numbers.
:::

::: {.slide title="All that we know" layout=closing #close}
- that it happened
:::

::: {.slide title="Only a claim" #claim}
:::

::: {.slide title="A map" layout=map #mapped}
[](#fig-box)
:::
"""
PAGES = {"slide-points": 12, "chapter-everything": 9}


class Built:
    """The deck of a course in a template, reopened."""

    def __init__(self, small: SmallCourse, template: Path, path: Path) -> None:
        self.opened, self.template, self.path = small.open(), open_template(template), path
        self.planned = plan(self.opened.course)
        opened = self.opened
        deck = build_deck(self.planned, opened.course, opened.folder, opened.words, PAGES, self.template)
        deck.write(path)
        self.problems = deck.problems
        self.deck: Any = Presentation(str(path))

    def told(self, words: str) -> list[Problem]:
        return [problem for problem in self.problems if words in problem.message]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    return SmallCourse(tmp_path_factory.mktemp("everything"), LESSONS).chapter(EVERYTHING + MORE, "everything")


@pytest.fixture(scope="module")
def decks(everything: SmallCourse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """A course with a slide of every kind in each of the templates."""
    folder = tmp_path_factory.mktemp("templates")
    return {name: Built(everything, made(name, folder), folder / f"deck-{name}.pptx") for name in TEMPLATES}


@pytest.fixture(scope="module")
def own(everything: SmallCourse, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same course in the look that comes with twofold."""
    path = tmp_path_factory.mktemp("own") / "slides.pptx"
    assert write_own(everything, path, PAGES) == ()
    return Presentation(str(path))


@pytest.fixture(params=TEMPLATES)
def built(decks: dict[str, Built], request: pytest.FixtureRequest) -> Built:
    return decks[request.param]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def written(slide: Any) -> str:
    """All words of a slide: its texts and tables, its notes, what its pictures and charts show."""
    texts = [text.text or "" for text in slide._element.iter(clark("a:t"))]
    texts += [names.get("descr", "") for names in slide._element.iter(clark("p:cNvPr"))]
    if slide.has_notes_slide:
        texts.append(slide.notes_slide.notes_text_frame.text)
    return " ".join(texts)


# ---------------------------------------------------------------- what every template gives


def test_what_our_own_deck_says_is_on_the_slide_or_in_its_notes(built: Built, own: Any) -> None:
    """Every word: titles, text, labels, tables, sources, alt texts, notes."""
    for mine, slide in zip(own.slides, built.deck.slides, strict=True):
        assert set(words(written(mine))) - set(words(written(slide))) == set(), mine.name


def test_every_slide_has_its_title_and_number(built: Built) -> None:
    for planned, slide in zip(built.planned, built.deck.slides, strict=True):
        assert slide.shapes.title.text_frame.text.strip(), planned.key
    assert len(built.deck.slides) == len(built.planned)


def test_the_page_of_the_booklet_and_the_source_are_shown(built: Built) -> None:
    shown = " ".join(text.text or "" for text in slide_of(built.deck, "points")._element.iter(clark("a:t")))
    assert "Booklet p. 12" in shown
    assert "Source: Applebaum 2003, p. 3." in shown
    assert "Lesson 2 · Chapter 1" in written(slide_of(built.deck, "chapter-everything"))


def test_nothing_leaves_the_slide(built: Built) -> None:
    width, height = built.deck.slide_width, built.deck.slide_height
    for slide in built.deck.slides:
        for shape in (one for one in slide.shapes if not one._element.xpath("./*/p:cNvPr[@hidden='1']")):
            assert shape.left >= 0 and shape.top >= 0, (slide.name, shape.name)
            assert shape.left + shape.width <= width + 1, (slide.name, shape.name)
            assert shape.top + shape.height <= height + 1, (slide.name, shape.name)


def test_no_layout_with_words_from_top_to_bottom_is_taken(built: Built) -> None:
    for slide in built.deck.slides:
        layout = slide.slide_layout._element
        assert not (layout.get("type") or "").startswith("vert")
        assert not [body for body in layout.iter(clark("a:bodyPr")) if body.get("vert", "horz") != "horz"]


def test_the_size_of_the_slide_and_all_masters_and_layouts_are_the_templates(built: Built, tmp_path: Path) -> None:
    before: Any = Presentation(str(like_a_deck(made(name_of(built), tmp_path))))
    assert (built.deck.slide_width, built.deck.slide_height) == (before.slide_width, before.slide_height)
    for one, other in zip(before.slide_masters, built.deck.slide_masters, strict=True):
        assert [layout.name for layout in one.slide_layouts] == [layout.name for layout in other.slide_layouts]


def name_of(built: Built) -> str:
    return built.template.file.rpartition(".")[0]


def like_a_deck(path: Path) -> Path:
    """The same file as python-pptx reads one."""
    data = {}
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            data[name] = file.read(name)
    for kind in ("template", "slideshow"):
        data["[Content_Types].xml"] = data["[Content_Types].xml"].replace(
            MAIN.format(kind).encode(), MAIN.format("presentation").encode()
        )
    other = path.with_name("like-a-deck.pptx")
    with zipfile.ZipFile(other, "w") as file:
        for name, part in data.items():
            file.writestr(name, part)
    return other


def test_nothing_of_a_spare_slide_is_left_and_no_part_has_two_names(built: Built) -> None:
    with zipfile.ZipFile(built.path) as file:
        names = file.namelist()
        texts = [file.read(name) for name in names if name.endswith((".xml", ".rels"))]
    assert len({name.lower() for name in names}) == len(names)
    assert len([name for name in names if re.fullmatch(r"ppt/slides/[^/]+\.xml", name)]) == len(built.planned)
    assert not [text for text in texts if b"Spare" in text or b"custShow" in text]


def test_the_same_template_gives_the_same_bytes(everything: SmallCourse, tmp_path: Path) -> None:
    template = made("with-slides", tmp_path)
    first, second = (Built(everything, template, tmp_path / f"{n}.pptx") for n in (1, 2))
    assert first.path.read_bytes() == second.path.read_bytes()


def test_lint_finds_nothing(built: Built) -> None:
    assert lint(built.path.read_bytes()) == ()


@pytest.mark.slow
def test_an_audit_finds_nothing(built: Built) -> None:
    assert validate_pptx(built.path).errors == []


@pytest.mark.slow
@needs(shutil.which("soffice"), "LibreOffice is not here")
def test_libreoffice_shows_every_slide(decks: dict[str, Built], tmp_path: Path) -> None:
    """Each becomes a page on which its title can be read."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    paths = [str(built.path) for built in decks.values()]
    line = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *paths]
    subprocess.run(line, check=True, capture_output=True, timeout=600)
    for built in decks.values():
        pages = PdfReader(tmp_path / f"{built.path.stem}.pdf").pages
        for page, slide in zip(pages, built.deck.slides, strict=True):
            title = slide.shapes.title.text_frame.text
            assert title.split()[0].casefold() in page.extract_text().casefold(), (built.template.file, title)


# ---------------------------------------------------------------- which layout is taken


def taken(template: Template) -> dict[str, str]:
    roles = ("title", "section", "content", "two-content", "comparison", "title-only")
    return {role: template.taken[role].offer.name for role in roles}


def test_layouts_are_found_by_their_german_names(decks: dict[str, Built]) -> None:
    assert taken(decks["german"].template) == {
        "title": "Titelfolie",
        "section": "Abschnittsüberschrift",
        "content": "Titel und Inhalt",
        "two-content": "Zwei Inhalte",
        "comparison": "Vergleich",
        "title-only": "Nur Titel",
    }


@pytest.mark.parametrize("name", ["four-by-three", "dark", "upright", "template", "show", "with-slides", "pale"])
def test_layouts_are_found_by_their_types(name: str, decks: dict[str, Built]) -> None:
    """Words from top to bottom come first in one of them, and say that they are plain content."""
    assert taken(decks[name].template) == {
        "title": "Title Slide",
        "section": "Section Header",
        "content": "Title and Content",
        "two-content": "Two Content",
        "comparison": "Comparison",
        "title-only": "Title Only",
    }


def test_of_two_masters_that_with_more_layouts_is_taken(decks: dict[str, Built]) -> None:
    assert {slide.slide_layout.slide_master.part.partname for slide in decks["two-masters"].deck.slides} == {
        decks["two-masters"].deck.slide_masters[1].part.partname
    }


def test_what_a_template_lacks_is_told_with_what_it_has(decks: dict[str, Built]) -> None:
    lacking = decks["two-layouts"].told("no layout")
    assert [re.findall("“(.*?)”", problem.message)[0] for problem in lacking] == ["section", "two-content"]
    assert all("“Title Slide”, “Title and Content”" in problem.hint for problem in lacking)
    assert all(problem.severity is Severity.WARNING for problem in lacking)


def test_without_placeholders_text_stands_in_boxes(decks: dict[str, Built]) -> None:
    slide = slide_of(decks["blank"].deck, "columns")
    assert [shape.name for shape in slide.shapes if not shape.is_placeholder and shape.has_text_frame][:2] == [
        "Left",
        "Right",
    ]
    assert slide.shapes.title.text_frame.text == "Columns"


def test_every_role_has_a_place_for_all_that_it_shows() -> None:
    """What `gather` names is there, and nothing is named twice or forgotten."""
    theme = read_theme()
    for role, layout in theme.layouts.items():
        rule = stands(role)
        gathered = [name for names in rule.gather.values() for name in names] + list(rule.credit)
        assert len(gathered) == len(set(gathered)), role
        assert set(gathered) <= {*layout.places, "mark", "title"}, role
        assert set(rule.like) <= set(rules().layouts), role
    assert set(rules().roles) <= set(theme.layouts)


# ---------------------------------------------------------------- what can be read


def test_words_on_a_dark_ground_are_light(decks: dict[str, Built]) -> None:
    built = decks["dark"]
    ground = built.template.theme.colours["bg1"]
    for style in built.template.theme.styles.values():
        ink = getattr(style, "ink", None) or built.template.theme.colours[style.colour]
        assert contrast(ink, ground) >= ENOUGH, style
    paper = found(slide_of(built.deck, "picture")._element, ".//p:pic/p:spPr/a:solidFill/a:schemeClr/@val")
    assert contrast(built.template.theme.colours[paper[0]], "000000") >= 7


def test_text_of_placeholders_that_say_nothing_looks_as_their_prompts_do(decks: dict[str, Built]) -> None:
    """Sizes and colours are written on the slide; columns that share an index stand where they should."""
    built = decks["unstyled"]
    title = slide_of(built.deck, "points").shapes.title._element
    assert found(title, "./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz") == ["4000"]
    assert found(title, "./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill/a:srgbClr/@val") == ["FFFFFF"]
    assert not [problem for problem in built.told("part too little") if "“Title" in problem.message.split(": ")[1]]
    left, right = (one for one in slide_of(built.deck, "columns").placeholders if one.placeholder_format.idx == 1)
    assert left.left + left.width <= right.left


def test_pale_words_are_told_with_their_layout(decks: dict[str, Built]) -> None:
    told = decks["pale"].told("part too little")
    assert [problem.place.file for problem in told] == ["pale.pptx"] * len(told)
    assert any("“Title and Content”" in problem.message and "“Title 1” 1.7" in problem.message for problem in told)
    assert not decks["dark"].told("part too little")


def test_what_is_too_long_for_a_template_is_a_warning_with_its_layout(small: SmallCourse, tmp_path: Path) -> None:
    """A little too long is told once; too long to be read, with the chapter's line."""
    long, endless = "Several words, " * 30, "Several words, " * 300
    small.chapter(f'# A\n\n::: {{.slide title="B"}}\n{long}\n:::\n\n::: {{.slide title="C"}}\n{endless}\n:::')
    built = Built(small, made("four-by-three", tmp_path), tmp_path / "deck.pptx")
    assert all(problem.severity is Severity.WARNING for problem in built.problems)
    (once,) = built.told("are longer than it")
    (endless_one,) = built.told("pt of height")
    assert once.place.line == 0 and "“Title and Content” of four-by-three.pptx" in once.message
    assert endless_one.place.line == 8 and "“Title and Content” of four-by-three.pptx" in endless_one.message


# ---------------------------------------------------------------- school.toml


def beside(path: Path, text: str) -> Path:
    path.with_suffix(".toml").write_text(text, encoding="utf-8")
    return path


def test_the_file_beside_it_says_which_layout_a_role_takes(everything: SmallCourse, tmp_path: Path) -> None:
    text = 'quote = "Content with Caption"\n[picture-text]\nlayout = "Picture with Caption"\npicture = 1\nbody = 2\n'
    built = Built(everything, beside(made("four-by-three", tmp_path), text), tmp_path / "deck.pptx")
    assert slide_of(built.deck, "quote").slide_layout.name == "Content with Caption"
    assert slide_of(built.deck, "points").slide_layout.name == "Title and Content"
    spots = built.template.theme.spots("picture-text")
    assert (spots["picture"].index, spots["body"].index) == (1, 2)


def test_places_named_there_take_what_is_theirs(everything: SmallCourse, tmp_path: Path) -> None:
    text = '[quote]\nlayout = "Comparison"\nquote = 2\nattribution = 3\n'
    built = Built(everything, beside(made("four-by-three", tmp_path), text), tmp_path / "deck.pptx")
    places = {one.placeholder_format.idx: one.text_frame.text for one in slide_of(built.deck, "quote").placeholders}
    assert (places[2], places[3]) == ("Quoted.", "— somebody")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\ncontnet = "Title and Content"\n', 2, "“content”"),
        ('content = "Title and Contents"\n', 1, "“Title and Content”"),
        ('[content]\nlayout = "Title and Content"\nbodie = 1\n', 3, "“body”"),
        ('[content]\nlayout = "Title and Content"\nbody = 7\n', 3, "1 “Content Placeholder 2”"),
        ("content = 3\n", 1, 'content = "'),
        ('master = "Office Themes"\n', 1, "“Office Theme”"),
        ('content = "Vertical Title and Text"\n', 1, "another"),
    ],
)
def test_mistakes_there_are_told_with_their_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        open_template(beside(made("four-by-three", tmp_path), text))
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.line) == ("four-by-three.toml", line)
    assert words in problem.hint


# ---------------------------------------------------------------- wrong files


def wrong_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files that are no templates, and what is said of them."""
    text, ole, locked, macro, bare, cut, other = (folder / f"{name}.pptx" for name in "abcdefg")
    text.write_text("a text")
    yield text, "no PowerPoint file"
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    ole.write_bytes(head)
    yield ole, "2003 or older"
    locked.write_bytes(head + "EncryptedPackage".encode("utf-16-le"))
    yield locked, "encrypted"
    with_type(macro, MACRO)
    yield macro, "macros"
    without_layouts(bare)
    yield bare, "no layouts"
    cut.write_bytes(made("show", folder).read_bytes()[:9000])
    yield cut, "no PowerPoint file"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
    yield other, "no PowerPoint file"


def test_a_wrong_file_is_one_sentence(small: SmallCourse, tmp_path: Path) -> None:
    small.chapter("# A\n\nWords.\n")
    for path, words in wrong_files(tmp_path):
        done = command("make_slides.py", small.folder, "-o", tmp_path / "out", "--template", path)
        assert done.returncode == 1, path
        (told, hint) = done.stderr.strip().splitlines()
        assert words in told and hint.strip().startswith("hint:"), told
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- the command


def test_the_command_lists_layouts_and_builds_again_when_the_template_changes(
    small: SmallCourse, tmp_path: Path
) -> None:
    small.chapter("# A\n\nWords.\n")
    path, out = made("german", tmp_path), tmp_path / "out"
    listed = command("make_slides.py", small.folder, "-o", out, "--template", path, "--list-layouts")
    assert listed.returncode == 0 and not out.exists()
    assert "“Titelfolie”" in listed.stdout and "1 Content Placeholder 2 (object)" in listed.stdout
    assert "“Titel und vertikaler Text”" in listed.stdout and "never taken" in listed.stdout
    assert command("make_slides.py", small.folder, "--list-layouts").returncode == 2
    line = ("make_slides.py", small.folder, "-o", out, "--template", path)
    first = command(*line)
    assert first.returncode == 0, first.stderr
    assert "Nothing has changed" in command(*line).stdout
    beside(path, 'content = "Zwei Inhalte"\n')
    again = command(*line)
    assert again.returncode == 0 and "Nothing has changed" not in again.stdout


@pytest.mark.slow
@needs(sdk.installed(), "the packages with Microsoft's validator are not here")
def test_microsofts_validator_finds_nothing(decks: dict[str, Built]) -> None:
    assert sdk.findings(*(built.path for built in decks.values())) == []
