"""Attributes in braces, `{#id .class key="value"}`, as Pandoc and Quarto spell them."""

import re
from dataclasses import dataclass, field

VALUE = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[^\s"\'{}]+'
PIECE = re.compile(
    rf"\s*(?:\#(?P<id>[^\s{{}}.#=]+)"
    rf"|\.(?P<class>[\w-]+)(?:=(?P<class_value>{VALUE}))?"
    rf"|(?P<key>[\w-]+)=(?P<value>{VALUE}))"
)
WHOLE = re.compile(rf"\{{(?:[^{{}}\"']|{VALUE})*\}}")


@dataclass(frozen=True, slots=True)
class Attributes:
    """`classes` maps a class to its value, "" for the usual class without one; `pairs` maps a key to its value."""

    id: str = ""
    classes: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)


def find_attributes(text: str, start: int = 0) -> tuple[str, int] | None:
    """The braces that begin at `start` of `text` and the position behind them, or None when none begin there."""
    found = WHOLE.match(text, start)
    return (found.group(), found.end()) if found else None


def parse_attributes(braces: str) -> Attributes:
    """Attributes from text in braces. Raises ValueError with the piece that cannot be read."""
    inner = braces.strip()[1:-1].strip()
    identifier, classes, pairs = "", {}, {}
    position = 0
    while position < len(inner):
        piece = PIECE.match(inner, position)
        if not piece or (piece.end() < len(inner) and not inner[piece.end()].isspace()):
            raise ValueError(inner[position:].strip())
        if piece["id"]:
            identifier = piece["id"]
        elif piece["class"]:
            classes[piece["class"]] = _unquoted(piece["class_value"] or "")
        else:
            pairs[piece["key"]] = _unquoted(piece["value"])
        position = piece.end()
    return Attributes(identifier, classes, pairs)


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value
