"""What was printed, kept beside the outputs: the booklet as it is, as it was when it last went to paper, and the same
of the slides of the last build. Only the standard library is needed."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from twofold.builds.changes import Edition, SlideLook
from twofold.builds.errata import Passage
from twofold.files import latest, replacing

FOLDER = Path(".twofold")
MADE, PRINTED = "made", "printed"


def keep_edition(out: Path, name: str, edition: Edition, passages: Iterable[Passage]) -> None:
    """Keeps what an edition, "student" or "teacher", looks like and says now."""
    _write(_path(out, MADE, name), dataclasses.asdict(edition))
    _write(_path(out, MADE, f"{name}-words"), [dataclasses.astuple(passage) for passage in passages])


def read_edition(out: Path, when: str, name: str) -> Edition | None:
    """An edition as it was made or printed last; None where that is not known."""
    kept = _read(_path(out, when, name))
    try:
        return Edition(
            file=str(kept["file"]),
            looks=tuple(map(str, kept["looks"])),
            sheets=tuple(tuple(tuple(side) for side in sheet) for sheet in kept["sheets"]),
            form=str(kept["form"]),
            folios=dict(kept["folios"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def read_passages(out: Path, when: str, name: str) -> tuple[Passage, ...] | None:
    """What an edition says as it was made or printed last; None where that is not known."""
    kept = _read(_path(out, when, f"{name}-words"))
    try:
        return tuple(Passage(int(folio), str(text), str(look)) for folio, text, look in kept)
    except (TypeError, ValueError):
        return None


def mark_printed(out: Path, name: str) -> None:
    """Remembers an edition, as it was made last, as the one that was printed."""
    for part in (name, f"{name}-words"):
        with replacing(_path(out, PRINTED, part)) as new:
            new.write_bytes(_path(out, MADE, part).read_bytes())


def keep_slides(out: Path, decks: Mapping[str, Iterable[SlideLook]]) -> None:
    """Keeps what the slides of each deck look like, by the name of its file; other decks stay known."""
    known = _read(_path(out, MADE, "slides"))
    fresh = {name: [dataclasses.astuple(slide) for slide in slides] for name, slides in decks.items()}
    _write(_path(out, MADE, "slides"), (known if isinstance(known, dict) else {}) | fresh)


def read_slides(out: Path, deck: str) -> tuple[SlideLook, ...] | None:
    """The slides of a deck as they were made last; None where that is not known."""
    kept = _read(_path(out, MADE, "slides"))
    try:
        return tuple(SlideLook(str(key), int(number), str(title), str(look)) for key, number, title, look in kept[deck])
    except (KeyError, TypeError, ValueError):
        return None


def _path(out: Path, when: str, name: str) -> Path:
    return out / FOLDER / f"{when}-{name}.json"


def _read(path: Path) -> Any:
    try:
        return json.loads(latest(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(path: Path, kept: Any) -> None:
    with replacing(path) as new:
        new.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
