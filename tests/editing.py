"""A teacher at the deck: makes it from a course, changes it as PowerPoint would, makes it again."""

import copy
import io
import random
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.slide import Slide

from tests.courses import SmallCourse
from twofold.opening import open_course
from twofold.slides.deck import build_deck
from twofold.slides.merging.handing import Handed, Wishes, hand_over
from twofold.slides.plan import plan
from twofold.slides.xml import clark, make

CHAPTER = """---
title: Breaking out
lesson: 1
question: Why did the camp rise?
emblem: figures/box.svg
emblem-caption: A box
---
![A box of bricks](figures/box.svg){#fig-box alt="a box"}

::: {.slide title="The camp rose twice" #twice}
- On 16 May men broke out
- On 24 May nobody went to work
- The guards left the camp

::: notes
Ask what changed between the two.

Let them count the days.
:::
:::

::: {.slide title="A picture of a box" #picture}
[](#fig-box)
:::

::: {.slide title="Prisoners of three years" #table}
| Year | Prisoners |
|------|----------:|
| 1952 | 18,000    |
| 1953 | 20,000    |
| 1954 | 21,090    |
:::

::: {.slide title="Two counts of the dead" #chart}
```{.chart type=bar title="Dead" alt="46 and 700" data="data/deaths.csv"}
```
:::

::: {.slide title="One by one" #steps}
::: incremental
- first the wall
- then the yard
- then the gate
:::
:::
"""


class Teacher:
    """Works on the deck of a small course in `folder`."""

    def __init__(self, folder: Path, chapter: str = CHAPTER, make_up: Callable[[Any], None] | None = None) -> None:
        self.course = SmallCourse(folder / "course")
        self.out = folder / "out"
        self.path = self.out / "slides.pptx"
        self.make_up = make_up
        self.write(chapter)

    def write(self, chapter: str) -> "Teacher":
        """Writes the course's one chapter."""
        self.course.file("01-breaking-out.md", chapter)
        return self

    def rewrite(self, old: str, new: str) -> "Teacher":
        """Changes words of the chapter."""
        text = (self.course.folder / "01-breaking-out.md").read_text(encoding="utf-8")
        assert old in text
        return self.write(text.replace(old, new))

    def make(self, *, replace: bool = False, restore: bool = False) -> Handed:
        """Makes the deck, merged with the one that is there."""
        opened = open_course(self.course.folder)
        slides = plan(opened.course)
        deck = build_deck(slides, opened.course, opened.folder, opened.words, {})
        return hand_over(deck, opened.words, "en-GB", self.path, Wishes(replace, restore))

    def edit(self, change: Callable[[Any], None]) -> "Teacher":
        """Opens the deck, changes it, saves it."""
        deck = Presentation(str(self.path))
        change(deck)
        deck.save(str(self.path))
        return self

    def deck(self) -> Any:
        """The deck as it is on disk."""
        return Presentation(str(self.path))

    def slide(self, key: str) -> Any:
        """The slide of that key."""
        return slide_of(self.deck(), key)

    def texts(self, key: str, name: str = "Body") -> list[str]:
        """The paragraphs of a place."""
        return [one.text for one in shape_of(self.slide(key), name).text_frame.paragraphs]

    def notes(self, key: str) -> str:
        """The notes of a slide."""
        return str(self.slide(key).notes_slide.notes_text_frame.text)

    def titles(self) -> list[str]:
        """The headlines in order."""
        return [slide.shapes.title.text if slide.shapes.title is not None else "" for slide in self.deck().slides]


def slide_of(deck: Any, key: str) -> Any:
    """The slide that has this key."""
    return next(slide for slide in deck.slides if slide._element.find(clark("p:cSld")).get("name") == key)


def shape_of(slide: Any, name: str) -> Any:
    """The shape of that name."""
    return next(shape for shape in slide.shapes if shape.name == name)


