"""What a class that has the booklet must be told: what stood where, and what stands there now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5
"""Two paragraphs that share so much of their words are one that was changed."""
CONTEXT = 4
"""Words shown before and behind a change, so that its place is found."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, row or caption of the students' booklet, on page `folio`; `look` is the hash of a drawing
    that belongs to it, or ""."""

    folio: int
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row; `changed` tells those that are not on the other side."""

    words: str
    changed: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Erratum:
    """One correction on a page of the printed booklet. `was` is empty for what is added, which then stands behind the
    words `behind`; `now` is empty for what is left out; both are where only a drawing is another."""

    folio: int
    was: Pieces
    now: Pieces
    behind: str = ""
    drawing: str = ""


def errata(before: Sequence[Passage], now: Sequence[Passage]) -> tuple[Erratum, ...]:
    """The corrections that turn the printed booklet into the new one, in the order of its pages. A passage that only
    stands elsewhere is none."""
    old, new = [passage.text for passage in before], [passage.text for passage in now]
    kept, known = set(new), set(old)
    found: list[Erratum] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _redrawn(before[i1:i2], now[j1:j2])
            continue
        left = [passage for passage in before[i1:i2] if passage.text not in kept]
        came = [passage for passage in now[j1:j2] if passage.text not in known]
        found += _paired(left, came, before[i1 - 1] if i1 else None)
    return tuple(sorted(found, key=lambda erratum: erratum.folio))


def _redrawn(before: Sequence[Passage], now: Sequence[Passage]) -> Iterator[Erratum]:
    for old, new in zip(before, now, strict=True):
        if old.look != new.look:
            yield Erratum(old.folio, (), (), drawing=old.text)


def _paired(left: list[Passage], came: list[Passage], previous: Passage | None) -> Iterator[Erratum]:
    """Passages that were changed, then what was left out and what was added."""
    rest = list(came)
    for old in left:
        new = next((one for one in rest if _alike(old.text, one.text)), None)
        if new is None:
            yield Erratum(old.folio, (Piece(old.text, changed=True),), ())
        else:
            skipped = rest[: rest.index(new)]
            yield from _added(skipped, previous or old)
            del rest[: len(skipped) + 1]
            yield from (Erratum(old.folio, *sides) for sides in _changes(old.text.split(), new.text.split()))
        previous = old
    yield from _added(rest, previous)


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= ALIKE


def _added(passages: Sequence[Passage], previous: Passage | None) -> Iterator[Erratum]:
    behind = " ".join(previous.text.split()[-CONTEXT:]) if previous else ""
    folio = previous.folio if previous else 1
    for passage in passages:
        yield Erratum(folio, (), (Piece(passage.text, changed=True),), behind)
        behind = " ".join(passage.text.split()[-CONTEXT:])


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[Pieces, Pieces]]:
    """Both sides of each stretch of a paragraph that was changed, with a few words around it."""
    groups = list(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT))
    for group in groups:
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        was = [Piece(" ".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in group if b > a]
        now = [Piece(" ".join(new[a:b]), tag != "equal") for tag, _, _, a, b in group if b > a]
        yield _cut(was, i1 > 0, i2 < len(old)), _cut(now, j1 > 0, j2 < len(new))


def _cut(pieces: list[Piece], before: bool, after: bool) -> Pieces:
    """A stretch of a paragraph, with dots where it goes on."""
    return (*((Piece("…"),) if before else ()), *pieces, *((Piece("…"),) if after else ()))
