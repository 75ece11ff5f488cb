"""What is wrong on a page, found after it was laid out, with the place in the chapter that causes it.

Limits stand in layouts/booklet/proof.toml."""

import re
from collections.abc import Iterator

from twofold.booklet.boxes import boxes, texts
from twofold.booklet.pages import Sheaf
from twofold.booklet.printed import Link
from twofold.booklet.proof.breaks import split, stranded, thin
from twofold.booklet.proof.notes import Drift, crowded, drifted, drifts
from twofold.booklet.proof.paragraphs import has_ladder, has_runt, ill_set, single_lines, torn_cells
from twofold.booklet.proof.pictures import coarse, overprinted, pale, tiny, undrawable, words_of_drawings
from twofold.booklet.proof.places import Places
from twofold.booklet.proof.room import colliding, off_page
from twofold.problems import Place, Problem, Severity

__all__ = ["Drift", "drifts", "has_ladder", "has_runt", "links", "missing_glyphs", "proof"]
MISSING = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")


def proof(sheaf: Sheaf, folio: int, place: Place, line: float, *, chapter: bool) -> tuple[Problem, ...]:
    """All problems of the pages of a part that begins on page `folio` and comes from the file of `place`; `line` is
    the height of a line of prose in CSS pixels. Fine typography is asked of chapters only."""
    places = Places(sheaf, place)
    checks = [off_page, colliding, coarse, tiny, overprinted, pale, undrawable]
    if chapter:
        checks += [ill_set, single_lines, torn_cells, stranded, split]
    found = [problem for check in checks for problem in check(sheaf, folio, places)]
    found += [*_logged(sheaf, place), *crowded(sheaf), *drifted(sheaf, folio)]
    if chapter:
        found += thin(sheaf, folio, places, line)
    return tuple(dict.fromkeys(found))


def _logged(sheaf: Sheaf, place: Place) -> Iterator[Problem]:
    for line in sheaf.log:
        yield Problem(place, f"WeasyPrint: {line}", severity=Severity.WARNING)


def links(sheaf: Sheaf, folio: int, place: Place) -> Iterator[Link]:
    """All links into the booklet."""
    places = Places(sheaf, place)
    for number, page in enumerate(sheaf.pages, folio):
        for box, _ in boxes(page):
            goal = box.element.get("href", "") if box.element_tag == "a" else ""
            if goal.startswith("#"):
                yield Link(goal[1:], places[box.element], number)


def missing_glyphs(sheaf: Sheaf, folio: int, place: Place, log: tuple[str, ...]) -> Iterator[Problem]:
    """Where characters stand that no font of the booklet has, of which WeasyPrint told while it wrote the pages."""
    missing = {chr(int(found[1], 16)) for line in log if (found := MISSING.match(line))}
    if not missing:
        return
    places = Places(sheaf, place)
    for number, page in enumerate(sheaf.pages, folio):
        shown = [(box.element, box.text) for box in texts(page)]
        shown += [(box.element, words) for box, words in words_of_drawings(page)]
        for element, text in shown:
            for character in sorted(missing.intersection(text)):
                message = f"no font of the booklet has “{character}” (U+{ord(character):04X}), on page {number}"
                yield places.warn(element, message, "write it in another way")
