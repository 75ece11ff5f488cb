"""How fast a course is made for the first time and again, beside the engines alone: a table of ratios.

Both halves of each ratio are measured in the same run, one after the other, several times; the table has the middle
of the ratios. Seconds are those of the processor, but for `--watch`, where they are those that an author waits.

    python3 -m uv run --group bench bench/ratios.py [--runs 3] [--course kengir|long|both] [--chapters 80]
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clock import ENVIRONMENT, Cost, cost  # noqa: E402  # after the path to it
from bench.courses import write_course, write_typst  # noqa: E402

ENGINES = ROOT / "bench" / "engines.py"
BOOKLET, DECK = "make_booklet.py", "make_slides.py"
OURS = (BOOKLET, DECK, "--watch")
MEMORY = 500
"""MiB that none of ours may go beyond."""
FRESH = ("among", "often", "never", "later", "there", "since")
"""Words that take the place of others, one after the other."""
READY = 10
"""Seconds between the beginning of `--watch` and an author's first edit."""
PROSE = re.compile(r"^[A-Z][^\[{]{0,80}?\b(?P<word>[a-z]{5,})\b", re.MULTILINE)
SLIDE = re.compile(r"^::: \{\.slide title=\"[^\"]*?\b(?P<word>[a-z]{5,})\b", re.MULTILINE)


@dataclass
class Table:
    """Pairs of seconds by what they are of, the most that each ratio may be, and the memory of each process."""

    pairs: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    most: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, what: str, ours: float, beside: float, most: float) -> None:
        self.pairs[what].append((ours, beside))
        self.most[what] = most

    def used(self, who: str, cost: Cost) -> float:
        """Keeps the memory of a process and gives its seconds."""
        self.memory[who] = max(self.memory[who], cost.memory)
        return cost.seconds

    def lines(self) -> Iterator[str]:
        yield f"{'':64} seconds   beside    ratio   at most"
        for what, pairs in self.pairs.items():
            ours, beside = (statistics.median(side) for side in zip(*pairs, strict=True))
            ratio = statistics.median(mine / other for mine, other in pairs)
            over = "  too much" if ratio > self.most[what] else ""
            yield f"{what:64} {ours:7.2f}  {beside:7.2f}  {ratio:7.2f}  {self.most[what]:7.2f}{over}"
        for who, memory in self.memory.items():
            over = "  too much" if memory > MEMORY else ""
            most = f"{'':12}  {MEMORY:7}{over}" if who.startswith(OURS) else ""
            yield f"{f'most memory, {who}':64} {memory:7.0f} MiB {most}".rstrip()


