"""What a merge did: told to the teacher in sentences, to a program as data, and what gave way in the slide's notes."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

What = Literal["edit", "conflict", "own", "kept", "gone", "deleted", "returned", "reordered", "dropped", "unkept"]


class Told(msgspec.Struct, omit_defaults=True):
    """Something that happened to the slide `key`, titled `title`: `part` is the shape or the notes, `chapters` what the
    chapters say and the slide does not."""

    what: What
    key: str
    title: str = ""
    part: str = ""
    chapters: str = ""

    def __str__(self) -> str:
        where = f"“{self.title or self.key}”" + (f", {self.part}" if self.part else "")
        return f"{where}: {SENTENCES[self.what]}" + (
            f"; the chapters say “{_short(self.chapters)}”" if self.chapters else ""
        )


SENTENCES: dict[What, str] = {
    "edit": "your changes are kept",
    "conflict": "you and the chapters changed the same; yours stays",
    "own": "your own slide is kept",
    "kept": "no longer in the chapters; it stays because you changed it",
    "gone": "you deleted it; it stays deleted",
    "deleted": "you deleted it, and the chapters have changed it since; it stays deleted",
    "returned": "is back",
    "reordered": "you and the chapters moved slides; your order stays",
    "dropped": "the chapters dropped what you changed; it stays",
    "unkept": "what you changed there could not be kept",
}


class Report(msgspec.Struct):
    """All that happened, slide by slide. `generation` is that of the chapters' deck."""

    generation: str = ""
    told: list[Told] = []

    def add(self, what: What, key: str, title: str = "", part: str = "", chapters: str = "") -> None:
        """Tells of something once."""
        one = Told(what, key, title, part, chapters)
        if one not in self.told:
            self.told.append(one)

    def sentences(self) -> Iterator[str]:
        """What a teacher should hear of: everything but plain edits and slides that stay away, which are counted."""
        edited, gone = ({one.key for one in self.told if one.what == what and one.key} for what in ("edit", "gone"))
        if edited:
            yield f"your changes on {len(edited)} slide{'s' if len(edited) != 1 else ''} are kept"
        decks = [one.part for one in self.told if one.what == "edit" and not one.key]
        yield from (f"your changes of the deck's {part} are kept" for part in decks)
        if gone:
            yield f"slides that you deleted stay away until --restore: {len(gone)}"
        yield from (str(one) for one in self.told if one.what not in ("edit", "gone"))

    def slides_by_hand(self) -> set[str]:
        """The keys of slides on which something of the teacher's stands."""
        return {one.key for one in self.told if one.key and one.what in ("edit", "conflict", "own", "kept")}

    def slides_deleted(self) -> set[str]:
        """The keys of slides that the chapters have and the teacher does not want."""
        return {one.key for one in self.told if one.what in ("gone", "deleted")}

    def data(self) -> dict[str, Any]:
        """The same for a program."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def _short(text: str) -> str:
    line = " / ".join(text.split("\n"))
    return line if len(line) <= 200 else line[:199] + "…"
