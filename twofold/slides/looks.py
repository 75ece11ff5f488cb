"""How each generated slide looks and what it says, as a hash, so that a build can tell which slides have changed."""

import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from twofold.builds.changes import SlideLook
from twofold.slides.merging.model import Base
from twofold.slides.planned import PlannedSlide
from twofold.trees import plain


def slide_looks(base: Base, slides: Sequence[PlannedSlide]) -> Iterator[SlideLook]:
    """A hash for each slide of a generated deck: its shapes, clicks, notes and all it inherits, but not its number."""
    inherited = msgspec.json.encode((base.styles, base.theme))
    planned = {slide.key: slide for slide in slides}
    for model in base.slides:
        shapes = [shape for shape in model.shapes if not shape.place.startswith("sldNum")]
        look = hashlib.sha256(inherited + msgspec.json.encode((model.look, shapes, model.notes, model.timing)))
        slide = planned[model.key]
        yield SlideLook(slide.key, slide.number, plain(slide.title), look.hexdigest()[:24])
