"""Whole decks: which slides there are, in which order, in which sections; each is then merged by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.parts.slide import SlidePart

from twofold.slides.merging.changed import left_out, shape_edited, title_of
from twofold.slides.merging.copying import copy_slide, drop_links, fill_slide, layout_for, layouts_for, notes_name
from twofold.slides.merging.identity import OWN, key_of
from twofold.slides.merging.inheriting import theme_of
from twofold.slides.merging.judging import Judge
from twofold.slides.merging.matching import match_shapes
from twofold.slides.merging.model import Base, Slide
from twofold.slides.merging.notes import joined, merge_notes, telling, write_notes
from twofold.slides.merging.references import Library, slide_parts
from twofold.slides.merging.replay import Side, SlideMerge
from twofold.slides.merging.report import Report
from twofold.slides.merging.sections import Member, merged_sections, read_sections, write_sections
from twofold.slides.merging.sequences import likeness, ordered
from twofold.slides.merging.snapshot import read_notes, read_slide
from twofold.slides.xml import clark
from twofold.words import Words

COMMENTS = ("/comments", "/commentAuthors", "/authors")
SAME = 0.6
"""Slides without any key are the same where their words share so much."""


@dataclass(slots=True)
class DeckMerge:
    """`ours` is the fresh deck, which becomes the result, and `fresh` its base; `theirs` is the one on disk, and `base`
    what it was made from. With `restore` the slides that the teacher deleted come back."""

    ours: Any
    fresh: Base
    theirs: Any
    base: Base
    words: Words
    lang: str
    restore: bool = False
    report: Report = field(default_factory=Report)
    by_hand: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    _library: Library = field(init=False)
    _judge: Judge = field(init=False)
    _sides: dict[str, Side] = field(default_factory=dict)
    _parts: dict[str, Any] = field(default_factory=dict)

    def merge(self) -> Report:
        """Changes `ours`."""
        self.report.generation = self.fresh.generation
        self._library = Library(self.ours.part.package)
        self._parts = {slide.key: part for slide, part in zip(self.fresh.slides, slide_parts(self.ours), strict=True)}
        self._library.keys |= {id(part): key for key, part in self._parts.items()}
        self._recognise()
        gone = self._gone()
        self.order = order = self._order(gone)
        own = [key for key in order if key not in self._parts]
        self._copy(own)
        for key in order:
            if key in self._parts and key in self._sides and key not in own and self.base.slide(key):
                self._merge_slide(key)
        for key in filter(self.base.slide, own):  # last, or names of notes would depend on what is new in the notes
            self._mark_kept(self._parts[key])
        self._list(order)
        write_sections(self.ours, self._sections(order))
        self._comment()
        if not self._judge.rewritten and theme_of(self.theirs) != self.base.theme:
            self.report.add("unkept", "", "the deck", "theme")
        self._finish()
        return self.report

    def pages_by_hand(self) -> set[int]:
        """The numbers of the slides on which something is the teacher's."""
        return {number for number, key in enumerate(self.order, 1) if key in self.by_hand}

    # ------------------------------------------------------------ which slide is which

    def _recognise(self) -> None:
        """Slides of theirs by key; the teacher's own have keys that no slide of ours has."""
        keyed = [(part, *key_of(part)) for part in slide_parts(self.theirs)]
        rewritten = any(key for _, key, _ in keyed) and not any(
            tagged for _, key, tagged in keyed if key != OWN and key
        )
        self._judge = Judge(rewritten, self.base.theme)
        for number, (part, key, _) in enumerate(keyed, 1):
            self._library.keys[id(part)] = key if self.base.slide(key) else f"{OWN} {number}"
        keys = [key if self.base.slide(key) else "" for _, key, _ in keyed]
        own = [key == OWN for _, key, _ in keyed]
        slides = [read_slide(part, "", self._library) for part, _, _ in keyed]
        keys = self._once(keys, [slide for slide, _ in slides])
        keys = self._by_words(keys, own, [slide for slide, _ in slides])
        for number, ((part, _, _), (slide, elements), key) in enumerate(zip(keyed, slides, keys, strict=True), 1):
            slide.key = key or f"{OWN} {number}"
            self._library.keys[id(part)] = slide.key
            self._sides[slide.key] = Side(part, slide, elements)

    def _once(self, keys: list[str], slides: Sequence[Slide]) -> list[str]:
        """Of a slide and its duplicates the one that is most like the base keeps the key."""
        best: dict[str, int] = {}
        for number, key in enumerate(keys):
            if key and (
                key not in best or self._likeness(key, slides[number]) > self._likeness(key, slides[best[key]])
            ):
                best[key] = number
        return [key if key and best[key] == number else "" for number, key in enumerate(keys)]

    def _likeness(self, key: str, slide: Slide) -> float:
        base = self.base.slide(key)
        return likeness(base.words, slide.words) - len(self._edited_shapes(base, slide)) * 0.01 if base else 0.0

    def _by_words(self, keys: list[str], own: list[bool], slides: Sequence[Slide]) -> list[str]:
        """Slides that lost their key, by their words: the last resort."""
        missing = [slide for slide in self.base.slides if slide.key not in keys]
        found = sorted(
            (
                (likeness(slide.words, slides[number].words), -number, slide.key)
                for number, key in enumerate(keys)
                for slide in missing
                if not key and not own[number] and self._judge.rewritten
            ),
            reverse=True,
        )
        result = list(keys)
        for score, number, key in found:
            if score >= SAME and key not in result and not result[-number]:
                result[-number] = key
        return result

    def _edited_shapes(self, base: Slide, slide: Slide) -> list[str]:
        pairs = match_shapes(base, slide, self.base.styles, rewritten=self._judge.rewritten)
        mine = {shape.key: shape for shape in slide.shapes}
        changed = [
            shape.key
            for shape in base.shapes
            if shape.key in pairs and shape_edited(self._judge, self.base.styles, shape, mine[pairs[shape.key]])
        ]
        lost = [shape.key for shape in base.shapes if shape.key not in pairs and not left_out(self._judge, shape)]
        return changed + lost + [key for key in mine if key not in set(pairs.values())]

    # ------------------------------------------------------------ which slides there are

    def _gone(self) -> set[str]:
        """Slides of ours that the teacher deleted."""
        missing = [slide for slide in self.base.slides if slide.key not in self._sides and slide.key in self._parts]
        for slide in missing:
            fresh = self.fresh.slide(slide.key) or slide
            title = title_of(fresh)
            if self.restore:
                self.report.add("returned", slide.key, title)
            elif slide.told != fresh.told:
                self.report.add("deleted", slide.key, title, "", fresh.told)
            else:
                self.report.add("gone", slide.key, title)
        return set() if self.restore else {slide.key for slide in missing}

    def _order(self, gone: set[str]) -> list[str]:
        """All slides of the result."""
        ours = [slide.key for slide in self.fresh.slides if slide.key not in gone]
        theirs = [key for key in self._sides if key in self._parts or self._stays(key)]
        base = [slide.key for slide in self.base.slides]
        order, torn = ordered(base, theirs, ours)
        if torn:
            self.report.add("reordered", "")
        both = [key for key in order if key in ours]
        if both != ours:
            self.report.add("edit", "", "the deck", "order")
        return order

    def _stays(self, key: str) -> bool:
        """Whether a slide that the chapters do not have is in the result: one of the teacher's, or changed by him."""
        side, base = self._sides[key], self.base.slide(key)
        if base is None:
            self.report.add("own", key, title_of(side.slide))
            return True
        if not self._is_edited(base, side.slide):
            return False
        self.report.add("kept", key, title_of(side.slide))
        return True

    def _is_edited(self, base: Slide, slide: Slide) -> bool:
        merged, told = merge_notes(self._judge, base.notes, slide.notes, base.notes, [self.words["chapters-say"]])
        return bool(
            self._edited_shapes(base, slide)
            or merged.edited
            or told
            or self._judge.edited(slide.look, base.look)
            or (not self._judge.rewritten and slide.clicks != base.clicks)
        )

    def _copy(self, keys: Sequence[str]) -> None:
        """Brings the teacher's slides into our deck."""
        known = layouts_for({key: side.part for key, side in self._sides.items()}, self._parts)
        for number, key in enumerate(keys, 1):
            part = self._sides[key].part
            layout = layout_for(part, known, self.ours)
            self._parts[key] = copy_slide(part, number, layout, self.ours, self._library)
        for key in keys:
            fill_slide(self._parts[key], self._sides[key].part, self.ours, self._library)
            self.by_hand.add(key)

    def _mark_kept(self, part: Any) -> None:
        """Says in the notes why a slide is there that the chapters no longer have."""
        old = read_notes(part, self._library)
        head = self.words["no-longer-in-chapters"]
        if head not in [paragraph.text for paragraph in old]:
            write_notes(part, old, [*old, *telling(head, [("", "")], self.lang)], self._library)
            part.part_related_by(RT.NOTES_SLIDE).partname = notes_name(part)

    # ------------------------------------------------------------ each slide

    def _merge_slide(self, key: str) -> None:
        base, theirs, part = self.base.slide(key), self._sides[key], self._parts[key]
        assert base is not None
        if theirs.slide == base:
            return
        slide, elements = read_slide(part, key, self._library)
        merge = SlideMerge(
            self._judge, self.base.styles, self._library, self.report, base, theirs, Side(part, slide, elements)
        )
        merge.merge()
        head = self.words["chapters-say"]
        notes, told = merge_notes(self._judge, base.notes, theirs.slide.notes, slide.notes, [head])
        if notes.edited:
            self.report.add("edit", key, merge.title, "notes")
        for text in notes.lost:
            self.report.add("conflict", key, merge.title, "notes", text)
            merge.lost.append(("notes", text))
        for text in notes.dropped:
            self.report.add("dropped", key, merge.title, "notes", text)
        telling_now = joined(told, telling(head, merge.lost, self.lang))
        if notes.edited or telling_now:
            write_notes(part, slide.notes, [*notes.paragraphs, *telling_now], self._library)
        if merge.edited or notes.edited or telling_now:
            self.by_hand.add(key)

    # ------------------------------------------------------------ the deck

    def _list(self, order: Sequence[str]) -> None:
        """Puts the slides into the list of the deck; those that are not in `order` are gone."""
        listed = self.ours.slides._sldIdLst
        known = {id(self.ours.part.related_part(one.rId)): one for one in listed}
        elements = []
        for key in order:
            part = self._parts[key]
            element = known.pop(id(part), None)
            if element is None:
                element = listed.add_sldId(self.ours.part.relate_to(part, RT.SLIDE))
            elements.append(element)
        for element in known.values():
            self.ours.part.rels.pop(element.rId)
        listed[:] = elements
        self.ours.part.rename_slide_parts([element.rId for element in elements])

    def _sections(self, order: Sequence[str]) -> list[Member]:
        theirs = read_sections(self.theirs, {id(side.part): key for key, side in self._sides.items()})
        merged = merged_sections(self.base, theirs, self.fresh, order)
        if merged != merged_sections(self.base, [], self.fresh, order):
            self.report.add("edit", "", "the deck", "sections")
        return merged

    def _comment(self) -> None:
        """Takes over comments and their authors."""
        pairs = [(side.part, self._parts[key]) for key, side in self._sides.items() if key in self._parts]
        for theirs, ours in (*pairs, (self.theirs.part, self.ours.part)):
            have = {one.reltype for one in ours.rels.values()}
            for relation in list(theirs.rels.values()):
                if relation.reltype.endswith(COMMENTS) and relation.reltype not in have:
                    ours.relate_to(self._library.move(relation.target_part), relation.reltype)
                    self.report.add("edit", "", "the deck", "comments")

    def _finish(self) -> None:
        """Takes out links to slides that are gone, and counts the slides anew."""
        parts = list(slide_parts(self.ours))
        there = {id(part) for part in parts}
        for number, part in enumerate(parts, int(self.ours.element.get("firstSlideNum", 1))):
            for name, relation in list(part.rels.items()):
                dead = not relation.is_external and isinstance(relation.target_part, SlidePart)
                if dead and id(relation.target_part) not in there:
                    drop_links(part._element, name)
                    part.rels.pop(name)
            for shown in part._element.findall(f".//{clark('a:fld')}[@type='slidenum']/{clark('a:t')}"):
                shown.text = str(number)
