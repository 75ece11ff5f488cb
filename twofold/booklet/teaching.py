"""What the teacher edition says on pages of its own: notes to slides, and passages for teachers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from twofold.model import Blocks, Chapter, Course, Exercise, Inlines, Notes, Paragraph, Slide, Teacher
from twofold.trees import walk


@dataclass(frozen=True, slots=True)
class Passage:
    """Words for the teacher, about what stands at `anchor`; `slide` is the number of their slide, or 0."""

    anchor: str
    slide: int
    title: Inlines
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class TeachingChapter:
    """The passages of one chapter, in order."""

    title: str
    passages: tuple[Passage, ...]


def teaching(course: Course, slide_numbers: Mapping[str, int]) -> tuple[TeachingChapter, ...]:
    """All that is said to teachers, for the chapters that say something."""
    anchors = teacher_anchors(course)
    chapters = (
        TeachingChapter(chapter.numbered_title, tuple(_passages(chapter, slide_numbers, anchors)))
        for chapter in course.chapters
    )
    return tuple(chapter for chapter in chapters if chapter.passages)


def slide_anchor(slide: Slide) -> str:
    """The anchor that a slide leaves in the prose."""
    return f"slide-{slide.id}"


def teacher_anchors(course: Course) -> dict[int, str]:
    """The anchors that passages for teachers leave in the prose, by the identity of their nodes."""
    nodes = (node for chapter in course.chapters for node in walk(chapter) if isinstance(node, Notes | Teacher))
    return {id(node): f"teacher-{number}" for number, node in enumerate(nodes, 1)}


def _passages(chapter: Chapter, slide_numbers: Mapping[str, int], anchors: Mapping[int, str]) -> Iterator[Passage]:
    on_slides: set[int] = set()
    for node in walk(chapter):
        if isinstance(node, Slide):
            inside = tuple(walk(node))
            on_slides |= {id(inner) for inner in inside}
            blocks = tuple(block for said in inside if isinstance(said, Notes | Teacher) for block in said.blocks)
            if blocks:
                anchor = slide_anchor(node)
                yield Passage(anchor, slide_numbers.get(anchor, 0), node.title, blocks)
        elif id(node) in on_slides:
            continue
        elif isinstance(node, Notes | Teacher):
            yield Passage(anchors[id(node)], 0, (), node.blocks)
        elif isinstance(node, Exercise) and node.solution and not node.lines:  # no lines to stand on in its place
            yield Passage(node.id, 0, _question(node), node.solution)


def _question(exercise: Exercise) -> Inlines:
    first = exercise.blocks[0] if exercise.blocks else None
    return first.content if isinstance(first, Paragraph) else ()
