"""Colours as a copier sees them."""

from tinycss2.color4 import parse_color

Colour = tuple[float, float, float]  # red, green and blue from 0 to 1
WHITE: Colour = (1.0, 1.0, 1.0)
DISTINCT = 0.25  # two colours differ for the eye if one of red, green and blue differs by so much
APART = 1.4  # and for a copier if their greys have so much contrast


def colour(text: str) -> Colour | None:
    """A colour as CSS writes it; None for what has none, as a pattern."""
    found = parse_color(text)
    if found is None or isinstance(found, str) or found.alpha == 0:
        return None
    red, green, blue = found.to("srgb").coordinates
    return (red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same grey, to 21, black on white (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def alike(one: Colour, other: Colour) -> bool:
    """Whether an eye tells two colours apart, and a copier does not."""
    differ = max(abs(first - second) for first, second in zip(one, other, strict=True)) >= DISTINCT
    return differ and contrast(one, other) < APART


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
