"""A template as the deck asks for it: an empty presentation, a theme, and the layout of every role."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from twofold.problems import CourseError, Place, Problem, Severity
from twofold.slides.canvas import Setting
from twofold.slides.masters import TABLE_STYLE, table_style
from twofold.slides.planned import PlannedSlide
from twofold.slides.template.colours import ENOUGH
from twofold.slides.template.file import empty, opened, read_file
from twofold.slides.template.look import SEEN, Look, unreadable
from twofold.slides.template.mapping import Taken, best_master, meant, natives, substitute
from twofold.slides.template.moving import moved
from twofold.slides.template.reading import Offer, fonts, layout_of, offers
from twofold.slides.template.rules import rules, stands
from twofold.slides.template.school import School, Standing
from twofold.slides.template.spots import Lines, spots
from twofold.slides.template.wishes import Wish, Wishes, read_wishes
from twofold.slides.theme import Theme, read_theme
from twofold.slides.xml import make

TABLE_STYLES = "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml"
USUAL_TABLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""What PowerPoint gives a new table where a template says nothing: Medium Style 2, Accent 1."""


@dataclass(frozen=True, slots=True)
class Template:
    """A school's template. `file` is its name, `overrides` that of the file beside it; `data` the bytes of a
    presentation; `found` are the layouts of the sorts that we know, `taken` that of each role."""

    file: str
    overrides: str
    data: bytes
    offers: tuple[Offer, ...]
    found: Mapping[str, Taken]
    taken: Mapping[str, Taken]
    theme: School

    def empty_deck(self) -> tuple[Any, dict[str, Any]]:
        """A presentation without slides, and its layouts by role."""
        deck = empty(self.data)
        _add_table_style(deck, self.theme)
        return deck, {role: layout_of(deck, one.offer) for role, one in self.taken.items()}

    def moved(self, slide: PlannedSlide, setting: Setting) -> PlannedSlide:
        """The slide as it stands on its layout."""
        return moved(slide, self.theme.standings[slide.role], setting)

    def told(self, problem: Problem, role: str) -> Problem:
        """A problem of a slide with the name of its layout: a warning, for the template is not the course's to mend."""
        message = f"{problem.message} (layout “{self.taken[role].offer.name}” of {self.file})"
        return replace(problem, message=message, severity=Severity.WARNING)

    def problems(self, roles: Collection[str]) -> Iterator[Problem]:
        """What a teacher should know of the layouts that slides with these roles take."""
        yield from self._lacking(roles)
        used = [(self.taken[role].offer, self.theme.spots(role)) for role in roles]
        pale: dict[str, dict[str, float]] = {}
        for layout, place, measured in unreadable(used, self.theme):
            pale.setdefault(layout, {})[place] = measured
        for layout, places in pale.items():
            listed = ", ".join(f"“{place}” {measured:.2g}" for place, measured in places.items())
            message = f"words on the layout “{layout}” part too little from what is below them: {listed} to 1"
            hint = (
                f"{ENOUGH:g} to 1 can be read; change their colours in PowerPoint: View > Slide Master. "
                f"What has less than {SEEN:g} is written in another colour of the theme until then"
            )
            yield Problem(Place(self.file), message, hint, Severity.WARNING)

    def _lacking(self, roles: Collection[str]) -> Iterator[Problem]:
        """Sorts of layouts that the slides ask for and the template does not have, each once."""
        names = ", ".join(f"“{offer.name}”" for offer in self.offers if not offer.vertical)
        for sort in dict.fromkeys(stands(role).like[-1] for role in roles if not self.taken[role].meant):
            offer = next(self.taken[role].offer for role in roles if stands(role).like[-1] == sort)
            message = f"this template has no layout “{sort}”; its slides stand on “{offer.name}”"
            hint = f'name one in {self.overrides}: {sort} = "…", out of {names}'
            if not rules().layouts[sort].optional:
                yield Problem(Place(self.file), message, hint, Severity.WARNING)


