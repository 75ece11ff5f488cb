"""A course of which the deck has every layout and every object that a chapter can ask for."""

import io
from pathlib import Path

from PIL import Image

from tests.courses import PICTURE, SmallCourse

SETTINGS = """title = "Every layout"
subtitle = "And every object"
language = "en-GB"
lessons = [{title = "One"}, {title = "Two"}]
[slides]
emblem = "figures/box.svg"
emblem-alt = "A box"
"""
UNUSED = {"title-plain", "title-only", "empty"}
"""Layouts that only a teacher takes, and that of a course without emblem."""
TEXT = "Words beside it, *stressed* and **strong**, with [слово]{lang=ru}, `code`, a [link](https://example.org/)."
BOX = "![A box](figures/box.svg){alt=box}"
TABLE = "| Year | Prisoners |\n|---|--:|\n| 1954 | 21,090 |\n: Prisoners [@formozov, p. 3]"
BARS = '```{.chart type=bar title="Dead" alt="46 and 700" data="data/deaths.csv"}\n```'
TIMES = """```{.timeline title="Phases" alt="Two phases"}
Date,Event,Told by
16 May,Break-out,A list
26 June,Assault,
```"""
PROSE = """A [Gulag]{.term} of [Kengir]{.index}[**Word**: explained]{.aside} and $x^2$ beside ![A box](figures/box.svg).

* * *
"""
WORDS = """One [Gulag]{.term} in [Kengir]{.index}\\
broken on purpose

::: slide-only
Only here.
:::

::: teacher
Not here.
:::
"""
QUOTE = "> Quoted words.\n>\n> — somebody"
CODE = '```python\ndef share(women):\n    return "all", 1  # of them\n```'
TASK = "::: exercise\nWhy did it happen?\n:::"
SOLVED = "::: exercise\nOn [16 May]{.blank} it began.\n\n::: solution\nBecause [@applebaum].\n:::\n:::"
CALLOUT = '::: {.callout-note title="Take care"}\nNumbers differ.\n:::'
FORMULA = "$$\\frac{1}{2}$$"
TERM = "[](#term:Gulag)"
CLICKS = "::: incremental\n- one\n- two\n  - below two\n\n1. first\n:::"
SHOWN = {
    "words": WORDS,
    "content": CLICKS,
    "content-long": "- " + "words of many kinds " * 32,
    "picture": BOX,
    "map": BOX,
    "picture-text": f"![](figures/square.svg){{alt=box}}\n\n{TEXT}",
    "picture-below-text": f"![](figures/wide.svg){{alt=box}}\n\n{TEXT}",
    "photograph": "![A photograph](figures/grey.png){alt=grey}",
    "formula": FORMULA,
    "formula-text": f"{FORMULA}\n\n{TEXT}",
    "chart": BARS,
    "chart-text": f"{BARS}\n\n{TEXT}",
    **{
        kind: f'```{{.chart type={kind} title="{kind}" alt="A {kind}"}}\n{data}\n```'
        for kind, data in {
            "stacked": "Account,Killed,Wounded\nReport,46,106\nSurvivors,,700",
            "line": "Year,Prisoners\n1953,20869\n1954,\n1955,10481",
            "range": "Claim,From,To\nReport,46,46\nSurvivors,500,700\nPage,600,",
            "dumbbell": "Account,2009,later\nEncyclopedia,8000,5200",
            "dot": "Account,Wounded\nOne,43\nTwo,33",
        }.items()
    },
    "table": TABLE,
    "table-text": f"{TEXT}\n\n{TABLE}",
    "compare": '::: {.compare question="deaths"}\n:::',
    "timeline": TIMES,
    "timeline-text": f"{TEXT}\n\n{TIMES}",
    "quote": QUOTE,
    "quote-text": f"{QUOTE}\n\n{TEXT}",
    "source": '::: {.source from="@applebaum, p. 1" title="A list"}\nA summary.\n:::',
    "definition": TERM,
    "definition-text": f"{TERM}\n\n{TEXT}",
    "task": TASK,
    "task-answer": SOLVED,
    "callout": CALLOUT,
    "callout-text": f"{CALLOUT}\n\n{TEXT}",
    "code": CODE,
    "code-text": f"{CODE}\n\n{TEXT}",
    "statement": "",
    "closing": TEXT,
    **{
        f"columns-{name}": ":::: columns\n"
        + "\n".join(f"::: {{.column{width}}}\n{head}{text}\n:::" for width, text in columns)
        + "\n::::"
        for name, head, columns in (
            ("two", "", (("", TEXT), ("", BOX))),
            ("left", "", ((" width=65%", BOX), (" width=35%", TEXT))),
            ("right", "", ((" width=35%", TEXT), (" width=65%", BOX))),
            ("three", "", (("", "Left."), ("", BOX), ("", TABLE))),
            ("headed", "### Head\n\n", (("", "Left."), ("", "Right."))),
            ("headed-three", "### Head\n\n", (("", "Left."), ("", "Middle."), ("", "Right."))),
        )
    },
}
"""Slides by key."""
ASKED = {"map": "map", "closing": "closing"}
"""Layouts that a slide takes because the author asks for them."""
QUESTIONS = (TASK, SOLVED, "::: discussion\nWhy?\n\n- one view\n- another\n:::")
"""What takes the place of the headline, so that these slides have no title."""


def everything(folder: Path) -> SmallCourse:
    """The course, in a folder of its own."""
    small = SmallCourse(folder, SETTINGS)
    square = PICTURE.replace("0 0 120 60", "0 0 60 60")
    small.file("figures/square.svg", square).file("figures/wide.svg", PICTURE.replace("0 0 120 60", "0 0 900 60"))
    Image.new("L", (40, 30), 128).save(png := io.BytesIO(), "PNG")
    small.file("figures/grey.png", png.getvalue())
    glossary = "::: glossary\nGulag *ГУЛАГ*\n: The directorate of camps.\n:::\n"
    slides = "\n\n".join(_slide(key, text) for key, text in SHOWN.items())
    front = "---\ntitle: With an emblem\nlesson: 1\nminutes: 40\nemblem: figures/box.svg\nquestion: Why?\n---\n"
    small.chapter(f"{front}{PROSE}\n{glossary}\n{slides}\n", "with")
    asked = "\n\n".join(f"::::::: {{.slide #ask-{number}}}\n{text}\n:::::::" for number, text in enumerate(QUESTIONS))
    return small.chapter(f"---\ntitle: Without\nlesson: 2\n---\nProse.\n\n{asked}\n", "without")


def _slide(key: str, text: str) -> str:
    layout = ASKED.get(key, "")
    asked = f" layout={layout}" if layout else ""
    notes, note = ("::: notes\nSay it.[^n]\n:::", "\n\n[^n]: A footnote.") if key == "content" else ("", "")
    return f'::::::: {{.slide title="The slide {key}" #{key}{asked}}}\n{text}\n\n{notes}\n:::::::{note}'
