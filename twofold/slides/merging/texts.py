"""Text that was changed on two sides: merged paragraph by paragraph, within a paragraph word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from twofold.slides.merging.judging import Judge, three_way
from twofold.slides.merging.model import Level, Look, Paragraph, Run
from twofold.slides.merging.sequences import ALIKE, Strand, likeness, pairs, same_pairs, strands, words

Levels = Sequence[Level]


@dataclass(slots=True)
class MergedText:
    """`paragraphs`, of which those that come from ours unchanged are the same objects. `lost` is what the chapters say
    and the text does not, because the teacher's words stand there; `dropped` what the chapters no longer say and the
    teacher does. `places` tells for paragraphs of ours where they stand now, and under -1 how many there are;
    `theirs` the same for paragraphs of theirs."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    edited: bool = False
    places: dict[int, int] = field(default_factory=dict)
    theirs: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    look: Look
    lang: str


def merge_text(
    judge: Judge, base: Sequence[Paragraph], theirs: Sequence[Paragraph], ours: Sequence[Paragraph], levels: Levels
) -> MergedText:
    """Ours with what theirs changed since the base. `levels` is what the text inherits."""
    return _Merging(judge, base, theirs, ours, levels).merged()


def adopted(judge: Judge, theirs: Sequence[Paragraph], levels: Levels) -> list[Paragraph]:
    """Text of theirs that the base does not know."""
    return [_own(judge, one, levels) for one in theirs]


@dataclass(slots=True)
class _Merging:
    judge: Judge
    base: Sequence[Paragraph]
    theirs: Sequence[Paragraph]
    ours: Sequence[Paragraph]
    levels: Levels
    result: MergedText = field(default_factory=MergedText)

    def merged(self) -> MergedText:
        for strand in self._strands():
            paragraph = self._one(strand)
            if paragraph is not None:
                for place, places in ((strand.ours, self.result.places), (strand.theirs, self.result.theirs)):
                    if place is not None:
                        places[place] = len(self.result.paragraphs)
                self.result.paragraphs.append(paragraph)
        self.result.places[-1] = self.result.theirs[-1] = len(self.result.paragraphs)
        return self.result

    def _strands(self) -> Iterator[Strand]:
        texts = [[one.text for one in side] for side in (self.base, self.theirs, self.ours)]
        if texts[0] == texts[1] == texts[2]:
            yield from (Strand(n, n, n) for n in range(len(texts[0])))
            return
        found = list(
            strands(len(texts[0]), pairs(texts[0], texts[1]), pairs(texts[0], texts[2]), (len(texts[1]), len(texts[2])))
        )
        for kept, group in groupby(found, key=lambda one: None not in (one.base, one.theirs, one.ours)):
            one_place = list(group)
            yield from one_place if kept else self._settled(one_place)

    def _settled(self, group: list[Strand]) -> Iterator[Strand]:
        """Where both replaced the same paragraphs by others, the teacher's stand; what both added stands once."""
        both_dropped = any(one.theirs is None and one.ours is None for one in group)
        added = {self.theirs[one.theirs].text for one in group if one.base is None and one.theirs is not None}
        for one in group:
            if one.base is None and one.ours is not None and added:
                text = self.ours[one.ours].text
                if text in added:
                    continue
                if both_dropped:
                    self.result.lost.append(text)
                    continue
            yield one

    def _one(self, strand: Strand) -> Paragraph | None:
        base = None if strand.base is None else self.base[strand.base]
        theirs = None if strand.theirs is None else self.theirs[strand.theirs]
        ours = None if strand.ours is None else self.ours[strand.ours]
        if base is None:
            return ours if theirs is None else self._edited(_own(self.judge, theirs, self.levels))
        if theirs is None:
            if ours is not None and ours != base:
                self.result.lost.append(ours.text)
            self.result.edited = self.result.edited or ours is not None
            return None
        if ours is None:
            return self._dropped(base, theirs)
        return self._both(base, theirs, ours)

    def _edited(self, paragraph: Paragraph) -> Paragraph:
        self.result.edited = True
        return paragraph

    def _dropped(self, base: Paragraph, theirs: Paragraph) -> Paragraph | None:
        """The chapters have dropped it: it goes, unless the teacher changed it."""
        merged, _ = merge_paragraph(self.judge, base, theirs, base, self.levels)
        if merged is base:
            return None
        self.result.dropped.append(base.text)
        return self._edited(merged)

    def _both(self, base: Paragraph, theirs: Paragraph, ours: Paragraph) -> Paragraph:
        merged, torn = merge_paragraph(self.judge, base, theirs, ours, self.levels)
        if merged is not ours:
            self.result.edited = True
        if torn:
            self.result.lost.append(ours.text)
        return merged


# ---------------------------------------------------------------- one paragraph


def merge_paragraph(
    judge: Judge, base: Paragraph, theirs: Paragraph, ours: Paragraph, levels: Levels
) -> tuple[Paragraph, bool]:
    """Ours itself where theirs is as the base, else ours with their changes; and whether the chapters' words had to
    give way."""
    old, new = _level(levels, base), _level(levels, theirs)
    look, torn_look = three_way(judge, base.look, theirs.look, ours.look, new.paragraph, old.paragraph)
    before, after, fresh = _tokens(base), _tokens(theirs), _tokens(ours)
    known = dict(same_pairs([one.text for one in before], [one.text for one in after]))
    if look == ours.look and base.text == theirs.text and not _restyled(judge, before, after, known, new, old):
        return ours, False
    if ours == base and not judge.rewritten:
        return theirs, False
    tokens = _combined(judge, before, after, fresh, new, old)
    torn = tokens is None or bool(torn_look) or _looks_torn(judge, before, after, fresh, new, old)
    if tokens is not None:
        runs = _runs(tokens)
    elif judge.rewritten:
        backwards = {place: number for number, place in known.items()}
        runs = _runs(
            [
                _kept(judge, one, before[backwards[n]], None, new, old) if n in backwards else _said(judge, one, new)
                for n, one in enumerate(after)
            ]
        )
    else:
        runs = theirs.runs
    merged = Paragraph(runs, look)
    return (ours, False) if merged == ours else (merged, torn)


