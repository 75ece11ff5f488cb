"""The theme of a template: our own, with its sizes, fonts and colours for all that is drawn outside of placeholders."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from twofold.slides.template.colours import ENOUGH, contrast, least_contrast
from twofold.slides.template.mapping import TITLES, Taken
from twofold.slides.template.reading import Offer, Placeholder
from twofold.slides.template.rules import rules
from twofold.slides.template.school import School, Standing
from twofold.slides.template.spots import Lines, style_of
from twofold.slides.template.styles import ROW, TemplateStyle
from twofold.slides.theme import (
    Bullet,
    DrawingLook,
    Fonts,
    Layout,
    Rules,
    Size,
    Slot,
    Spot,
    StepLook,
    Style,
    TableLook,
    Theme,
    TimelineLook,
)

TEXTS: tuple[Slot, ...] = ("tx1", "bg1", "tx2", "bg2")
SEEN = 2.0
"""Text of less contrast is as good as invisible: it is written in another colour than its placeholder has."""
BRIGHT = 7.0
"""Drawings are made for paper: on a ground of less contrast with black they bring one of their own."""
FOOT = 0.025
MOST_FOOT = 0.03
"""The text at the foot is so large, as a share of the slide's height, where the template has none there; and no larger
than that."""


class Look:
    """What a template makes of our own theme; `content` is its layout for plain content."""

    def __init__(self, own: Theme, fonts: Fonts, offers: Sequence[Offer], content: Taken) -> None:
        self.own, self.fonts, self.offers, self.offer = own, fonts, offers, content.offer
        place = content.places.get("body") or next((one for one in self.offer.standard if one.kind == "words"), None)
        self.place = place
        self.grounds = place.grounds if place else self.offer.below(self.offer.slide)
        self.scale = self.offer.slide.height / own.slide.height
        self.least = rules().least * self.scale

    def lines(self) -> Lines:
        """The rows at the foot of the content."""
        return Lines(self._foot() * ROW, rules().gap * self.scale)

    def theme(self, name: str, standings: dict[str, Standing]) -> School:
        """The whole."""
        own, slide = self.own, self.offer.slide
        fields = {field: getattr(own, field) for field in own.__struct_fields__}
        changed: dict[str, Any] = {
            "name": name,
            "slide": Size(width=slide.width, height=slide.height),
            "fonts": self.fonts,
            "colours": dict(self.offer.colours),
            "styles": dict(self._styles()),
            "layouts": {role: Layout(name=one.name, places=tuple(one.spots)) for role, one in standings.items()},
            "table": self._table(),
            "chart": self._chart(),
            "timeline": self._timeline(),
            "maths": replace(own.maths, size=own.maths.size * self.scale),
            "drawing": self._drawing(),
            "code": {token: replace(look, colour=self._readable(look.colour)) for token, look in own.code.items()},
            "standings": standings,
            "legible": rules().legible * self.scale,
        }
        return School(**{**fields, **changed})

    # ------------------------------------------------------------ text

    def _styles(self) -> Iterator[tuple[str, Style]]:
        for name, style in self.own.styles.items():
            yield name, self._scaled(style)
            for factor in rules().smaller:
                yield _smaller(name, factor), self._scaled(style, factor)
        for offer in self.offers:
            for place in offer.places:
                seen = least_contrast(place.style.ink, place.grounds) >= SEEN
                ink = None if seen else self._clearest(place.grounds)
                yield style_of(offer, place), replace(place.style, least=min(place.style.size, self.least), mended=ink)
        foot = self._scaled(self.own.styles["source"])
        foot = replace(foot, size=self._foot(), line=self._foot() * ROW, least=min(self._foot(), self.least), after=0)
        yield "source-box", foot
        yield "aside-box", replace(foot, align="right")
        yield "box", self._boxed(self.place)
        yield "title-box", self._boxed(next((one for one in self.offer.standard if one.kind in TITLES), None))

    def _scaled(self, style: Style, factor: float = 1) -> Style:
        """A style of ours as large as the template has room, no smaller than can be read."""
        size = max(self.least, style.size * self.scale * factor)
        by = size / style.size
        bullet = style.bullet and replace(
            style.bullet, indent=style.bullet.indent * by, colour=self._readable(style.bullet.colour)
        )
        return replace(
            style,
            size=size,
            least=min(size, max(self.least, style.least * by)) if style.least else 0,
            line=style.line * by,
            after=style.after * by,
            spacing=style.spacing * by,
            colour=self._readable(style.colour),
            bullet=bullet,
        )

    def _boxed(self, place: Placeholder | None) -> Style:
        """Text as in a placeholder, written out for a box that inherits nothing."""
        if place is None:
            return self._scaled(self.own.styles["body"])
        style = place.style
        fields = {name: value for name, value in asdict(style).items() if name in Style.__struct_fields__}
        sign = Bullet(sign="•", colour=self._nearest(style.ink), indent=style.size)
        fields |= {"colour": self._nearest(style.ink), "bullet": sign, "least": min(style.size, self.least)}
        return Style(**fields)

    def _foot(self) -> float:
        """The size of text at the foot: as the template has it there, but small print."""
        feet = (place.style.size for place in self.offer.of("footer", "number"))
        high = self.offer.slide.height
        return max(self.least, min(next(feet, high * FOOT), high * MOST_FOOT))

    # ------------------------------------------------------------ colours

    def _readable(self, slot: Slot) -> Slot:
        """A colour of the theme for text on the content's ground: an accent that is meant to be seen, where it can be
        read, else that of its text."""
        if slot in rules().accents and self._contrast(slot) >= ENOUGH:
            return slot
        return self._clearest(self.grounds)

    def _clearest(self, grounds: Sequence[str]) -> Slot:
        """The colour for text that can be read on these, “tx1” if it can; where none can on all of them, the one
        that can be on most."""
        known = self.offer.colours
        clear = {slot: least_contrast(known[slot], grounds) for slot in TEXTS if slot in known}
        if clear.get("tx1", 0) >= ENOUGH:
            return "tx1"
        seen = {slot: sum(contrast(known[slot], ground) >= ENOUGH for ground in grounds) for slot in clear}
        return max(clear, key=lambda slot: (clear[slot] >= ENOUGH, seen[slot], clear[slot]))

    def _contrast(self, slot: Slot) -> float:
        value = self.offer.colours.get(slot)
        return least_contrast(value, self.grounds) if value else 0

    def _ground(self) -> Slot:
        """The colour of the theme that is nearest to the ground of the content."""
        return self._nearest(self.grounds[0])

    def _nearest(self, value: str) -> Slot:
        known = self.offer.colours
        return min((slot for slot in TEXTS if slot in known), key=lambda slot: contrast(known[slot], value))

    # ------------------------------------------------------------ objects

    def _table(self) -> TableLook:
        look, text = self.own.table, self._readable("tx1")
        return replace(
            look,
            smaller=tuple(_smaller(look.cell, factor) for factor in rules().smaller),
            inset=(look.inset[0] * self.scale, look.inset[1] * self.scale),
            row=(0, look.row[1] * self.scale),
            rules=Rules(head=(look.rules.head[0], text), row=(look.rules.row[0], text)),
            dressed=True,
        )

    def _timeline(self) -> TimelineLook:
        look, least = self.own.timeline, self.own.timeline.sizes[-1]
        smaller = (
            StepLook(date=_smaller(least.date, by), event=_smaller(least.event, by), told=_smaller(least.told, by))
            for by in rules().smaller
        )
        return replace(
            look,
            smaller=tuple(smaller),
            dot=look.dot * self.scale,
            gap=look.gap * self.scale,
            colour=self._readable(look.colour),
        )

    def _chart(self) -> Any:
        look, text = self.own.chart, self._readable("tx1")
        size = max(self.least, look.size * self.scale)
        return replace(look, size=size, colour=text, axis=text, ground=self._ground(), sign=look.sign * self.scale)

    def _drawing(self) -> DrawingLook:
        """Drawings are dark on nothing; on a dark slide they stand on the brightest colour there is."""
        if least_contrast("000000", self.grounds) >= BRIGHT:
            return self.own.drawing
        known = self.offer.colours
        brightest = max((slot for slot in TEXTS if slot in known), key=lambda slot: contrast(known[slot], "000000"))
        return replace(self.own.drawing, ground=brightest)


def _smaller(name: str, factor: float) -> str:
    """The name of a style in a smaller size."""
    return name if factor == 1 else f"{name} × {factor:g}"


def unreadable(used: Iterable[tuple[Offer, Mapping[str, Spot]]], theme: School) -> Iterator[tuple[str, str, float]]:
    """Texts that do not part from what lies below them: the name of the layout, that of the place, the contrast."""
    for offer, spots in used:
        for spot in spots.values():
            style = theme.styles[spot.style]
            ink = style.ink if isinstance(style, TemplateStyle) else offer.colours.get(style.colour, "000000")
            own = (one.grounds for one in offer.places if one.index == spot.index and not spot.own)
            grounds = next(own, ()) or offer.below(spot.at)
            inks = {spot.name: ink, "links": offer.colours.get("hlink", ink)}
            for name, value in inks.items():
                if (measured := least_contrast(value, grounds)) < ENOUGH:
                    yield offer.name, name, measured
