"""Numbers of charts are written as the language of the course has them, the same in both outputs."""

import pytest

from twofold.model import Chart, Data
from twofold.numbers import Span, claimed, number, places, spans, written
from twofold.words import read_words


def chart(*rows: tuple[str, ...]) -> Chart:
    """A range chart of these rows."""
    return Chart(kind="range", data=Data(header=("Claim", "From", "To"), rows=rows), title="T", alt="x")


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("en-GB", ["5,597", "27,855", "46.4", "−1,200.5"]),
        ("de", ["5.597", "27.855", "46,4", "−1.200,5"]),
        ("ru", ["5597", "27\u00a0855", "46,4", "−1200,5"]),
        ("la", ["5,597", "27,855", "46.4", "−1,200.5"]),
    ],
)
def test_numbers_are_grouped_and_broken_as_the_language_does(language: str, numbers: list[str]) -> None:
    words = read_words(language)
    assert [written(value, words) for value in (5597, 27855, 46.4, -1200.5)] == numbers


def test_all_numbers_of_a_chart_have_as_many_digits_after_the_point() -> None:
    assert places(chart(("a", "46.25", "50"))) == 2
    assert written(50, read_words("en"), 2) == "50.00"
    assert places(chart(("a", "46", ""))) == 0


def test_an_empty_cell_is_not_zero() -> None:
    assert [number("0"), number(" "), number("2.5")] == [0.0, None, 2.5]


def test_an_open_end_is_said_in_words() -> None:
    claims = spans(chart(("a", "46", "46"), ("b", "500", "700"), ("c", "600", ""), ("d", "", "1700")))
    assert claims[2] == Span(600.0, None)
    assert [claimed(claim, read_words("de")) for claim in claims] == ["46", "500–700", "mindestens 600", "bis zu 1.700"]
    assert [claimed(claim, read_words("ru")) for claim in claims] == ["46", "500–700", "не менее 600", "до 1700"]
