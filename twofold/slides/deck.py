"""Planned slides into a .pptx: fills the places of each layout, then writes notes, clicks and sections."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from twofold.model import Blocks, Cited, Course, Inlines, Text
from twofold.problems import CourseError, Place, Problem, Severity
from twofold.progress import log_progress
from twofold.slides import package
from twofold.slides.arranging import arranged
from twofold.slides.canvas import Canvas, Setting, link
from twofold.slides.captions import footer, labelled, page_mark
from twofold.slides.fit import Ruler, unknown_fonts
from twofold.slides.former import Drawn, Former
from twofold.slides.lines import Line, Run, line, lines
from twofold.slides.lint import lint
from twofold.slides.masters import NUMBER_FIELD, empty_deck, empty_tree
from twofold.slides.merging.base import sign
from twofold.slides.merging.model import Base
from twofold.slides.naming import add_notes, add_slide
from twofold.slides.places import fill
from twofold.slides.planned import PlannedSlide, Zone, works
from twofold.slides.room import HINTS, USUAL
from twofold.slides.sections import sections
from twofold.slides.template.opening import Template
from twofold.slides.text import text_body
from twofold.slides.theme import THEME, Spot, Theme, read_theme
from twofold.slides.timing import timing
from twofold.slides.transitions import transition
from twofold.slides.xml import clark, make, worded
from twofold.words import Words

LOG = logging.getLogger(__name__)
LONG_TITLE = 30
SHORT_WORD = 12
OURS = "this is a mistake of twofold and not of the course: please report it, with the chapter that shows it"


LONGEST = 255
"""Letters in a property of the file; python-pptx takes no more."""


@dataclass(frozen=True, slots=True)
class Deck:
    """A finished deck; `problems` tell what could not be drawn and what plainly does not fit, `base` is its model, from
    which the teacher's changes are told later, `drawn` is what the next deck can take slides over by."""

    presentation: Any
    problems: tuple[Problem, ...]
    base: Base
    drawn: tuple[Drawn, ...]

    def write(self, path: Path) -> None:
        """Writes the .pptx; an older one is replaced when the new one is whole. Raises CourseError, and writes nothing,
        when our own lint finds it broken."""
        data = package.packed(self.presentation)
        if found := lint(data):
            raise CourseError(Problem(Place(path.name), str(finding), OURS) for finding in found)
        package.write(data, path)


def build_deck(
    slides: Sequence[PlannedSlide],
    course: Course,
    folder: Path,
    words: Words,
    pages: Mapping[str, int],
    template: Template | None = None,
    former: Former | None = None,
) -> Deck:
    """Draws `slides`. `folder` is the chapters folder, `pages` the booklet's pages by anchor, or empty; a `template`
    gives its own look; slides that would be as in the `former` deck are taken over from it."""
    theme = template.theme if template else read_theme()
    setting = Setting(course, folder, words, theme, Ruler(theme), pages)
    shown = [template.moved(slide, setting) if template else arranged(slide, setting) for slide in slides]
    former = former or Former()
    sources = former.sources(shown, setting)
    presentation, base, drawn = former.whole(sources) or _drawn(shown, sources, setting, template, former)
    _describe(presentation, course)
    problems = list(_unmeasured(theme, template.file if template else THEME.name))
    if template:
        problems += template.problems(dict.fromkeys(slide.role for slide in shown))
    for slide, one in zip(shown, drawn, strict=True):
        problems += [*slide.problems, *one.problems]
    return Deck(presentation, tuple(dict.fromkeys(problems)), base, tuple(drawn))


