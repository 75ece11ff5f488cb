"""The commands as a teacher runs them: what they write, what they say, and how they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from tests.courses import SmallCourse

ROOT = Path(__file__).parent.parent
CHAPTER = """# First

Prose with a note.[^1]

::: {.slide title="One claim"}
- a point

::: notes
Say it.
:::
:::

[^1]: The note.
"""
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise {error}
sys.meta_path.insert(0, Missing())
"""


def command(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs make_booklet.py or make_slides.py."""
    line = [sys.executable, str(ROOT / name), *map(str, arguments)]
    return subprocess.run(
        line, capture_output=True, text=True, timeout=300, env={**os.environ, **environment}, check=False
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_both_commands_write_the_outputs_of_a_course(small: SmallCourse, out: Path) -> None:
    """The booklet in both editions, then the deck."""
    small.chapter(CHAPTER)
    booklet = command("make_booklet.py", small.folder, "-o", out)
    slides = command("make_slides.py", small.folder, "-o", out)
    assert (booklet.returncode, booklet.stderr) == (0, "")
    assert (slides.returncode, slides.stderr) == (0, "")
    written = {path.name for path in out.iterdir() if path.is_file()}
    assert written == {"booklet.pdf", "booklet-sheets.pdf", "teacher.pdf", "teacher-sheets.pdf", "slides.pptx"}
    assert f"{out / 'booklet.pdf'}: " in booklet.stdout


def test_the_deck_can_be_made_without_the_booklet(small: SmallCourse, out: Path) -> None:
    """The pages it names are counted first; the second time they are known."""
    small.chapter(CHAPTER)
    first, second = (command("make_slides.py", small.folder, "-o", out) for _ in range(2))
    assert first.returncode == second.returncode == 0
    assert "pages are counted first" in first.stdout
    assert "pages are counted first" not in second.stdout


def test_a_deck_changed_by_hand_is_merged_or_kept(small: SmallCourse, out: Path) -> None:
    """The teacher's words stay in the new deck; with --replace his deck stays beside it."""
    small.chapter(CHAPTER)
    for _ in range(2):
        command("make_slides.py", small.folder, "-o", out)
    assert [path.name for path in out.glob("*.pptx")] == ["slides.pptx"]
    deck = Presentation(str(out / "slides.pptx"))
    deck.slides[2].shapes.title.text_frame.text = "Said better"
    deck.save(str(out / "slides.pptx"))
    done = command("make_slides.py", small.folder, "-o", out)
    assert "your changes on 1 slide are kept" in done.stdout
    assert Presentation(str(out / "slides.pptx")).slides[2].shapes.title.text == "Said better"
    assert [path.name for path in out.glob("*.pptx")] == ["slides.pptx"]
    done = command("make_slides.py", small.folder, "-o", out, "--replace")
    assert "that deck is kept as" in done.stdout
    titles = {path.name[:14]: Presentation(str(path)).slides[2].shapes.title.text for path in out.glob("*.pptx")}
    assert titles == {"slides.pptx": "One claim", "slides by hand": "Said better"}


@pytest.mark.parametrize("name", ["make_booklet.py", "make_slides.py"])
def test_errors_leave_the_previous_outputs_alone(name: str, small: SmallCourse, out: Path) -> None:
    """Exit status 1, every error with its place, nothing overwritten."""
    small.chapter("[x](#nowhere)\n\n[x]{.trem}")
    out.mkdir()
    for file in ("booklet.pdf", "booklet-sheets.pdf", "teacher.pdf", "teacher-sheets.pdf", "slides.pptx"):
        (out / file).write_text("old")
    done = command(name, small.folder, "-o", out)
    assert done.returncode == 1
    assert done.stderr.count("01-first.md:") == 2
    assert "Traceback" not in done.stderr
    assert {path.read_text() for path in out.iterdir()} == {"old"}


@pytest.mark.parametrize("name", ["make_booklet.py", "make_slides.py"])
def test_an_output_folder_that_cannot_be_written_is_a_sentence(name: str, small: SmallCourse, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    small.chapter(CHAPTER)
    (tmp_path / "taken").write_text("a file")
    done = command(name, small.folder, "-o", tmp_path / "taken")
    assert done.returncode == 1
    assert "cannot be read or written" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_ends_with_2() -> None:
    """argparse tells what is known."""
    done = command("make_booklet.py", "--size", "a55")
    assert done.returncode == 2
    assert "'a5'" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        "--rehearse --remember",
        "--rehearse --preview",
        "--mark-printed --errata",
        "--mark-printed --watch",
        "--archive --edition student",
        "--errata --edition teacher",
    ],
)
def test_options_of_which_one_would_be_dropped_are_refused(options: str, tmp_path: Path) -> None:
    done = command("make_booklet.py", "-o", tmp_path / "out", *options.split())
    assert done.returncode == 2
    assert "do not go together: " in done.stderr
    assert not (tmp_path / "out").exists()


