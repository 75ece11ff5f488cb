"""Whether two looks are the same: exactly after PowerPoint; after a program that writes decks anew only as far as such
a program keeps what it read."""

from dataclasses import dataclass, field

from lxml import etree

from twofold.slides.merging import looks
from twofold.slides.merging.inheriting import TOLD
from twofold.slides.merging.model import Look
from twofold.slides.xml import Element, clark

NEAR = 18000
"""Half a millimetre in EMU: less nobody means."""
CLOSE = 0.03
"""A part by which sizes and distances may differ: programs count in hundredths of a millimetre."""
KEPT = (
    *TOLD,
    *("@lvl", "field", "raw", "hlinkClick"),
    *("form.at", "form.size", "form.turn", "form.fill", "form.line", "picture.picture", "picture.crop"),
    *("names.@hidden", "names.link", "cell.fill", "hidden", "transition"),
)
"""What survives a program that writes decks anew."""
DEFAULTS = {
    **dict.fromkeys(("@b", "@i", "@baseline", "@lvl", "names.@hidden", "hidden", "spcBef", "spcAft"), "0"),
    **dict.fromkeys(("@u", "@cap", "fill", "form.fill", "form.line", "cell.fill"), "none"),
    "@strike": "noStrike",
    "@algn": "l",
    "bullet": "buNone",
    "form.turn": "0 0 0",
}
AUTOFIT = ("noAutofit", "normAutofit", "spAutoFit")
NOTHING: Look = {}


@dataclass(frozen=True, slots=True)
class Judge:
    """`rewritten` tells that a program other than PowerPoint has written the deck anew, `theme` what its slots stand
    for."""

    rewritten: bool
    theme: Look
    kept: tuple[str, ...] = KEPT
    _plain: dict[tuple[str, str], str] = field(default_factory=dict)

    def same(
        self,
        name: str,
        theirs: str | None,
        base: str | None,
        above: Look = NOTHING,
        was: Look | None = None,
    ) -> bool:
        """Whether a property is as it was; `above` is what it inherits, `was` what it inherited before."""
        if theirs == base and (was is None or was is above):
            return True
        if self.rewritten and (name not in self.kept or (name == "names.link" and theirs is None)):
            return True
        one = self._value(name, above.get(name) if theirs is None else theirs)
        two = self._value(name, (above if was is None else was).get(name) if base is None else base)
        return one == two or _near(name, one, two, self.rewritten)

    def edited(self, theirs: Look, base: Look, above: Look = NOTHING, was: Look | None = None) -> list[str]:
        """The names of the properties that are not as they were."""
        names = dict.fromkeys((*base, *theirs))
        if self.rewritten and "hlinkClick" in theirs:  # whose look programs make up
            names = dict.fromkeys(name for name in names if name not in ("@u", "fill"))
        return [name for name in names if not self.same(name, theirs.get(name), base.get(name), above, was)]

    def said(self, look: Look, above: Look = NOTHING) -> Look:
        """What a look says itself: a program may write out what is inherited."""
        if not self.rewritten:
            return look
        return {name: look[name] for name in self.edited(look, {}, above)}

    def _value(self, name: str, value: str | None) -> str:
        """A property in words that are the same for the same thing."""
        if value is None:
            return DEFAULTS.get(name, "")
        key = (name, value)
        if key not in self._plain:
            self._plain[key] = self._worded(name, value)
        return self._plain[key]

    def _worded(self, name: str, value: str) -> str:
        if not value.startswith("<"):
            return {"true": "1", "false": "0"}.get(value, value)
        element = looks.parsed(value)
        match name.rpartition(".")[2]:
            case "frame":
                for fit in [one for one in element if etree.QName(one).localname in AUTOFIT]:
                    element.remove(fit)
                return looks.portable(element, None, _Nothing())
            case "picture":
                return str(element.get(clark("r:embed")))
            case "fill" | "highlight":
                return self._fill(element)
            case "line":
                return self._line(element)
            case "latin":
                face = str(element.get("typeface"))
                return self.theme.get(face, face)
            case "bullet" if self.rewritten:
                return str(etree.QName(element).localname)
            case "lnSpc" | "spcBef" | "spcAft":
                return str(element[0].get("val"))
            case "crop":
                return " ".join(element.get(side, "0") for side in "ltrb")
            case "hlinkClick" | "link":
                return f"{element.get(clark('r:id'))} {element.get('action', '')}"
            case "transition":
                return _transition(element, last=self.rewritten)
            case _:
                return value

    def _fill(self, element: Element) -> str:
        if element.tag == clark("a:noFill"):
            return "none"
        colours = [self._colour(one) for one in element.iter(clark("a:schemeClr"), clark("a:srgbClr"))]
        more = [f"{etree.QName(one).localname}{one.get('val', '')}" for one in element.iter() if one.get("val")]
        plain = element.tag == clark("a:solidFill") and len(more) == 1
        return colours[0] if plain else " ".join((str(element.tag), *colours, *more[len(colours) :]))

    def _colour(self, element: Element) -> str:
        name = str(element.get("val"))
        return self.theme.get(name, name).upper()

    def _line(self, element: Element) -> str:
        fill = looks.child(element, looks.FILLS)
        paint = "" if fill is None else self._fill(fill)
        if paint == "none" or (self.rewritten and fill is None):
            return "none"
        dash = looks.child(element, ("prstDash",))
        ends = [one.get("type", "") for one in element.iter(clark("a:headEnd"), clark("a:tailEnd"))]
        style = "solid" if dash is None else dash.get("val")
        rest = "" if self.rewritten else " ".join(ends)
        return f"{element.get('w', '9525')} {paint} {style} {rest}".strip()