def _drawn(
    slides: Sequence[PlannedSlide],
    sources: Sequence[str],
    setting: Setting,
    template: Template | None,
    former: Former,
) -> tuple[Any, Base, list[Drawn]]:
    """The presentation of slides with what each of them is drawn from, its model, and what is remembered of it."""
    deck, layouts = template.empty_deck() if template else empty_deck(setting.theme)
    ids: list[int] = []
    canvases = [_canvas(deck, layouts[slide.role], slide, setting, ids) for slide in slides]
    drawn, known = [], {}
    steps = zip(slides, (None, *slides), canvases, sources, strict=False)
    for done, (slide, before, canvas, source) in enumerate(steps, 1):
        if source in former:
            known[slide.key] = former.take(source, canvas)
        else:
            log_progress(LOG, f"drawing slide {slide.number}", done, len(slides))
            canvas.part._element.append(transition(slide, before))
            _draw(canvas, slide)
            told = (template.told(problem, slide.role) if template else problem for problem in canvas.problems)
            canvas.problems = [_placed(problem, slide) for problem in told]
        drawn.append(Drawn(source, tuple(canvas.problems)))
    _extend(deck.element, sections(slides, ids, setting.course))
    deck.element.attrib.pop("firstSlideNum", None)
    if slides and slides[0].number > 1:
        deck.element.set("firstSlideNum", str(slides[0].number))
    return deck, sign(deck, [slide.key for slide in slides], known), drawn


def _extend(presentation: Any, extensions: Any) -> None:
    """Adds extensions to those that a presentation has."""
    old = presentation.find(clark("p:extLst"))
    if old is None:
        presentation.append(extensions)
    else:
        old.extend(extensions)


def _unmeasured(theme: Theme, file: str) -> Iterator[Problem]:
    for font in unknown_fonts(theme):
        message = f"how wide the letters of “{font}” are is not known; they are measured as Georgia's"
        yield Problem(Place(file), message, "leave some room below each text", Severity.WARNING)


def _placed(problem: Problem, slide: PlannedSlide) -> Problem:
    """A problem whose node has no place is the slide's."""
    place = problem.place if problem.place.file else slide.place
    return replace(problem, place=place)


def _canvas(deck: Any, layout: Any, slide: PlannedSlide, setting: Setting, ids: list[int]) -> Canvas:
    """An empty slide at the end of the deck; its id in the file joins `ids`."""
    part, number = add_slide(deck, layout)
    ids.append(number)
    common = part._element.find(clark("p:cSld"))
    common.set("name", slide.key)
    tree = empty_tree()
    common.replace(common.find(clark("p:spTree")), tree)
    _take_mapping(part._element, layout._element)
    setting.slides[slide.key] = part
    return Canvas(part, tree, setting, slide.role, slide.place)


def _take_mapping(slide: Any, layout: Any) -> None:
    """A slide says itself which colours are text and ground, as its layout does (ISO 29500-1, 19.3.1.7)."""
    own, said = slide.find(clark("p:clrMapOvr")), layout.find(clark("p:clrMapOvr"))
    if own is not None and said is not None:
        slide.replace(own, deepcopy(said))


def _draw(canvas: Canvas, slide: PlannedSlide) -> None:
    """The places of the layout in reading order, each with what the slide has for it."""
    spots = canvas.setting.theme.spots(slide.role)
    for name, spot in spots.items():
        match name:
            case "title":
                _title(canvas, spot, slide)
            case "mark":
                _plain(canvas, spot, page_mark(canvas.setting, slide), USUAL)
            case "source":
                _source_line(canvas, spot, slide)
            case "footer":
                _plain(canvas, spot, footer(canvas.setting, slide), HINTS["footer"])
            case "number":
                _slide_number(canvas, spot, slide)
            case _:
                _zone(canvas, spot, slide.zone(name))
    for zone in slide.zones:
        if zone.name not in spots:
            message = f"the layout “{canvas.setting.theme.layouts[slide.role].name}” has no place “{zone.name}”"
            canvas.warn(slide.place, message)
    steps = timing(canvas.clicks)
    if steps is not None:
        canvas.part._element.append(steps)
    _notes(canvas, slide)


def _title(canvas: Canvas, spot: Spot, slide: PlannedSlide) -> None:
    words = tuple(_unwidowed(part) for part in canvas.lines(line(slide.title, canvas.setting.lang)))
    canvas.write(spot, words, slide.title_place, HINTS["title"])


def _unwidowed(title: Line) -> Line:
    """The last two words stay together, so that no short word stands alone on the second line."""
    last = title.runs[-1]
    head, space, word = last.text.rpartition(" ")
    if not space or len(word) > SHORT_WORD or len(title.text) < LONG_TITLE:
        return title
    return replace(title, runs=(*title.runs[:-1], replace(last, text=f"{head}\u00a0{word}")))


