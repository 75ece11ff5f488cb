"""A part of the booklet set, looked at and printed: what has to be done where the store does not hold it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from twofold.booklet.boxes import boxes, room_below
from twofold.booklet.folios import Part
from twofold.booklet.looks import page_looks
from twofold.booklet.mending import draft, lay_out_well
from twofold.booklet.pages import Press, Sheaf
from twofold.booklet.printed import Draft, PrintedPart
from twofold.booklet.proof import links, missing_glyphs, proof
from twofold.booklet.spacing import Spaces
from twofold.booklet.survey import Sizes
from twofold.problems import Place, Problem, Severity

TOLD = (".notdef glyph", "No anchor #")  # what proof tells with the line of the chapter


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the parts of one course in a page size."""

    press: Press
    _spaces: Spaces = field(default_factory=Spaces)

    def sizes(self, html: str) -> Sizes:
        """Lays things out on one endless page and measures them."""
        return {
            name: (box.border_width(), box.border_height())
            for page in self.press.lay_flat(html)
            for box, _ in boxes(page)
            if (name := box.element.get("data-measure"))
        }

    def count(self, html: str, folio: int) -> Draft:
        """Lays a part out for its pages alone."""
        sheaf = draft(self.press, html, folio, self._spaces)
        return Draft(len(sheaf.pages), sheaf.anchors)

    def set(self, part: Part, html: str, folio: int, line: float) -> PrintedPart:
        """Lays a part out, proofs and prints it; `line` is the height of a line of prose in CSS pixels."""
        sheaf = lay_out_well(self.press, html, folio, self._spaces)
        printed = self.press.print(sheaf, part.name)
        found = [
            *proof(sheaf, folio, part.place, line, chapter=bool(part.chapter)),
            *missing_glyphs(sheaf, folio, part.place, printed.log),
            *_told(printed.log),
        ]
        return PrintedPart(
            pdf=printed.pdf,
            anchors=sheaf.anchors,
            places=dict(_places(sheaf)),
            links=tuple(dict.fromkeys(links(sheaf, folio, part.place))),
            room=room_below(sheaf.pages[-1]),
            looks=page_looks(printed.pdf),
            problems=tuple(dict.fromkeys(found)),
        )


def _told(log: tuple[str, ...]) -> Iterator[Problem]:
    """What WeasyPrint warned of while it wrote a PDF, of which no line of a chapter is known."""
    for line in log:
        if not line.startswith(TOLD):
            yield Problem(Place("booklet"), f"WeasyPrint: {line}", severity=Severity.WARNING)


def _places(sheaf: Sheaf) -> Iterator[tuple[str, int]]:
    """Each place of the chapters, and the page on which it begins."""
    for number, page in reversed(list(enumerate(sheaf.pages))):
        for box, _ in boxes(page):
            if place := box.element.get("data-place"):
                yield place, number
