"""A package that counts its parts: python-pptx walks through all of them whenever it adds one, which makes the cost of
a deck grow with the square of its slides."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import IO, Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.package import Package
from pptx.parts.image import Image, ImagePart
from pptx.parts.slide import NotesSlidePart, SlidePart

EMPTY = Path(pptx.__file__).parent / "templates" / "default.pptx"
SLIDE = "/ppt/slides/slide%d.xml"
IMAGE = "/ppt/media/image%d."


class CountedPackage(Package):
    """Names of parts are given once and never again, even where the part has left; an image is found by its hash."""

    _counters: dict[str, Iterator[int]]
    _images: dict[str, ImagePart]

    def next_partname(self, tmpl: str) -> PackURI:
        """The next name after `tmpl`, as in “/ppt/slides/slide%d.xml”."""
        return PackURI(tmpl % self._next(tmpl))

    def next_image_partname(self, ext: str) -> PackURI:
        """The next name of an image, whatever its kind."""
        return PackURI(f"{IMAGE % self._next(IMAGE)}{ext}")

    def get_or_add_image_part(self, image_file: str | IO[bytes]) -> ImagePart:
        """The part of an image; the same bytes are kept once."""
        image, known = Image.from_file(image_file), self._known_images()
        if image.sha1 not in known:
            known[image.sha1] = ImagePart.new(self, image)
        return known[image.sha1]

    def take_image_part(self, part: ImagePart) -> ImagePart:
        """An image that comes from another package, under a name of this one; the same bytes are kept once."""
        known = self._known_images()
        if part.sha1 not in known:
            part.partname = self.next_image_partname(part.partname.ext)
            known[part.sha1] = part
        return known[part.sha1]

    def _known_images(self) -> dict[str, ImagePart]:
        if "_images" not in self.__dict__:
            parts = (part for part in self.iter_parts() if isinstance(part, ImagePart))
            self._images = {part.sha1: part for part in parts}
        return self._images

    def next_slide_id(self, listed: Any) -> int:
        """An id for a slide that is to join those that are `listed`; they begin at 256 (ISO 29500-1, 19.7.13)."""
        return self._counted("slides", lambda: max((slide.id for slide in listed), default=255))

    def _next(self, template: str) -> int:
        before = template.partition("%d")[0]
        taken = (part.partname for part in self.iter_parts() if part.partname.startswith(before))
        return self._counted(template, lambda: max((name.idx or 0 for name in taken), default=0))

    def _counted(self, name: str, last: Callable[[], int]) -> int:
        """The next number of that name; `last` tells the highest that the package had when it was opened."""
        counters = self.__dict__.setdefault("_counters", {})
        if name not in counters:
            counters[name] = count(last() + 1)
        return int(next(counters[name]))


def opened(file: Path | IO[bytes] = EMPTY) -> Any:
    """The presentation in a file, its parts counted; python-pptx's own empty one unless another is named."""
    package: Any = CountedPackage.open(str(file) if isinstance(file, Path) else file)
    return package.main_document_part.presentation


def add_slide(deck: Any, layout: Any) -> tuple[Any, int]:
    """An empty slide at the end of a presentation, as its part and its id in the file."""
    owner = deck.part
    name = owner.package.next_partname(SLIDE)
    part = SlidePart.new(name, owner.package, layout.part)  # type: ignore[no-untyped-call]
    listed = deck.slides._sldIdLst
    number = owner.package.next_slide_id(listed)
    relation = owner._rels._add_relationship(RT.SLIDE, part)  # a new part: nobody need look for an old relation to it
    listed._add_sldId(id=number, rId=relation)
    return part, number


def add_notes(slide: Any) -> Any:
    """The empty notes page of a slide. The first one is made after the notes master, the others after the first."""
    package = slide.part.package
    first = package.__dict__.get("_notes")
    if first is None:
        notes = slide.notes_slide
        package._notes = deepcopy(notes.shapes._spTree)
        return notes
    part = NotesSlidePart._add_notes_slide_part(package, slide.part, package.presentation_part.notes_master_part)  # type: ignore[no-untyped-call]
    slide.part.relate_to(part, RT.NOTES_SLIDE)
    common = part._element.cSld
    common.replace(common.spTree, deepcopy(first))
    return part.notes_slide