def _zone(canvas: Canvas, spot: Spot, zone: Zone | None) -> None:
    """A label of the layouts' words, or what the author wrote."""
    if zone and zone.label:
        _plain(canvas, spot, labelled(zone.label, canvas.setting), USUAL, zone.link)
    elif zone:
        fill(canvas, spot, zone)


def _plain(canvas: Canvas, spot: Spot, text: str, hint: str, url: str = "") -> None:
    if text:
        canvas.write(spot, (Line((Run(text, canvas.setting.lang),)),), canvas.place, hint, url=url)


def _slide_number(canvas: Canvas, spot: Spot, slide: PlannedSlide) -> None:
    field = make(
        "a:fld",
        make("a:rPr", lang=canvas.setting.lang),
        worded("a:t", str(slide.number)),
        id=NUMBER_FIELD,
        type="slidenum",
    )
    body = make("p:txBody", make("a:bodyPr"), make("a:lstStyle"), make("a:p", field))
    canvas.put(spot, canvas.new_id(), body)


# ---------------------------------------------------------------- sources


def _source_line(canvas: Canvas, spot: Spot, slide: PlannedSlide) -> None:
    """The caption of what the slide shows, and the works it cites."""
    cited = _cited(slide.works, canvas.setting)
    parts: Inlines = slide.credit
    if cited:
        parts = (*parts, Text(text=f"{' ' if parts else ''}{cited}."))
    words = canvas.lines(line(parts, canvas.setting.lang))
    if words:
        canvas.write(spot, words, slide.place, HINTS["source"])


def _cited(cited: Sequence[Cited], setting: Setting) -> str:
    """“Sources: Applebaum, Gulag, p. 3; Formozov, Chronicle”, or nothing."""
    short = {entry.key: entry.short for entry in setting.course.bibliography}
    named = [", ".join(filter(None, (short.get(work.key, work.key), work.locator))) for work in cited]
    if not named:
        return ""
    return setting.words("source-line" if len(named) == 1 else "sources-line", works="; ".join(named)).rstrip(".")


# ---------------------------------------------------------------- notes


def _notes(canvas: Canvas, slide: PlannedSlide) -> None:
    """The notes page: the booklet's page, what to say, answers, footnotes, sources."""
    words = canvas.lines(_spoken(canvas.setting, slide))
    if not words:
        return
    notes = add_notes(canvas.part.slide)
    place = notes.notes_placeholder.element
    body = text_body(words, canvas.setting.theme, lambda url: link(notes.part, url))
    place.replace(place.find(clark("p:txBody")), body)


def _spoken(setting: Setting, slide: PlannedSlide) -> Iterator[Line | Problem]:
    lang, words = setting.lang, setting.words
    yield from _said(page_mark(setting, slide), lang)
    yield from _said(words("minutes", n=slide.minutes) if slide.minutes else "", lang)
    yield from lines(slide.notes, lang)
    yield from _headed(words["answer"], slide.answers, lang)
    yield from _headed(words["notes"], slide.footnotes, lang)
    said = works((slide.notes, slide.footnotes))
    yield from _said(f"{_cited(said, setting)}." if said else "", lang)


def _said(text: str, lang: str) -> Iterator[Line]:
    if text:
        yield Line((Run(text, lang),))


def _headed(title: str, blocks: Blocks, lang: str) -> Iterator[Line | Problem]:
    if blocks:
        yield Line((Run(title, lang, bold=True),))
        yield from lines(blocks, lang)


def _describe(deck: Any, course: Course) -> None:
    """What the file says about itself."""
    properties, settings = deck.core_properties, course.settings
    properties.title, properties.subject = settings.title[:LONGEST], settings.subtitle[:LONGEST]
    properties.author = properties.last_modified_by = settings.author[:LONGEST]
    properties.language, properties.revision = settings.language, 1
    properties.created = properties.modified = package.build_time().replace(tzinfo=None)
    properties.keywords = properties.comments = properties.category = ""
