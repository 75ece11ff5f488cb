"""What has to be known of a chapter before its pages are made: the sizes of what stands in it, from small lay-outs of
these things alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import ceil

from twofold.booklet.html import Renderer
from twofold.booklet.measures import LINE, ROUNDING, WRITE_ON, Measures, Survey
from twofold.model import Blank, Block, Chapter, Course, Exercise
from twofold.trees import plain, walk

Sizes = Mapping[str, tuple[float, float]]
"""Width and height, in CSS pixels, of the border box of each element with a `data-measure`, by its value."""


def survey(course: Course, renderer: Renderer, measure: Callable[[str], Sizes]) -> Measures:
    """The sizes that both editions share. `renderer` is that of the students' edition; `measure` lays out some HTML."""
    surveyor = _Surveyor(renderer, measure)
    for chapter in course.chapters:
        surveyor.look_at(chapter)
    return surveyor.found


@dataclass(slots=True)
class _Surveyor:
    renderer: Renderer
    measure: Callable[[str], Sizes]
    heights: dict[Block | str, float] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)
    lines: dict[Block, int] = field(default_factory=dict)
    line: float = 0.0

    @property
    def found(self) -> Measures:
        return Measures(self.heights, self.answers, self.line, self.lines)

    def look_at(self, chapter: Chapter) -> None:
        """Takes the sizes of a chapter: of answers and solutions first, since boxes hold them."""
        answers = list(dict.fromkeys(plain(node.content) for node in walk(chapter) if isinstance(node, Blank)))
        tasks = [node for node in walk(chapter) if isinstance(node, Exercise) and node.lines and node.solution]
        if answers or tasks:
            sizes = self.sizes(answers=answers, tasks=tasks)
            self.answers |= {answer: sizes[f"answer-{number}"][0] for number, answer in enumerate(answers)}
            for number, task in enumerate(tasks):
                self.lines[task] = ceil(sizes[f"solution-{number}"][1] / sizes[WRITE_ON][1] - ROUNDING)
        self.renderer.measures = Survey(answers=self.answers, lines=self.lines)
        boxes = self.renderer.once("survey", chapter, partial(self.boxes, chapter, self.renderer.measures))
        sizes = self.sizes(sheets=boxes.sheets)
        self.heights |= {block: sizes[name][1] for name, block in boxes.blocks.items()}
        self.line = sizes[LINE][1]

    def boxes(self, chapter: Chapter, boxes: Survey) -> Survey:
        """The boxes of a chapter, gathered while it is rendered."""
        self.renderer.part("chapter", folio=1, chapter=chapter)
        return boxes

    def sizes(self, **things: object) -> Sizes:
        """What is found of some things in the template for measuring."""
        lists = {"answers": (), "tasks": (), "sheets": (), **things}
        return self.measure(self.renderer.part("measure", folio=1, **lists))
