"""Chapters made at random for property tests. Every word is used once, so that its place can be looked for."""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

STEMS = ("camp", "wall", "letter", "забастовка", "kite", "June", "commission", "Kengir", "witness", "figure")


@dataclass
class Generated:
    """A chapter's Markdown, and the words it was made of by where they belong."""

    markdown: str = ""
    prose: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, list[str]]] = field(default_factory=list)  # (the word at its call, its words)
    slides: list[tuple[list[str], list[str], list[str]]] = field(default_factory=list)  # title, body, notes
    answers: list[str] = field(default_factory=list)
    teacher: list[str] = field(default_factory=list)


class _Writer:
    """Writes blocks and remembers their words."""

    def __init__(self, draw: st.DrawFn, counter: "count[int]") -> None:
        self.draw = draw
        self.counter = counter
        self.chapter = Generated()
        self.notes: list[str] = []

    def words(self, least: int = 1, most: int = 12) -> list[str]:
        stems = self.draw(st.lists(st.sampled_from(STEMS), min_size=least, max_size=most))
        return [f"{stem}{next(self.counter)}" for stem in stems]

    def prose(self, least: int = 1, most: int = 12) -> str:
        words = self.words(least, most)
        self.chapter.prose += words
        return " ".join(words)

    def paragraph(self) -> str:
        pieces = []
        for _ in range(self.draw(st.integers(1, 5))):
            match self.draw(st.sampled_from(["plain", "emphasis", "strong", "footnote", "citation"])):
                case "plain":
                    pieces.append(self.prose(4, 30))
                case "emphasis":
                    pieces.append(f"*{self.prose()}*")
                case "strong":
                    pieces.append(f"**{self.prose()}**")
                case "footnote":
                    pieces.append(f"{self.prose()}{self.footnote()}")
                case "citation":
                    pieces.append(f"{self.prose()} [@formozov, p. {next(self.counter)}]")
        return " ".join(pieces) + "."

    def footnote(self) -> str:
        call, words = self.chapter.prose[-1], self.words()
        label = f"n{next(self.counter)}"
        self.chapter.footnotes.append((call, words))
        self.notes.append(f"[^{label}]: {' '.join(words)}")
        return f"[^{label}]"

    def bullets(self) -> str:
        return "\n".join(f"- {self.prose()}" for _ in range(self.draw(st.integers(1, 5))))

    def quote(self) -> str:
        return f"> {self.prose()}"

    def heading(self) -> str:
        return f"## {self.prose(1, 5)}"

    def table(self) -> str:
        rows = [f"| {self.prose(1, 2)} | {self.prose(1, 3)} |" for _ in range(self.draw(st.integers(2, 5)))]
        return "\n".join([rows[0], "|---|---|", *rows[1:]])

    def exercise(self) -> str:
        answer = self.words(1, 6)
        self.chapter.answers += answer
        return f"::: {{.exercise lines=2}}\n{self.prose()}\n\n::: solution\n{' '.join(answer)}\n:::\n:::"

    def teacher(self) -> str:
        words = self.words()
        self.chapter.teacher += words
        return f"::: teacher\n{' '.join(words)}\n:::"

    def slide(self) -> str:
        title, notes = self.words(1, 5), self.words()
        points = [self.words(1, 5) for _ in range(self.draw(st.integers(1, 3)))]
        self.chapter.slides.append((title, [word for point in points for word in point], notes))
        body = "\n".join(f"- {' '.join(point)}" for point in points)
        return f'::: {{.slide title="{" ".join(title)}"}}\n{body}\n\n::: notes\n{" ".join(notes)}\n:::\n:::'

    def write(self) -> Generated:
        title = " ".join(self.words(1, 4))
        kinds = [self.paragraph, self.paragraph, self.paragraph, self.bullets, self.quote, self.heading]
        kinds += [self.table, self.exercise, self.teacher, self.slide]
        blocks = [self.paragraph()]
        blocks += [write() for write in self.draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=14))]
        blocks.append(self.slide())
        self.chapter.markdown = "\n\n".join([f"# {title}", *blocks, *self.notes]) + "\n"
        return self.chapter


@st.composite
def chapters(draw: st.DrawFn) -> list[Generated]:
    """One to three chapters of a course."""
    counter = count(100)
    return [_Writer(draw, counter).write() for _ in range(draw(st.integers(1, 3)))]


FRAGMENTS = (
    *("::: ", ":::\n", ":::: {.columns}\n", "::: {.slide title='x'}\n", "::: notes\n", "::: {.exercise lines=2}\n"),
    *("::: glossary\n", "a\n: b\n", "---\n", "title: x\n", "# x\n", "## x {#a}\n", "- a\n", "  - b\n", "> ", "1. "),
    *("[x]{.term}", "[x]{.blank}", "[@applebaum]", "[@", "]", "[^1]", "[^1]: n\n", "^[y]", "![x](figures/box.svg)"),
    *("{#id .c k=v}", "{", "}", "$x$", "$$\n", "```\n", "```{.chart}\n", "a,1\n", "| a | b |\n", "|---|---|\n", "<b>"),
    *("<!--", "-->", "*", "**", "`", "\\", "\n", "\n\n", "\t", "words ", "слово ", "“", "\u200b", "&amp;", "[](#a)"),
)
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
