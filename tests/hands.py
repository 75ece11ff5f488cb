"""What a teacher does with a deck, one thing at a time: each hand changes a deck and gives a check that tells whether
the change is in another deck. None where there is nothing to change."""

import copy
import random
from collections.abc import Callable, Iterator
from itertools import combinations, count
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.util import Emu, Pt

from tests.editing import bitmap, delete, duplicate, move, say
from twofold.slides.xml import clark

Check = Callable[[Any], bool]
Hand = Callable[[Any, random.Random, set[str]], Check | None]
NUMBERS = count(1)
EVERYTHING = "everything"


def key(slide: Any) -> str:
    return str(slide._element.find(clark("p:cSld")).get("name") or "")


def fresh() -> str:
    """A word of the teacher's that is nowhere else."""
    return f"mine{next(NUMBERS)}z"


def own_or(deck: Any, name: str) -> list[Any]:
    """The slide of that key, or where it became the teacher's own, all of these."""
    found = [slide for slide in deck.slides if key(slide) == name]
    return found or [slide for slide in deck.slides if key(slide) == "own"]


def pick(
    deck: Any, chance: random.Random, used: set[str], wanted: Callable[[Any], bool], what: str = EVERYTHING
) -> Any:
    """A slide of ours for which `wanted` holds and of which nobody has touched `what` yet."""

    def free(slide: Any) -> bool:
        name = key(slide)
        touched = {one for one in used if one.endswith(f":{name}")}
        ours = name not in ("", "own")
        return ours and not (touched if what == EVERYTHING else touched & {f"{what}:{name}", f"{EVERYTHING}:{name}"})

    slides = [one for one in list(deck.slides)[2:] if free(one) and wanted(one)]
    slide = chance.choice(slides) if slides else None
    if slide is not None:
        used.add(f"{what}:{key(slide)}")
    return slide


def any_slide(_: Any) -> bool:
    return True


def shapes_named(slide: Any, name: str) -> Iterator[Any]:
    return (shape for shape in _flat(slide.shapes) if shape.name == name)


def _flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from _flat(shape.shapes)


def points(slide: Any) -> list[Any]:
    """The paragraphs of the main place; LibreOffice calls it otherwise on a slide that became the teacher's own."""
    own = key(slide) == "own"
    shapes = (shape for shape in _flat(slide.shapes) if shape.has_text_frame and (own or shape.name == "Body"))
    return [paragraph for shape in shapes for paragraph in shape.text_frame.paragraphs if paragraph.runs]


def holds(name: str, wanted: Callable[[Any], bool]) -> Check:
    """A check that holds if it does for the slide of that key."""
    return lambda deck: any(wanted(slide) for slide in own_or(deck, name))


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in _flat(slide.shapes) if shape.has_text_frame)


# ---------------------------------------------------------------- text


def rewrite_a_point(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points, "text")
    if slide is None:
        return None
    word = fresh()
    say(chance.choice(points(slide)), f"{word} and no more")
    return holds(key(slide), lambda found: word in text_of(found))


def change_a_word(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points, "text")
    if slide is None:
        return None
    word, paragraph = fresh(), chance.choice(points(slide))
    say(paragraph, f"{paragraph.text.rpartition(' ')[0]} {word}")
    return holds(key(slide), lambda found: word in text_of(found))


def add_a_point(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points, "text")
    if slide is None:
        return None
    word, paragraph = fresh(), chance.choice(points(slide))
    added = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(added)
    say(next(p for p in points(slide) if p._p is added), word)
    return holds(key(slide), lambda found: word in text_of(found))


def delete_a_point(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: len(points(one)) > 1, "text")
    if slide is None:
        return None
    paragraph = chance.choice(points(slide))
    text = paragraph.text
    paragraph._p.getparent().remove(paragraph._p)
    return holds(key(slide), lambda found: text not in text_of(found))


def retitle(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: one.shapes.title is not None, "title")
    if slide is None:
        return None
    word = fresh()
    say(slide.shapes.title.text_frame.paragraphs[0], f"{word} says it")
    return holds(key(slide), lambda found: word in text_of(found))


