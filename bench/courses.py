"""A long course, made up: prose with all that chapters of a real one have, as a course of ours or as a typst book.

The same number gives the same chapter in either spelling, word by word.
"""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

PICTURES, WORKS, TERMS = 20, 30, 60
SETTINGS = 'title = "A long course"\nlanguage = "en-GB"\nauthor = "Nobody"\ncitations = "short-notes"\n'
LEDGER = "question,source,claim,verdict\n"
CLAIMS = ("The report,{} dead,contested", "The survivors,{} dead or wounded,single source", "The list,{} names,agreed")
WHO = (
    *("The prisoners of the third division", "A commission of seven", "The guards at the outer wall", "One witness"),
    *("The ministry in the capital", "A telegram of that week", "The women's compound", "Everybody in the barracks"),
    *("An old engineer", "The people of the settlement", "A later inquiry", "The cook of the second kitchen"),
)
DID = (
    *("wrote down", "kept", "asked for", "remembered", "described in few words", "counted", "never mentioned"),
    *("sent away", "hid under the floor", "carried through the yard", "refused to sign", "copied by hand", "lost"),
)
WHAT = (
    *("the demands of the first day", "a list of the wounded", "bread for four thousand people", "the broken lamps"),
    *("a kite with leaflets", "the keys of the storehouse", "an order from above", "what the loudspeakers had said"),
    *("the names of those who spoke", "nine letters to the government", "the tools of the workshop", "a plan"),
)
WHEN = (
    *("in the last week of May", "before the gates were closed", "although nobody had asked", "for the second time"),
    *("as the chronicle of the camp has it", "while the talks went on", "at four in the morning", "without a reason"),
    *("on the day after the funeral", "as far as we can tell from the papers", "until the tanks came", "in secret"),
)
THING = ("wall", "letter", "kite", "tribunal", "barracks", "quarry", "telegram", "hunger", "amnesty", "transport")


class Spelling(Protocol):
    """How things of a chapter are written."""

    def opening(self, number: int, title: str, summary: str, question: str) -> str: ...
    def heading(self, title: str) -> str: ...
    def note(self, words: str) -> str: ...
    def cited(self, work: int, page: int) -> str: ...
    def aside(self, word: str, words: str) -> str: ...
    def term(self, word: str) -> str: ...
    def indexed(self, word: str) -> str: ...
    def chapter(self, number: int) -> str: ...
    def shown(self, name: str) -> str: ...
    def picture(self, name: str, number: int, caption: str) -> str: ...
    def table(self, name: str, rows: list[tuple[str, str, str]], caption: str) -> str: ...
    def chart(self, name: str, bars: dict[str, int], title: str) -> str: ...
    def compare(self, name: str, question: str, voices: list[list[str]]) -> str: ...
    def task(self, name: str, words: str, answer: str) -> str: ...
    def blanks(self, name: str, before: str, answer: str, after: str) -> str: ...
    def slide(self, title: str, notes: str, points: Iterable[str] = (), show: str = "") -> str: ...
    def glossary(self, entries: dict[str, str]) -> str: ...
    def closing(self) -> str: ...


# ---------------------------------------------------------------- what a chapter says


