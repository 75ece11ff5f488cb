"""A booklet bound of parts that were printed alone is the one that is printed at once."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from tests.pdf_facts import below, facts
from tests.pictures import png
from twofold.booklet.binding import bind
from twofold.booklet.looks import page_looks
from twofold.booklet.pages import OPTIONS, Press, Sheaf
from twofold.booklet.presses import press_for
from twofold.booklet.tagging import improve_tags

PART = """<!DOCTYPE html><html lang="en-GB"><head><title>Bound</title><meta name="author" content="Author"></head>
<body class="chapter"><h1 id="{name}">Part {name}</h1><p>{words} 1954 fi ffi.<span class="note" data-number="1">A note
of {name} with <span lang="ru">слово</span>.</span></p><h2 id="{name}-section">Section of {name}</h2>
<p><em>See</em> <a href="#{other}">another part</a>, <a href="#{name}-section">here</a>, <a href="#nowhere">nowhere</a>
and <a href="https://example.org/{name}">the web</a>; <span lang="fr">le mot <em>juste</em></span>.</p>
<figure><img src="{picture}" alt="A grey square" style="width: 20mm"></figure>
<table><thead><tr><th>Year</th><th>People</th></tr></thead><tbody><tr><th scope="row">1954</th><td>{number}</td></tr>
</tbody></table><p style="break-before: page">The end of {name}. <b>{bold}</b> {strange}</p></body></html>"""


def html(press: Press, name: str, other: str, strange: str = "") -> str:
    """A part with one of most things, which leads to another part."""
    words = {"one": "Kengir", "two": "quick brown foxes jump", "three": "Ярость и воля"}[name]
    picture = press.shelf.add(png(60, 60), "png")
    bold = name.upper()
    return PART.format(
        name=name, other=other, words=words, picture=picture, number=len(words), bold=bold, strange=strange
    )


@pytest.fixture(scope="module")
def press() -> Press:
    """WeasyPrint with the style sheet of an A5 booklet."""
    return press_for("a5")


@pytest.fixture(scope="module")
def sheaves(press: Press) -> dict[str, Sheaf]:
    """Three parts. No font has the second one's last character, nor the third one's."""
    links = {"one": ("three", ""), "two": ("one", "漢"), "three": ("two", "字漢")}
    return {name: press.lay_out(html(press, name, *rest), folio=1) for name, rest in links.items()}


@pytest.fixture(scope="module")
def whole(sheaves: dict[str, Sheaf], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages as WeasyPrint writes them at once."""
    path = tmp_path_factory.mktemp("whole") / "whole.pdf"
    first, pages = next(iter(sheaves.values())), [page for sheaf in sheaves.values() for page in sheaf.pages]
    path.write_bytes(improve_tags(first.document.copy(pages).write_pdf(**OPTIONS), "whole"))
    return path


