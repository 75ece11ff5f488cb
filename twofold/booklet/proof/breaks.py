"""How pages are filled: headings without words below them, pages with next to nothing on them."""

from collections.abc import Iterator
from typing import Any

from twofold.booklet.boxes import Box, boxes, lines, room_below
from twofold.booklet.pages import Sheaf
from twofold.booklet.proof.places import Places, limits, place_of
from twofold.problems import Problem

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LEAST_BELOW = 2  # lines below a heading on its page


def stranded(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Headings at the foot of a page, with less than two lines below them."""
    for number, page in enumerate(sheaf.pages, folio):
        found = [(box, names) for box, names in boxes(page)]
        least = 1 if page is sheaf.pages[-1] else LEAST_BELOW  # the last section may be one line long
        for index, (box, _) in enumerate(found):
            if box.element_tag in HEADINGS and not _has_words_below(found[index + 1 :], box, least):
                message = f"the heading stands at the foot of page {number} without words below it"
                yield places.warn(box.element, message, "lengthen or shorten what stands before it by two lines")


def split(sheaf: Sheaf, folio: int, places: Places) -> Iterator[Problem]:
    """Tables, boxes and rows of tables that are higher than a page."""
    before: set[int] = set()
    told: set[int] = set()
    for number, page in enumerate(sheaf.pages, folio):
        here = [box.element for box, names in boxes(page) if "step" in names or _is_row(box)]
        for element in here:
            if id(element) in before - told:
                told.add(id(element))
                what = "this row of the table" if element.tag == "tr" else "what stands here"
                message = f"{what} is higher than a page, and goes on on page {number}"
                yield places.warn(element, message, "make two of it, or make it shorter")
        before = {id(element) for element in here}


def _is_row(box: Box) -> bool:
    """Not the head of a table, which every page repeats."""
    return bool(box.element_tag == "tr" and box.element.get("data-place"))


def _has_words_below(after: list[tuple[Box, tuple[str, ...]]], heading: Box, least: int) -> bool:
    count = 0
    for box, names in after:
        if "note" in names or "outer" in names or box.position_y < heading.position_y + heading.height - 1:
            continue
        if "step" in names or box.element_tag in ("table", "pre", "img"):
            return True
        count += len(lines(box)) if box.element_tag in ("p", "li") else 0
    return count >= least


def thin(sheaf: Sheaf, folio: int, places: Places, line: float) -> Iterator[Problem]:
    """Pages under a third full, but for the last of a chapter, which may have more than two lines."""
    for number, page in enumerate(sheaf.pages, folio):
        height = page._page_box.height
        used = height - room_below(page)
        last = page is sheaf.pages[-1]
        if not last and used < height * limits()["full"]:
            percent = round(100 * used / height)
            yield places.warn(
                _first(page),
                f"page {number} is only {percent} % full",
                "what follows does not fit below: move it, or make it smaller",
            )
        if last and len(sheaf.pages) > 1 and used < (limits()["overleaf"] + 0.5) * line:
            count = max(1, round(used / line))
            message = f"the chapter ends with {count} line{'s' if count > 1 else ''} overleaf, on page {number}"
            yield places.warn(_first(page), message, "shorten the chapter by them, or let it grow")


def _first(page: Any) -> Any:
    """The first element of the text on a page that has a place."""
    return next((box.element for box, _ in boxes(page) if place_of(box.element.get("data-place", "")).line), None)
