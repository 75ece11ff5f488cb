"""One slide: what the teacher changed since the base, done again on the fresh slide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from twofold.slides.merging import animations, looks
from twofold.slides.merging.charts import ChartMerge, chart_edited
from twofold.slides.merging.copying import put_shape
from twofold.slides.merging.inheriting import merged
from twofold.slides.merging.judging import Judge, three_way
from twofold.slides.merging.matching import match_generated, match_shapes
from twofold.slides.merging.model import Level, Paragraph, Shape, Slide, Style, Table
from twofold.slides.merging.references import Library
from twofold.slides.merging.report import Report
from twofold.slides.merging.sequences import ordered
from twofold.slides.merging.tables import TableMerge, table_edited
from twofold.slides.merging.texts import MergedText, merge_text
from twofold.slides.merging.writing import set_look, set_text
from twofold.slides.xml import Element, clark

TITLES = ("title", "ctrTitle")


@dataclass(slots=True)
class Side:
    """A slide of one of the decks: its part, its model, and its shapes by key."""

    part: Any
    slide: Slide
    elements: dict[str, Element]


@dataclass(slots=True)
class SlideMerge:
    """The merge of a slide that all three decks have. `lost` is what the chapters say and the slide does not, with the
    name of the shape; `notes` of the base and of theirs are merged elsewhere."""

    judge: Judge
    styles: Mapping[str, Style]
    library: Library
    report: Report
    base: Slide
    theirs: Side
    ours: Side
    lost: list[tuple[str, str]] = field(default_factory=list)
    edited: bool = False
    _places: dict[int, animations.Places] = field(default_factory=dict)
    _their_places: dict[int, animations.Places] = field(default_factory=dict)
    _base_places: dict[int, animations.Places] = field(default_factory=dict)
    _ids: dict[int, int] = field(default_factory=dict)
    _stand: dict[str, Element] = field(default_factory=dict)

    def merge(self) -> None:
        """Changes the slide of ours; tells what happened."""
        there = match_shapes(self.base, self.theirs.slide, self.styles, rewritten=self.judge.rewritten)
        here = match_generated(self.base, self.ours.slide, self.styles)
        theirs = {shape.key: shape for shape in self.theirs.slide.shapes}
        ours = {shape.key: shape for shape in self.ours.slide.shapes}
        kept: set[str] = set()
        for shape in self.base.shapes:
            mine, fresh = theirs.get(there.get(shape.key, "")), ours.get(here.get(shape.key, ""))
            if mine and fresh:
                self._both(shape, mine, fresh)
            elif mine:
                if self._is_edited(shape, mine):
                    kept.add(mine.key)
                    self._tell("dropped", shape.name)
            elif fresh and not self._never_there(shape):
                self._deleted(shape, fresh)
        matched = set(there.values()) - kept
        self._put_own([shape for shape in self.theirs.slide.shapes if shape.key not in matched])
        self._reorder(there, here)
        self._slide_look()
        self._clicks(there)

    @property
    def title(self) -> str:
        """What the slide is called in the report."""
        return title_of(self.ours.slide)

    def _tell(self, what: Any, part: str = "", chapters: str = "") -> None:
        self.edited = True
        self.report.add(what, self.base.key, self.title, part, chapters)

    # ------------------------------------------------------------ shapes

    def _both(self, base: Shape, theirs: Shape, ours: Shape) -> None:
        element = self.ours.elements[ours.key]
        self._stand[theirs.key] = element
        self._ids[theirs.id] = ours.id
        inherited = self._inherited(base)
        above = {f"form.{name}": value for name, value in inherited.look.items()}
        changed = [name for name in self.judge.edited(theirs.look, base.look, above) if self._replayable(name, base)]
        if changed:
            wanted = {name: value for name, value in theirs.look.items() if name in changed}
            was = {name: value for name, value in base.look.items() if name in changed}
            look, torn = three_way(self.judge, was, wanted, ours.look, above)
            new = self._inherited(ours).look
            set_look(element, look, changed, new, self.ours.part, self.library)
            self._tell("edit", base.name)
            for _ in torn:
                self._tell("conflict", base.name)
        self._content(base, theirs, ours, element)

    def _content(self, base: Shape, theirs: Shape, ours: Shape, element: Element) -> None:
        if base.text is not None and theirs.text is not None and ours.text is not None:
            levels = levels_of(base, self._inherited(base))
            text = merge_text(self.judge, base.text, theirs.text, ours.text, levels)
            self._write(element.find(clark("p:txBody")), ours.text, text, base.name)
            if text.edited:
                self._places[ours.id] = text.places
            if text.edited or text.theirs != {**{n: n for n in range(len(theirs.text))}, -1: len(theirs.text)}:
                self._their_places[theirs.id] = text.theirs
            alone = merge_text(self.judge, base.text, theirs.text, base.text, levels)
            if alone.edited:
                self._base_places[base.id] = alone.places
        if base.table and theirs.table and ours.table:
            self._table(base.name, base.table, theirs.table, ours.table, element)
        if base.chart and theirs.chart and ours.chart:
            source = (self.theirs.elements[theirs.key], self.theirs.part)
            charts = (base.chart, theirs.chart, ours.chart)
            self._settle(base.name, ChartMerge(self.judge, *charts, source, element, self.ours.part, self.library))

    def _table(self, name: str, base: Table, theirs: Table, ours: Table, element: Element) -> None:
        table = next(element.iter(clark("a:tbl")))
        self._settle(name, TableMerge(self.judge, self.styles, base, theirs, ours, table, self.ours.part, self.library))

    def _settle(self, name: str, merge: TableMerge | ChartMerge) -> None:
        merge.merge()
        if merge.edited:
            self._tell("edit", name)
        self._gave_way(name, merge.lost)

    def _write(self, body: Element, old: list[Paragraph], text: MergedText, name: str) -> None:
        if text.edited:
            set_text(body, old, text.paragraphs, self.ours.part, self.library)
            self._tell("edit", name)
        self._gave_way(name, text.lost)
        for dropped in text.dropped:
            self._tell("dropped", name, dropped)

    def _gave_way(self, name: str, lost: list[str]) -> None:
        for text in lost:
            self._tell("conflict", name, text)
            self.lost.append((name, text))

    def _replayable(self, name: str, base: Shape) -> bool:
        """Whether a property may be taken over: a program that writes decks anew makes up the height of tables."""
        return not (self.judge.rewritten and base.kind == "table" and name == "form.size")

    def _inherited(self, shape: Shape) -> Style:
        return self.styles.get(shape.style, Style(levels=[Level()]))

    def _is_edited(self, base: Shape, theirs: Shape) -> bool:
        return shape_edited(self.judge, self.styles, base, theirs)

    def _never_there(self, base: Shape) -> bool:
        """Whether the other program cannot have known the shape: it leaves empty places out."""
        return self.judge.rewritten and base.kind == "shape" and not base.words.strip()

    def _deleted(self, base: Shape, ours: Shape) -> None:
        element = self.ours.elements[ours.key]
        if element.getparent() is not None:
            element.getparent().remove(element)
        self._tell("edit", base.name)
        if said(ours) != said(base):
            self._gave_way(base.name, [ours.words or ours.look.get("names.@descr", "")])

    def _put_own(self, own: list[Shape]) -> None:
        """The teacher's shapes, each behind the one that it stands behind in theirs."""
        for shape in own:
            if shape.parent and any(shape.parent == one.key for one in own):
                continue  # comes with its group
            holder = self._stand.get(shape.parent) if shape.parent else None
            element = put_shape(self.theirs, shape.key, self.ours, holder, self._before(shape), self.library, self._ids)
            self._stand[shape.key] = element
            self._tell("edit", shape.name)

    def _before(self, own: Shape) -> Element | None:
        """The shape in ours behind which an own one stands."""
        found = None
        for shape in self.theirs.slide.shapes:
            if shape.key == own.key:
                break
            if (
                shape.parent == own.parent
                and shape.key in self._stand
                and self._stand[shape.key].getparent() is not None
            ):
                found = self._stand[shape.key]
        return found

    def _reorder(self, there: Mapping[str, str], here: Mapping[str, str]) -> None:
        """Brings shapes to the front or to the back as the teacher did."""
        base = [
            shape.key for shape in self.base.shapes if shape.key in there and shape.key in here and not shape.parent
        ]
        backwards = {match: key for key, match in there.items()}
        known = set(base)
        theirs = [backwards[one.key] for one in self.theirs.slide.shapes if backwards.get(one.key) in known]
        ours = [key for one in self.ours.slide.shapes for key in base if here[key] == one.key]
        if theirs == base:
            return
        wanted, torn = ordered(base, theirs, ours)
        elements = [self.ours.elements[here[key]] for key in wanted]
        elements = [one for one in elements if one.getparent() is not None]
        tree = elements[0].getparent() if elements else None
        if tree is None or any(one.getparent() is not tree for one in elements):
            return
        places = sorted(tree.index(one) for one in elements)
        slots = [tree[place] for place in places]
        if slots == elements:
            return
        for slot, place in zip(elements, places, strict=True):
            tree.remove(slot)
            tree.insert(place, slot)
        self._tell("edit")
        if torn:
            self._tell("conflict")

    # ------------------------------------------------------------ the slide itself

    def _slide_look(self) -> None:
        base, theirs, ours = (one.look for one in (self.base, self.theirs.slide, self.ours.slide))
        names = [name for name in self.judge.edited(theirs, base) if name != "layout"]
        root = self.ours.part._element
        for name in names:
            if ours.get(name) != base.get(name):
                self._tell("conflict", name)
            set_slide_look(root, name, theirs.get(name), self.ours.part, self.library)
            self._tell("edit", name)

    def _clicks(self, there: Mapping[str, str]) -> None:
        """The clicks of theirs if they were changed, else those of ours; for shapes and paragraphs that are there."""
        root, part = self.ours.part._element, self.ours.part
        old = root.find(clark("p:timing"))
        if self._clicks_edited(there):
            if self.ours.slide.clicks != self.base.clicks:
                self._tell("conflict", "clicks")
            self._tell("edit", "clicks")
            timing, ids, places = self.theirs.slide.timing, self._ids, self._their_places
        else:
            timing = self.ours.slide.timing if self.edited else ""
            ids = {shape.id: shape.id for shape in self.ours.slide.shapes if self._is_there(shape)}
            places = self._places
            if not timing:
                return
        if old is not None:
            root.remove(old)
        new = looks.restored(timing, part, self.library) if timing else None
        new = None if new is None else animations.retarget(new, ids, places)
        if new is not None:
            animations.listed(new)
            _place_timing(root, new)

    def _clicks_edited(self, there: Mapping[str, str]) -> bool:
        """Whether the teacher changed the clicks; that those of deleted paragraphs are gone is no change."""
        theirs, backwards = self.theirs.slide, {match: key for key, match in there.items()}
        names = {shape.id: backwards.get(shape.key, shape.key) for shape in theirs.shapes}
        mine = animations.clicks_of(looks.parsed(theirs.timing), names) if theirs.timing else []
        if mine == self.base.clicks:
            return False
        ids = {shape.id: shape.id for shape in self.base.shapes if shape.key in there}
        left = animations.retarget(looks.parsed(self.base.timing), ids, self._base_places) if self.base.timing else None
        known = {shape.id: shape.key for shape in self.base.shapes}
        return mine != ([] if left is None else animations.clicks_of(left, known))

    def _is_there(self, shape: Shape) -> bool:
        return self.ours.elements[shape.key].getparent() is not None


