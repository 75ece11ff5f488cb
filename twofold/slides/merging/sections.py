"""Sections of two decks: names and new sections of the teacher's, members by where the slides stand now."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from twofold.slides.merging.model import Base, Section
from twofold.slides.merging.references import slide_parts
from twofold.slides.sections import EXTENSION
from twofold.slides.xml import Element, clark, make

Member = tuple[str, str]
"""The id and the name of the section of a slide."""


def read_sections(presentation: Any, keys: Mapping[int, str]) -> list[Section]:
    """The sections of a deck with the keys of their slides, which `keys` knows by part."""
    listed = zip(presentation.slides._sldIdLst, slide_parts(presentation), strict=True)
    known = {str(one.id): keys[id(part)] for one, part in listed}
    return [
        Section(
            section.get("id"),
            section.get("name"),
            [known[one.get("id")] for one in section.iter(clark("p14:sldId")) if one.get("id") in known],
        )
        for section in presentation.element.iter(clark("p14:section"))
    ]


def merged_sections(base: Base, theirs: Sequence[Section], fresh: Base, order: Sequence[str]) -> list[Member]:
    """The section of each slide in `order`: that of ours, under the teacher's name, or where the teacher put the slide.
    A section is one stretch of slides: what stands elsewhere belongs to the section before it."""
    was, mine, now = _members(base.sections), _members(theirs), _members(fresh.sections)
    names = _names(base.sections, theirs, fresh.sections)
    ids: list[str] = []
    for key in order:
        moved = key in mine and (key not in was or mine[key] != was[key])
        wanted = mine[key] if moved else now.get(key, "")
        last = ids[-1] if ids else ""
        ids.append(last if last and wanted != last and wanted in ids else wanted or last)
    return [(one, names.get(one, "")) for one in ids]


def write_sections(presentation: Any, members: Sequence[Member]) -> None:
    """Lists the slides of a deck section by section, as many members as there are slides."""
    root = presentation.element
    for old in list(root.iter(clark("p14:sectionLst"))):
        old.getparent().getparent().remove(old.getparent())
    numbers = [listed.id for listed in presentation.slides._sldIdLst]
    groups = groupby(zip(members, numbers, strict=True), key=lambda pair: pair[0])
    sections = [_section(member, [number for _, number in group]) for member, group in groups]
    extensions = root.find(clark("p:extLst"))
    if extensions is None:
        extensions = make("p:extLst")
        root.append(extensions)
    extensions.append(make("p:ext", make("p14:sectionLst", *sections), uri=EXTENSION))


def _members(sections: Sequence[Section]) -> dict[str, str]:
    return {key: section.id for section in sections for key in section.slides}


def _names(base: Sequence[Section], theirs: Sequence[Section], fresh: Sequence[Section]) -> dict[str, str]:
    was = {section.id: section.name for section in base}
    names = {section.id: section.name for section in fresh}
    renamed = {one.id: one.name for one in theirs if was.get(one.id) != one.name}
    return {**was, **names, **renamed}


def _section(member: Member, numbers: Sequence[int]) -> Element:
    guid, name = member
    members = make("p14:sldIdLst", *(make("p14:sldId", id=number) for number in numbers))
    fallback = f"{{{str(uuid5(NAMESPACE_URL, 'section:own')).upper()}}}"
    return make("p14:section", members, name=name or "–", id=guid or fallback)
