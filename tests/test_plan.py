"""Which slides a course becomes, and what stands where on them, before a file is written."""

import pytest

from tests.courses import SmallCourse
from twofold.model import (
    Blocks,
)
from twofold.slides.lines import lines, split
from twofold.slides.plan import PlannedSlide, plan, slide_numbers
from twofold.slides.theme import read_theme
from twofold.trees import plain


def planned(small: SmallCourse, text: str) -> tuple[PlannedSlide, ...]:
    """The slides of a course with this one chapter; the first two are its title and the chapter's section."""
    return plan(small.chapter(text).open().course)


def words(blocks: Blocks) -> list[str]:
    """The paragraphs that blocks become."""
    found, _ = split(lines(blocks, "en"))
    return [line.text for line in found]


def face(slide: PlannedSlide) -> str:
    """Everything that the audience reads in the places of a slide."""
    return "\n".join(text for zone in slide.zones for text in words(zone.blocks))


ROLES = {
    "content": "- one\n- two",
    "statement": "",
    "picture": "![A box](figures/box.svg){alt=box}",
    "picture-text": "![A box](figures/box.svg){alt=box}\n\nWords beside it.",
    "formula": "$$x^2$$",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "table-text": "Words.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "chart": '```{.chart type=bar title="Dead" alt="46, 700" data="data/deaths.csv"}\n```',
    "chart-text": '```{.chart type=bar title="Dead" alt="46, 700" data="data/deaths.csv"}\n```\n\nWords.',
    "quote": "> Quoted.\n>\n> — somebody",
    "quote-text": "> Quoted.\n\n- a point",
    "code": "```python\nprint(1)\n```",
    "callout": "::: callout-note\nTake care.\n:::",
    "task": "::: {.discussion #talk}\nBelief or tactics?\n:::",
    "task-answer": "::: {.exercise #ex}\nWhy?\n\n::: solution\nBecause.\n:::\n:::",
    "two-content": "![A](figures/box.svg){alt=a}\n\n![B](figures/box.svg){alt=b}",
    "three-content": "![A](figures/box.svg){alt=a}\n\n![B](figures/box.svg){alt=b}\n\nWords.",
    "definition": "[](#term:Gulag)",
    "definition-text": "[](#term:Gulag)\n\n- a fact",
    "comparison": ":::: {.columns}\n::: column\n## In\n\nA\n:::\n::: column\n## Out\n\nB\n:::\n::::",
    "two-content-wide-right": (
        ':::: {.columns}\n::: {.column width="40%"}\nA\n:::\n::: {.column width="60%"}\nB\n:::\n::::'
    ),
}
GLOSSARY = "::: glossary\nGulag *ГУЛАГ*\n: The directorate of camps.\n:::\n"


@pytest.mark.parametrize("role", ROLES)
def test_content_chooses_the_role(role: str, small: SmallCourse) -> None:
    """And the theme has a layout for it with a place for everything."""
    fence = ":::::" if "::::" in ROLES[role] else "::::"
    slide = planned(small, f'# First\n\n{GLOSSARY}\n{fence} {{.slide title="A claim"}}\n{ROLES[role]}\n{fence}\n')[-1]
    assert role == slide.role
    assert {zone.name for zone in slide.zones} <= set(read_theme().spots(role))


def test_a_slide_shows_what_a_reference_points_to(small: SmallCourse) -> None:
    """`[](#fig-box)` alone in a paragraph is the figure, with its caption and number."""
    slide = planned(
        small,
        '# First\n\n![A *box*](figures/box.svg){#fig-box alt="a box"}\n\n'
        '::: {.slide title="A claim"}\n[](#fig-box)\n:::\n',
    )[-1]
    assert slide.role == "picture"
    assert plain(slide.credit) == "A box."


def test_a_question_that_the_title_repeats_is_asked_once(small: SmallCourse) -> None:
    slide = planned(
        small, '# First\n\n:::: {.slide title="Belief or tactics?"}\n::: discussion\nBelief or tactics?\n:::\n::::'
    )[-1]
    assert slide.role == "question-alone"
    assert "Belief" not in face(slide)


def test_notes_and_answers_never_stand_on_the_face(small: SmallCourse) -> None:
    """Notes, teacher's blocks, solutions and footnotes are for the notes page; an answer waits for its click."""
    slide = planned(
        small,
        '# First\n\n::::: {.slide title="A claim"}\n:::: exercise\nWhy?[^1]\n\n::: solution\nBecause.\n:::\n::::\n\n'
        "::: notes\nSay it.\n:::\n\n::: teacher\nKeep it.\n:::\n:::::\n\n[^1]: A footnote.",
    )[-1]
    answer = slide.zone("answer")
    assert answer and answer.appears and words(answer.blocks) == ["Because."]
    assert words(slide.notes) == ["Say it.", "Keep it."]
    assert words(slide.answers) == ["Because."]
    assert words(slide.footnotes) == ["A footnote."]
    assert not any(hidden in face(slide) for hidden in ("Say it", "Keep it", "footnote"))