@dataclass
class Bench:
    """A course in a folder of its own that may be changed, and what is measured of it."""

    chapters: Path
    work: Path
    again: float
    table: Table = field(default_factory=Table)
    changes: int = 0

    def run(self, typst: Path | None) -> None:
        """Everything once: into an empty folder, without a change, with a changed word, and watched."""
        out = Path(tempfile.mkdtemp(dir=self.work))
        first = {command: self._ours(command, out, "first") for command in (BOOKLET, DECK)}
        self.table.add("first booklets / WeasyPrint looking up pages", first[BOOKLET], self._weasyprint(), 1.2)
        inputs = (self.chapters, ROOT / "layouts", ROOT / "twofold")
        hashed = self._seconds("Python hashing", sys.executable, ENGINES, "python", *inputs)
        for command in (BOOKLET, DECK):
            seconds = self._ours(command, out, "nothing changed")
            self.table.add(f"{command}, nothing changed / Python hashing the same", seconds, hashed, 3)
        for where, words in ((PROSE, "prose"), (SLIDE, "a slide")):
            self.change(where)
            for command, what, most in ((BOOKLET, "booklets", self.again), (DECK, "deck", 0.6)):
                seconds = self._ours(command, out, "a word changed")
                self.table.add(f"{what}, a word of {words} changed / first", seconds, first[command], most)
        if typst:
            self._watched(out, typst)

    def change(self, where: re.Pattern[str]) -> None:
        """Puts another word for the first long one in the middle chapter's prose, or in a slide's title."""
        files = sorted(self.chapters.glob("*.md"))
        path = files[len(files) // 2 - 1]
        text = path.read_text(encoding="utf-8")
        head = text.find("\n---\n") + 1
        found = where.search(text, head)
        assert found, f"{path} has no word to change"
        fresh = FRESH[self.changes % len(FRESH)] + "s" * (self.changes // len(FRESH))  # no text twice
        self.changes += 1
        path.write_text(text[: found.start("word")] + fresh + text[found.end("word") :], encoding="utf-8")

    def _ours(self, command: str, out: Path, when: str) -> float:
        return self._seconds(f"{command}, {when}", sys.executable, ROOT / command, self.chapters, "-o", out)

    def _seconds(self, who: str, *command: object) -> float:
        return self.table.used(who, cost(*command))

    def _weasyprint(self) -> float:
        kept = self.work / "gathered"
        cost(sys.executable, ENGINES, "gather", self.chapters, kept)
        return self._seconds("WeasyPrint", sys.executable, ENGINES, "weasyprint", kept, self.work)

    def _watched(self, out: Path, typst: Path) -> None:
        """From save to fresh booklets, both editions and the student's alone, beside typst compiling them cold."""
        fonts = _fonts()
        for editions in (("student", "teacher"), ("student",)):
            which = "both" if len(editions) > 1 else editions[0]
            with watched(self.chapters, out, which, self.table) as built:
                self.change(PROSE)
                begun = time.perf_counter()
                next(built)
                seconds = time.perf_counter() - begun
            beside = sum(_typst(typst, fonts, edition) for edition in editions)
            self.table.add(f"--watch, {which}: save to fresh booklet / typst, cold", seconds, beside, 1)


@contextmanager
def watched(chapters: Path, out: Path, edition: str, table: Table) -> Iterator[Iterator[None]]:
    """`make_booklet.py --watch`, once it has built; gives an iterator that waits for the next build."""
    line = [sys.executable, ROOT / BOOKLET, chapters, "-o", out, "--edition", edition, "--watch", "--json"]
    process = subprocess.Popen(
        [*map(str, line)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT
    )
    assert process.stdout
    built = (None for said in process.stdout if json.loads(said)["built"])
    next(built)
    time.sleep(READY)  # until what is done behind the author's back is done
    yield built
    process.terminate()
    process.stdout.close()
    _, _, used = os.wait4(process.pid, 0)
    table.used(f"--watch, {edition}", Cost(0, used.ru_maxrss / 1024))


def _fonts() -> str:
    from twofold.booklet.fonts import fonts

    return str(fonts().folder)


def _typst(main: Path, fonts: str, edition: str) -> float:
    line = [sys.executable, str(ENGINES), "typst", str(main), fonts, edition]
    return float(subprocess.run(line, check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--course", choices=["kengir", "long", "both"], default="both")
    parser.add_argument("--chapters", type=int, default=80)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_course(small := Path(folder) / "small", 1)
        for command in (BOOKLET, DECK):  # so that all is compiled
            cost(sys.executable, ROOT / command, small, "-o", small / "out")
        if arguments.course != "long":
            copy_of_kengir = Path(folder) / "kengir"
            shutil.copytree(ROOT / "chapters", copy_of_kengir)
            measure("The Kengir course", Bench(copy_of_kengir, Path(folder), again=0.35), None, arguments.runs)
        if arguments.course != "kengir":
            write_course(long := Path(folder) / "long", arguments.chapters)
            typst = write_typst(Path(folder) / "typst", arguments.chapters)
            title = f"A course of {arguments.chapters} chapters"
            measure(title, Bench(long, Path(folder), again=0.12), typst, arguments.runs)


def measure(title: str, bench: Bench, typst: Path | None, runs: int) -> None:
    """Runs a bench several times and prints its table."""
    for run in range(runs):
        print(f"{title}: run {run + 1} of {runs}", file=sys.stderr, flush=True)
        bench.run(typst)
    print(f"\n{title}", *bench.table.lines(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
