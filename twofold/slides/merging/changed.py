"""Whether anything of a shape was changed, and what slides and shapes say."""

from collections.abc import Mapping
from typing import Any

from twofold.slides.merging.charts import chart_edited
from twofold.slides.merging.inheriting import merged
from twofold.slides.merging.judging import Judge
from twofold.slides.merging.model import Level, Shape, Slide, Style
from twofold.slides.merging.tables import table_edited
from twofold.slides.merging.texts import merge_text

ALT = "names.@descr"
TITLES = ("title", "ctrTitle")


def shape_edited(judge: Judge, styles: Mapping[str, Style], base: Shape, theirs: Shape) -> bool:
    """Whether the teacher changed anything of a shape."""
    if edited_looks(judge, styles, base, theirs):
        return True
    if base.text is None and theirs.kind == "shape" and theirs.words.strip():
        return True
    if base.text is not None and theirs.text is not None:
        return merge_text(
            judge, base.text, theirs.text, base.text, levels_of(base, styles.get(base.style, Style()))
        ).edited
    if base.table and theirs.table:
        return table_edited(judge, styles, base.table, theirs.table)
    if base.chart and theirs.chart:
        return chart_edited(judge, base.chart, theirs.chart)
    return False


def edited_looks(judge: Judge, styles: Mapping[str, Style], base: Shape, theirs: Shape) -> list[str]:
    """The properties of a shape that the teacher changed, `place` for its place in the layout. A program that writes
    decks anew makes up the height of tables, and of alt texts keeps those of pictures; some give every shape a body of
    text."""
    style = styles.get(base.style, Style())
    above = {f"form.{name}": value for name, value in style.look.items()}
    made_up = {"form.size" if judge.rewritten and base.kind == "table" else "", "frame" if base.text is None else ""}
    found = [name for name in judge.edited(theirs.look, base.look, above) if name not in made_up]
    told = theirs.look.get(ALT)
    if judge.rewritten and base.kind == "picture" and told and told != base.look.get(ALT):
        found.append(ALT)
    return found if judge.rewritten or theirs.place == base.place or not theirs.place else [*found, "place"]


def levels_of(shape: Shape, style: Style) -> list[Level]:
    """What the text of a shape inherits, its own list style last."""
    return merged(style.levels, shape.levels) if shape.levels else style.levels


def said(shape: Shape) -> tuple[Any, ...]:
    """What a shape shows, in words that two decks can be compared by."""
    return shape.words, shape.look.get("picture.picture", "")


def title_of(slide: Slide) -> str:
    """The headline of a slide."""
    found = (shape.words for shape in slide.shapes if shape.place.partition(":")[0] in TITLES)
    return " ".join(next(found, "").split())


def left_out(judge: Judge, shape: Shape) -> bool:
    """Whether a program that writes decks anew leaves the shape out, as it does with empty places."""
    return judge.rewritten and shape.kind == "shape" and bool(shape.place) and not shape.words.strip()