class Author:
    """Writes the chapters of a course of so many, one at a time."""

    def __init__(self, number: int, chapters: int, spelling: Spelling) -> None:
        self.chance, self.number, self.chapters, self.spell = random.Random(number), number, chapters, spelling

    def clause(self) -> str:
        return " ".join(self.chance.choice(words) for words in (WHO, DID, WHAT, WHEN))

    def prose(self, sentences: int) -> str:
        return " ".join(f"{self._sentence()}." for _ in range(sentences))

    def _sentence(self) -> str:
        return f"{self.clause()}, and {self._low(self.clause())}" if self.chance.random() < 0.3 else self.clause()

    def paragraph(self, inside: str = "") -> str:
        """Prose that calls a note or cites a work, with something else in its midst."""
        work, page = self.chance.randrange(WORKS), self.chance.randrange(1, 300)
        end = self.spell.note(self.prose(1)) if self._often() else " " + self.spell.cited(work, page)
        return f"{self.prose(self.chance.randint(1, 2))}{inside} {self.prose(self.chance.randint(1, 2))[:-1]}{end}."

    def chapter(self) -> str:
        """A chapter of some five A5 pages and eight slides, that of its opening included."""
        return "\n\n".join([*self._opening(), *self._seen(), *self._counted(), *self._judged(), self.spell.closing()])

    def _opening(self) -> list[str]:
        title, summary = f"{self._thing()}, part {self.number}", f"{self._thing()} and {self._low(self._thing())}."
        spell, question = self.spell, f"Why was it that {self._low(self.clause())}?"
        return [
            spell.opening(self.number, title, summary, question),
            self.paragraph(f" A {spell.term(self._entry())} was seen."),
            self.paragraph(spell.aside("Seen", self.prose(1))),
        ]

    def _seen(self) -> list[str]:
        name, spell = f"fig-plan-{self.number}", self.spell
        return [
            spell.heading(self.clause()),
            spell.slide(self.clause(), self.prose(5), show=name),
            self.paragraph(f" The {spell.indexed(self.chance.choice(THING))} is in {spell.shown(name)}."),
            spell.picture(name, self.number % PICTURES, self.clause()),
            spell.slide(self.clause(), self.prose(5), points=[self.clause() for _ in range(4)]),
            self.paragraph(spell.aside("Told", self.prose(1))),
        ]

    def _counted(self) -> list[str]:
        table, chart, spell = f"tbl-days-{self.number}", f"fig-dead-{self.number}", self.spell
        rows = [(f"{day} May", self.clause(), str(self.chance.randint(2, 900))) for day in range(16, 20)]
        bars = {who: self.chance.randint(20, 700) for who in self.chance.sample(WHO, 4)}
        return [
            spell.heading(self.clause()),
            self.paragraph(f" More is told in {spell.chapter(self.chance.randint(1, self.chapters))}."),
            spell.slide(self.clause(), self.prose(5), show=table),
            spell.table(table, rows, self.clause()),
            self.paragraph(f" A {spell.indexed(self.chance.choice(THING))} was built."),
            spell.slide(self.clause(), self.prose(5), show=chart),
            spell.chart(chart, bars, self._thing()),
            self._exercise(table),
        ]

    def _judged(self) -> list[str]:
        name, question, spell = f"cmp-{self.number}", f"How many died in week {self.number}?", self.spell
        voices = [claim.format(self.chance.randint(30, 800)).split(",") for claim in CLAIMS]
        return [
            self.paragraph(f" See {spell.shown(name)} and {spell.chapter(self.chance.randint(1, self.chapters))}."),
            spell.slide(self.clause(), self.prose(5), show=name),
            spell.compare(name, question, voices),
            spell.slide(self.clause(), self.prose(5), points=[self.clause() for _ in range(3)]),
            spell.slide("", self.prose(5), show=f"ex-{self.number}"),
            spell.glossary({f"{self._entry()}": self.prose(1)}),
        ]

    def _exercise(self, table: str) -> str:
        """A question with lines to write on, or every second time words with a gap."""
        name = f"ex-{self.number}"
        if self.number % 2:
            return self.spell.task(name, f"Read {self.spell.shown(table)}. Who counted what?", self.prose(1))
        return self.spell.blanks(name, "On 16 May men broke into the", self.chance.choice(THING), "of the camp.")

    def _entry(self) -> str:
        """A word of the glossary that is this chapter's own."""
        return f"{THING[self.number % len(THING)]} of week {self.number}"

    def _thing(self) -> str:
        return f"The {self.chance.choice(THING)} of {self.chance.choice(('June', 'May', 'winter', 'hope', 'wood'))}"

    def _often(self) -> bool:
        return self.chance.random() < 0.5

    @staticmethod
    def _low(words: str) -> str:
        return words[0].lower() + words[1:]


