"""Files replaced whole: a reader sees the old one or the new one, never half of one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` to write into; it takes `path`'s place when the block ends well, else it is deleted.

    Raises OSError when the folder cannot be made or written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        new.chmod(0o666 & ~_umask())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _umask() -> int:
    """The permissions that a file made in the usual way would not have; mkstemp makes files for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