def shape_edited(judge: Judge, styles: Mapping[str, Style], base: Shape, theirs: Shape) -> bool:
    """Whether the teacher changed anything of a shape."""
    style = styles.get(base.style, Style())
    above = {f"form.{name}": value for name, value in style.look.items()}
    names = judge.edited(theirs.look, base.look, above)
    if [name for name in names if not (judge.rewritten and base.kind == "table" and name == "form.size")]:
        return True
    if base.text is not None and theirs.text is not None:
        return merge_text(judge, base.text, theirs.text, base.text, levels_of(base, style)).edited
    if base.table and theirs.table:
        return table_edited(judge, styles, base.table, theirs.table)
    if base.chart and theirs.chart:
        return chart_edited(judge, base.chart, theirs.chart)
    return False


def levels_of(shape: Shape, style: Style) -> list[Level]:
    """What the text of a shape inherits, its own list style last."""
    return merged(style.levels, shape.levels) if shape.levels else style.levels


def said(shape: Shape) -> tuple[Any, ...]:
    """What a shape shows, in words that two decks can be compared by."""
    data = shape.chart.data if shape.chart else None
    return shape.words, data, shape.look.get("picture.picture", "") if not data else ""


def title_of(slide: Slide) -> str:
    """The headline of a slide."""
    found = (shape.words for shape in slide.shapes if shape.place.partition(":")[0] in TITLES)
    return " ".join(next(found, "").split())


def set_slide_look(root: Element, name: str, value: str | None, part: Any, library: Library) -> None:
    """Hides a slide, or gives it a background or a transition; takes them away for None."""
    if name == "hidden":
        root.attrib.pop("show", None)
        if value:
            root.set("show", "0")
        return
    new = looks.restored(value, part, library) if value else None
    if name == "background":
        common = root.find(clark("p:cSld"))
        for old in common.findall(clark("p:bg")):
            common.remove(old)
        if new is not None:
            common.insert(0, new)
        return
    for old in list(root.iter(clark("p:transition"))):
        holder = old
        while holder.getparent() is not root and holder.getparent() is not None:
            holder = holder.getparent()
        if holder.getparent() is root:
            root.remove(holder)
    if new is not None:
        timing = root.find(clark("p:timing"))
        if timing is not None:
            timing.addprevious(new)
        else:
            _place_timing(root, new)


def _place_timing(root: Element, new: Element) -> None:
    """Behind the slide's shapes and its transition, before its extensions."""
    extensions = root.find(clark("p:extLst"))
    if extensions is None:
        root.append(new)
    else:
        extensions.addprevious(new)
