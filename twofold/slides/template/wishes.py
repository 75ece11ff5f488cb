"""school.toml beside a template: which layout a role takes, and what stands in which placeholder of it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.slides.template.reading import Offer
from twofold.slides.template.rules import USUAL, rules, stands
from twofold.slides.theme import read_theme

MASTER = "master"
LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Wish:
    """A layout, and the indices of placeholders by the names of our places."""

    offer: Offer
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wishes:
    """`master` is the layouts of the master that was named, all layouts where none was."""

    master: tuple[Offer, ...]
    roles: Mapping[str, Wish]


def read_wishes(path: Path, offers: Sequence[Offer]) -> Wishes | None:
    """What `path` says, None where it does not exist. Raises CourseError with every mistake, each with its line."""
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8")
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError([Problem(Place(path.name), f"not readable as TOML: {error}")]) from None
    reader = _Reader(path.name, text, tuple(offers))
    wishes = reader.wishes(said)
    if reader.problems:
        raise CourseError(reader.problems)
    return wishes


def places_of(role: str) -> tuple[str, ...]:
    """The places that can be named for a role or for a sort of layout."""
    theme, sorts = read_theme(), rules().layouts
    own = theme.layouts[role].places if role in theme.layouts else USUAL
    sort = sorts[role].places if role in sorts else sorts[stands(role).like[-1]].places
    return tuple(dict.fromkeys((*own, *sort)))


class _Reader:
    """Keeps the mistakes that it meets."""

    def __init__(self, file: str, text: str, offers: tuple[Offer, ...]) -> None:
        self.file, self.lines, self.offers = file, text.splitlines(), offers
        self.problems: list[Problem] = []

    def wishes(self, said: Mapping[str, Any]) -> Wishes:
        """The whole file."""
        known = [*dict.fromkeys((*rules().layouts, *read_theme().layouts)), MASTER]
        roles = {}
        master = self._master(said[MASTER]) if MASTER in said else self.offers
        for role, value in said.items():
            if role not in known:
                self._wrong(role, f"there is no role “{role}”", did_you_mean(role, known))
            elif role != MASTER and (wish := self._wish(role, value, master)):
                roles[role] = wish
        return Wishes(master, roles)

    def _master(self, name: object) -> tuple[Offer, ...]:
        found = tuple(offer for offer in self.offers if offer.master == name)
        if not found:
            masters = {offer.master for offer in self.offers}
            self._wrong(MASTER, f"the template has no master “{name}”", did_you_mean(str(name), masters))
        return found or self.offers

    def _wish(self, role: str, value: object, master: Sequence[Offer]) -> Wish | None:
        """`role = "Layout"`, or a table with a layout and places."""
        table = value if isinstance(value, dict) else {LAYOUT: value}
        name = table.get(LAYOUT)
        if not isinstance(name, str):
            self._wrong(role, f"“{role}” names no layout", f'write {role} = "the name of a layout"')
            return None
        offer = next((one for one in master if one.name == name), None)
        if not offer:
            names = {one.name for one in master}
            self._wrong(name, f"the template has no layout “{name}”", did_you_mean(name, names), after=role)
            return None
        if offer.vertical:
            self._wrong(name, f"the words of the layout “{name}” run from top to bottom", "take another", after=role)
        return Wish(offer, dict(self._places(role, table, offer)))

    def _places(self, role: str, table: Mapping[str, object], offer: Offer) -> Iterator[tuple[str, int]]:
        known, indices = places_of(role), {place.index: place.name for place in offer.places}
        for name, index in table.items():
            if name == LAYOUT:
                continue
            if name not in known:
                self._wrong(name, f"“{role}” has no place “{name}”", did_you_mean(name, known), after=role)
            elif not isinstance(index, int) or index not in indices:
                listed = ", ".join(f"{number} “{said}”" for number, said in indices.items())
                message = f"the layout “{offer.name}” has no placeholder {index}"
                self._wrong(name, message, f"it has {listed}" if listed else "it has none", after=role)
            else:
                yield name, index

    def _wrong(self, word: str, message: str, hint: str, *, after: str = "") -> None:
        """Keeps a mistake; its line is the first with `word` from the first with `after` on."""
        start = next((n for n, line in enumerate(self.lines) if after and after in line), 0)
        line = next((n for n in range(start, len(self.lines)) if word in self.lines[n]), start)
        self.problems.append(Problem(Place(self.file, line + 1), message, hint))
