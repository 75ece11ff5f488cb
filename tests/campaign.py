"""Teachers and authors at random: python -m tests.campaign [--cases N] [--seed N] [--libreoffice] makes decks, changes
each as a teacher would and its chapters as an author would, merges, and looks for what was lost.

Every change has a word of its own or a value that can be looked for. A case is told by its number: the same seed and
number make the same case."""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openxml_audit import validate_pptx

from tests import sdk
from tests.editing import Teacher, as_powerpoint_saves
from tests.hands import HANDS, KEPT_BY_LIBREOFFICE, Check
from twofold.slides.lint import lint
from twofold.slides.merging.handing import MANNERS

STEMS = ("camp", "wall", "letter", "kite", "June", "witness", "commission", "gate", "yard", "strike")


@dataclass
class Page:
    """A slide of the chapter."""

    key: str
    kind: str
    title: str
    points: list[str]
    notes: list[str]


@dataclass
class Author:
    """Writes a chapter and changes it; `new` are words that must be on a slide or told, `gone` words that must not be
    on a slide unless it is told."""

    random: random.Random
    pages: list[Page] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    count: int = 0

    def word(self) -> str:
        """A word that was not there before."""
        self.count += 1
        return f"{self.random.choice(STEMS)}{self.count}x"

    def phrase(self) -> str:
        return " ".join(
            [self.word(), *(self.random.choice(STEMS) for _ in range(self.random.randint(1, 4))), self.word()]
        )

    def page(self) -> Page:
        kind = self.random.choice(("points", "points", "steps", "picture", "table", "chart", "timeline"))
        count = self.random.randint(3, 4)
        points = [str(self.random.randint(10, 99)) for _ in range(count)] if kind == "chart" else []
        points = points or [self.phrase() for _ in range(count if kind != "picture" else 0)]
        notes = [self.phrase() for _ in range(self.random.randint(0, 2))]
        return Page(self.word(), kind, self.phrase(), points, notes)

    def begin(self) -> "Author":
        self.pages = [self.page() for _ in range(self.random.randint(4, 7))]
        return self

    def text(self) -> str:
        head = '---\ntitle: First\nlesson: 1\n---\n\n![A box](figures/box.svg){#fig-box alt="a box"}\n\n'
        return head + "\n".join(
            f'::: {{.slide title="{p.title}" #{p.key}}}\n{_body(p)}{_notes(p)}:::\n' for p in self.pages
        )

    # ------------------------------------------------------------ what an author changes

    def change(self) -> None:
        """Changes the chapter once."""
        change = self.random.choice(
            (self.retitle, self.replace_point, self.change_word, self.add_point, self.drop_point, self.change_notes) * 2
            + (self.add_page, self.drop_page, self.move_page)
        )
        change()

    def some(self, *kinds: str) -> Page | None:
        pages = [page for page in self.pages if not kinds or page.kind in kinds]
        return self.random.choice(pages) if pages else None

    def said(self, text: str) -> str:
        self.new += [word for word in text.split() if word.endswith("x")]
        return text

    def unsaid(self, text: str) -> None:
        words = [word for word in text.split() if word.endswith("x")]
        self.gone += [word for word in words if word not in self.new]
        self.new = [word for word in self.new if word not in words]

    def retitle(self) -> None:
        page = self.random.choice(self.pages)
        self.unsaid(page.title)
        page.title = self.said(self.phrase())

    def replace_point(self) -> None:
        if page := self.some("points", "steps", "table", "timeline"):
            number = self.random.randrange(len(page.points))
            self.unsaid(page.points[number])
            page.points[number] = self.said(self.phrase())

    def change_word(self) -> None:
        if page := self.some("points", "steps", "table", "timeline"):
            number = self.random.randrange(len(page.points))
            first, _, rest = page.points[number].partition(" ")
            self.unsaid(first)
            page.points[number] = f"{self.said(self.word())} {rest}"

    def add_point(self) -> None:
        page = self.some("points", "steps", "table")
        if page and len(page.points) < 6:
            page.points.insert(self.random.randint(0, len(page.points)), self.said(self.phrase()))

    def drop_point(self) -> None:
        page = self.some("points", "steps", "table")
        if page and len(page.points) > 2:
            self.unsaid(page.points.pop(self.random.randrange(len(page.points))))

    def change_notes(self) -> None:
        page = self.random.choice(self.pages)
        if page.notes:
            number = self.random.randrange(len(page.notes))
            self.unsaid(page.notes[number])
            page.notes[number] = self.said(self.phrase())
        else:
            page.notes.append(self.said(self.phrase()))

    def add_page(self) -> None:
        page = self.page()
        for text in (page.title, *page.notes, *page.points):
            self.said(text)
        self.pages.insert(self.random.randint(0, len(self.pages)), page)

    def drop_page(self) -> None:
        if len(self.pages) > 3:
            page = self.pages.pop(self.random.randrange(len(self.pages)))
            for text in (page.title, *page.notes, *page.points):
                self.unsaid(text)

    def move_page(self) -> None:
        page = self.pages.pop(self.random.randrange(len(self.pages)))
        self.pages.insert(self.random.randint(0, len(self.pages)), page)