def body(deck: Any, key: str) -> Any:
    """The paragraphs of the main place of a slide."""
    return shape_of(slide_of(deck, key), "Body").text_frame.paragraphs


def say(paragraph: Any, text: str) -> None:
    """Types over a paragraph; it keeps its look."""
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    paragraph.runs[0].text = text


def duplicate(deck: Any, key: str) -> Any:
    """A copy of a slide right behind it, as PowerPoint makes it: with its tags and its hidden shapes."""
    old = slide_of(deck, key)
    new = deck.slides.add_slide(old.slide_layout)
    root, source = new._element, old._element
    names = {}
    for name, relation in old.part.rels.items():
        if relation.reltype.endswith(("/slideLayout", "/notesSlide")):
            continue
        target = relation.target_ref if relation.is_external else relation.target_part
        names[name] = new.part.relate_to(target, relation.reltype, is_external=relation.is_external)
    common = copy.deepcopy(source.find(clark("p:cSld")))
    for element in common.iter():
        for attribute, value in element.attrib.items():
            if attribute.startswith("{http://schemas.openxmlformats.org/officeDocument") and value in names:
                element.set(attribute, names[value])
    root.replace(root.find(clark("p:cSld")), common)
    move(deck, len(deck.slides) - 1, deck.slides.index(old) + 1)
    return Slide(root, new.part)


def move(deck: Any, old: int, new: int) -> None:
    """Drags a slide to another place, both counted from 0."""
    listed = deck.slides._sldIdLst
    slide = listed[old]
    listed.remove(slide)
    listed.insert(new, slide)


def delete(deck: Any, key: str) -> None:
    """Deletes a slide."""
    listed = deck.slides._sldIdLst
    for slide, element in zip(list(deck.slides), list(listed), strict=True):
        if slide._element.find(clark("p:cSld")).get("name") == key:
            deck.part.rels.pop(element.rId)
            listed.remove(element)
            for member in [one for one in deck.element.iter(clark("p14:sldId")) if one.get("id") == str(element.id)]:
                member.getparent().remove(member)
    deck.part.rename_slide_parts([element.rId for element in listed])  # else a new slide gets a name that is taken


def as_powerpoint_saves(deck: Any, chance: random.Random) -> None:
    """What PowerPoint writes by itself, and nobody meant: marks of the spelling checker, runs cut in two, ends of
    paragraphs, ids of creation, a fit of the text, blanks."""
    for slide in deck.slides:
        for run in [one for one in slide._element.iter(clark("a:r")) if chance.random() < 0.5]:
            letters = run.find(clark("a:rPr"))
            if letters is not None:
                letters.set("dirty", "0")
                letters.set("err", "1")
            if chance.random() < 0.5 and len(run.t.text) > 3:
                second = copy.deepcopy(run)
                run.t.text, second.t.text = run.t.text[:2], run.t.text[2:]
                run.addnext(second)
        for paragraph in slide._element.iter(clark("a:p")):
            if paragraph.find(clark("a:endParaRPr")) is None and chance.random() < 0.5:
                paragraph.append(make("a:endParaRPr", lang="de-DE", dirty="0"))
        for names in slide._element.iter(clark("p:cNvPr")):
            if names.find(clark("a:extLst")) is None and chance.random() < 0.5:
                guid = str(uuid.UUID(int=chance.getrandbits(128))).upper()
                extension = make("a:ext", uri="{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}")
                space = "http://schemas.microsoft.com/office/drawing/2014/main"
                etree.SubElement(extension, f"{{{space}}}creationId", nsmap={"a16": space}).set("id", f"{{{guid}}}")
                names.append(make("a:extLst", extension))
        for body in slide._element.iter(clark("a:bodyPr")):
            if len(body) == 0 and body.getparent().tag == clark("p:txBody") and chance.random() < 0.3:
                body.append(make("a:normAutofit"))
    deck.core_properties.last_modified_by = "A teacher"


def bitmap(colour: str = "red") -> io.BytesIO:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    file.seek(0)
    return file
