"""One sheet to try a printer with, which says itself what to do for what one sees on it."""

from pathlib import Path

from twofold.booklet.html import environment
from twofold.booklet.presses import press_for
from twofold.sheets import Paper
from twofold.words import Words


def rehearse(size: str, paper: Paper, words: Words, path: Path) -> None:
    """Writes the sheet as a PDF: two sides of paper lying on its long edge, with the style sheet of a page size."""
    press = press_for(size)
    html = environment().get_template("rehearsal.html.j2").render(paper=paper, words=words)
    press.write(press.lay_out(html, folio=1), path)
