"""Lines into paragraphs. Nothing is set here but the language, the author's own emphasis and links, and code."""

from collections.abc import Callable, Iterator, Sequence

from twofold.slides.lines import Line, Run
from twofold.slides.theme import Style, Theme
from twofold.slides.xml import Element, colour, emu, make, worded

NO_BREAK_SPACE = "\u00a0"
BLANK_STRETCH = 1.6
"""A blank is this much longer than its answer, for a hand is wider than print."""

Link = Callable[[str], str]
"""Makes a relationship to an address and returns its name."""


def shown(run: Run) -> str:
    """What is written of a run: of a blank, the room for its answer."""
    return NO_BREAK_SPACE * round(len(run.text) * BLANK_STRETCH) if run.blank else run.text


def emphasis(run: Run, theme: Theme) -> tuple[bool, bool]:
    """Whether a run is bold and whether it is italic: the author's word, or the look of a code token."""
    look = theme.code.get(run.token) if run.token else None  # type: ignore[call-overload]
    return run.bold or bool(look and look.bold), run.italic or bool(look and look.italic)


def text_body(lines: Sequence[Line], theme: Theme, link: Link, scale: float = 1, style: Style | None = None) -> Element:
    """A body of text in which everything else is inherited, as from `style`; its letters are `scale` times as large as
    inherited."""
    smaller = make("a:normAutofit", fontScale=round(scale * 100_000)) if scale != 1 else None
    levels = make("a:lstStyle", *(style.own_levels() if style else ()))
    return make("p:txBody", make("a:bodyPr", smaller), levels, *paragraphs(lines, theme, link, style))


def paragraphs(lines: Sequence[Line], theme: Theme, link: Link, style: Style | None = None) -> Iterator[Element]:
    """One paragraph a line, in a place of that style; an empty body has one empty paragraph."""
    for line in lines:
        words = (part for run in line.runs for part in _pieces(run, theme, link))
        yield make("a:p", _properties(line, style or theme.styles[theme.table.cell]), *words)
    if not lines:
        yield make("a:p")


def click_link(name: str, url: str) -> Element:
    """A link by the name of its relationship; the address “#key” is a slide of the deck (ISO 29500-1, 21.1.2.3.5)."""
    return make("a:hlinkClick", r_id=name, action="ppaction://hlinksldjump" if url.startswith("#") else None)


def _properties(line: Line, style: Style) -> Element | None:
    if not line.depth:
        return make("a:pPr", make("a:buNone"), marL=0, indent=0) if style.lists_plain_text() else None
    depth, inside = style.level(line.depth), style.at(line.depth).own_sign(line.depth)
    margins = {"marL": emu(inside), "indent": -emu(inside / line.depth)} if inside else {}
    if line.start is None:
        signs = (make("a:buFont", typeface="Arial"), make("a:buChar", char="•")) if inside else ()
        return make("a:pPr", *signs, lvl=depth, **margins)
    start = line.start if line.start > 1 else None  # the least that DrawingML knows (ISO 29500-1, 20.1.10.67)
    return make(
        "a:pPr",
        make("a:buFont", typeface="+mj-lt"),
        make("a:buAutoNum", type="arabicPeriod", startAt=start),
        lvl=depth,
        **margins,
    )


def _pieces(run: Run, theme: Theme, link: Link) -> Iterator[Element]:
    """A run, with a break for every line end in it."""
    for number, piece in enumerate(shown(run).split("\n")):
        if number:
            yield make("a:br", make("a:rPr", lang=run.lang or None))
        if piece:
            yield make("a:r", _run_properties(run, theme, link), worded("a:t", piece))


def _run_properties(run: Run, theme: Theme, link: Link) -> Element:
    look = theme.code.get(run.token) if run.token else None  # type: ignore[call-overload]
    bold, italic = emphasis(run, theme)
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
