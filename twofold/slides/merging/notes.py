"""The notes of a slide, and what is told there of the chapters' text that gave way."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from twofold.slides.merging.judging import Judge
from twofold.slides.merging.model import Paragraph, Run
from twofold.slides.merging.references import Library
from twofold.slides.merging.snapshot import notes_body
from twofold.slides.merging.texts import MergedText, adopted, merge_text
from twofold.slides.merging.writing import set_text

KEPT = ("@b", "@i", "@u", "@strike", "hlinkClick", "field", "raw")
"""What is compared of notes that a program has written anew: it makes up fonts and sizes, and forgets levels."""


def merge_notes(
    judge: Judge,
    base: Sequence[Paragraph],
    theirs: Sequence[Paragraph],
    ours: Sequence[Paragraph],
    heads: Sequence[str],
) -> tuple[MergedText, list[Paragraph]]:
    """Ours with what the teacher changed; and what earlier merges told under one of `heads`, as it is now."""
    said, told = _split(theirs, heads)
    judge = replace(judge, kept=KEPT)
    told = adopted(judge, told, [])
    return merge_text(judge, _trimmed(base), _trimmed(said), ours, []), told


def telling(head: str, lost: Sequence[tuple[str, str]], lang: str) -> list[Paragraph]:
    """What the chapters say and the slide does not, under a heading."""
    lines = [f"{name}: {line}" for name, text in lost for line in text.split("\n") if line.strip()]
    found = [Paragraph([Run(head, {"@b": "1"}, lang)])]
    return found + [Paragraph([Run(line.replace("\v", " "), {}, lang)]) for line in lines] if lost else []


def joined(told: list[Paragraph], new: list[Paragraph]) -> list[Paragraph]:
    """What was told before and what is to be told now, each once."""
    known = {paragraph.text for paragraph in told}
    return told + [paragraph for paragraph in new if paragraph.text not in known]


def write_notes(part: Any, old: Sequence[Paragraph], new: Sequence[Paragraph], library: Library) -> None:
    """Writes the notes of a slide, on a notes page of its own where it has none."""
    if not new and notes_body(part) is None:
        return
    notes = part.slide.notes_slide
    body = notes_body(part)
    if body is None:
        return
    known = old if len(old) == len(body.findall("{*}p")) else []
    set_text(body, known or [Paragraph() for _ in body.findall("{*}p")], new, notes.part, library)


def _split(text: Sequence[Paragraph], heads: Sequence[str]) -> tuple[list[Paragraph], list[Paragraph]]:
    first = next((n for n, paragraph in enumerate(text) if paragraph.text.strip() in heads), len(text))
    return list(text[:first]), list(text[first:])


def _trimmed(text: Sequence[Paragraph]) -> list[Paragraph]:
    """Without empty paragraphs at the end, such as an empty notes page has."""
    found = list(text)
    while found and not found[-1].text.strip() and not found[-1].runs:
        found.pop()
    return found
