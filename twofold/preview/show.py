"""What the page shows: what the last build made and told, and the pictures of it, drawn when somebody looks."""

from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Condition
from typing import Any

from twofold.builds.paper import MADE, read_edition, read_slides
from twofold.builds.record import digest
from twofold.command import Speaker
from twofold.preview.pages import draw_page
from twofold.preview.slides import Slides
from twofold.reprinting import editions
from twofold.sheets import FILES

DECK = "slides.pptx"


@dataclass
class Show:
    """What there is to see of a command's outputs. `version` counts up whenever that changes.

    Engines that draw are none for several threads: one thread of ours asks them."""

    edition: str
    out: Path
    deck: str
    version: int = 0
    _state: dict[str, Any] = field(default_factory=dict)
    _news: Condition = field(default_factory=Condition)
    _hand: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def begin(self) -> None:
        """A build begins."""
        self._tell({**self._state, "building": True})

    def end(self, speaker: Speaker, *, built: bool) -> None:
        """A build has ended, as its speaker tells it."""
        before = self._state
        state: dict[str, Any] = {
            "building": False,
            "built": built,
            "problems": speaker.told_problems(),
            "said": [words.strip() for words in speaker.said if words.strip()],
            "pages": self._pages(),
            "slides": self._slides(),
        }
        if built:
            for kind in ("pages", "slides"):
                state[f"{kind}_changed"] = _changed(before.get(kind), state[kind])
        self._tell(state)

    def state(self, after: int, patience: float) -> dict[str, Any]:
        """What there is to see, as soon as it is newer than version `after` or `patience` seconds have passed."""
        with self._news:
            self._news.wait_for(lambda: self.version > after, patience)
            return {"version": self.version, **self._state}

    def page(self, number: int) -> bytes:
        """A page of the booklet as PNG. Raises IndexError or OSError where there is none."""
        path = self.out / FILES[self.edition][0]
        return self._drawn(lambda: draw_page(path, number))

    def slide(self, number: int) -> bytes:
        """A slide as PNG. Raises IndexError or OSError where there is none."""
        return self._drawn(lambda: _slides_of(self.out / self.deck, digest(self.out / self.deck)).draw(number))

    def _drawn(self, draw: Callable[[], bytes]) -> bytes:
        return self._hand.submit(draw).result()

    def _tell(self, state: dict[str, Any]) -> None:
        with self._news:
            self._state, self.version = state, self.version + 1
            self._news.notify_all()

    def _pages(self) -> list[str]:
        """How each page looks, or nothing where there is no booklet yet."""
        edition = read_edition(self.out, MADE, self.edition)
        return list(edition.looks) if edition and (self.out / FILES[self.edition][0]).exists() else []

    def _slides(self) -> list[dict[str, Any]]:
        """Number, title and look of each slide, or nothing where there is no deck yet. A slide that the teacher added
        is not among those that were generated, and all are then known by their numbers alone."""
        path = self.out / self.deck
        known = read_slides(self.out, self.deck)
        if known is None or not path.exists():
            return []
        file = digest(path)
        count = self._hand.submit(lambda: len(_slides_of(path, file))).result()
        if count == len(known):
            return [asdict(slide) | {"file": file[:12]} for slide in known]
        return [{"number": n, "title": f"Slide {n}", "look": file, "file": file[:12]} for n in range(1, count + 1)]


@lru_cache(maxsize=1)
def _slides_of(path: Path, _digest: str) -> Slides:
    return Slides(path)


def _changed(before: list[Any] | None, now: list[Any]) -> list[int]:
    """The places, from 1, where something else stands now."""
    if not before:
        return []
    known = dict(enumerate(map(_look, before)))
    return [place + 1 for place, one in enumerate(now) if known.get(place) != _look(one)]


def _look(one: Any) -> str:
    return str(one["look"] if isinstance(one, dict) else one)


def show_of(arguments: Namespace) -> Show:
    """What there is to see of a command's outputs."""
    lesson = getattr(arguments, "lesson", None)
    edition = editions(arguments)[0] if hasattr(arguments, "edition") else next(iter(FILES))
    return Show(edition, arguments.out, f"slides-lesson-{lesson}.pptx" if lesson else DECK)
