"""One slide: what the teacher changed since the base, done again on the fresh slide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twofold.slides.merging import looks
from twofold.slides.merging.changed import edited_looks, left_out, levels_of, said, shape_edited, title_of
from twofold.slides.merging.charts import ChartMerge
from twofold.slides.merging.clicks import ClickMerge
from twofold.slides.merging.copying import all_shapes, place, put_shape
from twofold.slides.merging.judging import Judge, three_way
from twofold.slides.merging.matching import match_generated, match_shapes
from twofold.slides.merging.model import Level, Paragraph, Shape, Slide, Style, Table
from twofold.slides.merging.references import Library
from twofold.slides.merging.report import Report
from twofold.slides.merging.sequences import ordered
from twofold.slides.merging.tables import TableMerge, spans_differ, words_of
from twofold.slides.merging.texts import MergedText, merge_text
from twofold.slides.merging.writing import copy_place, set_layout, set_look, set_slide_look, set_text
from twofold.slides.xml import Element, clark


@dataclass(slots=True)
class Side:
    """A slide of one of the decks: its part, its model, and its shapes by key."""

    part: Any
    slide: Slide
    elements: dict[str, Element]

    @property
    def tree(self) -> Element:
        """The tree of its shapes."""
        return self.part._element.find(f"{clark('p:cSld')}/{clark('p:spTree')}")


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
    _stand: dict[str, Element] = field(default_factory=dict)
    _clicks: ClickMerge = field(init=False)

    def merge(self) -> None:
        """Changes the slide of ours; tells what happened."""
        self._clicks = ClickMerge(self.base, self.theirs.slide, self.ours.slide)
        there = match_shapes(self.base, self.theirs.slide, self.styles, rewritten=self.judge.rewritten)
        here = match_generated(self.base, self.ours.slide, self.styles)
        theirs = {shape.key: shape for shape in self.theirs.slide.shapes}
        ours = {shape.key: shape for shape in self.ours.slide.shapes}
        triples = [
            (shape, theirs.get(there.get(shape.key, "")), ours.get(here.get(shape.key, "")))
            for shape in self.base.shapes
        ]
        for shape, mine, fresh in triples:
            if mine and fresh:
                self._both(shape, mine, fresh)
        self._ungroup([(shape, mine) for shape, mine, fresh in triples if mine and fresh], there)
        for shape, mine, fresh in triples:
            if fresh and not mine and not left_out(self.judge, shape):
                self._deleted(shape, fresh)
        kept = {mine.key for shape, mine, fresh in triples if mine and not fresh and self._is_kept(shape, mine)}
        matched = set(there.values()) - kept
        self._put_own([shape for shape in self.theirs.slide.shapes if shape.key not in matched])
        self._reorder(there, here)
        self._slide_look()
        self._settle_clicks(there)

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
        self._clicks.ids[theirs.id] = ours.id
        changed = edited_looks(self.judge, self.styles, base, theirs)
        if changed:
            self._restyle(base, theirs, ours, changed)
        self._content(base, theirs, ours, element)

    def _restyle(self, base: Shape, theirs: Shape, ours: Shape, changed: list[str]) -> None:
        """Gives the shape of ours what the teacher changed of its look."""
        wanted, was = ({name: one.look[name] for name in changed if name in one.look} for one in (theirs, base))
        look, torn = three_way(self.judge, was, wanted, ours.look)
        element, part = self.ours.elements[ours.key], self.ours.part
        set_look(element, look, changed, self._inherited(ours).look, part, self.library)
        if "place" in changed:
            copy_place(self.theirs.elements[theirs.key], element)
        self._tell("edit", base.name)
        for name in torn:
            self._tell("conflict", f"{base.name} ({name.rpartition('.')[2].lstrip('@')})")

    def _content(self, base: Shape, theirs: Shape, ours: Shape, element: Element) -> None:
        if base.text is None and ours.text is None and theirs.kind == "shape" and theirs.words.strip():
            self._first_words(theirs, element)
        if base.text is not None and theirs.text is not None and ours.text is not None:
            levels = levels_of(base, self._inherited(base))
            text = merge_text(self.judge, base.text, theirs.text, ours.text, levels)
            self._write(element.find(clark("p:txBody")), ours.text, text, base.name)
            alone = merge_text(self.judge, base.text, theirs.text, base.text, levels)
            self._clicks.learn((base, theirs, ours), text, alone)
        if base.table and theirs.table and ours.table:
            self._table(base.name, base.table, theirs.table, ours.table, element)
        if base.chart and theirs.chart and ours.chart:
            source = (self.theirs.elements[theirs.key], self.theirs.part)
            charts = (base.chart, theirs.chart, ours.chart)
            self._settle(base.name, ChartMerge(self.judge, *charts, source, element, self.ours.part, self.library))

    def _first_words(self, theirs: Shape, element: Element) -> None:
        """Text in a shape that had no room for any."""
        body = self.theirs.elements[theirs.key].find(clark("p:txBody"))
        element.append(
            looks.restored(looks.portable(body, self.theirs.part, self.library), self.ours.part, self.library)
        )
        self._tell("edit", theirs.name)

    def _table(self, name: str, base: Table, theirs: Table, ours: Table, element: Element) -> None:
        table = next(element.iter(clark("a:tbl")))
        if spans_differ(base, theirs):  # cells were joined or split: nothing of ours fits
            source = next(self.theirs.elements[self._stand_of(element)].iter(clark("a:tbl")))
            copy = looks.restored(looks.portable(source, self.theirs.part, self.library), self.ours.part, self.library)
            table.getparent().replace(table, copy)
            self._tell("edit", name)
            self._gave_way(name, [words_of(ours.rows)] if ours != base else [])
            return
        self._settle(name, TableMerge(self.judge, self.styles, base, theirs, ours, table, self.ours.part, self.library))

    def _stand_of(self, element: Element) -> str:
        """The key in theirs of a shape of ours."""
        return next(key for key, stands in self._stand.items() if stands is element)

    def _settle(self, name: str, merge: TableMerge | ChartMerge) -> None:
        merge.merge()
        if merge.edited:
            self._tell("edit", name)
        self._gave_way(name, merge.lost)
        for text in merge.dropped:
            self._tell("dropped", name, text)

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

    def _inherited(self, shape: Shape) -> Style:
        return self.styles.get(shape.style, Style(levels=[Level()]))

    def _deleted(self, base: Shape, ours: Shape) -> None:
        element = self.ours.elements[ours.key]
        if element.getparent() is not None:
            element.getparent().remove(element)
        self._tell("edit", base.name)
        if said(ours) != said(base):
            self._gave_way(base.name, [ours.words or ours.look.get("names.@descr", "")])

    def _is_kept(self, base: Shape, theirs: Shape) -> bool:
        """Whether a shape that the chapters dropped stays because the teacher changed it."""
        edited = shape_edited(self.judge, self.styles, base, theirs)
        if edited:
            self._tell("dropped", base.name)
        return edited

    def _ungroup(self, pairs: Iterable[tuple[Shape, Shape]], there: Mapping[str, str]) -> None:
        """Takes shapes out of groups as the teacher did, and puts them into others that are there."""
        for base, theirs in pairs:
            holder = self._stand.get(theirs.parent) if theirs.parent else self.ours.tree
            before = there.get(base.parent) if base.parent else ""
            if before == theirs.parent or holder is None:
                continue  # what is in a new group moves when that is put
            place(holder, self._stand[theirs.key], self._before(theirs), free=not theirs.parent)
            self._tell("edit", base.name)

    def _put_own(self, own: list[Shape]) -> None:
        """The teacher's shapes, each behind the one that it stands behind in theirs."""
        for shape in own:
            if shape.parent and any(shape.parent == one.key for one in own):
                continue  # comes with its group
            holder = self._stand.get(shape.parent) if shape.parent else None
            sides, ids = (self.theirs, self.ours), self._clicks.ids
            element = put_shape(sides, shape.key, holder, self._before(shape), self.library, ids)
            self._tell("edit", shape.name)
            self._regroup(shape, element)
            self._stand[shape.key] = element

    def _regroup(self, own: Shape, copy: Element) -> None:
        """In the copy of a group of the teacher's, the shapes that are ours take the places of their copies."""
        if own.kind != "group":
            return
        known = {id(element): key for key, element in self.theirs.elements.items()}
        inner = (all_shapes(self.theirs.elements[own.key]), all_shapes(copy))
        for old, new in list(zip(*map(list, inner), strict=True)):
            key = known.get(id(old), "")
            ours = self._stand.get(key)
            if ours is not None and new.getparent() is not None:
                new.getparent().replace(new, ours)
                self._clicks.ids |= {
                    one.id: int(ours[0][0].get("id")) for one in self.theirs.slide.shapes if one.key == key
                }
            else:
                self._stand[key] = new

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
        for element, number in zip(elements, places, strict=True):
            tree.remove(element)
            tree.insert(number, element)
        self._tell("edit")
        if torn:
            self._tell("conflict")

    # ------------------------------------------------------------ the slide itself

    def _slide_look(self) -> None:
        base, theirs, ours = (one.look for one in (self.base, self.theirs.slide, self.ours.slide))
        root = self.ours.part._element
        for name in self.judge.edited(theirs, base):
            if name == "layout":
                kept = set_layout(self.ours.part, theirs["layout"])
                self._tell("edit" if kept else "unkept", "layout")
                continue
            if ours.get(name) != base.get(name):
                self._tell("conflict", name)
            set_slide_look(root, name, theirs.get(name), self.ours.part, self.library)
            self._tell("edit", name)

    def _settle_clicks(self, there: Mapping[str, str]) -> None:
        if self._clicks.edited(there):
            if self.ours.slide.clicks != self.base.clicks:
                self._tell("conflict", "clicks")
            self._tell("edit", "clicks")
            self._clicks.take_theirs(self.ours.part, self.library)
        elif self.edited:
            left = {key: one for key, one in self.ours.elements.items() if one.getparent() is not None}
            self._clicks.mend(self.ours.part, self.library, left)
