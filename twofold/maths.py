"""TeX formulas into drawings, the same for page and slide."""

from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as SVG. `width`, `height` and `depth` (below the baseline) are in the unit of the size asked for."""

    svg: bytes
    width: float
    height: float
    depth: float


@lru_cache(maxsize=512)
def formula(tex: str, size: float) -> Formula:
    """Draws `tex` at a font size. Raises ValueError with a sentence when it is not TeX that can be drawn."""
    try:
        mathml = convert(tex)
    except Exception as error:
        # latex2mathml raises a class of its own for each mistake and says nothing but the class's name
        raise ValueError(f"the formula “{tex}” cannot be read ({type(error).__name__})") from None
    for element in ElementTree.fromstring(mathml).iter():
        if (element.text or "").startswith("\\"):
            raise ValueError(f"the formula “{tex}” uses {element.text}, which is not known")
    drawn = _drawn(mathml, size)
    _, top, width, height = map(float, drawn.attrib["viewBox"].split())  # its origin is on the baseline
    return Formula(ElementTree.tostring(drawn), width, height, top + height)


def _drawn(mathml: str, size: float) -> ElementTree.Element:
    from ziamath.config import config  # here, since its import takes longer than reading a course without formulas
    from ziamath.zmath import Math

    config.svg2 = False  # plain paths: ids of shared glyphs would clash when many formulas stand on one page
    drawn: ElementTree.Element = Math(mathml, size=size).svgxml()
    return drawn
