"""Waiting for an author to save: the one place where watchfiles is called."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from twofold.files import is_output

SETTLED = 60
"""Milliseconds without another edit after which a burst of edits is over."""
LONGEST = 1200
"""Milliseconds after which a burst that does not end is taken as it is."""
NOW_AND_THEN = 300
"""Milliseconds after which nothing is said to have been edited, so that a Ctrl-C is heard."""
OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".part", ".lock")


def edits(folders: Collection[Path], out: Path) -> Iterator[frozenset[Path]]:
    """The files that were edited in folders, burst by burst; outputs, hidden files and those that editors keep for
    themselves are none. Begins with an empty set as soon as no edit is missed any more, and does so again where some
    were missed; ends never."""

    def counts(_change: Change, name: str) -> bool:
        return is_input(Path(name), folders, out)

    while True:
        begun, watched = False, _identities(folders)
        try:
            for changes in watch(
                *(folder for folder in folders if folder.is_dir()),
                watch_filter=counts,
                debounce=LONGEST,
                step=SETTLED,
                rust_timeout=NOW_AND_THEN,
                yield_on_timeout=True,
            ):
                if changes or not begun:
                    begun = True
                    yield frozenset(Path(name) for _, name in changes)
                if _identities(folders) != watched:
                    break  # a folder that was made anew is not watched yet
        except RuntimeError:  # of watchfiles, about a file with a name that is no text
            if not begun:
                raise


def _identities(folders: Iterable[Path]) -> list[int]:
    """What tells each folder from another of the same name; 0 where there is none."""
    return [folder.stat().st_ino if folder.is_dir() else 0 for folder in folders]


def is_input(path: Path, folders: Iterable[Path], out: Path) -> bool:
    """Whether an edit of this file is one of the folders' own: of the course or the layouts."""
    path, out = path.resolve(), out.resolve()
    holding = [folder for folder in map(Path.resolve, folders) if path.is_relative_to(folder)]
    if any(is_output(path, folder, out) for folder in holding):
        return False
    name = path.name
    return not (name.startswith((".", "~$", "#")) or name.endswith(OF_EDITORS) or "__pycache__" in path.parts)
