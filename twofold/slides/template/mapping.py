"""Which layout of a template serves what: by its type, by its placeholders, and by its name in many languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from twofold.slides.template.colours import ENOUGH, least_contrast
from twofold.slides.template.reading import Offer, Placeholder
from twofold.slides.template.rules import Sort, rules
from twofold.slides.theme import Kind

TITLES: tuple[Kind, ...] = ("title", "centred-title")
CONTENTS: tuple[Kind, ...] = ("object", "words", "subtitle")
ONE_KIND: dict[str, Kind] = {"picture": "picture", "table": "table", "chart": "chart"}
BY_TYPE, BY_PLACES, BY_NAME = 4, 2, 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A layout for a sort of slide, and its placeholders by the names of our places. It is not `meant` for it where the
    template has no better one."""

    sort: str
    offer: Offer
    places: Mapping[str, Placeholder] = field(default_factory=dict)
    meant: bool = True


def meant(offers: Sequence[Offer]) -> dict[str, Taken]:
    """The layouts of a template that are of a sort we know, by its name."""
    found = {}
    for name, sort in rules().layouts.items():
        ranked = [(_score(offer, name, sort), _area(offer, sort), -offer.number, offer) for offer in offers]
        score, *_, best = max(ranked, key=lambda one: one[:3])
        if score > 0:
            found[name] = Taken(name, best, natives(best, sort))
    return found


def best_master(offers: Sequence[Offer]) -> list[Offer]:
    """The layouts of the master that serves most; of equals the one on which content can be read best, then the one
    with the most room for it, else the first."""
    masters = list(dict.fromkeys(offer.master for offer in offers))
    groups = [[offer for offer in offers if offer.master == master] for master in masters]
    return max(groups, key=_serves)


def substitute(name: str, found: Mapping[str, Taken], offers: Sequence[Offer]) -> Taken:
    """A layout for a sort that the template lacks: another one on which text boxes stand where it has no places."""
    sort = rules().layouts[name]
    usable = [offer for offer in offers if not offer.vertical]
    titled = [offer for offer in usable if offer.of(*TITLES)]
    others = (found[other].offer for other in sort.instead if other in found)
    offer = next(others, (titled or usable)[0])
    return Taken(name, offer, natives(offer, sort), meant=False)


def natives(offer: Offer, sort: Sort, *, any_kind: bool = False) -> dict[str, Placeholder]:
    """The placeholders of a layout by the names of our places, as far as it has them; a picture, table or chart may
    stand in a placeholder of `any_kind` that can hold it."""
    found = {name: place for name in sort.places[:1] for place in offer.of(*TITLES)[:1]}
    special = {name: place for name in sort.places for place in _only(offer, name)[:1]}
    rest = [name for name in sort.places[1:] if name not in special and (any_kind or name not in ONE_KIND)]
    if "left-heading" in rest:
        return found | _headed(offer)
    chosen = sorted(offer.of(*CONTENTS), key=lambda one: (one.kind != "subtitle", -_size(one)))[: len(rest)]
    chosen.sort(key=lambda one: (one.at.x, one.at.y))
    if not _side_by_side(chosen):
        chosen = chosen[:1]
    return found | special | dict(zip(rest, chosen, strict=False))


def named(name: str, sort: Sort) -> bool:
    """Whether PowerPoint calls a layout of this sort so in one of its languages; a copy has a number before it."""
    bare = re.sub(r"^\d+_", "", name).strip().casefold()
    return any(bare == known.casefold() for known in sort.names)


def _score(offer: Offer, name: str, sort: Sort) -> int:
    """How well a layout fits; 0 and less where it does not."""
    places = natives(offer, sort)
    if offer.vertical or len(places) < len(sort.places) or not _is_legible(places, sort, offer):
        return 0
    others = [other for key, other in rules().layouts.items() if key != name]
    is_type = offer.type in sort.types or (name == "title" and bool(offer.of("centred-title", "subtitle")))
    is_named = named(offer.name, sort)
    if not (is_type or is_named or sort.plain):
        return 0
    score = BY_TYPE * is_type + BY_NAME * is_named + (BY_PLACES if _count(offer) == len(places) - 1 else 1)
    if any(offer.type in other.types for other in others) and not is_type:
        score -= BY_TYPE
    if any(named(offer.name, other) for other in others) and not is_named:
        score -= BY_PLACES
    return score


def _serves(group: Sequence[Offer]) -> tuple[int, float, float]:
    """How many sorts of layouts a master has, and the contrast and the room of its content."""
    found = meant(group)
    if "content" not in found:
        return len(found), 0, 0
    body = found["content"].places["body"]
    return len(found), min(ENOUGH, least_contrast(body.style.ink, body.grounds)), _size(body)


def _is_legible(places: Mapping[str, Placeholder], sort: Sort, offer: Offer) -> bool:
    """A layout that is only one way to show something is left alone where its words are small."""
    least = rules().legible * offer.slide.height / 540
    return not sort.optional or all(one.style.size >= least for name, one in places.items() if name not in ONE_KIND)


def _count(offer: Offer) -> int:
    return len(offer.of(*CONTENTS, *ONE_KIND.values()))


def _area(offer: Offer, sort: Sort) -> float:
    return sum(_size(place) for name, place in natives(offer, sort).items() if name not in sort.places[:1])


def _size(place: Placeholder) -> float:
    return place.at.width * place.at.height


def _only(offer: Offer, name: str) -> tuple[Placeholder, ...]:
    return offer.of(ONE_KIND[name]) if name in ONE_KIND else ()


def _side_by_side(places: Sequence[Placeholder]) -> bool:
    return all(one.at.x + one.at.width / 2 < other.at.x for one, other in pairwise(places))


def _headed(offer: Offer) -> dict[str, Placeholder]:
    """Two columns, each with its heading above it."""
    places = sorted(offer.of(*CONTENTS), key=lambda one: one.at.x + one.at.width / 2)
    if len(places) != 4:
        return {}
    columns = (sorted(places[:2], key=lambda one: one.at.y), sorted(places[2:], key=lambda one: one.at.y))
    return dict(_pairs(columns))


def _pairs(columns: Sequence[Sequence[Placeholder]]) -> Iterator[tuple[str, Placeholder]]:
    for name, (heading, content) in zip(("left", "right"), columns, strict=True):
        yield f"{name}-heading", heading
        yield name, content
