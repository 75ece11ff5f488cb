"""Two validators that know what PowerPoint accepts, and our own lint, find nothing in what we write."""

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import get_args

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation

from tests import sdk
from tests.every import UNUSED, everything
from tests.tools import needs
from twofold.model import Block, ChartKind, Inline
from twofold.opening import OpenedCourse
from twofold.slides.deck import build_deck
from twofold.slides.deckfiles import deck_files
from twofold.slides.lint import lint
from twofold.slides.plan import plan
from twofold.slides.theme import read_theme
from twofold.trees import walk

sdk_needed = needs(sdk.installed(), "the packages with Microsoft's validator are not here")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> OpenedCourse:
    """The course with every layout and object."""
    return everything(tmp_path_factory.mktemp("every") / "chapters").open()


@pytest.fixture(scope="module")
def path(every: OpenedCourse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its deck."""
    path = tmp_path_factory.mktemp("deck") / "every.pptx"
    build_deck(plan(every.course), every.course, every.folder, every.words, {}).write(path)
    return path


def test_that_deck_holds_every_layout_and_object(every: OpenedCourse, path: Path) -> None:
    """Else what follows would say less than it seems to."""
    layouts = {layout.name for role, layout in read_theme().layouts.items() if role not in UNUSED}
    assert {slide.slide_layout.name for slide in Presentation(str(path)).slides} == layouts
    assert {type(node) for node in walk(every.course)} >= {*get_args(Block), *get_args(Inline)}
    assert {node.kind for node in walk(every.course) if hasattr(node, "data") and hasattr(node, "kind")} == set(
        get_args(ChartKind)
    )
    with zipfile.ZipFile(path) as file:
        slides = b"".join(file.read(name) for name in file.namelist() if name.startswith("ppt/slides/"))
    for element in (
        b"p:timing",
        b"a:tbl>",
        b"c:chart",
        b"p:grpSp>",
        b"p:cxnSp",
        b"svgBlip",
        b"a:normAutofit",
        b"hlink",
    ):
        assert element in slides, element


@pytest.mark.slow
@sdk_needed
def test_microsofts_validator_finds_nothing(path: Path) -> None:
    assert sdk.findings(path) == []


@pytest.mark.slow
def test_two_more_find_nothing(path: Path) -> None:
    """openxml-audit, and our own lint, which sees what validators miss."""
    assert validate_pptx(path).errors == []
    assert lint(path.read_bytes()) == ()


@pytest.mark.slow
@sdk_needed
def test_no_deck_of_the_course_has_a_finding(opened: OpenedCourse, tmp_path: Path) -> None:
    """The whole, and one a lesson."""
    decks = deck_files(plan(opened.course), None)
    for name, slides in decks.items():
        build_deck(slides, opened.course, opened.folder, opened.words, {}).write(tmp_path / name)
        assert validate_pptx(tmp_path / name).errors == []
    assert len(decks) > 1
    assert sdk.findings(*(tmp_path / name for name in decks)) == []


@pytest.mark.slow
@needs(shutil.which("soffice"), "LibreOffice is not here")
def test_every_click_survives_libreoffice(opened: OpenedCourse, tmp_path: Path) -> None:
    """Opened and saved there, each slide of the course waits for as many clicks as before."""
    path, saved = tmp_path / "slides.pptx", tmp_path / "saved"
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    line = ["soffice", profile, "--headless", "--convert-to", "pptx", "--outdir", str(saved), str(path)]
    subprocess.run(line, check=True, capture_output=True, timeout=300)
    before, after = clicks(path), clicks(saved / path.name)
    assert before == after
    assert sum(before) > len(before) / 3


def clicks(path: Path) -> list[int]:
    """For each slide how many clicks it waits for."""
    slides = Presentation(str(path)).slides
    return [sum(node.get("nodeType") == "clickEffect" for node in slide._element.iter("{*}cTn")) for slide in slides]


@pytest.mark.slow
@sdk_needed
def test_the_validator_sees_what_is_broken(path: Path, tmp_path: Path) -> None:
    """Else its silence would mean nothing."""
    broken = tmp_path / "broken.pptx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'fontScale="', b'fontScale="x') if b"normAutofit" in data else data)
    assert any("fontScale" in finding for finding in sdk.findings(broken))
