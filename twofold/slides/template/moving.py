"""A slide onto a layout with fewer places: what it shows is gathered in the places there are, in its order; what finds
none is told in the notes."""

from collections.abc import Iterator
from dataclasses import replace

from twofold.model import Block, Blocks, Emphasis, Figure, Incremental, Inlines, Link, Paragraph, Strong, Text
from twofold.slides.canvas import Setting
from twofold.slides.captions import labelled, page_mark
from twofold.slides.choosing import bare
from twofold.slides.planned import PlannedSlide, Zone, said
from twofold.slides.template.rules import USUAL, rules
from twofold.slides.template.school import Standing

SHOWN_ELSEWHERE = "title"


def moved(slide: PlannedSlide, standing: Standing, setting: Setting) -> PlannedSlide:
    """The slide as it stands on a layout of a template."""
    if standing.headed and (head := slide.zone("head")) and head.label:
        title: Inlines = (Text(text=labelled(head.label, setting)),)
        gathered, used = standing.gather, {"head", "title"}
    else:
        title, used = slide.title, {"title"}
        gathered = {place: tuple(n for n in names if n != SHOWN_ELSEWHERE) for place, names in standing.gather.items()}
    zones = [zone for place, names in gathered.items() for zone in _joined(place, names, slide, setting)]
    used |= {name for names in gathered.values() for name in names} | set(standing.credit)
    kept = [zone for zone in slide.zones if zone.name not in used]
    zones += [zone for zone in kept if zone.name in standing.spots]
    homeless = [zone for zone in kept if zone.name not in standing.spots and zone.name not in USUAL]
    return replace(
        slide,
        title=title,
        zones=tuple(zones),
        credit=(*_credit(standing, slide), *slide.credit),
        notes=(*slide.notes, *(block for zone in homeless for block in _told(zone, setting))),
    )


def _joined(place: str, names: tuple[str, ...], slide: PlannedSlide, setting: Setting) -> Iterator[Zone]:
    """One zone for all of these, if there is anything."""
    found = [zone for name in names for zone in _named(name, slide, setting)]
    if len(found) == 1:
        yield replace(found[0], name=place)
    elif found:
        yield Zone(name=place, blocks=tuple(block for zone in found for block in _said(zone, setting)))


def _named(name: str, slide: PlannedSlide, setting: Setting) -> Iterator[Zone]:
    """What the slide has by that name: a zone, its title, or the page of the booklet."""
    if name == "title" and slide.title:
        yield Zone(name=name, blocks=(Paragraph(content=slide.title, place=slide.place),))
    elif name == "mark":
        yield from (Zone(name=name, blocks=said(mark)) for mark in [page_mark(setting, slide)] if mark)
    elif zone := slide.zone(name):
        yield zone


def _said(zone: Zone, setting: Setting) -> Blocks:
    """A zone as blocks among others: labels in words, set off, and each with its click."""
    blocks = zone.blocks
    if zone.label:
        words: Inlines = (Text(text=labelled(zone.label, setting)),)
        blocks = (Paragraph(content=(Link(url=zone.link, content=words),) if zone.link else words),)
    blocks = tuple(_set_off(block, zone.name) for block in blocks)
    return tuple(Incremental(blocks=(block,)) for block in blocks) if zone.appears else blocks


def _set_off(block: Block, name: str) -> Block:
    if isinstance(block, Paragraph) and name in rules().strong:
        return replace(block, content=(Strong(content=block.content),))
    if isinstance(block, Paragraph) and name in rules().emphasised:
        return replace(block, content=(Emphasis(content=block.content),))
    return block


def _credit(standing: Standing, slide: PlannedSlide) -> Iterator[Text]:
    """The title of a chart, as a sentence of the source line."""
    for zone in filter(None, map(slide.zone, standing.credit)):
        for block in zone.blocks:
            if isinstance(block, Paragraph):
                yield from block.content  # type: ignore[misc]
                yield Text(text=". " if slide.credit or slide.works else ".")


def _told(zone: Zone, setting: Setting) -> Blocks:
    """What stands in the notes of a picture is what it shows."""
    figures = [inner.alt for block in zone.blocks if isinstance(inner := bare(block), Figure)]
    return said(". ".join(figures)) if figures else _said(zone, setting)
