"""The one door to WeasyPrint's private tree of boxes, `Page._page_box`.

Read from version 70.0, which pyproject.toml pins: descendants(), translate(), position_x, position_y, content_box_x(),
content_box_y(), margin_width(), border_width(), border_height(), is_in_normal_flow(), resume_at, text, replacement,
_svg, element, element_tag and style. WeasyPrint has no types for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = Any
BLANK = " \N{NO-BREAK SPACE}\n\t"
HYPHENS = ("\N{HYPHEN}", "-")


def boxes(page: Any) -> Iterator[tuple[Box, tuple[str, ...]]]:
    """Every box that an element of the HTML has on `page` (a weasyprint Page), with the classes of the element."""
    for box in page._page_box.descendants(placeholders=True):
        if _is_of_element(box):
            yield box, _classes(box)


def footnote_calls(page: Any) -> Iterator[Box]:
    """The calls on `page`, in the order of the text; their element is that of the note."""
    for box in page._page_box.descendants(placeholders=True):
        if (box.element_tag or "").endswith("::footnote-call") and _is_of_style(box):
            yield box


def prose(page: Any) -> Iterator[Box]:
    """The paragraphs of the author on a page; answers are none, they keep to their ruled lines."""
    found = list(boxes(page))
    answers = {id(inner) for box, names in found if "solution" in names for inner in box.element.iter()}
    for box, _ in found:
        if box.element_tag == "p" and box.element.get("data-place") and id(box.element) not in answers:
            yield box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph. `pieces` are the boxes of its own text, without notes and their calls; `asked` says that
    the author wanted a new line in it, `solid` that a picture or a blank stands in it, `last` that the paragraph ends
    with it."""

    box: Box
    pieces: tuple[Box, ...]
    asked: bool
    solid: bool
    last: bool

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def broken(self) -> bool:
        """Whether it ends inside a word."""
        return self.text.endswith(HYPHENS)


def lines(paragraph: Box) -> list[Line]:
    """The lines of a paragraph on its page."""
    found: list[Line] = []
    for box in paragraph.children:
        if not hasattr(box, "children") or not box.is_in_normal_flow():
            continue
        if hasattr(box, "resume_at"):
            pieces = tuple(_pieces(box))
            found.append(Line(box, pieces, _holds_break(box), _holds_solid(box), box.resume_at is None))
        elif box.element is paragraph.element:
            found += lines(box)  # where a mark stands among the words, they are in a box of their own
    return found


def _holds_break(line: Box) -> bool:
    return any(box.element_tag == "br" for box in line.descendants())


def _holds_solid(line: Box) -> bool:
    return any(type(box).__name__ in ("InlineBlockBox", "InlineReplacedBox") for box in line.descendants())


def root(page: Any) -> Any:
    """The outermost element of the HTML that a page comes from."""
    return page._page_box.children[0].element


def texts(page: Any) -> Iterator[Box]:
    """Every box of text on a page that is not empty, running heads included."""
    for box in page._page_box.descendants(placeholders=True):
        if getattr(box, "text", "").strip(BLANK):
            yield box


def bitmap_width(box: Box) -> int:
    """How many pixels wide the photograph in a box is, or 0."""
    picture: Any = getattr(box, "replacement", None)
    return int(picture.width) if hasattr(picture, "mode") else 0


def drawing(box: Box) -> Any:
    """The outermost node of the drawing in a box as WeasyPrint draws it, or None."""
    svg = getattr(getattr(box, "replacement", None), "_svg", None)
    return svg and svg.tree


def room_below(page: Any) -> float:
    """How much of a page is empty between its text and its footnotes or lower margin, in CSS pixels."""
    text, *others = page._page_box.children
    floor = page._page_box.content_box_y() + page._page_box.height
    floor = min([floor, *(box.position_y for box in others if type(box).__name__ == "FootnoteAreaBox")])
    return max(0.0, float(floor - max(_bottoms(text), default=text.position_y)))


def _bottoms(box: Box) -> Iterator[float]:
    """Where the lines and boxes in the normal flow end."""
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if hasattr(child, "resume_at") or not hasattr(child, "children") or "step" in _classes(child):
            yield child.position_y + child.margin_height()
        else:
            yield from _bottoms(child)


def _classes(box: Box) -> tuple[str, ...]:
    return tuple((box.element.get("class") or "").split()) if box.element is not None else ()


def _pieces(box: Box) -> Iterator[Box]:
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children") and child.is_in_normal_flow() and not child.element_tag.endswith("-call"):
            yield from _pieces(child)


def _is_of_element(box: Box) -> bool:
    """Not that of a pseudo-element, nor an anonymous one between an element and its lines."""
    if box.element is None or box.element_tag != box.element.tag or not hasattr(box, "margin_left"):
        return False
    return _is_of_style(box)


def _is_of_style(box: Box) -> bool:
    """Not an anonymous box, nor the text in one."""
    return hasattr(box, "children") and box.style.specified is not box.style
