"""layouts/slides/theme.toml: mistakes in it are told, and what it says can be read from the last row."""

from itertools import combinations
from pathlib import Path

import pytest

from twofold.problems import CourseError, Problem
from twofold.slides.theme import THEME, Box, Spot, Style, Theme, read_theme

TEXT = THEME.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def theme() -> Theme:
    return read_theme()


def told(tmp_path: Path, text: str) -> Problem:
    """What is said of a theme with a mistake in it."""
    path = tmp_path / "theme.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_theme(path)
    return caught.value.problems[0]


def line_of(words: str, text: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_an_unknown_key_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    text = TEXT.replace("spacing = 1.6", "spaceing = 1.6", 1)
    problem = told(tmp_path, text)
    assert problem.place.line == line_of("spaceing", text)
    assert "spacing" in problem.hint


def test_a_place_that_does_not_exist_is_told(tmp_path: Path) -> None:
    text = TEXT.replace('"emblem-caption"]', '"emblem-capton"]', 1)
    problem = told(tmp_path, text)
    assert problem.place.line == line_of("emblem-capton", text)
    assert "emblem-caption" in problem.hint


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('colour = "dk1"', 'colour = "ink"'),
        ("size = 64", 'size = "large"'),
        ("[fonts]", "[fonts"),
        ('style = "headline"', 'style = "headlines"'),
    ],
)
def test_a_wrong_value_is_told(right: str, wrong: str, tmp_path: Path) -> None:
    assert told(tmp_path, TEXT.replace(right, wrong, 1)).place.file == "theme.toml"


def test_places_stand_on_the_slide_and_never_on_each_other(theme: Theme) -> None:
    for role in theme.layouts:
        boxes = {name: spot.at for name, spot in theme.spots(role).items()}
        for box in boxes.values():
            assert box.x >= 0 and box.y >= 0
            assert box.x + box.width <= theme.slide.width and box.y + box.height <= theme.slide.height
        for (one, first), (other, second) in combinations(boxes.items(), 2):
            assert not overlap(first, second), (role, one, other)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def test_everything_can_be_read_from_the_last_row(theme: Theme) -> None:
    """Body 24 pt and more, tables and charts 16, sources 12."""
    for name in ("body", "side", "lead", "quote", "task"):
        assert (theme.styles[name].least or theme.styles[name].size) >= 24
    assert min(theme.styles[theme.table.cell].size, theme.styles[theme.table.head].size, theme.chart.size) >= 16
    assert min(style.least or style.size for style in theme.styles.values()) >= 12


def test_text_stands_out_from_its_ground(theme: Theme) -> None:
    """7 to 1 and more on every background and panel."""
    for role in theme.layouts:
        for spot in theme.spots(role).values():
            for ground in grounds(theme, role, spot):
                assert contrast(theme, theme.styles[spot.style], ground) >= 7, (role, spot.name, ground)


def grounds(theme: Theme, role: str, spot: Spot) -> list[str]:
    """What lies below a place: the panel that holds it, or the background and the panels that it touches."""
    layout = theme.layouts[role]
    holding = [shape.fill for shape in layout.shapes if holds(shape.at, spot.at)]
    touched = [
        shape.fill for shape in layout.shapes if overlap(shape.at, spot.at) and shape.at.width > 5 < shape.at.height
    ]
    return holding[-1:] or [layout.background, *touched]


def holds(one: Box, other: Box) -> bool:
    across = one.x <= other.x and other.x + other.width <= one.x + one.width
    return across and one.y <= other.y and other.y + other.height <= one.y + one.height


def contrast(theme: Theme, style: Style, ground: str) -> float:
    """The contrast ratio of WCAG."""
    light, dark = sorted((luminance(theme.colours[slot]) for slot in (style.colour, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_place_has_one_index_on_all_layouts(theme: Theme) -> None:
    """So that a change of layout in PowerPoint keeps what stands in it; two places of one layout never share one."""
    for role in theme.layouts:
        indices = [spot.index for spot in theme.spots(role).values()]
        assert len(indices) == len(set(indices)), role
