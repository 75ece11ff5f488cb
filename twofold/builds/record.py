"""What each command last made and from what, so that a build that would change nothing is not done again.

Only the standard library is needed to find out, which is what makes it fast."""

import hashlib
import json
import os
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twofold.builds.state import MACHINE, fingerprint
from twofold.files import latest, replacing

FOLDER = Path(".twofold")
OF_NO_ACCOUNT = ("as_json", "quiet", "out", "errata", "mark_printed", "forget", "watch", "preview", "port")
"""Arguments that change how a command speaks and where it writes, and nothing in what it makes."""


@dataclass(frozen=True, slots=True)
class Record:
    """A build: `key` is a hash of all that it was made from, `files` a hash of each file that it left, by name;
    `told` is what it told of the course, `result` what it said to a program."""

    key: str
    files: Mapping[str, str]
    told: tuple[dict[str, Any], ...]
    result: Mapping[str, Any]


def key(arguments: Namespace, *, chapters: bool = True) -> str:
    """A hash of all that a build is made from: the course, with its chapters or without, the layouts, the machine and
    how the command was called."""
    called = {name: str(value) for name, value in vars(arguments).items() if name not in OF_NO_ACCOUNT}
    inputs = fingerprint(arguments.chapters, arguments.out, chapters=chapters)
    around = [digest(path) for path in [*sorted(MACHINE.parent.glob("*.py")), MACHINE.parent / "pyproject.toml"]]
    around += [digest(path) for path in _beside(arguments)]
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    return hashlib.sha256(json.dumps([inputs, called, around, date], sort_keys=True).encode()).hexdigest()


def read_record(command: str, out: Path) -> Record | None:
    """The last build of a command in the output folder; None when there is none that can be read."""
    try:
        kept = json.loads(_path(command, out).read_text(encoding="utf-8"))
        return Record(str(kept["key"]), dict(kept["files"]), tuple(kept["told"]), dict(kept["result"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def holds(record: Record, wanted: str, out: Path) -> bool:
    """Whether a build from `wanted` would leave what lies in the output folder now."""
    if record.key != wanted or not record.files:
        return False
    return all(digest(out / name) == known for name, known in record.files.items())


def write_record(command: str, out: Path, record: Record) -> None:
    """Keeps a record in the output folder."""
    kept = {"key": record.key, "files": record.files, "told": record.told, "result": record.result}
    with replacing(_path(command, out)) as new:
        new.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


def digests(files: Iterable[Path], out: Path) -> dict[str, str]:
    """A hash of each file, by its name in the output folder."""
    return {path.relative_to(out).as_posix(): digest(latest(path)) for path in files}


def digest(path: Path) -> str:
    """A hash of a file; "" of one that cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def alone(out: Path) -> Iterator[bool]:
    """Keeps other builds out of the output folder until this one ends; tells whether it had to wait for another."""
    from filelock import FileLock, Timeout

    lock = FileLock(lock_of(out))
    waited = False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waited = True
        lock.acquire()
    try:
        yield waited
    finally:
        lock.release()


def lock_of(out: Path) -> Path:
    """The file that a build of this output folder holds. It lies elsewhere: a build that fails leaves nothing."""
    name = hashlib.sha256(f"{os.environ.get('HOME', '')} {out.resolve()}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"twofold-{name}.lock"


def _beside(arguments: Namespace) -> tuple[Path, ...]:
    """Files that a command was called with: a template, and what stands beside it."""
    template = getattr(arguments, "template", None)
    return (template, template.with_suffix(".toml")) if template else ()


def _path(command: str, out: Path) -> Path:
    return out / FOLDER / f"{command}.json"
