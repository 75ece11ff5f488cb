"""`--watch`: builds again whenever the course is saved, in one process whose engines stay warm, until Ctrl-C."""

import gc
import sys
from argparse import Namespace
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.command import Build, Speaker, attempt, run, spell_out
from twofold.files import sources
from twofold.kept import Kept
from twofold.problems import CourseError, Place, Problem
from twofold.progress import put
from twofold.words import LAYOUTS

if TYPE_CHECKING:
    from twofold.preview import Show

KEEPERS = (Kept, type(lru_cache(lambda: None)))
"""What keeps something of one build for the next: our own, and what keeps the results of a function."""
ENOUGH = 30
"""Builds after which all is forgotten that was kept warm, so that a long day fills no memory."""


def start(work: Build, arguments: Namespace, prepare: Build | None = None) -> int:
    """Does the work of a command once, or after every edit; gives its exit status. `prepare` does what the next edit
    need not wait for, once nobody waits."""
    spell_out()
    if not (arguments.watch or arguments.preview):
        return run(work, arguments)

    silent = Speaker(quiet=True, strict=False, as_json=False)
    try:
        return 0 if attempt(lambda *_: _watch(work, arguments, prepare), arguments, silent) else 1
    except KeyboardInterrupt:
        put("Ended.", sys.stderr)
        return 0


def _watch(work: Build, arguments: Namespace, prepare: Build | None) -> None:
    """Builds now and after each edit, shown on a page if that is asked for."""
    if not arguments.chapters.is_dir():
        place = Place(str(arguments.chapters))
        raise CourseError([Problem(place, "there is no such folder", "name the folder that holds the chapters")])
    if not arguments.preview:
        _follow(work, arguments, prepare, None)
        return
    from twofold.preview import serve, show_of

    show = show_of(arguments)
    with serve(show, arguments.port) as address:
        put(f"Preview: {address}", sys.stderr)
        _follow(work, arguments, prepare, show)


def _follow(work: Build, arguments: Namespace, prepare: Build | None, show: "Show | None") -> None:
    """Builds until Ctrl-C; what is wrong is told each time as it is then."""
    from twofold.builds.watch import edits

    for count, edited in enumerate(edits((arguments.chapters, LAYOUTS), arguments.out)):
        enough, restyled = count % ENOUGH == ENOUGH - 1, any(path.is_relative_to(LAYOUTS) for path in edited)
        if enough or restyled:
            forget()
        speaker = Speaker(arguments.quiet, arguments.strict, arguments.as_json, in_a_row=True)
        if edited:
            speaker.say(_heading(edited, arguments.chapters.resolve()))
        if show:
            show.begin()
        built = _build(work, arguments, speaker)
        if show:
            show.end(speaker, built=built)
        if not (arguments.quiet or arguments.as_json):
            put("Waiting for the next edit; Ctrl-C ends.", sys.stdout)
        if prepare and built and (enough or not edited):
            _build(prepare, arguments, Speaker(quiet=True, strict=False, as_json=False))
        _tidy_up()


def _build(work: Build, arguments: Namespace, speaker: Speaker) -> bool:
    """Builds, and tells whether that was possible. A file that was saved while it was read may break the build in any
    way: that is told, and the next build follows at once."""
    before = _stamps(arguments)
    try:
        return attempt(work, arguments, speaker)
    except Exception:
        if _stamps(arguments) == before:
            raise
        speaker.say("A file was saved while the course was read; it is made again.")
        return False


def _stamps(arguments: Namespace) -> dict[Path, tuple[int, int]]:
    """When each file of the course was changed, and how long it is."""
    found = {}
    for path in sources(arguments.chapters, arguments.out) if arguments.chapters.is_dir() else ():
        with suppress(OSError):
            now = path.stat()
            found[path] = now.st_mtime_ns, now.st_size
    return found


def _heading(edited: frozenset[Path], folder: Path) -> str:
    names = sorted(path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name for path in edited)
    return f"\nEdited: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"


def _tidy_up() -> None:
    """Frees pages, which refer to each other in circles, as long as nobody waits; what is left is kept warm, and not
    looked through again while somebody does."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def forget() -> None:
    """Forgets all that functions of ours have kept: it may come from layouts as they were."""
    modules = [module for name, module in sys.modules.items() if name.startswith("twofold.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if isinstance(value, KEEPERS):  # only to ask for its method would not do: pikepdf's Name answers to every name
            value.cache_clear()
