"""Fills a place of a slide with what the plan puts there: text, a picture, a table, a chart, or text above them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

import msgspec

from twofold.model import Block, Chart, Compare, Figure, MathBlock, Table, Timeline
from twofold.problems import Place
from twofold.slides.canvas import Canvas, Stand
from twofold.slides.charts import draw_chart
from twofold.slides.choosing import bare, kind
from twofold.slides.lines import Line, lines
from twofold.slides.pictures import draw_figure, draw_formula
from twofold.slides.planned import Zone
from twofold.slides.room import HINTS, USUAL
from twofold.slides.tables import draw_table
from twofold.slides.theme import Box, Spot
from twofold.slides.timelines import draw_timeline

OBJECTS = ("picture", "formula", "table", "timeline", "chart")
MOST_TEXT = 0.6
"""Text above a picture takes this share of a place at most."""

Drawable = Figure | MathBlock | Table | Timeline | Compare | Chart


def fill(canvas: Canvas, spot: Spot, zone: Zone) -> None:
    """Draws the blocks of `zone` in the place `spot`."""
    drawn = tuple(block for block in zone.blocks if spot.kind != "text" and kind(block) in OBJECTS)
    words = canvas.lines(lines(tuple(block for block in zone.blocks if block not in drawn), canvas.setting.lang))
    if not drawn:
        canvas.write(spot, words, _place(zone.blocks), HINTS.get(zone.name, USUAL), appears=zone.appears)
    elif not words and len(drawn) == 1:
        draw(canvas, drawn[0], Stand(spot.at, spot, zone.appears))
    else:
        _stack(canvas, spot, words, drawn, zone)


def draw(canvas: Canvas, block: Block, stand: Stand) -> None:
    """One object where it stands."""
    inner = bare(block)
    if inner is not block:
        stand = replace(stand, appears=True)
    assert isinstance(inner, Drawable)  # as `kind` has told
    match inner:
        case Figure():
            draw_figure(canvas, inner, stand)
        case MathBlock():
            draw_formula(canvas, inner, stand)
        case Table() | Compare():
            draw_table(canvas, inner, stand)
        case Timeline():
            draw_timeline(canvas, inner, stand)
        case Chart():
            draw_chart(canvas, inner, stand)
        case _:
            assert_never(inner)


def _stack(canvas: Canvas, spot: Spot, words: Sequence[Line], drawn: Sequence[Block], zone: Zone) -> None:
    """Text at the top of the place, the objects below it in equal shares of what is left."""
    style = canvas.setting.theme.styles[spot.style]
    box = spot.at
    top = box.y
    if words:
        room = spot.inner(box)
        height = canvas.setting.ruler.height(words, style, room.width) + box.height - room.height
        needed = min(height, box.height * MOST_TEXT)
        above = msgspec.structs.replace(box, height=needed)
        canvas.write(spot, words, _place(zone.blocks), at=above, appears=zone.appears)
        top += needed + style.line / 2
    share = (box.y + box.height - top) / len(drawn)
    for number, block in enumerate(drawn):
        part = Box(box.x, top + number * share, box.width, share - (style.line / 2 if number < len(drawn) - 1 else 0))
        draw(canvas, block, Stand(part, spot if number == 0 and not words else None, zone.appears))


def _place(blocks: Sequence[Block]) -> Place:
    return blocks[0].place if blocks else Place("")
