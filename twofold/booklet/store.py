"""What was made already, by the hash of all it was made from: in memory, and in a folder from one run to the next.

Nothing in the folder is needed: what is missing, damaged or from elsewhere is made again, and a folder that cannot be
written is left alone."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from twofold.files import replacing

FOLDER = Path(".twofold") / "parts"
NAME = re.compile("[0-9a-f]{64}")
SEAL = 32  # bytes of a SHA-256
LIMIT = 200 * 2**20  # bytes
"""How large the folder may grow with what the last build did not use."""


@dataclass(slots=True)
class Store:
    """Bytes by keys, each a SHA-256 in hexadecimal digits. `folder` may be None, or one that does not exist yet."""

    folder: Path | None = None
    _held: dict[str, bytes] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _fresh: set[str] = field(default_factory=set)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, if it is there and whole."""
        data = self._held.get(key) or self._read(key)
        if data is not None:
            self._held[key] = data
            self._used.add(key)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Holds something new, which `keep` will write into the folder."""
        self._held[key] = data
        self._used.add(key)
        self._fresh.add(key)

    def keep(self) -> None:
        """Ends a build: what it used is kept from now on, and of the rest as much as there is room for."""
        self._held = {key: self._held[key] for key in self._used}
        if self.folder:
            with suppress(OSError):
                self._write(self.folder)
                self._clear(self.folder)
        self._used, self._fresh = set(), set()

    def _read(self, key: str) -> bytes | None:
        with suppress(OSError):
            kept = (self.folder / key).read_bytes() if self.folder else b""
            seal, data = kept[:SEAL], kept[SEAL:]
            if seal == _seal(key, data):
                return data
        return None

    def _write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        for key, data in self._held.items():
            path = folder / key
            if path.exists() and key not in self._fresh:
                path.touch()  # so that what was used lately is known
            else:
                with replacing(path) as new:
                    new.write_bytes(_seal(key, data) + data)

    def _clear(self, folder: Path) -> None:
        """Deletes what was not used for the longest time, until the folder is small enough."""
        files = sorted(_entries(folder), key=lambda path: path.stat().st_mtime, reverse=True)
        size = 0
        for path in files:
            size += path.stat().st_size
            if size > LIMIT and path.name not in self._held:
                path.unlink()


@lru_cache(maxsize=4)
def store_for(out: Path) -> Store:
    """The store beside the outputs, which this program holds on to from build to build."""
    return Store(out / FOLDER)


def _entries(folder: Path) -> Iterator[Path]:
    """The files of a store, also those that a killed program left half-written."""
    return (path for path in folder.iterdir() if NAME.search(path.name))


def _seal(key: str, data: bytes) -> bytes:
    """A hash that tells whether this is what was kept, and under this key."""
    return hashlib.sha256(key.encode() + data).digest()
