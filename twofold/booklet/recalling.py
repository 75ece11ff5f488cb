"""What was made of a chapter before, given again where it would come out the same.

While HTML is made of a chapter, all that is asked of the rest of the course is written down with the answer: a page,
the number of a slide, the height of a box. As long as the chapter is the same and all answers are, the HTML is too."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from twofold.kept import Kept
from twofold.model import Chapter

MOST = 4
"""Of one kind and chapter: each round of laying out knows other pages."""
Asker = TypeVar("Asker", bound="Recalling")
About = TypeVar("About", bound=Hashable)
Answer = TypeVar("Answer")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class _Recollection:
    """What was `made` of a chapter and other `values`, and what the methods with these names answered meanwhile."""

    chapter: Chapter
    values: tuple[Any, ...]
    answers: dict[tuple[str, Hashable], Any]
    made: Any


class Recalling:
    """A base for what makes something of chapters and asks the rest of the course by a `question` only."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, Hashable], Any] = {}

    def recalled(self, kind: Hashable, chapter: Chapter, values: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives of this kind, or what it gave of this very chapter and equal values before."""
        before = _RECOLLECTIONS.setdefault((kind, chapter.id), [])
        for one in before:
            if one.chapter is chapter and one.values == values and self._would_hear(one.answers):
                made: Made = one.made
                return made
        self._asked = {}
        made = make()
        before[:] = [_Recollection(chapter, values, self._asked, made), *before[: MOST - 1]]
        return made

    def _would_hear(self, answers: dict[tuple[str, Hashable], Any]) -> bool:
        self._asked = {}
        return all(getattr(self, name)(about) == answer for (name, about), answer in answers.items())


def question(method: Callable[[Asker, About], Answer]) -> Callable[[Asker, About], Answer]:
    """Lets the answers of a method be written down. Called again with the same, it must be all right to ask."""

    @wraps(method)
    def asked(self: Asker, about: About) -> Answer:
        answer = method(self, about)
        self._asked[method.__name__, about] = answer
        return answer

    return asked


_RECOLLECTIONS: Kept[Hashable, list[_Recollection]] = Kept()
"""By kind and chapter, the latest first."""