# ---------------------------------------------------------------- as a course of ours


class Markdown:
    """Chapters as twofold reads them."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.claims: list[str] = []

    def opening(self, number: int, title: str, summary: str, question: str) -> str:
        aims = "aims:\n  - put the days in order\n  - tell a count from a guess"
        return f"---\ntitle: {title}\nsummary: {summary}\ndates: Week {number}\nquestion: {question}\n{aims}\n---"

    def heading(self, title: str) -> str:
        return f"## {title}"

    def note(self, words: str) -> str:
        self.notes.append(words)
        return f"[^{len(self.notes)}]"

    def cited(self, work: int, page: int) -> str:
        return f"[@work{work}, p. {page}]"

    def aside(self, word: str, words: str) -> str:
        return f"[**{word}**: {words}]{{.aside}}"

    def term(self, word: str) -> str:
        return f"[{word}]{{.term}}"

    def indexed(self, word: str) -> str:
        return f"[{word}]{{.index}}"

    def chapter(self, number: int) -> str:
        return f"[](#part-{number})"

    def shown(self, name: str) -> str:
        return f"[](#{name})"

    def picture(self, name: str, number: int, caption: str) -> str:
        return f'![{caption}](figures/{number}.svg){{#{name} alt="A plan" width="80%"}}'

    def table(self, name: str, rows: list[tuple[str, str, str]], caption: str) -> str:
        lines = "\n".join(f"| {day} | {what} | {count} |" for day, what, count in rows)
        return f"| Day | What happened | People |\n|---|---|--:|\n{lines}\n\n: {caption} {{#{name}}}"

    def chart(self, name: str, bars: dict[str, int], title: str) -> str:
        lines = "\n".join(f"{who},{count}" for who, count in bars.items())
        return f'```{{.chart type=bar #{name} title="{title}" alt="Four bars"}}\nSource,People\n{lines}\n```'

    def compare(self, name: str, question: str, voices: list[list[str]]) -> str:
        self.claims += [",".join([question, *voice]) for voice in voices]
        return f'::: {{.compare #{name} question="{question}"}}\n:::'

    def task(self, name: str, words: str, answer: str) -> str:
        return f"::: {{.exercise #{name} lines=2}}\n{words}\n\n::: solution\n{answer}\n:::\n:::"

    def blanks(self, name: str, before: str, answer: str, after: str) -> str:
        return f"::: {{.exercise #{name}}}\n{before} [{answer}]{{.blank}} {after}\n:::"

    def slide(self, title: str, notes: str, points: Iterable[str] = (), show: str = "") -> str:
        head = f'::: {{.slide title="{title}"}}' if title else "::: slide"
        body = f"[](#{show})" if show else "\n".join(f"- {point}" for point in points)
        return f"{head}\n{body}\n\n::: notes\n{notes}\n:::\n:::"

    def glossary(self, entries: dict[str, str]) -> str:
        lines = "\n\n".join(f"{name}\n: {words}" for name, words in entries.items())
        return f"::: glossary\n{lines}\n:::"

    def closing(self) -> str:
        return "\n\n".join(f"[^{number}]: {words}" for number, words in enumerate(self.notes, 1)) + "\n"


def write_course(folder: Path, chapters: int) -> None:
    """Writes a course of so many chapters; 80 give some 390 pages of A5 and 640 slides."""
    _write_pictures(folder)
    (folder / "course.toml").write_text(SETTINGS, encoding="utf-8")
    works = ",\n".join(
        f'{{"id": "work{n}", "type": "book", "title": "The {THING[n % len(THING)]}, volume {n}",'
        f' "author": [{{"family": "Author{n}", "given": "A."}}], "issued": {{"date-parts": [[{1950 + n}]]}}}}'
        for n in range(WORKS)
    )
    (folder / "sources.json").write_text(f"[{works}]\n", encoding="utf-8")
    claims = []
    for number in range(1, chapters + 1):
        spelling = Markdown()
        text = Author(number, chapters, spelling).chapter()
        (folder / f"{number:02}-part-{number}.md").write_text(text, encoding="utf-8")
        claims += spelling.claims
    (folder / "ledger.csv").write_text(LEDGER + "\n".join(claims) + "\n", encoding="utf-8")


def _write_pictures(folder: Path) -> None:
    (folder / "figures").mkdir(parents=True)
    for number in range(PICTURES):
        (folder / "figures" / f"{number}.svg").write_text(_picture(number), encoding="utf-8")


def _picture(number: int) -> str:
    """A plan of huts."""
    huts = "".join(
        f'<rect x="{12 * across + number % 5}" y="{14 * down}" width="9" height="{6 + (across + down + number) % 5}"'
        ' fill="none" stroke="#161412"/>'
        for across in range(14)
        for down in range(4)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 184 64"><title>A plan</title>{huts}</svg>\n'


# ---------------------------------------------------------------- as a typst book


class Typst:
    """Chapters as typst sets them, on pages like ours."""

    def opening(self, number: int, title: str, summary: str, question: str) -> str:
        aims = "#aims[put the days in order][tell a count from a guess]"
        return f"= {title} <part-{number}>\n#dates[Week {number}]\n{aims}\n#question[{question}]"

    def heading(self, title: str) -> str:
        return f"== {title}"

    def note(self, words: str) -> str:
        return f"#footnote[{words}]"

    def cited(self, work: int, page: int) -> str:
        return f"#footnote[Author{work}, {THING[work % len(THING)]}, p. {page}.]"

    def aside(self, word: str, words: str) -> str:
        return f"#aside[*{word}*: {words}]"

    def term(self, word: str) -> str:
        return f"_{word}_"

    def indexed(self, word: str) -> str:
        return f"#indexed[{word}]"

    def chapter(self, number: int) -> str:
        return f"#far(<part-{number}>)"

    def shown(self, name: str) -> str:
        return f"@{name}"

    def picture(self, name: str, number: int, caption: str) -> str:
        return f'#figure(image("figures/{number}.svg", alt: "A plan", width: 100%), caption: [{caption}]) <{name}>'

    def table(self, name: str, rows: list[tuple[str, str, str]], caption: str) -> str:
        cells = "".join(f"[{cell}], " for row in rows for cell in row)
        return f"#figure(counted([Day], [What happened], [People], {cells}), caption: [{caption}]) <{name}>"

    def chart(self, name: str, bars: dict[str, int], title: str) -> str:
        lines = ", ".join(f'("{who}", {count})' for who, count in bars.items())
        return f'#figure(bars({lines}), alt: "Four bars", caption: [{title}]) <{name}>'

    def compare(self, name: str, question: str, voices: list[list[str]]) -> str:
        cells = "".join(f"[{cell}], " for voice in voices for cell in voice)
        return f"#figure(counted([Source], [Claim], [Verdict], {cells}), caption: [{question}]) <{name}>"

    def task(self, name: str, words: str, answer: str) -> str:
        return f"#task[{words}][{answer}] <{name}>"

    def blanks(self, name: str, before: str, answer: str, after: str) -> str:
        return f"#task[{before} #blank[{answer}] {after}][] <{name}>"

    def slide(self, title: str, notes: str, points: Iterable[str] = (), show: str = "") -> str:
        return f"#slide[{title}][{notes}]"

    def glossary(self, entries: dict[str, str]) -> str:
        return "\n".join(f"#entry[{name}][{words}]" for name, words in entries.items())

    def closing(self) -> str:
        return ""


def write_typst(folder: Path, chapters: int) -> Path:
    """Writes the same chapters as a typst book and gives its main file."""
    _write_pictures(folder)
    texts = [Author(number, chapters, Typst()).chapter() for number in range(1, chapters + 1)]
    head = (Path(__file__).parent / "book.typ").read_text(encoding="utf-8")
    main = folder / "main.typ"
    main.write_text(head.replace("// CHAPTERS", "\n\n".join(texts)), encoding="utf-8")
    return main