class _Nothing:
    def name(self, part: object, relation: str) -> str:
        return relation

    def use(self, part: object, name: str) -> str | None:
        return name


def _transition(element: Element, *, last: bool) -> str:
    """The effect and how the next slide comes; how fast it is, programs make up. The last is the one that every program
    knows."""
    inner = list(element.iter(clark("p:transition")))[-1 if last else 0]
    effect = [etree.QName(one).localname for one in inner if isinstance(one.tag, str)]
    return " ".join((*effect[:1], inner.get("advClick", "1"), inner.get("advTm", "")))


def _near(name: str, one: str, two: str, rewritten: bool) -> bool:
    """Whether numbers are as good as the same."""
    try:
        pairs = list(zip(map(float, one.split()), map(float, two.split()), strict=True))
    except ValueError:
        return name == "form.line" and rewritten and _near_line(one, two)
    if name in ("form.at", "form.size"):
        return all(abs(a - b) <= (NEAR if rewritten else 0) for a, b in pairs)
    if name == "picture.crop":
        return all(abs(a - b) <= (300 if rewritten else 0) for a, b in pairs)
    return rewritten and bool(pairs) and all(abs(a - b) <= CLOSE * max(abs(a), abs(b)) for a, b in pairs)


def _near_line(one: str, two: str) -> bool:
    width, _, rest = one.partition(" ")
    other, _, more = two.partition(" ")
    return rest == more and width.isdigit() and other.isdigit() and abs(int(width) - int(other)) <= 400


def three_way(
    judge: Judge, base: Look, theirs: Look, ours: Look, above: Look = NOTHING, was: Look | None = None
) -> tuple[Look, list[str]]:
    """Ours with what was edited in theirs, and the names of what both changed in different ways."""
    merged, torn = dict(ours), []
    for name in judge.edited(theirs, base, above, was):
        if ours.get(name) != base.get(name) and not judge.same(name, theirs.get(name), ours.get(name), above):
            torn.append(name)
        if name in theirs:
            merged[name] = theirs[name]
        else:
            merged.pop(name, None)
    return merged, torn
