"""The page map of the last booklet, kept beside the outputs so that a deck can name pages without laying them out."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from twofold.files import latest, replacing, sources
from twofold.words import LAYOUTS

STATE = Path(".twofold") / "pages.json"
MACHINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class PageMap:
    """On which page of the booklet each id stands. `inputs` is the fingerprint of what the booklet was made from,
    `size` the name of the page size that was asked for, "" for the course's own."""

    inputs: str
    size: str
    pages: Mapping[str, int]


def fingerprint(folder: Path, out: Path, *, chapters: bool = True) -> str:
    """A hash of all that a booklet is made from: the course in `folder`, with its chapters or without, the layouts and
    the machine itself.

    The outputs do not count where `out` lies in the course's folder."""
    digest = hashlib.sha256()
    for root in (folder, LAYOUTS, MACHINE):
        for path in sources(root, out):
            if (chapters or path.suffix != ".md") and "__pycache__" not in path.parts:
                name, data = path.relative_to(root.resolve()).as_posix(), path.read_bytes()
                digest.update(b"%d %s %d " % (len(name), os.fsencode(name), len(data)))
                digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def machine() -> str:
    """A hash of our own code."""
    digest = hashlib.sha256()
    for path in sorted(MACHINE.rglob("*.py")):
        data = path.read_bytes()
        digest.update(b"%s %d " % (path.relative_to(MACHINE).as_posix().encode(), len(data)))
        digest.update(data)
    return digest.hexdigest()


def read_page_map(out: Path) -> PageMap | None:
    """The page map kept in the output folder; None when there is none that can be read."""
    try:
        kept = json.loads(latest(out / STATE).read_text(encoding="utf-8"))
        pages = {str(name): int(page) for name, page in kept["pages"].items()}
        return PageMap(str(kept["inputs"]), str(kept["size"]), pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_page_map(out: Path, page_map: PageMap) -> None:
    """Keeps a page map in the output folder."""
    kept = {"inputs": page_map.inputs, "size": page_map.size, "pages": dict(page_map.pages)}
    with replacing(out / STATE) as new:
        new.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
