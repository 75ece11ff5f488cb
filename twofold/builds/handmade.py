"""What a teacher changed by hand in an output is kept beside it before the output is made anew."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from twofold.files import replacing

WRITTEN = Path(".twofold") / "written.json"


def keep_handmade(path: Path) -> Path | None:
    """Keeps a copy of `path` where it is not what was last written there; gives the copy, or None if none is needed.

    The copy is named after the time, and never replaces a file."""
    if not path.exists() or _written(path.parent).get(path.name) == _digest(path):
        return None
    stamp = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H.%M.%S")
    copy = path.with_name(f"{path.stem} by hand {stamp}{path.suffix}")
    if not (copy.exists() and _digest(copy) == _digest(path)):
        with replacing(copy) as new:
            new.write_bytes(path.read_bytes())
    return copy


def remember_written(path: Path) -> None:
    """Remembers `path` as it is now as our own."""
    written = _written(path.parent) | {path.name: _digest(path)}
    with replacing(path.parent / WRITTEN) as new:
        new.write_text(json.dumps(written, indent=1), encoding="utf-8")


def _written(folder: Path) -> dict[str, str]:
    try:
        kept = json.loads((folder / WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