def _body(page: Page) -> str:
    match page.kind:
        case "points":
            return "".join(f"- {point}\n" for point in page.points)
        case "steps":
            return "::: incremental\n" + "".join(f"- {point}\n" for point in page.points) + ":::\n"
        case "picture":
            return "[](#fig-box)\n"
        case "table":
            rows = "".join(f"| {n} | {point} |\n" for n, point in enumerate(page.points, 1952))
            return f"| Year | What |\n|---|---|\n{rows}"
        case "timeline":
            rows = "".join(f"{n} May,{point}\n" for n, point in enumerate(page.points, 16))
            return f'```{{.timeline #time-{page.key} title="Days" alt="days"}}\nWhen,What\n{rows}```\n'
        case _:
            rows = "".join(f"row {n},{point}\n" for n, point in enumerate(page.points))
            return f'```{{.chart #chart-{page.key} type=bar title="Numbers" alt="numbers"}}\nname,value\n{rows}```\n'


def _notes(page: Page) -> str:
    return "\n::: notes\n" + "\n\n".join(page.notes) + "\n:::\n" if page.notes else ""


# ---------------------------------------------------------------- a case


@dataclass
class Case:
    """One teacher, one author; `wrong` tells what was lost."""

    number: int
    seed: int
    folder: Path
    libreoffice: bool = False
    wrong: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def prepare(self) -> "Case":
        """The deck made, and changed by the teacher."""
        self.random = random.Random(self.seed * 1_000_003 + self.number)
        self.author = Author(self.random).begin()
        self.teacher = Teacher(self.folder, self.author.text())
        self.teacher.make()
        self.teacher.edit(self._teach)
        return self

    def _teach(self, deck: Any) -> None:
        hands = KEPT_BY_LIBREOFFICE if self.libreoffice else HANDS
        used: set[str] = set()
        for _ in range(self.random.randint(1, 8)):
            hand = self.random.choice(hands)
            check = hand(deck, self.random, used)
            if check is not None:
                self.done.append(hand.__name__)
                self.checks.append(check)
        if not self.libreoffice:
            as_powerpoint_saves(deck, self.random)

    def finish(self) -> "Case":
        """The chapters changed, the deck merged twice, and what was lost."""
        for _ in range(self.random.randint(0, 6)):
            self.author.change()
        self.teacher.write(self.author.text())
        handed = self.teacher.make()
        told = "\n".join(f"{one.what} {one.key} {one.title} {one.part} {one.chapters}" for one in handed.report.told)
        deck = self.teacher.deck()
        self.wrong += [
            f"teacher: {name}" for name, check in zip(self.done, self.checks, strict=True) if not check(deck)
        ]
        shown = _all_words(deck)
        self.wrong += [
            f"chapters: {word} is lost" for word in self.author.new if word not in shown and word not in told
        ]
        kept = {one.what for one in handed.report.told} & {"kept", "dropped", "own", "conflict"}
        self.wrong += [f"chapters: {word} is still there" for word in self.author.gone if word in shown and not kept]
        data = self.teacher.path.read_bytes()
        self.teacher.make()
        if self.teacher.path.read_bytes() != data:
            self.wrong.append("the second merge changes the deck")
        if self.number % 5 == 0:
            self.wrong += self._broken(data)
        return self

    def _broken(self, data: bytes) -> Iterator[str]:
        yield from (str(one) for one in lint(data) if one.rule not in MANNERS)
        found = validate_pptx(str(self.teacher.path))
        yield from (f"openxml-audit: {error}" for error in ([] if found.is_valid else found.errors[:3]))


