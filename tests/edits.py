"""A small course of three chapters, and random edits of it such as an author makes."""

import random
import re
from pathlib import Path

from tests.courses import SmallCourse

WORDS = ("kites", "letters", "barracks", "walls", "orchestra", "tanks", "lawyers", "bread", "leaflets", "choir")
DATA = "data/forces.csv"


def three_chapters(folder: Path) -> SmallCourse:
    """Prose with notes, a table, a figure, a chart, an exercise and slides in each chapter."""
    course = SmallCourse(folder)
    course.file(DATA, "Year,Camp,Guards\n1951,20,4\n1952,22,5\n1953,18,6\n")
    for number, name in enumerate(("walls", "kites", "tanks"), 1):
        course.chapter(_chapter(number, name), name)
    return course


def _chapter(number: int, name: str) -> str:
    words = random.Random(number)
    prose = [_sentence(words) for _ in range(14)]
    prose[2] += "[^1]"
    prose[5] += " [@applebaum, p. 3]"
    prose[8] += f" See [](#fig-{'tanks' if name == 'walls' else 'walls'}), which all of them knew."
    slides = [_slide(f"{name.title()} {count}", words) for count in (1, 2)]
    figure = f'![The {name} as drawn](figures/box.svg){{#fig-{name} alt="a box"}}'
    rows, data = ("", f' data="{DATA}"') if name == "walls" else ("\nYear,Camp\n1951,20\n1952,22", "")
    chart = f'```{{.chart type=bar #fig-{name}-forces title="Forces of {name}" alt="bars"{data}}}{rows}\n```'
    table = f"| who | what |\n|---|---|\n| camp | {name} |\n| guards | towers |\n\n: The sides {{#tbl-{name}}}"
    task = "::: {.exercise lines=3}\nWhy did they hold out?\n\n::: solution\nThey had each other.\n:::\n:::"
    blocks = [*prose[:4], slides[0], *prose[4:6], figure, *prose[6:9], "## What came next", chart, *prose[9:11], table]
    blocks += [slides[1], *prose[11:], task, f"[^1]: A note on {name}."]
    return "\n\n".join([f"# The {name}", *blocks]) + "\n"


def _sentence(words: random.Random) -> str:
    return " ".join(["The", *(words.choice(WORDS) for _ in range(words.randint(18, 60)))]) + "."


def _slide(title: str, words: random.Random) -> str:
    return f'::: {{.slide title="{title}"}}\n- {words.choice(WORDS)}\n\n::: notes\nSay {words.choice(WORDS)}.\n:::\n:::'


def edit(course: SmallCourse, seed: int, kind: str = "") -> str:
    """Does one random edit, of this kind if one is named, and names it."""
    chance = random.Random(seed)
    kind = kind or chance.choice((*KINDS, *OF_CHAPTERS))
    if kind in OF_CHAPTERS:
        _edit_chapters(course, kind)
    else:
        _edit_text(course, kind, chance, seed)
    return kind


def edit_looks(layouts: Path, seed: int) -> str:
    """Does one random edit of how the booklet or the deck looks, and names it."""
    chance = random.Random(seed)
    name, old, new = chance.choice(LOOKS)
    text = (layouts / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old}"
    (layouts / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return f"{name}: {new}"


def _edit_chapters(course: SmallCourse, kind: str) -> None:
    """Of the three, nothing leads to the second."""
    first, second, _ = sorted(course.folder.glob("*.md"))
    match kind:
        case "chapter added":
            course.chapter(_chapter(4, "letters"), "letters")
        case "chapter removed":
            second.unlink()
        case "chapter renamed":
            second.rename(second.with_name("02-strings.md"))
        case "chapters reordered":
            first.rename(first.with_name("04-walls.md"))


def _edit_text(course: SmallCourse, kind: str, chance: random.Random, seed: int) -> None:
    path = chance.choice(sorted(course.folder.glob("*.md")))
    text = path.read_text(encoding="utf-8")
    prose = [line for line in text.split("\n") if line.startswith("The ")]
    line = chance.choice(prose)
    match kind:
        case "word":
            words = line.split()
            words[chance.randint(1, 9)] = chance.choice(WORDS) + "s"
            text = text.replace(line, " ".join(words))
        case "paragraph added":
            text = text.replace(line, f"{line}\n\n{_sentence(chance)}", 1)
        case "paragraph removed":
            plain = chance.choice([one for one in prose if "[" not in one])
            text = text.replace(f"{plain}\n\n", "", 1)
        case "paragraphs swapped":
            other = chance.choice(prose)
            text = text.replace(line, "\0").replace(other, line).replace("\0", other)
        case "note":
            text = re.sub(r"A note on (\w+)", r"Another note on \1", text)
        case "heading":
            text = text.replace("## What came next", f"## What {chance.choice(WORDS)} came next")
        case "slide":
            text = text.replace(line, f"{line}\n\n{_slide(f'New {seed}', chance)}", 1)
        case "notes of a slide":
            text = text.replace("Say ", "Ask about ", 1)
        case "drawing":
            figure = course.folder / "figures" / "box.svg"
            figure.write_text(figure.read_text().replace('x="10"', f'x="{chance.randint(1, 9)}"'))
        case "data":
            course.file(DATA, f"Year,Camp,Guards\n1951,{chance.randint(1, 60)},4\n1952,22,5\n1953,18,6\n")
        case "title":
            course.file("course.toml", f'title = "A course of {seed}"\nlanguage = "en-GB"\n')
        case "answer":
            text = text.replace("They had each other.", f"They had {chance.choice(WORDS)}.")
    path.write_text(text, encoding="utf-8")


KINDS = (
    *("word", "word", "word", "paragraph added", "paragraph removed", "paragraphs swapped", "note", "heading"),
    *("slide", "notes of a slide", "drawing", "data", "title", "answer"),
)
OF_CHAPTERS = ("chapter added", "chapter removed", "chapter renamed", "chapters reordered")
LOOKS = (
    ("booklet/book.css", "--word-space: 0em", "--word-space: 0.01em"),
    ("booklet/book.css", "margin-top: 13.5rem }", "margin-top: 27rem }"),
    ("booklet/sizes/a5.css", "--gap: 4mm", "--gap: 4.5mm"),
    ("booklet/nodes.html.j2", "<blockquote>", '<blockquote class="said">'),
    ("booklet/nodes.html.j2", '<div class="exercise frame', '<div class="task exercise frame'),
    ("booklet/proof.toml", "last-line = 4", "last-line = 5"),
    ("words.toml", "", "# other words\n"),
    ("slides/theme.toml", "", "# another theme\n"),
)
