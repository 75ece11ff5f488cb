"""Lists that were changed on two sides: which item is which, and one order for all of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
"""Texts that share so much are one text that was changed."""
Pairs = Sequence[tuple[int, int]]
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Strand:
    """One item as it stands in the base, in theirs and in ours; None where it is not there."""

    base: int | None
    theirs: int | None
    ours: int | None


def words(text: str) -> list[str]:
    """Words, blanks and signs, in order; together they are the text."""
    return WORD.findall(text)


def likeness(one: str, two: str) -> float:
    """How much two texts share, from 0 to 1."""
    if one == two:
        return 1.0
    return SequenceMatcher(None, words(one), words(two), autojunk=False).ratio() if one and two else 0.0


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places in `old` and in `new` of the same text, changed or not, in order."""
    found: list[tuple[int, int]] = []
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and j - i == end - k):
            found += zip(range(i, j), range(k, end), strict=True)
        elif tag == "replace":
            found += ((i + one, k + two) for one, two in _alike(old[i:j], new[k:end]))
    return found


def same_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places in `old` and in `new` of the very same items, in order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs, in order, that share most."""
    shared = [[likeness(one, two) for two in new] for one in old]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old)):
        for j in range(len(new)):
            options = [best[i][j + 1], best[i + 1][j]]
            if shared[i][j] >= ALIKE:
                score, before = best[i][j]
                options.append((score + shared[i][j], [*before, (i, j)]))
            best[i + 1][j + 1] = max(options, key=lambda option: option[0])
    return best[-1][-1][1]


def strands(
    count: int, theirs: Sequence[tuple[int, int]], ours: Sequence[tuple[int, int]], sizes: tuple[int, int]
) -> Iterator[Strand]:
    """All items of three lists in one order: `theirs` and `ours` pair places in the base, which has `count` items, with
    places in lists of those `sizes`. What both put at one place comes ours first."""
    in_theirs, in_ours = dict(theirs), dict(ours)
    last_theirs = last_ours = 0
    for number in range(count + 1):
        end = number == count
        stop_theirs = sizes[0] if end else in_theirs.get(number)
        stop_ours = sizes[1] if end else in_ours.get(number)
        if stop_ours is not None:
            yield from (Strand(None, None, n) for n in range(last_ours, stop_ours))
            last_ours = stop_ours + 1
        if stop_theirs is not None:
            yield from (Strand(None, n, None) for n in range(last_theirs, stop_theirs))
            last_theirs = stop_theirs + 1
        if not end:
            yield Strand(number, stop_theirs, stop_ours)


def ordered(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> tuple[list[str], bool]:
    """One order of all items of theirs and ours: that of ours unless theirs moved items. Tells whether both did."""
    common = [name for name in ours if name in set(theirs)]
    kept = [name for name in theirs if name in set(common)]
    known = set(base)
    before = [name for name in base if name in set(kept)]
    moved = [name for name in kept if name in known] != before
    torn = moved and [name for name in common if name in known] != before
    first, second = (theirs, ours) if moved else (ours, theirs)
    result = list(first)
    for number, name in enumerate(second):
        if name not in result:
            result.insert(_behind(result, second[:number]), name)
    return result, torn


def _behind(result: Sequence[str], before: Sequence[str]) -> int:
    """The place behind the nearest of the items that came before."""
    return next((result.index(name) + 1 for name in reversed(before) if name in result), 0)
