"""A printed part: all that is known of its pages once they are made, as a plain value that can be kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from twofold.problems import Place, Problem, Severity

SPLIT = b"\n"  # between what is known of a part and its PDF; JSON on one line has none


@dataclass(frozen=True, slots=True)
class Draft:
    """A part of which the pages were only counted. `anchors` gives the page of each id, counted from 0."""

    page_count: int
    anchors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to `goal`, an id of the booklet, that stands on page `folio` and comes from `place`."""

    goal: str
    place: Place
    folio: int


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """The pages of a part, to be bound with others. `anchors` and `places` give the page of each id and of each place
    of the chapters ("file:line"), counted from 0; `room` is what is empty on the last page, in CSS pixels; `looks` is
    how each page looks (see looks.py); `problems` are what the author should know of."""

    pdf: bytes
    anchors: Mapping[str, int]
    places: Mapping[str, int]
    links: tuple[Link, ...]
    room: float
    looks: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def page_count(self) -> int:
        return len(self.looks)


def packed(part: PrintedPart) -> bytes:
    """A part as bytes."""
    known = {
        "anchors": dict(part.anchors),
        "places": dict(part.places),
        "links": [(link.goal, *_where(link.place), link.folio) for link in part.links],
        "room": part.room,
        "looks": part.looks,
        "problems": [(*_where(one.place), one.message, one.hint, one.severity.value) for one in part.problems],
    }
    return json.dumps(known).encode() + SPLIT + part.pdf


@lru_cache(maxsize=1000)
def unpacked(data: bytes) -> PrintedPart:
    """What `packed` made bytes of."""
    head, _, pdf = data.partition(SPLIT)
    known = json.loads(head)
    return PrintedPart(
        pdf,
        known["anchors"],
        known["places"],
        tuple(Link(goal, Place(file, line), folio) for goal, file, line, folio in known["links"]),
        known["room"],
        tuple(known["looks"]),
        tuple(
            Problem(Place(file, line), message, hint, Severity(severity))
            for file, line, message, hint, severity in known["problems"]
        ),
    )


def _where(place: Place) -> tuple[str, int]:
    return place.file, place.line
