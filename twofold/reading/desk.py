"""What every part of the reader has at hand while it reads one chapter."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from twofold.ledger import Ledger
from twofold.model import Blocks
from twofold.problems import Place, Problem, Severity, did_you_mean
from twofold.reading.attributes import Attributes, parse_attributes


@dataclass(slots=True)
class Desk:
    """The chapter on the desk: its source lines, its footnotes by number, and what was found wrong so far; beside it
    the course's ledger, None when it is broken. `needs_no_file` until it names data in a file of their own."""

    folder: Path
    file: str
    chapter_id: str
    lines: list[str]
    markdown: MarkdownIt
    ledger: Ledger | None
    problems: list[Problem] = field(default_factory=list)
    needs_no_file: bool = True
    footnotes: dict[int, Blocks] | None = None  # None while they are read themselves
    slugs: set[str] = field(default_factory=set)

    def place(self, node: SyntaxTreeNode) -> Place:
        """Where a block token begins; an inner token without lines stands where its nearest parent does."""
        current: SyntaxTreeNode | None = node
        while current and not current.is_root:
            if current.map:
                return Place(self.file, current.map[0] + 1)
            current = current.parent
        return Place(self.file)

    def error(self, place: Place, message: str, hint: str = "") -> None:
        """Notes an error and lets reading go on."""
        self.problems.append(Problem(place, message, hint))

    def warn(self, place: Place, message: str, hint: str = "") -> None:
        """Notes something that may be meant."""
        self.problems.append(Problem(place, message, hint, Severity.WARNING))

    def attributes(self, braces: str, place: Place) -> Attributes:
        """Attributes in braces; what cannot be read is an error and counts as nothing."""
        try:
            return parse_attributes(braces)
        except ValueError as error:
            self.error(place, f"these attributes cannot be read from “{error}” on", 'write {#id .class key="value"}')
            return Attributes()

    def check_names(self, kind: str, names: Iterable[str], known: Iterable[str], place: Place) -> None:
        """An error for each name that is not known, with the nearest one that is."""
        for name in names:
            if name not in known:
                self.error(place, f"unknown {kind} “{name}”", did_you_mean(name, known))

    def share(self, value: str, place: Place) -> float:
        """A share of the whole such as "60%", as 0.6."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)%", value)
        if found and 0 < float(found[1]) <= 100:
            return float(found[1]) / 100
        self.error(place, f"“{value}” is not a width", 'write a share of the whole, as width="60%"')
        return 1.0

    def slug(self, text: str) -> str:
        """An id made from words, unique in the course because the chapter's id stands before it."""
        folded = unicodedata.normalize("NFKD", text.lower())
        words = re.findall(r"\w+", "".join(letter for letter in folded if not unicodedata.combining(letter)))
        base = f"{self.chapter_id}.{'-'.join(words) or 'section'}"
        name, count = base, 1
        while name in self.slugs:
            count += 1
            name = f"{base}-{count}"
        self.slugs.add(name)
        return name
