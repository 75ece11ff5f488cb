"""What the native charts are dressed with: letters, fills, and numbers beside their marks."""

from collections.abc import Iterable, Iterator

from twofold.slides.theme import ChartLook, Fill, Slot
from twofold.slides.xml import Element, clark, colour, emu, make, worded

SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


def dress(series: Element, paint: Iterable[Element], labels: Element) -> None:
    """Gives a series its paint and labels, in the order that the format asks for, in place of what it had."""
    for tag in ("c:spPr", "c:marker", "c:dLbls"):
        for old in series.findall(clark(tag)):
            series.remove(old)
    anchor = series.find(clark("c:tx"))
    for element in paint:
        anchor.addnext(element)
        anchor = element
    before = next(child for tag in ("c:cat", "c:val") if (child := series.find(clark(tag))) is not None)
    before.addprevious(labels)


def letters(look: ChartLook, slot: Slot, *, bold: bool) -> Element:
    """How the letters of an axis, a key or a label look."""
    style = make("a:defRPr", colour(slot), make("a:latin", typeface="+mn-lt"), sz=round(look.size * 100), b=bold)
    paragraph = make("a:p", make("a:pPr", style), make("a:endParaRPr"))
    return make("c:txPr", make("a:bodyPr"), make("a:lstStyle"), paragraph)


def filled(fill: Fill, look: ChartLook) -> Element:
    """A bar in a colour, or in a pattern with its outline, which a photocopier keeps apart."""
    if not fill.pattern:
        return make("c:spPr", colour(fill.colour))
    front, back = (
        make("a:fgClr", make("a:schemeClr", val=fill.colour)),
        make("a:bgClr", make("a:schemeClr", val=look.ground)),
    )
    outline = make("a:ln", colour(fill.colour), w=emu(look.outline))
    return make("c:spPr", make("a:pattFill", front, back, prst=fill.pattern), outline)


def label(position: str, look: ChartLook, *, digits: int, ground: bool = False) -> Iterator[Element]:
    """The value at its mark, bold, with so many `digits` after the point; on a pattern it brings its own ground."""
    yield make("c:numFmt", formatCode="#,##0" + ("." + "0" * digits if digits else ""), sourceLinked=0)
    yield make("c:spPr", colour(look.ground) if ground else make("a:noFill"), make("a:ln", make("a:noFill")))
    yield letters(look, look.colour, bold=True)
    yield make("c:dLblPos", val=position)
    yield from shown("Val")


def said(index: int, words: str, position: str, slot: Slot, size: float) -> Element:
    """Words in place of the value of one point, counted from 0; `size` is that of their font."""
    run = make("a:r", make("a:rPr", colour(slot), sz=round(size * 100), b=True), worded("a:t", words))
    rich = make("c:rich", make("a:bodyPr", wrap="none"), make("a:lstStyle"), make("a:p", run))
    return make("c:dLbl", make("c:idx", val=index), make("c:tx", rich), make("c:dLblPos", val=position), *shown("Val"))


def shown(name: str = "") -> Iterator[Element]:
    """What a label tells: the field called `name`, or nothing."""
    for field in SHOWN:
        yield make(f"c:show{field}", val=int(field == name))
