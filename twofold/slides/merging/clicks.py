"""The clicks of a slide that was changed on two sides: theirs where the teacher changed them, else those of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from twofold.slides.merging import animations, looks
from twofold.slides.merging.model import Shape, Slide
from twofold.slides.merging.references import Library
from twofold.slides.merging.texts import MergedText
from twofold.slides.merging.writing import put_behind
from twofold.slides.xml import Element, clark


@dataclass(slots=True)
class ClickMerge:
    """`ids` are the numbers that shapes of theirs have in the result; the places tell by the number of a shape where
    its paragraphs have come to stand."""

    base: Slide
    theirs: Slide
    ours: Slide
    ids: dict[int, int] = field(default_factory=dict)
    base_places: dict[int, animations.Places] = field(default_factory=dict)
    their_places: dict[int, animations.Places] = field(default_factory=dict)
    our_places: dict[int, animations.Places] = field(default_factory=dict)

    def learn(self, shapes: tuple[Shape, Shape, Shape], text: MergedText, alone: MergedText) -> None:
        """Keeps where the paragraphs of a shape stand: `shapes` are those of base, theirs and ours, `text` is merged
        from them, `alone` is theirs without what the chapters changed."""
        base, theirs, ours = shapes
        if text.edited:
            self.our_places[ours.id] = text.places
        count = len(theirs.text or [])
        if text.edited or text.theirs != {**{n: n for n in range(count)}, -1: count}:
            self.their_places[theirs.id] = text.theirs
        if alone.edited:
            self.base_places[base.id] = alone.places

    def edited(self, there: Mapping[str, str]) -> bool:
        """Whether the teacher changed the clicks; that those of deleted paragraphs are gone is no change. `there` are
        the keys of shapes of theirs by those of the base."""
        backwards = {match: key for key, match in there.items()}
        names = {shape.id: backwards.get(shape.key, shape.key) for shape in self.theirs.shapes}
        mine = animations.clicks_of(looks.parsed(self.theirs.timing), names) if self.theirs.timing else []
        if mine == self.base.clicks:
            return False
        ids = {shape.id: shape.id for shape in self.base.shapes if shape.key in there}
        left = animations.retarget(looks.parsed(self.base.timing), ids, self.base_places) if self.base.timing else None
        known = {shape.id: shape.key for shape in self.base.shapes}
        return mine != ([] if left is None else animations.clicks_of(left, known))

    def take_theirs(self, part: Any, library: Library) -> None:
        """Gives the slide in `part` the teacher's clicks."""
        self._put(self.theirs.timing, self.ids, self.their_places, part, library)

    def mend(self, part: Any, library: Library, left: Mapping[str, Element]) -> None:
        """Takes the clicks of the slide in `part` to where its paragraphs stand now, and away from shapes that are not
        among those `left`."""
        ids = {shape.id: shape.id for shape in self.ours.shapes if shape.key in left}
        if self.ours.timing:
            self._put(self.ours.timing, ids, self.our_places, part, library)

    def _put(
        self, timing: str, ids: dict[int, int], places: dict[int, animations.Places], part: Any, library: Library
    ) -> None:
        new = looks.restored(timing, part, library) if timing else None
        new = None if new is None else animations.retarget(new, ids, places)
        if new is not None:
            animations.listed(new)
            if looks.portable(new, part, library) == self.ours.timing:
                return
        root = part._element
        for old in root.findall(clark("p:timing")):
            root.remove(old)
        if new is not None:
            put_behind(root, new)
