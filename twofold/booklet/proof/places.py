"""From what stands on a page back to the line of the chapter."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from twofold.booklet.boxes import root
from twofold.booklet.pages import Sheaf
from twofold.problems import Place, Problem, Severity
from twofold.words import LAYOUTS


class Places:
    """The places of a part's elements: that of the nearest one around them which has one, else the part's own."""

    def __init__(self, sheaf: Sheaf, place: Place) -> None:
        self._own = place
        self._known = dict(_walk(root(sheaf.pages[0]), place))

    def __getitem__(self, element: Any) -> Place:
        return self._known.get(id(element), self._own)

    def warn(self, element: Any, message: str, hint: str = "") -> Problem:
        """A warning at the place of an element."""
        return Problem(self[element], message, hint, Severity.WARNING)


def _walk(element: Any, place: Place) -> Iterator[tuple[int, Place]]:
    if (found := place_of(element.get("data-place", ""))).line:
        place = found
    yield id(element), place
    for child in element:
        yield from _walk(child, place)


def place_of(source: str) -> Place:
    """The place written as "file:line"."""
    file, _, line = source.rpartition(":")
    return Place(file, int(line)) if file and line.isdigit() else Place(source)


@lru_cache(maxsize=1)
def limits() -> dict[str, float]:
    """What layouts/booklet/proof.toml says."""
    return tomllib.loads((LAYOUTS / "booklet" / "proof.toml").read_text(encoding="utf-8"))