def make_bold(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    """Bold, larger and in colour: the word is looked for with its look."""
    slide = pick(deck, chance, used, points, "text")
    if slide is None:
        return None
    paragraph = chance.choice(points(slide))
    word = fresh()
    run = paragraph.add_run()
    run.text, run.font.bold, run.font.size = f" {word}", True, Pt(40)
    run.font.color.rgb = RGBColor(0, 0x80, 0)

    def bold(found: Any) -> bool:
        return any(word in "".join(r.text for r in p.runs if as_made(r.font)) for p in points(found))

    def as_made(font: Any) -> bool:  # PowerPoint may have cut the word into several runs
        return bool(font.bold and font.size == Pt(40) and str(font.color.rgb) == "008000")

    return holds(key(slide), bold)


def centre_a_point(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points, "text")
    if slide is None:
        return None
    word, paragraph = fresh(), chance.choice(points(slide))
    say(paragraph, f"{paragraph.text} {word}")
    paragraph.alignment = 2
    return holds(key(slide), lambda found: any(word in p.text and p.alignment == 2 for p in points(found)))


def write_notes(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide, "notes")
    if slide is None:
        return None
    word = fresh()
    frame = slide.notes_slide.notes_text_frame
    frame.add_paragraph().text = f"{word} to be said"
    return holds(key(slide), lambda found: found.has_notes_slide and word in found.notes_slide.notes_text_frame.text)


# ---------------------------------------------------------------- shapes


def move_a_shape(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide, "place")
    if slide is None:
        return None
    kinds = [
        one
        for one in slide.shapes
        if not one.name.startswith("twofold ") and one.name not in ("Footer", "Slide number")
    ]
    kinds = [one for one in kinds if one.height]
    shape = chance.choice(kinds)
    name, frame = shape.name, tuple(chance.randrange(0, 90) * 50800 for _ in range(2))
    shape.left, shape.top, shape.width, shape.height = (*map(Emu, frame), shape.width, shape.height)
    size = (shape.width, shape.height)

    def moved(found: Any) -> bool:
        near = [
            max(abs(one.left - frame[0]), abs(one.top - frame[1])) < 40000
            for one in _flat(found.shapes)
            if one.left is not None and (one.name == name or key(found) == "own")
        ]
        return any(near) or (key(found) != "own" and size == (0, 0))

    return holds(key(slide), moved)


def paint_a_shape(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points, "paint")
    if slide is None:
        return None
    shape = next(shapes_named(slide, "Body"))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0xFF, 0xFA, 0xC8)
    shape.line.color.rgb = RGBColor(1, 2, 3)
    shape.line.width = Emu(25400)

    def painted(found: Any) -> bool:
        xml = etree.tostring(found._element).decode().upper()
        return "FFFAC8" in xml and "010203" in xml

    return holds(key(slide), painted)


def add_a_box(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide, "box")
    if slide is None:
        return None
    word = fresh()
    box = slide.shapes.add_textbox(Emu(500000), Emu(500000), Emu(3000000), Emu(400000))
    box.text_frame.text, box.name = word, f"Box {word}"
    box.text_frame.word_wrap = True
    return holds(key(slide), lambda found: word in text_of(found))


def add_a_picture(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide, "own picture")
    if slide is None:
        return None
    colour = f"#{chance.randrange(1 << 24):06x}"
    picture = slide.shapes.add_picture(bitmap(colour), Emu(0), Emu(0))
    name = picture.name = f"Picture {fresh()}"
    picture._element.nvPicPr.cNvPr.set("descr", "a colour")
    blob = bitmap(colour).getvalue()
    return holds(key(slide), lambda found: any(one.image.blob == blob for one in shapes_named(found, name)))


