"""The deck handed to the teacher: merged with the one on disk, and never written over what is not ours."""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PackageNotFoundError

from twofold.builds.handmade import is_as_generated, is_as_written, keep_copy, keep_handmade, remember_written
from twofold.problems import CourseError, Place, Problem, Severity
from twofold.slides import package
from twofold.slides.former import remember
from twofold.slides.lint import Finding, lint
from twofold.slides.merging import animations
from twofold.slides.merging.base import keep_sidecar, read_base
from twofold.slides.merging.decks import DeckMerge
from twofold.slides.merging.model import Base
from twofold.slides.merging.report import Report
from twofold.words import Words

if TYPE_CHECKING:
    from twofold.slides.deck import Deck

STATE = ".twofold"
OFFER = "make it anew with --replace, which keeps a dated copy of this one, or name another folder with -o"
OURS = "this is a mistake of twofold and not of the course: please report it, with the deck that shows it"
MANNERS = ("evidence_described", "one_title", "reading_order")
"""Rules that a teacher may break on a slide that he changed; he is told."""
BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    AttributeError,
    etree.XMLSyntaxError,
)


@dataclass(frozen=True, slots=True)
class Handed:
    """Where the deck was written, how many slides it has, the dated copy if one was kept, and what to tell; `beside` is
    the warning that it could not replace the one that is there."""

    path: Path
    slides: int
    kept: Path | None = None
    report: Report = field(default_factory=Report)
    said: tuple[str, ...] = ()
    beside: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the teacher asked for: a new deck without his changes, or the slides back that he deleted."""

    replace: bool = False
    restore: bool = False


def check_mergeable(paths: Iterable[Path], wishes: Wishes) -> None:
    """Raises CourseError if there is a deck among those that we can neither merge nor replace."""
    for path in paths:
        if not wishes.replace and path.exists() and not is_as_written(path):
            _opened(path)


def hand_over(deck: "Deck", words: Words, lang: str, path: Path, wishes: Wishes) -> Handed:
    """Writes a fresh deck to `path`, with what the teacher changed in the deck that is there. Raises CourseError, and
    leaves everything as it is, where that deck is none that we can merge."""
    theirs = None if wishes.replace or not path.exists() or is_as_generated(path) else _opened(path)
    merge = None
    if theirs is not None:
        merge = DeckMerge(deck.presentation, deck.base, theirs[0], theirs[1], words, lang, restore=wishes.restore)
        merge.merge()
        for slide in deck.presentation.slides:
            animations.sound(slide.part._element)
    data = package.packed(deck.presentation)
    told = tuple(_looked_through(data, path, merge))
    kept = keep_copy(path) if wishes.replace and path.exists() and not is_as_generated(path) else None
    obstacle = _write(data, path, generated=merge is None or not merge.report.told)
    target = beside(path) if obstacle else path
    older = _write_beside(data, target) if obstacle else None
    keep_sidecar(path.parent / STATE, deck.base)
    if merge is None:
        remember(path, data, deck.drawn)
    report = merge.report if merge else Report(deck.base.generation)
    said = (
        *report.sentences(),
        *told,
        *([f"an older {target.name} that you changed is kept as {older}"] if older else []),
    )
    return Handed(target, len(deck.presentation.slides), kept, report, said, tuple(_warnings(path, obstacle)))


def _opened(path: Path) -> tuple[Any, Base] | None:
    """The deck on disk and what it was made from; None where it is ours and nobody touched it."""
    try:
        theirs: Any = Presentation(str(path))
        base = read_base(theirs, path.parent / STATE)
    except BROKEN:
        theirs = base = None
    if base is not None:
        return theirs, base
    if is_as_written(path):
        return None
    why = "is no deck that can be opened" if theirs is None else "does not say what it was made from"
    raise CourseError([Problem(Place(str(path)), f"{why}, so that changes in it cannot be kept", OFFER)])


def _looked_through(data: bytes, path: Path, merge: DeckMerge | None) -> Iterator[str]:
    """What our lint says of slides that the teacher changed; raises CourseError for what would be our own mistake."""
    by_hand = merge.pages_by_hand() if merge else set()
    found = lint(data)
    ours = [one for one in found if one.rule not in MANNERS or one.page not in by_hand]
    if ours and by_hand:  # what the teacher's program has broken already is no mistake of ours
        broken = {one.rule for one in lint(path.read_bytes())}
        ours = [one for one in ours if one.rule not in broken or one.page not in by_hand]
    if ours:
        raise CourseError(Problem(Place(path.name), str(one), OURS) for one in ours)
    return map(_advice, found)


def _advice(finding: Finding) -> str:
    return f"{finding} (you changed this slide)"


# ---------------------------------------------------------------- writing


def beside(path: Path) -> Path:
    """Where a deck is written that cannot replace the one at `path`."""
    return path.with_name(f"{path.stem} merged{path.suffix}")


def _write(data: bytes, path: Path, *, generated: bool) -> str:
    """Writes the deck; gives the reason where the one that is there must not be replaced now, else ""."""
    obstacle = _obstacle(path)
    if not obstacle:
        try:
            package.write(data, path)
        except PermissionError:
            if not path.exists():
                raise
            return "cannot be replaced"
        remember_written(path, generated=generated)
    return obstacle


def _write_beside(data: bytes, target: Path) -> Path | None:
    """Writes the deck beside the one that is there; gives the copy kept of an older one that was changed by hand."""
    older = keep_handmade(target)
    package.write(data, target)
    remember_written(target, generated=False)
    return older


def _warnings(path: Path, obstacle: str) -> Iterator[Problem]:
    if obstacle:
        message = f"{obstacle}; it is as it was, and the new deck is {beside(path)}"
        hint = "close it or lift the protection, and run the command again"
        yield Problem(Place(str(path)), message, hint, Severity.WARNING)


def _obstacle(path: Path) -> str:
    """Why a deck must not be replaced now, or ""."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            return f"is open in another program (if it is not, delete {path.with_name(lock)})"
    if path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return "is write-protected"
    return ""
