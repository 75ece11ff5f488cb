"""Files replaced whole, alone or together: a reader sees the old one or the new one, never half of one.

Files that belong together are written in full beside the old ones first. Then a list of them is put down: until then
the old ones count, from then on the new ones, and whoever comes next finishes what a killed program had begun."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from twofold.problems import CourseError, Place, Problem

STATE = Path(".twofold")
NEW = STATE / "new"
LIST = STATE / "handover.json"
Stamp = tuple[int, int] | None
"""When a file was last changed and how long it is; None where there is none."""


OUTPUTS = re.compile(
    r"(booklet|teacher)(-sheets|-fronts|-backs)?\.pdf|(archive|errata|rehearsal)\.pdf"
    r"|slides(-lesson-\d+)?( merged| by hand .+)?\.pptx|\.~lock\..+#|~\$.+"
)
"""What the commands call their files, and a program what it keeps beside one that is open."""


def is_output(path: Path, folder: Path, out: Path) -> bool:
    """Whether a file of `folder` lies in `out`, where the commands write, and is none of the author's: where `out`
    holds the folder, only what bears a name of ours is not his. All paths are resolved."""
    if not path.is_relative_to(out):
        return False
    name = path.relative_to(out)
    return not folder.is_relative_to(out) or name.parts[:1] == STATE.parts or bool(OUTPUTS.fullmatch(str(name)))


def sources(folder: Path, out: Path) -> list[Path]:
    """The author's files below a folder, in order."""
    folder, out = folder.resolve(), out.resolve()
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not is_output(path, folder, out)]


@dataclass(slots=True)
class _Batch:
    """Files that wait to take their places in `folder`; `before` is how those places were found."""

    folder: Path
    before: dict[Path, Stamp]
    waiting: dict[Path, Path] = field(default_factory=dict)
    later: list[Callable[[], None]] = field(default_factory=list)


_OPEN: ContextVar[_Batch | None] = ContextVar("_OPEN", default=None)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write into; it takes `path`'s place when the block ends well, else it is deleted. Inside of
    `together` it does so with all the others.

    Raises OSError when the folder cannot be made or written."""
    batch = _OPEN.get()
    folder = batch.folder / NEW if batch else path.parent
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=folder)
    os.close(handle)
    new = folder / Path(name).name  # mkstemp makes the name of a relative folder absolute
    try:
        yield new
        new.chmod(0o666 & ~_umask())
        if batch:
            batch.waiting[path] = new
        else:
            new.replace(path)
    finally:
        if not (batch and batch.waiting.get(path) == new):
            new.unlink(missing_ok=True)


def latest(path: Path) -> Path:
    """Where the newest words of `path` are: in the file itself, or in the one that waits to take its place."""
    batch = _OPEN.get()
    return batch.waiting.get(path, path) if batch else path


def afterwards(action: Callable[[], None]) -> None:
    """Does something, inside of `together` as soon as all files have taken their places; where it fails, never."""
    batch = _OPEN.get()
    if batch:
        batch.later.append(action)
    else:
        action()


@contextmanager
def together(folder: Path) -> Iterator[None]:
    """All files that are replaced in the block, anywhere in `folder`, take their places at its end; where it fails,
    none does, and the folder is as it was. One program at a time may do so in a folder.

    Raises CourseError, and replaces none, where somebody else has changed one of them meanwhile."""
    finish(folder)
    there = [path for path in (folder, folder / STATE) if path.exists()]
    batch = _Batch(folder, {path: _stamp(path) for path in folder.glob("*")})
    token = _OPEN.set(batch)
    try:
        yield
        _hand_over(batch)
    finally:
        _OPEN.reset(token)
        if not unfinished(folder):
            _tidy(folder, there)
    for action in batch.later:
        action()


def _hand_over(batch: _Batch) -> None:
    for path in batch.waiting:
        if path.parent == batch.folder and _stamp(path) != batch.before.get(path):
            message = "was changed by another program while it was made anew; nothing was replaced"
            raise CourseError([Problem(Place(str(path)), message, "run the command again")])
    moves = [
        (new.relative_to(batch.folder).as_posix(), path.relative_to(batch.folder).as_posix(), _stamp(path))
        for path, new in batch.waiting.items()
    ]
    if not moves:
        return
    ready = batch.folder / NEW / LIST.name
    ready.write_text(json.dumps(moves), encoding="utf-8")
    ready.replace(batch.folder / LIST)  # from here on the new files count
    try:
        finish(batch.folder)
    except KeyboardInterrupt:
        finish(batch.folder)
        raise


def unfinished(folder: Path) -> bool:
    """Whether a program was killed here while files took their places."""
    return (folder / LIST).exists()


def finish(folder: Path) -> None:
    """Lets the files of a killed program take their places, but for those that were changed since; deletes what one
    left that was killed earlier. Nobody else may be writing to the folder."""
    if unfinished(folder):
        for new, name, stamp in json.loads((folder / LIST).read_text(encoding="utf-8")):
            path = folder / name
            if (folder / new).exists() and _stamp(path) == (tuple(stamp) if stamp else None):
                (folder / new).replace(path)
        (folder / LIST).unlink()
    shutil.rmtree(folder / NEW, ignore_errors=True)


def _tidy(folder: Path, there: list[Path]) -> None:
    """Leaves no empty folder that was not there."""
    shutil.rmtree(folder / NEW, ignore_errors=True)
    for path in (folder / STATE, folder):
        if path not in there:
            with suppress(OSError):
                path.rmdir()


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _umask() -> int:
    """The permissions that a file made in the usual way would not have; mkstemp makes files for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