def delete_a_shape(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(
        deck,
        chance,
        used,
        lambda one: any(s.shape_type in (13, 14) and s.name.startswith("Picture") for s in one.shapes),
    )
    if slide is None:
        return None
    shape = next(s for s in slide.shapes if s.name.startswith("Picture"))
    name = shape.name
    shape._element.getparent().remove(shape._element)
    return holds(key(slide), lambda found: not list(shapes_named(found, name)))


def crop_a_picture(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(
        deck,
        chance,
        used,
        lambda one: any(s.name.startswith("Picture") and hasattr(s, "crop_left") for s in one.shapes),
        "picture",
    )
    if slide is None:
        return None
    shape = next(s for s in slide.shapes if s.name.startswith("Picture"))
    name, shape.crop_left = shape.name, 0.25
    return holds(key(slide), lambda found: any(abs(s.crop_left - 0.25) < 0.01 for s in shapes_named(found, name)))


def turn_a_group_over(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    """Changes words within a group, and moves one of its shapes."""
    slide = pick(deck, chance, used, lambda one: any(s.shape_type == 6 for s in one.shapes))
    if slide is None:
        return None
    group = next(s for s in slide.shapes if s.shape_type == 6)
    inner = [s for s in _flat(group.shapes) if s.has_text_frame and s.text_frame.text]
    word, shape = fresh(), chance.choice(inner)
    say(shape.text_frame.paragraphs[0], word)
    shape.left, shape.top, shape.width, shape.height = shape.left + 100000, shape.top + 72000, shape.width, shape.height
    left = shape.left

    def there(found: Any) -> bool:
        return any(
            word in s.text_frame.text and abs(s.left - left) < 40000 for s in _flat(found.shapes) if s.has_text_frame
        )

    return holds(key(slide), there)


# ---------------------------------------------------------------- tables and charts


def change_a_cell(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_table for s in one.shapes), "cell")
    if slide is None:
        return None
    grid = next(s for s in slide.shapes if s.has_table).table
    word = fresh()
    cell = grid.cell(chance.randrange(len(grid.rows)), chance.randrange(len(grid.columns)))
    say(cell.text_frame.paragraphs[0], word)
    return holds(
        key(slide), lambda found: any(word in c.text for s in found.shapes if s.has_table for c in s.table.iter_cells())
    )


def add_a_row(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_table for s in one.shapes), "row")
    if slide is None:
        return None
    grid = next(s for s in slide.shapes if s.has_table).table
    word, row = fresh(), chance.choice(grid._tbl.tr_lst[1:])
    added = copy.deepcopy(row)
    row.addnext(added)
    for cell in added.tc_lst:
        for text in list(cell.iter(clark("a:t")))[:1]:
            text.text = word
    return holds(
        key(slide), lambda found: any(word in c.text for s in found.shapes if s.has_table for c in s.table.iter_cells())
    )


def fill_a_cell(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_table for s in one.shapes), "fill")
    if slide is None:
        return None
    grid = next(s for s in slide.shapes if s.has_table).table
    cell = grid.cell(0, 0)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(0xAA, 0xBB, 0xCC)
    return holds(key(slide), lambda found: "AABBCC" in etree.tostring(found._element).decode().upper())


def change_a_value(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_chart for s in one.shapes), "value")
    if slide is None:
        return None
    chart = next(s for s in slide.shapes if s.has_chart).chart
    plot, value = chart.plots[0], 1000 + next(NUMBERS)
    data: Any = CategoryChartData()
    data.categories = list(plot.categories)
    values = list(plot.series[0].values)
    values[chance.randrange(len(values))] = value
    data.add_series(plot.series[0].name, values)
    chart.replace_data(data)
    return holds(
        key(slide), lambda found: any(value in s.chart.plots[0].series[0].values for s in found.shapes if s.has_chart)
    )


def entitle_a_chart(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_chart for s in one.shapes), "title of chart")
    if slide is None:
        return None
    word = fresh()
    next(s for s in slide.shapes if s.has_chart).chart.chart_title.text_frame.text = word
    return holds(
        key(slide),
        lambda found: any(
            s.chart.has_title and word in s.chart.chart_title.text_frame.text for s in found.shapes if s.has_chart
        ),
    )


def colour_a_chart(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: any(s.has_chart for s in one.shapes), "colour")
    if slide is None:
        return None
    fill = next(s for s in slide.shapes if s.has_chart).chart.plots[0].series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(0x12, 0x34, 0x56)
    return holds(
        key(slide),
        lambda found: any(
            "123456" in etree.tostring(s.chart._chartSpace).decode() for s in found.shapes if s.has_chart
        ),
    )


# ---------------------------------------------------------------- slides


