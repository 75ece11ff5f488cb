"""`--watch`: builds again whenever the course is saved, in one process whose engines stay warm, until Ctrl-C."""

import sys
from argparse import Namespace
from pathlib import Path

from twofold.command import Build, Speaker, attempt, run
from twofold.problems import CourseError, Place, Problem
from twofold.words import LAYOUTS

ENOUGH = 200
"""Builds after which all is forgotten that was kept warm, so that a long day fills no memory."""


def start(work: Build, arguments: Namespace) -> int:
    """Does the work of a command once, or after every edit; gives its exit status."""
    if not (arguments.watch or arguments.preview):
        return run(work, arguments)

    def watched(_arguments: Namespace, speaker: Speaker) -> None:
        if not arguments.chapters.is_dir():
            place = Place(str(arguments.chapters))
            raise CourseError([Problem(place, "there is no such folder", "name the folder that holds the chapters")])
        watch(work, arguments)

    return 0 if attempt(watched, arguments, Speaker(quiet=True, strict=False, as_json=False)) else 1


def watch(work: Build, arguments: Namespace) -> None:
    """Builds now and after each edit; what is wrong is told each time as it is then. Ctrl-C ends it."""
    from twofold.builds.watch import edits

    try:
        for count, edited in enumerate(edits((arguments.chapters, LAYOUTS), arguments.out)):
            if count % ENOUGH == ENOUGH - 1 or any(path.is_relative_to(LAYOUTS) for path in edited):
                forget()
            speaker = Speaker(arguments.quiet, arguments.strict, arguments.as_json, in_a_row=True)
            if edited:
                speaker.say(_heading(edited, arguments.chapters.resolve()))
            attempt(work, arguments, speaker)
            if not (arguments.quiet or arguments.as_json):
                print("Waiting for the next edit; Ctrl-C ends.", flush=True)
    except KeyboardInterrupt:
        print("Ended.", file=sys.stderr)


def _heading(edited: frozenset[Path], folder: Path) -> str:
    names = sorted(path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name for path in edited)
    return f"\nEdited: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"


def forget() -> None:
    """Forgets all that functions of ours have kept: it may come from layouts as they were."""
    modules = [module for name, module in sys.modules.items() if name.startswith("twofold.")]
    for kept in [value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")]:
        kept.cache_clear()