@pytest.fixture(scope="module")
def bound(whole: Path, press: Press, sheaves: dict[str, Sheaf], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts printed alone and bound, after they were printed at once: WeasyPrint leaves its marks on the boxes."""
    path = tmp_path_factory.mktemp("bound") / "bound.pdf"
    path.write_bytes(bind([press.print(sheaf, name).pdf for name, sheaf in sheaves.items()], press.fonts.file))
    return path


def test_bound_parts_are_the_whole(bound: Path, whole: Path) -> None:
    """Pixels, text, bookmarks, links, tags, names: all but the numbers of objects."""
    one, other = facts(bound, scale=2), facts(whole, scale=2)
    assert one.keys() == other.keys()
    for name, found in one.items():
        assert found == other[name], name
    assert len(one["pixels"]) == 6


def test_links_lead_into_other_parts_and_not_to_nowhere(bound: Path) -> None:
    """The words of a link to nowhere stay."""
    found = facts(bound)
    goals = [link for link in found["links"] if not link[1].startswith("https")]
    assert [(page, name, found["goals"][name][0]) for page, name, *_ in goals] == [
        *((0, "three", 4), (0, "one-section", 0)),
        *((2, "one", 0), (2, "two-section", 2)),
        *((4, "two", 2), (4, "three-section", 4)),
    ]
    assert all("nowhere" in found["text"][page] for page in (0, 2, 4))
    assert "nowhere" not in found["goals"]


def test_names_of_tags_are_unique(bound: Path) -> None:
    """Every part has the same note and the same table; cells find their own headers."""
    with pikepdf.open(bound) as pdf:
        tree = pdf.Root.StructTreeRoot
        listed = [str(name) for name in list(tree.IDTree.Names)[::2]]
        elements = list(below(tree.K[0]))
        assert listed == sorted(str(one.ID) for one in elements if Name.ID in one)
        assert len(set(listed)) == len(listed) == 3 + 9
        assert {str(one.S) for one in elements if Name.ID in one} == {"/Note", "/TH"}
        headers = [[str(name) for name in one.A.Headers] for one in elements if Name.TD == one.S]
        assert len({*map(tuple, headers)}) == 3
        assert {name for names in headers for name in names} <= set(listed)


def test_fonts_and_pictures_are_in_the_file_once(bound: Path, whole: Path) -> None:
    """All that parts share; a font that lacks characters has a table of them of its own, but the same glyphs."""
    with pikepdf.open(bound) as pdf:
        pictures = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get(Name.Subtype) == Name.Image
        ]
        assert len(pictures) == 1
        fonts = [
            thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get(Name.Subtype) == Name.Type0
        ]
        programs: dict[str, set[Any]] = {}
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            programs.setdefault(str(font.BaseFont), set()).add(descriptor.FontFile2.objgen)
            assert descriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
            assert descriptor.FontFile2.Length1 == len(descriptor.FontFile2.read_bytes())
        assert all(len(files) == 1 for files in programs.values())
        identical = [str(font.BaseFont) for font in fonts if font.Encoding == Name("/Identity-H")]
        assert len(set(identical)) == len(identical)
    assert bound.stat().st_size < 1.1 * whole.stat().st_size


def test_a_picture_that_is_small_in_one_part_is_whole_in_another(press: Press) -> None:
    """Whichever is printed first: 600 pixels are too many for 20 mm, and enough for 60."""
    photo = press.shelf.add(png(600, 60), "png")
    page = f'<html lang="en"><title>A</title><h1>A</h1><img alt="A" src="{photo}" style="width: '
    small, large = (press.lay_out(f'{page}{width}mm">', folio=1) for width in (20, 60))
    widths = [width_of_picture(press.print(sheaf, "A").pdf) for sheaf in (small, large, small)]
    assert widths == [236, 600, 236]


def width_of_picture(pdf: bytes) -> int:
    """In pixels, of the only one."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        (picture,) = (picture for page in opened.pages for picture in page.get_images().values())
        return int(picture.Width)


def test_missing_characters_are_not_confused(bound: Path) -> None:
    """Each part numbers them anew."""
    document = pypdfium2.PdfDocument(bound)
    ends = [document[page].get_textpage().get_text_range().split()[-2] for page in (1, 3, 5)]  # before the folio
    assert ends == ["ONE", "漢", "字漢"]


def test_the_same_parts_are_the_same_bytes(press: Press, sheaves: dict[str, Sheaf]) -> None:
    """Also when they were printed twice."""
    first, second = ([press.print(sheaf, name).pdf for name, sheaf in sheaves.items()] for _ in range(2))
    assert first == second
    assert bind(first, press.fonts.file) == bind(second, press.fonts.file)


def test_a_page_looks_alike_alone_and_bound(press: Press, sheaves: dict[str, Sheaf], bound: Path) -> None:
    """So that what is kept of a part need not be looked at again."""
    alone = [page_looks(press.print(sheaf, name).pdf) for name, sheaf in sheaves.items()]
    assert tuple(look for looks in alone for look in looks) == page_looks(bound.read_bytes())
