"""ledger.csv: every claim that the sources make, where the chapters take it up, and how well it stands.

A full ledger gives each claim an id, and its rows and the chapters name each other. A simple one, without the column
`id`, only feeds the tables that compare sources.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from twofold.course import csv_rows, not_utf8
from twofold.drawings import inside
from twofold.model import Cited, Compare, Course, Heading
from twofold.problems import CourseError, Place, Problem, did_you_mean
from twofold.trees import walk

LEDGER = "ledger.csv"
SIMPLE = ("question", "source", "claim", "verdict")
FULL = ("id", *SIMPLE, "used", "unused", "evidence")
VERDICTS = ("agreed", "contested", "single source", "corrected", "rejected")
SERIES = re.compile(r"([A-Za-z]+)([1-9]\d*)")
CITED = re.compile(r"@(\w(?:[\w:.+/-]*\w)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row. In a full ledger `source` is a citation key and `used` holds the ids of the headings that name the
    claim, or of the comparisons that show it; in a simple one `source` is words and the fields with defaults are
    empty."""

    question: str
    source: str
    claim: str
    verdict: str
    id: str = ""
    used: tuple[str, ...] = ()
    unused: str = ""
    evidence: str = ""
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims, in the order of the file."""

    claims: tuple[Claim, ...] = ()

    def on(self, question: str) -> tuple[Claim, ...]:
        """The claims that answer a question."""
        return tuple(claim for claim in self.claims if question and claim.question == question)

    def questions(self) -> set[str]:
        """The questions that claims answer."""
        return {claim.question for claim in self.claims} - {""}

    def cited(self) -> Iterator[Cited]:
        """The works that rows name, each at its row."""
        for claim in self.claims:
            source = f"@{claim.source} " if claim.id else ""
            for key in CITED.findall(source + claim.evidence):
                yield Cited(key=key, place=claim.place)


# ---------------------------------------------------------------- reading


def read_ledger(folder: Path, problems: list[Problem]) -> Ledger | None:
    """The ledger of a course; an empty one without the file, None when it cannot be read."""
    if not (folder / LEDGER).is_file():
        return Ledger()
    told = len(problems)
    rows: list[tuple[Place, tuple[str, ...]]] = []
    try:
        rows = csv_rows(inside(folder, LEDGER).read_text(encoding="utf-8-sig"), Place(LEDGER, 1))
        problems += _misshapen(rows[0][1] if rows else ())
    except CourseError as error:
        problems += error.problems
    except UnicodeDecodeError as error:
        problems.append(not_utf8(LEDGER, error))
    except ValueError as error:
        problems.append(Problem(Place(LEDGER), str(error), "keep it beside the chapters"))
    return Ledger(tuple(_claims(rows))) if len(problems) == told else None


def _misshapen(header: tuple[str, ...]) -> Iterator[Problem]:
    for name in FULL if "id" in header else SIMPLE:
        if name not in header:
            hint = "separate the columns by commas" if len(header) == 1 else "its first line names the columns"
            yield Problem(Place(LEDGER, 1), f"the ledger has no column “{name}”", hint)
        elif header.count(name) > 1:
            yield Problem(Place(LEDGER, 1), f"the ledger has two columns “{name}”", "rename one of them")


def _claims(rows: list[tuple[Place, tuple[str, ...]]]) -> Iterator[Claim]:
    _, header = rows[0]
    wanted = FULL if "id" in header else SIMPLE
    for place, cells in rows[1:]:
        row = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
        words = {name: row[name] for name in wanted if name != "used"}
        yield Claim(**words, used=tuple(row.get("used", "").split()), place=place)


# ---------------------------------------------------------------- checking


def check_ledger(course: Course, ledger: Ledger) -> Iterator[Problem]:
    """Whether the ledger and the chapters name each other, and whether each row of a full ledger says all it must."""
    claims = {claim.id: claim for claim in ledger.claims if claim.id}
    yield from _unlisted(course, claims)
    if not claims:
        return
    seen: dict[str, Place] = {}
    named = dict(_named(course, ledger))
    for claim in ledger.claims:
        if claim.id in seen:
            yield Problem(
                claim.place, f"the claim {claim.id} stands at {seen[claim.id]} already", "keep one of the two"
            )
        seen.setdefault(claim.id, claim.place)
        yield from _row(claim)
        yield from _homeless(claim, named)
    yield from _gaps(claims)


def _headings(course: Course) -> Iterator[Heading]:
    return (node for node in walk(course) if isinstance(node, Heading))


def _unlisted(course: Course, claims: dict[str, Claim]) -> Iterator[Problem]:
    """Claims that a chapter names and the ledger does not know, or has elsewhere."""
    for heading in _headings(course):
        for name in heading.claims:
            if name not in claims:
                yield Problem(heading.place, f"{LEDGER} has no claim “{name}”", did_you_mean(name, claims))
            elif heading.id not in claims[name].used:
                message = f"{LEDGER} does not say that {name} is used in “{heading.id}”"
                yield Problem(heading.place, message, f"add {heading.id} to “used” at {claims[name].place}")


def _named(course: Course, ledger: Ledger) -> Iterator[tuple[str, set[str]]]:
    """Each anchor at which a claim can be at home, with the claims that it names or shows."""
    for node in walk(course):
        if isinstance(node, Heading):
            yield node.id, set(node.claims)
        elif isinstance(node, Compare) and node.id:
            yield node.id, {claim.id for claim in ledger.on(node.question)}


def _row(claim: Claim) -> Iterator[Problem]:
    """What is wrong with a row in itself."""
    if not claim.id or not claim.claim:
        yield Problem(claim.place, "this row has no id or no claim", "write both, or take the row out")
    if not claim.used and not claim.unused:
        hint = "name the heading in “used”, or say in “unused” why it is left out"
        yield Problem(claim.place, f"the claim {claim.id} has no home", hint)
    if claim.used and claim.unused:
        message = f"the claim {claim.id} is used and has a reason for not being used"
        yield Problem(claim.place, message, "empty one of the two cells")
    if claim.verdict not in VERDICTS:
        yield Problem(claim.place, f"“{claim.verdict}” is no verdict", did_you_mean(claim.verdict, VERDICTS))


def _homeless(claim: Claim, named: dict[str, set[str]]) -> Iterator[Problem]:
    for anchor in claim.used:
        if anchor not in named:
            message = f"the claim {claim.id} is used in “{anchor}”, which is no heading and no comparison"
            yield Problem(claim.place, message, did_you_mean(anchor, named))
        elif claim.id not in named[anchor]:
            hint = f'write claims="{claim.id}" behind the heading, or take the anchor out of the row'
            yield Problem(claim.place, f"“{anchor}” does not name the claim {claim.id}", hint)


def _gaps(claims: dict[str, Claim]) -> Iterator[Problem]:
    """Ids that are missing in a running series, told at the row behind the gap."""
    found = sorted((match[1], int(match[2])) for match in map(SERIES.fullmatch, claims) if match)
    for letter, group in groupby(found, key=lambda pair: pair[0]):
        before = 0
        for _, number in group:
            for missing in range(before + 1, number):
                message = f"the claim {letter}{missing} is missing before {letter}{number}"
                yield Problem(claims[f"{letter}{number}"].place, message, "each claim of a series has a row")
            before = number
