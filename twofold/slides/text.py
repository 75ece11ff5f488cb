"""Lines into paragraphs. Nothing is set here but the language, the author's own emphasis and links, and code."""

from collections.abc import Callable, Iterator, Sequence

from twofold.slides.lines import Line, Run
from twofold.slides.theme import Theme
from twofold.slides.xml import Element, colour, make, worded

NO_BREAK_SPACE = "\u00a0"
BLANK_STRETCH = 1.6
DEEPEST = 8
"""The last of the nine list levels of DrawingML (ISO 29500-1, 20.1.10.71)."""
"""A blank is this much longer than its answer, for a hand is wider than print."""

Link = Callable[[str], str]
"""Makes a relationship to an address and returns its name."""


def text_body(lines: Sequence[Line], theme: Theme, link: Link, tag: str = "p:txBody") -> Element:
    """A body of text in which everything else is inherited."""
    return make(tag, make("a:bodyPr"), make("a:lstStyle"), *paragraphs(lines, theme, link))


def paragraphs(lines: Sequence[Line], theme: Theme, link: Link) -> Iterator[Element]:
    """One paragraph a line; an empty body has one empty paragraph."""
    for line in lines:
        yield make("a:p", _properties(line), *(part for run in line.runs for part in _pieces(run, theme, link)))
    if not lines:
        yield make("a:p")


def click_link(name: str, url: str) -> Element:
    """A link by the name of its relationship; the address “#key” is a slide of the deck (ISO 29500-1, 21.1.2.3.5)."""
    return make("a:hlinkClick", r_id=name, action="ppaction://hlinksldjump" if url.startswith("#") else None)


def _properties(line: Line) -> Element | None:
    if not line.depth:
        return None
    depth = min(line.depth, DEEPEST)
    if line.start is None:
        return make("a:pPr", lvl=depth)
    start = line.start if line.start > 1 else None  # the least that DrawingML knows (ISO 29500-1, 20.1.10.67)
    return make(
        "a:pPr",
        make("a:buFont", typeface="+mj-lt"),
        make("a:buAutoNum", type="arabicPeriod", startAt=start),
        lvl=depth,
    )


def _pieces(run: Run, theme: Theme, link: Link) -> Iterator[Element]:
    """A run, with a break for every line end in it."""
    text = NO_BREAK_SPACE * round(len(run.text) * BLANK_STRETCH) if run.blank else run.text
    for number, piece in enumerate(text.split("\n")):
        if number:
            yield make("a:br", make("a:rPr", lang=run.lang or None))
        if piece:
            yield make("a:r", _run_properties(run, theme, link), worded("a:t", piece))


def _run_properties(run: Run, theme: Theme, link: Link) -> Element:
    look = theme.code.get(run.token) if run.token else None  # type: ignore[call-overload]
    bold, italic = run.bold or (look and look.bold), run.italic or (look and look.italic)
    return make(
        "a:rPr",
        colour(look.colour) if look else None,
        make("a:latin", typeface=theme.fonts.code) if run.code else None,
        click_link(link(run.url), run.url) if run.url else None,
        lang=run.lang or None,
        b=True if bold else None,
        i=True if italic else None,
        u="sng" if run.blank else None,
    )
