"""Slides of every length for the tests of fit: words drawn by a seed, Latin and Cyrillic, in every kind of place."""

import random
from collections.abc import Callable

LATIN_TEXT = """
the of and to in men women camp wall night day guards who would not work until an inspector came from Moscow
prisoners elected their own commission which negotiated, kept order and wrote appeals; ten-day 1954–1956
self-government deputy-minister loudspeakers food/water “order” (later) 3,190 Kengir’s Zürich Kraków Łódź façade
Sub-camp commission—elected 16 May 10:45 pre-dawn Dzhezkazgan correspondingly counter-intelligence a
"""
CYRILLIC_TEXT = """
в и на не что лагерь восстание заключённые ночью стена Кенгир управление комиссия переговоры требования письмо
женщины мужчины охрана Степлаг сорок дней танки июня самоуправление приезжают железнодорожный — который
"""
LONG_TEXT = """
Donaudampfschifffahrtsgesellschaftskapitänspatent Selbstverwaltungskommissionsmitglieder antidisestablishmentarian
достопримечательность https://example.org/archive/kengir/1954/steplag-documents Krankenversicherungskarte in an
"""
LATIN, CYRILLIC, LONG = LATIN_TEXT.split(), CYRILLIC_TEXT.split(), LONG_TEXT.split()


def some(words: list[str], count: int, seed: int) -> str:
    """So many of the words, in an order that the seed says."""
    draw = random.Random(seed)
    return " ".join(draw.choice(words) for _ in range(count))


def _points(words: list[str], count: int, seed: int) -> str:
    """A list two levels deep."""
    draw, lines, left = random.Random(seed), [], count
    while left > 0:
        size = min(left, draw.randint(2, 14))
        lines.append(f"{'  ' * (len(lines) % 3 == 1)}- {some(words, size, draw.randrange(10_000))}")
        left -= size
    return "\n".join(lines)


def _numbers(words: list[str], count: int, seed: int) -> str:
    return "\n".join(f"{n}. {some(words, 9, seed + n)}" for n in range(1, max(2, count // 9)))


def _stressed(words: list[str], count: int, seed: int) -> str:
    parts = (some(words, count // 4, seed + n) for n in range(4))
    return "{} **{}** *{}* `{}`".format(*parts)


def _body(words: list[str], write: Callable[[list[str], int, int], str] = some) -> Callable[[int, int], str]:
    return lambda count, seed: f'::: {{.slide title="Body"}}\n{write(words, count, seed)}\n:::'


def _columns(words: list[str], columns: int) -> Callable[[int, int], str]:
    def slide(count: int, seed: int) -> str:
        parts = (f"::: column\n{some(words, count, seed + n)}\n:::" for n in range(columns))
        return ':::: {.slide title="Columns"}\n::::: columns\n' + "\n".join(parts) + "\n:::::\n::::"

    return slide


def _quote(words: list[str]) -> Callable[[int, int], str]:
    return lambda count, seed: f'::: {{.slide title="Words"}}\n> {some(words, count, seed)}\n:::'


def _headline(words: list[str]) -> Callable[[int, int], str]:
    return lambda count, seed: f'::: {{.slide title="{some(words, count, seed)}"}}\nSomething.\n:::'


def _statement(words: list[str]) -> Callable[[int, int], str]:
    return lambda count, seed: f'::: {{.slide title="{some(words, count, seed)}" layout=statement}}\nSomething.\n:::'


def _code(count: int, seed: int) -> str:
    rows = (f"def camp_{n}(women, men):  # {some(LATIN, 6, seed + n)}" for n in range(count // 7))
    return '::: {.slide title="Code"}\n```python\n' + "\n".join(rows) + "\n```\n:::"


KINDS: dict[str, tuple[Callable[[int, int], str], int]] = {
    "text": (_body(LATIN), 110),
    "Russian": (_body(CYRILLIC), 75),
    "long words": (_body(LONG), 40),
    "points": (_body(LATIN, _points), 70),
    "Russian points": (_body(CYRILLIC, _points), 50),
    "numbers": (_body(LATIN, _numbers), 70),
    "stressed": (_body(LATIN, _stressed), 85),
    "columns": (_columns(LATIN, 2), 57),
    "narrow columns": (_columns(LATIN, 3), 36),
    "narrow Russian": (_columns(CYRILLIC, 3), 24),
    "narrow long words": (_columns(LONG, 3), 10),
    "quotation": (_quote(LATIN), 46),
    "Russian quotation": (_quote(CYRILLIC), 32),
    "headline": (_headline(LATIN), 14),
    "Russian headline": (_headline(CYRILLIC), 9),
    "statement": (_statement(LATIN), 11),
    "code": (_code, 70),
}
"""Slides by what is hard about them: a function from a number of words and a seed, and the number that about fills the
place."""


def slides(each: int) -> str:
    """A chapter with `each` slides of every kind, from half full to half as much again as there is room for."""
    texts = []
    for kind, (slide, full) in KINDS.items():
        for number in range(each):
            share = 0.5 + number / max(1, each - 1)
            texts.append(slide(max(4, round(full * share)), hash_of(kind) + number * 101))
    return "# Many slides\n\n" + "\n\n".join(texts) + "\n"


def hash_of(text: str) -> int:
    """The same number for the same text in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(text)) % 10_007


def tables(count: int) -> str:
    """As many slides with a table of two to twelve rows, in three columns."""
    texts = []
    for number in range(count):
        words = LATIN if number % 2 else CYRILLIC
        rows = (
            f"| {n} May | {some(words, 5 + n % 9, number * 50 + n)} | {some(LONG, 2, number * 70 + n)} |"
            for n in range(1, 3 + number)
        )
        texts.append('::: {.slide title="Table"}\n| Day | What | Where |\n|--|--|--|\n' + "\n".join(rows) + "\n:::")
    return "# Tables\n\n" + "\n\n".join(texts) + "\n"