def test_letters_that_the_terminal_does_not_have_stop_nothing(small: SmallCourse, out: Path) -> None:
    """As a Windows of the West has no Cyrillic ones when words go to a file."""
    small.chapter("# First\n\n```Лагерь\nx\n```\n")
    done = command("make_slides.py", small.folder, "-o", out, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "01-first.md:3: " in done.stderr and r"\u041b" in done.stderr
    told = command("make_slides.py", small.folder, "-o", out, "--json", PYTHONIOENCODING="ascii")
    assert "Лагерь" in json.loads(told.stdout)["problems"][0]["message"]


def test_nothing_is_told_but_what_we_tell(small: SmallCourse, out: Path) -> None:
    """The library that sets formulas would have Python print whatever any stage notes."""
    small.chapter("# First\n\nSo $x^2$ it was.\n\n$$ y^3 $$\n")
    done = command("make_booklet.py", small.folder, "-o", out, "--json")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    done = command("make_slides.py", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "there is no such folder" in done.stderr


def test_json_tells_the_same_to_a_program(small: SmallCourse, out: Path) -> None:
    """One object with the outputs, or with the problems."""
    small.chapter(CHAPTER)
    built = json.loads(command("make_slides.py", small.folder, "-o", out, "--json").stdout)
    assert built["built"] is True
    assert [deck["slides"] for deck in built["decks"]] == [3]  # title, chapter, the one slide
    small.chapter("[x](#nowhere)", "second")
    failed = json.loads(command("make_slides.py", small.folder, "-o", out, "--json").stdout)
    assert failed["built"] is False
    assert [(one["file"], one["line"], one["severity"]) for one in failed["problems"]] == [("02-second.md", 1, "error")]


def test_a_warning_is_an_error_when_strict(small: SmallCourse, out: Path) -> None:
    """An unknown language of code is printed plain, unless one asks for strictness."""
    small.chapter(CHAPTER + "\n```klingon\nx\n```\n")
    assert command("make_slides.py", small.folder, "-o", out).returncode == 0
    strict = command("make_slides.py", small.folder, "-o", out, "--strict", "--quiet")
    assert strict.returncode == 1
    assert "klingon" in strict.stderr


@pytest.mark.parametrize(
    ("module", "error", "told"),
    [
        (
            "weasyprint",
            "OSError('cannot load library libpango-1.0-0')",
            "sudo apt install libpango-1.0-0 libpangoft2-1.0-0",
        ),
        (
            "weasyprint",
            "ModuleNotFoundError('x', name='weasyprint')",
            "the Python package “weasyprint” is not installed",
        ),
        ("markdown_it", "ModuleNotFoundError('x', name='markdown_it')", "uv run"),
        ("pikepdf", "ModuleNotFoundError('x', name='pikepdf')", "“pikepdf” is not installed"),
        (
            "fontpkg_literata",
            "ModuleNotFoundError('x', name='fontpkg_literata')",
            "“fontpkg_literata” is not installed",
        ),
    ],
)
def test_what_the_machine_lacks_is_a_sentence(
    module: str, error: str, told: str, small: SmallCourse, out: Path, tmp_path: Path
) -> None:
    """Never a traceback."""
    (tmp_path / "sitecustomize.py").write_text(WITHOUT.format(name=module, error=error))
    small.chapter(CHAPTER)
    environment = {"PYTHONPATH": str(tmp_path)}
    if module.startswith("fontpkg"):
        environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")  # as if no fonts had been cut before
    done = command("make_booklet.py", small.folder, "-o", out, **environment)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("json_wanted", [False, True])
def test_a_build_whose_words_nobody_reads_is_done_in_silence(json_wanted: bool, small: SmallCourse, out: Path) -> None:
    """As behind `| head -1`, both what it says and what it warns of."""
    small.chapter(CHAPTER + "\n```klingon\nx\n```\n")
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, str(ROOT / "make_slides.py"), str(small.folder), "-o", str(out)]
    done = subprocess.run([*line, *["--json"] * json_wanted], stdout=writing, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"Broken" in done.stderr) == (0, False)
    assert (out / "slides.pptx").exists()
    assert subprocess.run([*line, "--replace"], stdout=writing, stderr=writing, check=False).returncode == 0
    os.close(writing)


@pytest.mark.parametrize("module", ["twofold.files", "twofold.watching", "twofold.opening"])
@pytest.mark.parametrize("name", ["make_booklet.py", "make_slides.py"])
def test_ctrl_c_is_a_sentence_however_early(
    name: str, module: str, small: SmallCourse, out: Path, tmp_path: Path
) -> None:
    """While the modules of a command are loaded, and behind that."""
    (tmp_path / "sitecustomize.py").write_text(WITHOUT.format(name=module, error="KeyboardInterrupt"))
    done = command(name, small.chapter(CHAPTER).folder, "-o", out, PYTHONPATH=str(tmp_path))
    assert done.returncode != 0
    assert done.stdout + done.stderr == "Stopped; the files that were there are as they were.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_shows_how_far_a_build_has_come(small: SmallCourse, out: Path) -> None:
    """A bar in its place, gone when a line is told; without a terminal there is none."""
    import pty

    small.chapter(CHAPTER)
    ours, theirs = pty.openpty()
    line = [sys.executable, str(ROOT / "make_slides.py"), str(small.folder), "-o", str(out)]
    process = subprocess.Popen(line, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123 (it is no path)
        try:
            while data := terminal.read(4096):
                shown += data
        except OSError:  # Linux says so that nobody writes any more
            pass
    assert process.wait() == 0
    words = shown.decode()
    assert "· laying out the pages: chapter first" in words
    assert "█ drawing slide 3" in words
    lines = [line.rpartition("\r\x1b[K")[2] for line in words.rstrip().split("\n")]
    assert lines[-1] == f"{out / 'slides.pptx'}: 3 slides"
    again = command("make_slides.py", small.folder, "-o", out.with_name("other"))
    assert "█" not in again.stdout and "drawing" not in again.stdout
