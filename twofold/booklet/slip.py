"""The errata slip: corrections onto pages of A6, four times on a sheet of A4."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from twofold.booklet.html import environment
from twofold.booklet.impose import four_up
from twofold.booklet.presses import press_for
from twofold.builds.errata import Erratum
from twofold.command import Speaker
from twofold.course import read_settings
from twofold.files import replacing
from twofold.reprinting import corrections
from twofold.words import Words, read_words

SIZE = "a6"


def make_errata(chapters: Path, out: Path, speaker: Speaker) -> None:
    """Writes out/errata.pdf for the course in `chapters`, or says that no slip is needed."""
    found, path = corrections(out), out / "errata.pdf"
    speaker.news["errata"] = {"file": str(path) if found else None, "corrections": len(found)}
    if not found:
        speaker.say("No words have changed since the students' booklet was printed; no slip is needed.")
        speaker.left(path)
        return
    settings = read_settings(chapters, [])
    with replacing(path) as new:
        count = _write(found, settings.title, read_words(settings.language), new)
    speaker.say(f"{path}: {len(found)} correction{'s' if len(found) > 1 else ''}, four slips on a sheet to cut")
    if count > 1:
        speaker.say(f"A slip takes {count} pages: it may be better to print the sheets again.")


def _write(errata: Sequence[Erratum], title: str, words: Words, path: Path) -> int:
    """Writes the slip of the booklet called `title`; gives the number of its pages, each on a sheet of its own."""
    press = press_for(SIZE)
    html = environment().get_template("errata.html.j2").render(errata=errata, title=title, words=words)
    sheaf = press.lay_out(html, folio=1)
    with TemporaryDirectory() as folder:
        pages = Path(folder) / "slip.pdf"
        press.write(sheaf, pages)
        four_up(pages, path)
    return len(sheaf.pages)