def add_a_slide(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    layout = chance.choice(list(deck.slides)[2:]).slide_layout
    slide = deck.slides.add_slide(layout)
    word, colour = fresh(), f"#{chance.randrange(1 << 24):06x}"
    box = slide.shapes.add_textbox(Emu(0), Emu(0), Emu(4000000), Emu(400000))
    box.text_frame.text = word
    slide.shapes.add_picture(bitmap(colour), Emu(0), Emu(900000)).name = f"Picture {word}"
    slide.notes_slide.notes_text_frame.text = f"{word} in notes"
    for shape in list(slide.placeholders):
        if not shape.has_text_frame or not shape.text_frame.text:
            shape._element.getparent().remove(shape._element)
    move(deck, len(deck.slides) - 1, chance.randrange(1, len(deck.slides)))
    blob = bitmap(colour).getvalue()

    def there(found: Any) -> bool:
        return any(
            word in text_of(one)
            and word in one.notes_slide.notes_text_frame.text
            and any(s.image.blob == blob for s in shapes_named(one, f"Picture {word}"))
            for one in found.slides
        )

    return there


def delete_a_slide(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide)
    if slide is None or len(deck.slides) < 5:
        return None
    name = key(slide)
    delete(deck, name)
    return lambda found: name not in [key(one) for one in found.slides]


def move_a_slide(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    """Of each two slides that changed places the order is looked for in the result, as far as they are there."""
    if "order" in used:
        return None
    used.add("order")
    before = [key(one) for one in deck.slides]
    move(deck, chance.randrange(1, len(before)), chance.randrange(1, len(before)))
    after = [key(one) for one in deck.slides]
    names = [name for name in after if name not in ("", "own") and after.count(name) == 1]
    turned = [(one, two) for one, two in combinations(names, 2) if before.index(one) > before.index(two)]

    def ordered(found: Any) -> bool:
        there = [key(one) for one in found.slides]
        return all(there.index(one) < there.index(two) for one, two in turned if one in there and two in there)

    return ordered if turned else None


def hide_a_slide(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, any_slide, "hidden")
    if slide is None:
        return None
    slide._element.set("show", "0")
    return holds(key(slide), lambda found: found._element.get("show") == "0")


def duplicate_a_slide(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, points)
    if slide is None or slide.part.rels is None:
        return None
    word, new = fresh(), duplicate(deck, key(slide))
    say(points(new)[0], word)
    return lambda found: any(word in text_of(one) for one in found.slides)


def rename_a_section(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    sections = list(deck.element.iter("{*}section"))
    if not sections or "section" in used:
        return None
    used.add("section")
    word = fresh()
    sections[-1].set("name", word)
    return lambda found: word in [one.get("name") for one in found.element.iter("{*}section")]


def end_without_fade(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: bool(list(one._element.iter("{*}fade"))), "fade")
    if slide is None:
        return None
    for fade in list(slide._element.iter("{*}fade")):
        fade.getparent().replace(fade, etree.SubElement(fade.getparent(), clark("p:push")))
    return holds(key(slide), lambda found: bool(list(found._element.iter(clark("p:push")))))


def take_clicks_away(deck: Any, chance: random.Random, used: set[str]) -> Check | None:
    slide = pick(deck, chance, used, lambda one: one._element.find(clark("p:timing")) is not None, "clicks")
    if slide is None:
        return None
    slide._element.remove(slide._element.find(clark("p:timing")))
    return holds(key(slide), lambda found: found._element.find(clark("p:timing")) is None)


TEXT: tuple[Hand, ...] = (
    *(rewrite_a_point, change_a_word, add_a_point, delete_a_point, retitle, make_bold, centre_a_point, write_notes),
)
SHAPES: tuple[Hand, ...] = (
    *(move_a_shape, paint_a_shape, add_a_box, add_a_picture, delete_a_shape, crop_a_picture, turn_a_group_over),
)
DATA: tuple[Hand, ...] = (*(change_a_cell, add_a_row, fill_a_cell, change_a_value, entitle_a_chart, colour_a_chart),)
SLIDES: tuple[Hand, ...] = (
    *(add_a_slide, delete_a_slide, move_a_slide, hide_a_slide, duplicate_a_slide, rename_a_section),
    *(end_without_fade, take_clicks_away),
)
HANDS = (*TEXT, *SHAPES, *DATA, *SLIDES)
LOST = (colour_a_chart, rename_a_section)
"""LibreOffice makes the looks of charts up, and knows no sections."""
KEPT_BY_LIBREOFFICE = tuple(hand for hand in HANDS if hand not in LOST)
