"""PDFs as screen readers and archives want them, by veraPDF and by their tags."""

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from tests.courses import SETTINGS, SmallCourse
from tests.test_commands import command
from tests.tools import java, needs, verapdf
from twofold.booklet import lay_out, sizes
from twofold.opening import OpenedCourse

ROOT = Path(__file__).parent.parent
EVERYTHING = """# Breaking out

They said [слово]{lang=ru} and [le mot *juste*]{lang=fr}.[^n] See [](#fig-box), and [elsewhere](https://example.org/).

![A box](figures/box.svg){#fig-box alt="A box"}

| Year | People |
|---|---:|
| 1954 | 46 |

: Counted. {#tbl-one}

::: {.exercise lines=2}
On [Sunday]{.blank}. Why?

::: solution
Because.
:::
:::

- a point
- another[^m]

[^n]: A note with [слово]{lang=ru} in it.
[^m]: Another note.
"""


def written(opened: OpenedCourse, edition: str, path: Path, size: str = "a5") -> Path:
    """The PDF for reading of one edition."""
    lay_out(opened.course, opened.folder, opened.words, edition=edition, size=size, slide_numbers={}).write(path)
    return path


def elements(element: Any) -> list[Any]:
    """An element of the structure tree, and all below it."""
    kids = element.get(Name.K, Array())
    inside = [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]
    return [element, *(one for kid in inside if Name.S in kid for one in elements(kid))]


def test_notes_languages_and_running_heads_are_tagged(small: SmallCourse, tmp_path: Path) -> None:
    """A note has an identity, words have their language and no link for it, a running head is no part of the text."""
    path = written(small.chapter(EVERYTHING).open(), "student", tmp_path / "booklet.pdf")
    with pikepdf.open(path) as pdf:
        found = elements(pdf.Root.StructTreeRoot.K[0])
        notes = [one for one in found if Name.Note == one.S]
        assert len(notes) == 2
        headers = [one for one in found if Name.TH == one.S]
        assert len(headers) == 2
        listed = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
        assert listed == sorted(str(one.ID) for one in (*notes, *headers))
        assert {str(name) for one in found if Name.TD == one.S for name in one.A.Headers} <= set(listed)
        assert sorted(str(one.Lang) for one in found if Name.Lang in one) == ["fr", "fr", "ru", "ru"]
        assert {str(one.Alt) for one in found if Name.Figure == one.S} >= {"A box"}
        inside = [[str(kid.S) for kid in one.K if isinstance(kid, Dictionary)] for one in found if Name.P == one.S]
        assert ["/Span", "/Span", "/Link", "/Link"] in inside  # a paragraph itself holds all its other words
        links = [str(link.get(Name.A, link)) for page in pdf.pages for link in page.get(Name.Annots, [])]
        assert not any("lang:" in link for link in links)
        assert sum(Name.Link == one.S for one in found) == len(links)
        for page in list(pdf.pages)[4:6]:
            artifacts = re.findall(rb"/Artifact\s*<</Type /Pagination>>\s*BDC", page.Contents.read_bytes())
            assert len(artifacts) == 2  # the head and the folio


def test_a_heading_is_one(tmp_path: Path) -> None:
    """Also where it holds a block, as the title on the cover does with its year."""
    small = SmallCourse(tmp_path / "chapters", SETTINGS.partition("\n")[2] + 'title = "The Uprising 1954"\n').chapter(
        "A."
    )
    with pikepdf.open(written(small.open(), "student", tmp_path / "booklet.pdf")) as pdf:
        headings = [one for one in elements(pdf.Root.StructTreeRoot.K[0]) if str(one.S).startswith("/H")]
        assert len(headings) > 3
        assert not [one for heading in headings for one in elements(heading)[1:] if str(one.S).startswith("/H")]


@pytest.mark.parametrize("original", ["*[ГУЛАГ]{lang=ru}*", "[*ГУЛАГ*]{lang=ru}"])
def test_the_original_of_an_entry_is_in_its_language(original: str, small: SmallCourse, tmp_path: Path) -> None:
    """Whether its language stands inside the emphasis or outside; it is no part of the name."""
    small.chapter(f"# First\n\nThe [Gulag]{{.term}}.\n\n::: glossary\nGulag {original}\n: Camps.\n:::\n")
    with pikepdf.open(written(small.open(), "student", tmp_path / "booklet.pdf")) as pdf:
        found = elements(pdf.Root.StructTreeRoot.K[0])
        assert [str(one.Lang) for one in found if Name.Lang in one] == ["ru"]
    assert "ГУЛАГ" in "".join(page.extract_text() for page in PdfReader(tmp_path / "booklet.pdf").pages)


@pytest.mark.slow
@needs(java(), "veraPDF needs Java and libjaxb-java")
def test_verapdf_finds_nothing_in_any_size(small: SmallCourse, tmp_path: Path) -> None:
    """PDF/UA-1, of a chapter with one of most things."""
    opened = small.chapter(EVERYTHING).open()
    files = [written(opened, "teacher", tmp_path / f"{size}.pdf", size) for size in sizes()]
    for checks, broken in verapdf("PDFUA-1", *files):
        assert checks > 1000
        assert broken == ""


@pytest.mark.slow
@needs(java(), "veraPDF needs Java and libjaxb-java")
def test_verapdf_finds_nothing_in_the_course(tmp_path: Path) -> None:
    """PDF/UA-1 for both editions, PDF/A-3u for the archive."""
    done = command("make_booklet.py", ROOT / "chapters", "-o", tmp_path, "--archive", "-q")
    assert done.returncode == 0
    results = verapdf("PDFUA-1", tmp_path / "booklet.pdf", tmp_path / "teacher.pdf")
    results += verapdf("PDFA-3U", tmp_path / "archive.pdf")
    assert [broken for _, broken in results] == ["", "", ""]
    assert all(checks > 100_000 for checks, _ in results)


@pytest.mark.slow
@needs(java(), "veraPDF needs Java and libjaxb-java")
def test_verapdf_finds_what_is_wrong(small: SmallCourse, tmp_path: Path) -> None:
    """Or its silence would mean nothing: a PDF without a title, and with a note without an identity."""
    path = written(small.chapter(EVERYTHING).open(), "student", tmp_path / "booklet.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        for one in elements(pdf.Root.StructTreeRoot.K[0]):
            if Name.Note == one.S:
                del one[Name.ID]
        pdf.save()
    ((_, broken),) = verapdf("PDFUA-1", path)
    assert "7.1" in broken
    assert "7.9" in broken


def test_the_archive_holds_the_chapters(small: SmallCourse, tmp_path: Path) -> None:
    """Byte for byte, in the teacher edition alone: the chapters have the answers; made twice, it is the same."""
    small.chapter(EVERYTHING)
    for name in ("one", "two"):
        done = command("make_booklet.py", small.folder, "-o", tmp_path / name, "--archive")
        assert done.returncode == 0
    with pikepdf.open(tmp_path / "one" / "archive.pdf") as pdf:
        kept = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        assert "pdfaid:conformance" in pdf.Root.Metadata.read_bytes().decode()
    files = {file.relative_to(small.folder).as_posix(): file for file in small.folder.rglob("*") if file.is_file()}
    assert kept == {name: file.read_bytes() for name, file in files.items()}
    assert (tmp_path / "one" / "archive.pdf").read_bytes() == (tmp_path / "two" / "archive.pdf").read_bytes()
