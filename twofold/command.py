"""What both commands share: their common arguments, how they speak, and how they end.

Only the standard library is imported here, so that a missing package is a sentence and not a traceback."""

import argparse
import gc
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twofold import STOPPED
from twofold.builds.record import Record, alone, digests, holds, key, read_record, write_record
from twofold.files import finish, together, unfinished
from twofold.problems import CourseError, Place, Problem, Severity
from twofold.progress import SHARE, Bar, put

HERE = Path(__file__).resolve().parent.parent
PANGO = (
    "Pango, which sets the booklet's text, is not installed. Debian and Ubuntu: "
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 · Fedora: sudo dnf install pango · macOS: brew install pango"
)


@dataclass(slots=True)
class Speaker:
    """Tells what happens: words for a person, or one JSON object at the end for a program. `result` is what a build
    left and is told again as long as it holds; `news` holds for this run alone. Builds `in_a_row` have a line of JSON
    each."""

    quiet: bool
    strict: bool
    as_json: bool
    problems: list[Problem] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)
    news: dict[str, Any] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    in_a_row: bool = False
    bar: Bar = field(default_factory=Bar)

    def say(self, words: str) -> None:
        """A line of progress."""
        self.said.append(words)
        if not (self.quiet or self.as_json):
            self.bar.clear()
            put(words, sys.stdout)

    def progress(self, words: str, share: float) -> None:
        """What is done next of long work, of which a share from 0 to 1 is done."""
        if not (self.quiet or self.as_json):
            self.bar.show(words, share)

    def wrote(self, path: Path) -> None:
        """Counts a file among those that the build leaves."""
        self.files.append(path)

    def left(self, path: Path) -> None:
        """Says of a file from an earlier build that this one did not make it again, so that nobody prints or shows
        what is out of date."""
        if path.exists():
            self.say(f"{path} is from an earlier build and was not made again")
            self.news.setdefault("left", []).append(str(path))

    def report(self, problems: tuple[Problem, ...], *, aloud: bool = False) -> None:
        """Tells problems as they are found, `aloud` also to one who asked for quiet. Raises CourseError when they stop
        the build, as warnings do if strict."""
        if stopping := [one for one in problems if self.strict or one.severity is Severity.ERROR]:
            raise CourseError(stopping)
        self.tell(problems, aloud=aloud or not self.quiet)

    def tell(self, problems: tuple[Problem, ...], *, aloud: bool = True) -> None:
        """Keeps problems for the JSON object and the record, and prints them for a person."""
        self.problems += problems
        for problem in problems:
            if aloud and not self.as_json:
                self.bar.clear()
                put(problem, sys.stderr)

    def told_problems(self) -> list[dict[str, Any]]:
        """The problems told so far, for a program."""
        return [_told(one) for one in self.problems]

    def end(self, status: int) -> int:
        """The exit status, after the JSON object where one is asked for."""
        if self.as_json:
            told = {"built": status == 0, **self.result, **self.news, "problems": self.told_problems()}
            plain = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
            put(json.dumps(told, ensure_ascii=plain, indent=None if self.in_a_row else 1), sys.stdout)
        return status


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _retold(told: dict[str, Any]) -> Problem:
    return Problem(Place(told["file"], told["line"]), told["message"], told["hint"], Severity(told["severity"]))


class _Saying(logging.Handler):
    """What a stage logs is a line of progress."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(logging.INFO)
        self.speaker = speaker

    def emit(self, record: logging.LogRecord) -> None:
        """Says the record, or shows how far the work has come."""
        share = getattr(record, SHARE, None)
        if share is None:
            self.speaker.say(record.getMessage())
        else:
            self.speaker.progress(record.getMessage(), share)


def common_arguments(description: str) -> argparse.ArgumentParser:
    """A parser with the arguments that both commands take."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("chapters", nargs="?", type=Path, default=HERE / "chapters", help="the course's folder")
    parser.add_argument("-o", "--out", type=Path, default=Path("out"), help="the folder to write to (out)")
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object instead of words")
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--watch", action="store_true", help="make it again after every edit, until Ctrl-C")
    parser.add_argument("--preview", action="store_true", help="the same, and show it on a page of this computer")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="the port of that page (any that is free)")
    return parser


def spell_out() -> None:
    """Lets letters that the terminal does not have, as Cyrillic ones on a Windows of the West, be told by number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


Build = Callable[[argparse.Namespace, Speaker], None]


def run(work: Build, arguments: argparse.Namespace) -> int:
    """Does the work of a command. 0 when it is done; 1 when the course or the machine does not allow it, told in
    sentences."""
    speaker = Speaker(arguments.quiet, arguments.strict, arguments.as_json)
    try:
        return 0 if attempt(work, arguments, speaker) else 1
    except KeyboardInterrupt:
        speaker.say(STOPPED)
        return speaker.end(1)


def attempt(work: Build, arguments: argparse.Namespace, speaker: Speaker) -> bool:
    """Does the work of a command and tells whether that was possible, and if not, why. Only Ctrl-C is raised."""
    # WeasyPrint makes millions of small objects that live to the end; to look among them for cycles as often as
    # Python does by itself takes a third of the time.
    gc.set_threshold(100_000)
    with _saying(speaker):
        try:
            work(arguments, speaker)
        except CourseError as error:
            speaker.tell(error.problems)
        except ModuleNotFoundError as error:
            message = f"the Python package “{error.name}” is not installed"
            speaker.tell((_machine(message, "run the command with uv: uv run …"),))
        except OSError as error:
            speaker.tell((_os_problem(error),))
        else:
            speaker.end(0)
            return True
    speaker.end(1)
    return False


@contextmanager
def _saying(speaker: Speaker) -> Iterator[None]:
    """Lets a speaker say what the stages log."""
    logger, saying = logging.getLogger("twofold"), _Saying(speaker)
    logger.setLevel(logging.INFO)
    logger.propagate = False  # a library may have told Python to print whatever comes by
    logger.addHandler(saying)
    try:
        yield
    finally:
        logger.removeHandler(saying)
        logger.propagate = True
        speaker.bar.clear()


def build_if_needed(build: Build, arguments: argparse.Namespace, name: str, speaker: Speaker) -> None:
    """Builds, unless the last build was made from the same and its files are as it left them. `name` is the command's,
    under which its record is kept."""
    out, wanted = arguments.out, key(arguments)
    if unfinished(out):
        with alone(out):
            finish(out)
    kept = read_record(name, out)
    if kept and holds(kept, wanted, out):
        speaker.report(tuple(map(_retold, kept.told)))
        speaker.result |= kept.result
        speaker.news["changed"] = False
        speaker.say(
            f"Nothing has changed: {', '.join(str(out / file) for file in kept.files if not file.startswith('.'))}"
        )
        return
    with alone(out) as waited, together(out):
        if waited:
            speaker.say(f"Another build was writing to {out}; this one waited for it.")
        build(arguments, speaker)
        told = tuple(speaker.told_problems())
        write_record(name, out, Record(wanted, digests(speaker.files, out), told, dict(speaker.result)))
        speaker.news["changed"] = True


def _os_problem(error: OSError) -> Problem:
    if "cannot load library" in str(error):
        return _machine("a library is missing", PANGO)
    return Problem(
        Place(str(error.filename or "")),
        f"cannot be read or written: {error.strerror or error}",
        "name another folder with -o",
    )


def _machine(message: str, hint: str) -> Problem:
    return Problem(Place("this computer"), message, hint)
