"""What a teacher changed by hand in an output is kept beside it before the output is made anew."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from twofold.files import latest, replacing

WRITTEN = Path(".twofold") / "written.json"
GENERATED = "generated"
"""Under this name stand the names of files in which nothing is the teacher's."""


def keep_handmade(path: Path) -> Path | None:
    """Keeps a copy of `path` where it is not what was last written there; gives the copy, or None if none is needed."""
    return keep_copy(path) if path.exists() and not is_as_written(path) else None


def keep_copy(path: Path) -> Path:
    """Keeps a copy of `path`, named after the time; it never replaces another file."""
    stamp = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H.%M.%S")
    names = (f"{path.stem} by hand {stamp}{more}{path.suffix}" for more in ("", *(f" ({n})" for n in range(2, 1000))))
    copies = (path.with_name(name) for name in names)
    copy = next(copy for copy in copies if not copy.exists() or _digest(copy) == _digest(path))
    if not copy.exists():
        with replacing(copy) as new:
            new.write_bytes(path.read_bytes())
    return copy


def is_as_written(path: Path) -> bool:
    """Whether `path` is what was last written there."""
    return path.exists() and _written(path.parent).get(path.name) == _digest(path)


def is_as_generated(path: Path) -> bool:
    """Whether `path` is what was last written there, and nothing in it is the teacher's."""
    return is_as_written(path) and path.name in _written(path.parent).get(GENERATED, "").split("\n")


def remember_written(path: Path, *, generated: bool = True) -> None:
    """Remembers `path` as it is now as our own; `generated` tells that nothing in it is the teacher's."""
    before = _written(path.parent)
    names = set(before.get(GENERATED, "").split("\n")) - {path.name, ""} | ({path.name} if generated else set())
    written = before | {path.name: _digest(latest(path)), GENERATED: "\n".join(sorted(names))}
    with replacing(path.parent / WRITTEN) as new:
        new.write_text(json.dumps(written, indent=1), encoding="utf-8")


def _written(folder: Path) -> dict[str, str]:
    try:
        kept = json.loads(latest(folder / WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
