"""What to do with the paper after an edit: which pages and sheets are not what was printed, and which slides are not
what they were. Pure, and made of the standard library alone."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import groupby

Sheet = tuple[tuple[int | None, ...], ...]  # the pages on its front and on its back, counted from 1; None is blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A booklet as it goes onto paper. `file` is the hash of its sheets; `looks` one of how each page looks; `form`
    names size, paper and creep; `folios` gives the page of each anchor."""

    file: str
    looks: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    form: str
    folios: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChange:
    """What differs from the print: `pages` and `sheets` by their numbers in the new booklet, of `sheet_count`;
    `moved_from` is the first printed page of which something now stands elsewhere, None where all folios hold;
    `page_count` and `form` are what they were where they are not what they were, else None."""

    pages: tuple[int, ...]
    sheets: tuple[int, ...]
    sheet_count: int
    moved_from: int | None
    page_count: int | None = None
    form: str | None = None

    @property
    def printer_pages(self) -> str:
        """The pages of the file of sheets to ask a printer for, as its dialog wants them."""
        return ranges((side for sheet in self.sheets for side in (2 * sheet - 1, 2 * sheet)), comma=",", dash="-")

    def __str__(self) -> str:
        if not self.sheets:
            return "nothing differs from what was printed"
        return "; ".join((self._what(), self._sheets(), self._folios()))

    def _what(self) -> str:
        if self.form:
            return f"printed as {self.form} before"
        pages = f"page{'s differ' if len(self.pages) > 1 else ' differs'} from the print: {ranges(self.pages)}"
        counted = f", which had {self.page_count} pages" if self.page_count else ""
        return f"{len(self.pages)} {pages}{counted}"

    def _sheets(self) -> str:
        if len(self.sheets) == self.sheet_count:
            return "print all sheets again"
        which = f"sheet{'s' if len(self.sheets) > 1 else ''} {ranges(self.sheets)} of {self.sheet_count}"
        return f"print {which} again (pages {self.printer_pages} of the file)"

    def _folios(self) -> str:
        if self.moved_from is None:
            return "all page numbers hold"
        return f"page numbers hold up to {self.moved_from - 1}" if self.moved_from > 1 else "page numbers have moved"


def paper_change(printed: Edition, now: Edition) -> PaperChange:
    """What differs between a print and the booklet as it is now."""
    pages = tuple(
        number
        for number, look in enumerate(now.looks, 1)
        if number > len(printed.looks) or printed.looks[number - 1] != look
    )
    same_form = printed.form == now.form
    old = [_drawn(sheet, printed) for sheet in printed.sheets] if same_form else []
    sheets = tuple(
        number
        for number, sheet in enumerate(now.sheets, 1)
        if number > len(old) or _drawn(sheet, now) != old[number - 1]
    )
    moved = [page for anchor, page in printed.folios.items() if now.folios.get(anchor, page) != page]
    return PaperChange(
        pages=pages,
        sheets=sheets,
        sheet_count=len(now.sheets),
        moved_from=min(moved, default=None),
        page_count=len(printed.looks) if len(printed.looks) != len(now.looks) else None,
        form=None if same_form else printed.form,
    )


def _drawn(sheet: Sheet, edition: Edition) -> tuple[str, ...]:
    """What stands on a sheet, place by place."""
    return tuple(edition.looks[page - 1] if page else "" for side in sheet for page in side)


@dataclass(frozen=True, slots=True)
class SlideLook:
    """A generated slide: its key, its number, its title and a hash of all that it shows and says."""

    key: str
    number: int
    title: str
    look: str


@dataclass(frozen=True, slots=True)
class SlideChange:
    """A slide that is not as it was. `why` is "chapters", "by hand" or "both"; `what` is "new", "gone" or "changed",
    `number` that of the slide now, or before where it is gone."""

    key: str
    number: int
    title: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.number} “{self.title}”"


def slide_changes(
    before: Iterable[SlideLook],
    now: Iterable[SlideLook],
    by_hand: Set[str] = frozenset(),
    deleted: Set[str] = frozenset(),
) -> tuple[SlideChange, ...]:
    """The slides that are not as the last build left them; `by_hand` are the keys of those that the teacher changed,
    `deleted` of those that he took out."""
    old, new = ({slide.key: slide for slide in slides} for slides in (before, now))
    changes = [_change(slide, old.get(key), by_hand) for key, slide in new.items()]
    gone = [
        SlideChange(key, one.number, one.title, "gone", "by hand" if key in deleted else "chapters")
        for key, one in old.items()
        if key not in new
    ]
    return tuple(change for change in (*changes, *gone) if change)


def _change(slide: SlideLook, before: SlideLook | None, by_hand: Set[str]) -> SlideChange | None:
    chapters, hand = before is None or before.look != slide.look, slide.key in by_hand
    if not (chapters or hand):
        return None
    why = "both" if chapters and hand else "chapters" if chapters else "by hand"
    return SlideChange(slide.key, slide.number, slide.title, "changed" if before else "new", why)


MOST_NAMED = 9
"""More slides than this are told by their numbers alone."""
REASONS = {
    ("changed", "chapters"): "changed by the chapters",
    ("changed", "by hand"): "changed by hand",
    ("changed", "both"): "changed by the chapters and by hand",
    ("new", "chapters"): "new",
    ("new", "both"): "new, and changed by hand",
    ("gone", "chapters"): "no longer there",
    ("gone", "by hand"): "deleted by you",
}


def sentences(changes: Iterable[SlideChange]) -> Iterable[str]:
    """The changes told by their reasons, one line each; of many slides only the numbers."""
    told = list(changes)
    for (what, why), words in REASONS.items():
        if found := [one for one in told if (one.what, one.why) == (what, why)]:
            named = ", ".join(map(str, found)) if len(found) <= MOST_NAMED else ranges(one.number for one in found)
            yield f"slides {words}: {named}"


def ranges(numbers: Iterable[int], comma: str = ", ", dash: str = "–") -> str:
    """Numbers in a few words: “3, 5–8, 20”."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    ]
    return comma.join(str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs)
