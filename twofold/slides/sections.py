"""Chapters into PowerPoint's sections: p14:sectionLst."""

from collections.abc import Sequence
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from twofold.model import Course
from twofold.slides.planned import PlannedSlide
from twofold.slides.xml import Element, make

EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def sections(slides: Sequence[PlannedSlide], ids: Sequence[int], course: Course) -> Element:
    """The extension that lists the slides (with their ids in the file) chapter by chapter."""
    titles = {chapter.id: chapter.running_title for chapter in course.chapters}
    pairs = zip(slides, ids, strict=True)
    listed = [
        _section(chapter, titles.get(chapter, course.settings.running_title), [number for _, number in group])
        for chapter, group in groupby(pairs, key=lambda pair: pair[0].chapter)
    ]
    return make("p:extLst", make("p:ext", make("p14:sectionLst", *listed), uri=EXTENSION))


def _section(chapter: str, title: str, ids: Sequence[int]) -> Element:
    members = make("p14:sldIdLst", *(make("p14:sldId", id=number) for number in ids))
    guid = str(uuid5(NAMESPACE_URL, f"section:{chapter}")).upper()
    return make("p14:section", members, name=title, id=f"{{{guid}}}")