def open_template(path: Path) -> Template:
    """The template in a .pptx, .potx or .ppsx, with what the .toml of the same name says of it. Raises CourseError."""
    data = read_file(path)
    deck = opened(path, data)
    listed = tuple(offers(deck))
    beside = path.with_suffix(".toml")
    wishes = read_wishes(beside, listed)
    usable = best_master(wishes.master if wishes else listed)
    if all(offer.vertical for offer in usable):
        message = "the words of all layouts of this template run from top to bottom"
        raise CourseError([Problem(Place(path.name), message, "add a layout in PowerPoint: View > Slide Master")])
    found = {**meant(usable), **_wished(wishes)}
    own = read_theme()
    taken = {role: _taken(role, found, usable, wishes) for role in own.layouts}
    content = taken["content"]
    look = Look(own, fonts(deck, content.offer, own.fonts.code), listed, content)
    standings = {role: _standing(role, one, own, look.lines()) for role, one in taken.items()}
    theme = look.theme(path.name, standings)
    return Template(path.name, beside.name, data, listed, found, taken, theme)


def _wished(wishes: Wishes | None) -> dict[str, Taken]:
    """Sorts of layouts for which the teacher names one."""
    sorts, roles = rules().layouts, wishes.roles if wishes else {}
    return {name: _by_wish(wish, name) for name, wish in roles.items() if name in sorts}


def _by_wish(wish: Wish, sort: str) -> Taken:
    known = {place.index: place for place in wish.offer.places}
    named = {name: known[index] for name, index in wish.places.items()}
    rest = natives(wish.offer, rules().layouts[sort], any_kind=True)
    free = {name: place for name, place in rest.items() if name not in named and place not in named.values()}
    return Taken(sort, wish.offer, {**free, **named})


def _taken(role: str, found: Mapping[str, Taken], usable: Sequence[Offer], wishes: Wishes | None) -> Taken:
    """The layout of a role: the one that is wished for it, the first of the sorts that it is like, or another."""
    like = stands(role).like
    wish = wishes.roles.get(role) if wishes else None
    if wish and role not in rules().layouts:
        return _by_wish(wish, like[-1])
    return next((found[name] for name in like if name in found), None) or substitute(like[-1], found, usable)


def _standing(role: str, taken: Taken, own: Theme, lines: Lines) -> Standing:
    """What stands in which place of the layout."""
    rule, sort = stands(role), rules().layouts[taken.sort]
    gather = dict(_gathered(rule.gather, sort.places[1:], taken))
    joined = {name for names in gather.values() for name in names}
    wanted = [name for name in own.layouts[role].places if name not in joined]
    places = [*sort.places[:1], *gather]
    found = spots(taken, places, wanted, lines)
    return Standing(taken.offer.number, taken.offer.name, found, gather, rule.credit, rule.headed)


def _gathered(
    gather: Mapping[str, Sequence[str]], places: Sequence[str], taken: Taken
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The places of a layout with what each holds; what has a placeholder of its own is not gathered into another."""
    for place in places:
        names = gather.get(place, (place,))
        own = [name for name in names if name in taken.places and name not in (place, "title")]
        if own and place not in taken.places:
            yield own[0], tuple(name for name in names if name not in own[1:])
        elif rest := tuple(name for name in names if name not in own):
            yield place, rest


def _add_table_style(deck: Any, theme: Theme) -> None:
    """Our one style of tables joins those of the template."""
    owner = deck.part
    part = next((one.target_part for one in owner._rels.values() if one.reltype == RT.TABLE_STYLES), None)
    root = etree.fromstring(part.blob) if part else make("a:tblStyleLst", **{"def": USUAL_TABLE})
    for old in [one for one in root if one.get("styleId") == TABLE_STYLE]:
        root.remove(old)
    root.append(table_style(theme))
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if part:
        part._blob = data
    else:
        owner.relate_to(Part(PackURI("/ppt/tableStyles.xml"), TABLE_STYLES, owner.package, data), RT.TABLE_STYLES)