def _restyled(
    judge: Judge, before: Sequence[_Token], after: Sequence[_Token], known: dict[int, int], new: Level, old: Level
) -> bool:
    return any(judge.edited(after[j].look, before[i].look, new.run, old.run) for i, j in known.items())


def _looks_torn(
    judge: Judge, base: list[_Token], theirs: list[_Token], ours: list[_Token], new: Level, old: Level
) -> bool:
    """Whether both gave the same word different looks."""
    texts = [[token.text for token in side] for side in (base, theirs, ours)]
    in_ours = dict(same_pairs(texts[0], texts[2]))
    return any(
        three_way(judge, base[i].look, theirs[j].look, ours[in_ours[i]].look, new.run, old.run)[1]
        for i, j in same_pairs(texts[0], texts[1])
        if i in in_ours and ours[in_ours[i]].look != base[i].look
    )


def _combined(
    judge: Judge, base: list[_Token], theirs: list[_Token], ours: list[_Token], new: Level, old: Level
) -> list[_Token] | None:
    """The words of both, or None where both changed the same ones."""
    texts = [[token.text for token in side] for side in (base, theirs, ours)]
    if texts[0] not in texts[1:] and texts[1] != texts[2] and _rewritten(texts):
        return None
    in_theirs, in_ours = same_pairs(texts[0], texts[1]), same_pairs(texts[0], texts[2])
    found = list(strands(len(base), in_theirs, in_ours, (len(theirs), len(ours))))
    tokens: list[_Token] = []
    for kept, group in groupby(found, key=lambda one: None not in (one.base, one.theirs, one.ours)):
        if kept:
            tokens += (
                _kept(judge, theirs[one.theirs], base[one.base], ours[one.ours], new, old)  # type: ignore[index]
                for one in group
            )
            continue
        more = _change(judge, list(group), (base, theirs, ours), new, old)
        if more is None:
            return None
        tokens += more
    return tokens


def _rewritten(texts: list[list[str]]) -> bool:
    """Whether one side has so little left of a sentence that words of both would make none."""
    return any(likeness("".join(texts[0]), "".join(side)) < ALIKE for side in texts[1:])


def _change(
    judge: Judge, group: list[Strand], sides: tuple[list[_Token], list[_Token], list[_Token]], new: Level, old: Level
) -> list[_Token] | None:
    """A place at which a side changed words; None where both did so differently."""
    base, theirs, ours = sides
    was = [base[one.base] for one in group if one.base is not None]
    mine = [(one, theirs[one.theirs]) for one in group if one.theirs is not None]
    fresh = [ours[one.ours] for one in group if one.ours is not None]
    texts = ["".join(token.text for token in side) for side in (was, [token for _, token in mine], fresh)]
    if texts[1] == texts[0]:
        return fresh
    if texts[2] not in texts[:2]:
        return None
    return [
        _said(judge, token, new) if one.base is None else _kept(judge, token, base[one.base], None, new, old)
        for one, token in mine
    ]


def _kept(judge: Judge, theirs: _Token, base: _Token, ours: _Token | None, new: Level, old: Level) -> _Token:
    """A word that stands in all of them, in the look of both."""
    fresh = ours or base
    look, _ = three_way(judge, base.look, theirs.look, fresh.look, new.run, old.run)
    return replace(fresh, look=look)


def _said(judge: Judge, token: _Token, level: Level) -> _Token:
    return replace(token, look=judge.said(token.look, level.run))


def _own(judge: Judge, paragraph: Paragraph, levels: Levels) -> Paragraph:
    """A paragraph that is all theirs, without what it inherits."""
    level = _level(levels, paragraph)
    tokens = [_said(judge, token, level) for token in _tokens(paragraph)]
    return Paragraph(_runs(tokens), judge.said(paragraph.look, level.paragraph))


def _level(levels: Levels, paragraph: Paragraph) -> Level:
    number = int(paragraph.look.get("@lvl", "0"))
    return levels[min(number, len(levels) - 1)] if levels else Level()


def _tokens(paragraph: Paragraph) -> list[_Token]:
    found = []
    for run in paragraph.runs:
        whole = "field" in run.look or "raw" in run.look
        found += [_Token(text, run.look, run.lang) for text in ([run.text] if whole else words(run.text))]
    return found


def _runs(tokens: Sequence[_Token]) -> list[Run]:
    """Words of one look as one run."""
    runs: list[Run] = []
    for token in tokens:
        last = runs[-1] if runs else None
        whole = "field" in token.look or "raw" in token.look
        if last and not whole and last.look == token.look and last.lang == token.lang:
            last.text += token.text
        else:
            runs.append(Run(token.text, token.look, token.lang))
    return runs


def plain(text: Sequence[Paragraph]) -> str:
    """The words of a text, a paragraph a line."""
    return "\n".join(paragraph.text for paragraph in text)