def _all_words(deck: Any) -> str:
    """Every text in the deck: slides, notes, tables and charts."""
    parts = []
    for slide in deck.slides:
        roots = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        roots += [one.target_part._element for one in slide.part.rels.values() if one.reltype.endswith("/chart")]
        parts += ["".join(text.text or "" for text in p.iter("{*}t")) for root in roots for p in root.iter("{*}p")]
        parts += [value.text or "" for root in roots for value in root.iter("{*}v")]
    return "\n".join(parts)


def saved_by_libreoffice(paths: list[Path], profile: Path) -> None:
    """Opens decks in LibreOffice and saves them, in their place."""
    folder = paths[0].parent.parent.parent / "saved"
    for n in range(0, len(paths), 25):
        names = []
        for path in paths[n : n + 25]:
            name = folder / f"{path.parent.parent.name}.pptx"
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_bytes(path.read_bytes())
            names.append(name)
        line = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
        out = folder / "out"
        subprocess.run(
            [*line, "pptx:Impress MS PowerPoint 2007 XML", "--outdir", str(out), *map(str, names)],
            check=True, capture_output=True, timeout=900,
        )  # fmt: skip
        for path, name in zip(paths[n : n + 25], names, strict=True):
            path.write_bytes((out / name.name).read_bytes())


def run(
    cases: int,
    seed: int,
    folder: Path,
    *,
    libreoffice: bool = False,
    first: int = 0,
    tell: Callable[[str], None] = print,
) -> list[Case]:
    """Runs cases and gives those in which something was lost."""
    made = [Case(n, seed, folder / f"case-{n}", libreoffice) for n in range(first, first + cases)]
    if libreoffice:
        for case in made:
            case.prepare()
        saved_by_libreoffice([case.teacher.path for case in made], folder / "profile")
    bad: list[Case] = []
    valid: list[Path] = []
    for case in made:
        try:
            if not libreoffice:
                case.prepare()
            case.finish()
        except Exception as error:
            if os.environ.get("CAMPAIGN_RAISES"):
                raise
            case.wrong.append(f"{type(error).__name__}: {error}")
        if case.wrong:
            bad.append(case)
            tell(f"case {case.number} ({', '.join(case.done)}): {'; '.join(case.wrong)}")
        if case.number % 5 == 0 and case.teacher.path.exists():
            valid.append(folder / f"case-{case.number}.pptx")
            valid[-1].write_bytes(case.teacher.path.read_bytes())
        shutil.rmtree(case.folder, ignore_errors=True)
    for told in sdk.findings(*valid) if valid and sdk.installed() else ():
        bad.append(Case(-1, seed, folder, libreoffice, [told]))
        tell(f"Open XML SDK: {told}")
    return bad


def main() -> int:
    """The campaign as a command: 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1954)
    parser.add_argument("--libreoffice", action="store_true", help="save each changed deck in LibreOffice first")
    arguments = parser.parse_args()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        bad = run(
            arguments.cases, arguments.seed, Path(folder), libreoffice=arguments.libreoffice, first=arguments.first
        )
    print(f"{arguments.cases} cases, {len(bad)} with something lost")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