def test_what_is_for_the_booklet_alone_is_on_no_slide(small: SmallCourse) -> None:
    slide = planned(
        small,
        '# First\n\n:::: {.slide title="A claim"}\nBoth.\n\n::: booklet-only\nPaper.\n:::\n\n'
        "::: slide-only\nWall.\n:::\n::::",
    )[-1]
    assert face(slide) == "First\nBoth.\nWall."


def test_parts_of_a_slide_continue_it(small: SmallCourse) -> None:
    """Each part has a key of its own; all present the same passage, whose number is that of the first."""
    slides = planned(small, '# First\n\n::: {.slide title="A claim" #claim}\nOne.\n\n---\n\nTwo.\n:::')
    assert [slide.key for slide in slides[2:]] == ["claim", "claim-2"]
    assert slide_numbers(slides) == {"chapter-first": 2, "slide-claim": 3}


def test_more_evidence_than_a_slide_can_show_is_continued_and_told(small: SmallCourse) -> None:
    figures = "\n\n".join(f"![Box {n}](figures/box.svg){{alt=box}}" for n in range(4))
    slides = planned(small, f'# First\n\n::: {{.slide title="A claim"}}\n{figures}\n:::')[2:]
    assert len(slides) == 2
    assert len(slides[0].problems) == 1 and slides[0].problems[0].place.line
    assert sum(len(zone.blocks) for slide in slides for zone in slide.zones if zone.name != "head") == 4


def test_a_layout_that_cannot_hold_the_content_is_told(small: SmallCourse) -> None:
    slide = planned(small, '# First\n\n::: {.slide title="A claim" layout=table}\n- a point\n:::')[-1]
    assert slide.role == "content"
    assert "table" in slide.problems[0].message


def test_works_are_cited_once_each(small: SmallCourse) -> None:
    slide = planned(
        small,
        '# First\n\n::: {.slide title="A claim"}\n- one [@applebaum, p. 3]\n- two [@formozov; @applebaum, p. 3]\n:::',
    )[-1]
    assert [work.key for work in slide.works] == ["applebaum", "formozov"]


PLAIN = """# Aftermath

Before any heading.

## The survivors

Prose of the survivors.[^n]

[^n]: A note.

- arrested
- moved

More prose.

![A plan](figures/box.svg){alt="a plan"}

## The leaders

Only prose.
"""


def test_a_plain_chapter_becomes_slides_with_its_prose_in_the_notes(small: SmallCourse) -> None:
    """Headings are titles, lists their bullets, pictures have slides of their own; no word is lost."""
    section, survivors, picture, leaders = planned(small, PLAIN)[1:]
    assert words(section.notes) == ["Before any heading."]
    assert (survivors.role, plain(survivors.title)) == ("content", "The survivors")
    assert words(survivors.notes) == ["Prose of the survivors."]
    assert words(survivors.footnotes) == ["A note."]
    assert (picture.role, words(picture.notes)) == ("picture", ["More prose."])
    assert (leaders.role, words(leaders.notes)) == ("statement", ["Only prose."])


def test_a_long_list_of_a_plain_chapter_is_continued(small: SmallCourse) -> None:
    points = "\n".join(f"- point {n}" for n in range(10))
    slides = planned(small, f"# First\n\n## Points\n\n{points}\n")[2:]
    assert len(slides) == 2
    assert sum(face(slide).count("point ") for slide in slides) == 10
    assert len({slide.key for slide in slides}) == 2


def test_keys_are_unique_and_the_same_every_time(small: SmallCourse) -> None:
    small.chapter('# First\n\n::: {.slide title="A claim"}\nOne.\n\n---\n\nTwo.\n:::')
    small.chapter(PLAIN, "second")
    course = small.open().course
    keys = [slide.key for slide in plan(course)]
    assert keys == [slide.key for slide in plan(course)]
    assert len(set(keys)) == len(keys)


def test_a_map_fills_the_slide_and_a_closing_stands_dark(small: SmallCourse) -> None:
    """What an author asks for by layout."""
    figure = "![A box](figures/box.svg){alt=box}"
    text = f'::: {{.slide title="A" layout=map}}\n{figure}\n:::\n\n::: {{.slide title="B" layout=closing}}\n- one\n:::'
    assert [slide.role for slide in planned(small, text)[2:]] == ["map", "closing"]


def test_a_map_needs_a_picture(small: SmallCourse) -> None:
    slide = planned(small, '::: {.slide title="A" layout=map}\nWords.\n:::')[2]
    assert slide.role == "content"
    assert "has no place for what this slide holds" in slide.problems[0].message
