"""Which shape of a slide is which: by number and name after PowerPoint, by what is left after other programs."""

from collections.abc import Mapping

from twofold.slides.merging.inheriting import box
from twofold.slides.merging.model import Shape, Slide, Style
from twofold.slides.merging.sequences import likeness

RENAMED = "PlaceHolder"
"""What LibreOffice calls every place that holds text."""
FAR = 6_000_000
"""Shapes that lie so many EMU apart have nothing in common."""
SURE, LIKELY = 1.0, 0.25


def match_shapes(base: Slide, other: Slide, styles: Mapping[str, Style], *, rewritten: bool) -> dict[str, str]:
    """Keys of `other` by keys of `base`: the likeliest pairs first, each shape once."""
    found = [
        (score, -number, one.key, two.key)
        for number, one in enumerate(base.shapes)
        for two in other.shapes
        if one.kind == two.kind and (score := _score(one, two, styles, rewritten)) >= (LIKELY if rewritten else SURE)
    ]
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, key, match in sorted(found, reverse=True):
        if key not in pairs and match not in taken:
            pairs[key] = match
            taken.add(match)
    return pairs


def match_generated(base: Slide, ours: Slide, styles: Mapping[str, Style]) -> dict[str, str]:
    """The same for two decks that we made: keys of places and of what stands in them are ours."""
    pairs = {one.key: one.key for one in base.shapes if any(_alike(one, two) for two in ours.shapes)}
    rest = [one for one in base.shapes if one.key not in pairs]
    left = [one for one in ours.shapes if one.key not in pairs]
    return pairs | match_shapes(Slide("", rest), Slide("", left), styles, rewritten=True)


def _alike(one: Shape, two: Shape) -> bool:
    return (one.key, one.kind, one.parent) == (two.key, two.kind, two.parent) and (one.text is None) == (
        two.text is None
    )


def where(shape: Shape, styles: Mapping[str, Style]) -> tuple[int, ...]:
    """Where a shape stands, by itself or as its place says: x, y, width and height."""
    look = {name.removeprefix("form."): value for name, value in shape.look.items() if name.startswith("form.")}
    above = styles[shape.style].look if shape.style in styles else {}
    return box({**above, **look})


def _score(one: Shape, two: Shape, styles: Mapping[str, Style], rewritten: bool) -> float:
    """How likely two shapes are the same: 1 and more where PowerPoint has kept a sign of it."""
    score = 0.6 * likeness(one.words, two.words) + 0.4 * _nearness(one, two, styles)
    named = one.name == two.name and bool(one.name) and not one.name.startswith(RENAMED)
    if not rewritten:
        known = (one.id == two.id and (named or one.place == two.place)) or named or (one.place == two.place != "")
        return score * 0.9 if not known else score + 1 + 2 * (one.id == two.id) + named + (one.place == two.place)
    if one.kind == "shape" and bool(one.place) != bool(two.place):
        return 0.0
    kinds = (one.place.partition(":")[0], two.place.partition(":")[0])
    typed = kinds[0] == kinds[1] and kinds[0] in ("title", "ctrTitle", "ftr", "sldNum", "dt", "subTitle")
    return score + named + typed


def _nearness(one: Shape, two: Shape, styles: Mapping[str, Style]) -> float:
    mine, theirs = where(one, styles), where(two, styles)
    if len(mine) != len(theirs):
        return 0.0
    return max(0.0, 1 - sum(abs(a - b) for a, b in zip(mine, theirs, strict=True)) / FAR)
