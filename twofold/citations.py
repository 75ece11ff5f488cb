"""Citations and bibliography in a CSL style: the only importer of citeproc."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from citeproc import Citation as CslCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from twofold.course import Work
from twofold.kept import Kept
from twofold.model import (
    BibliographyEntry,
    Citation,
    Cited,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Text,
)
from twofold.trees import plain
from twofold.words import LAYOUTS

STYLES = LAYOUTS / "citations"
FALLBACK_LOCALE = "en-GB"
URL = re.compile(r"(https?://[^\s<]+?)(?=[.,;)]*(?:\s|$))")


def styles() -> tuple[str, ...]:
    """The names of the citation styles that the layouts hold."""
    return tuple(sorted(path.stem for path in STYLES.glob("*.csl")))


class Citer:
    """Prints citations of `works` in one style and one language; every key it is asked for must be a work."""

    def __init__(self, works: Mapping[str, Work], style: str, language: str) -> None:
        self.works = works
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc-py warns of CSL-JSON fields that it does not use
            source = CiteProcJSON([_csl(work) for work in works.values()])
            self._bibliography = CitationStylesBibliography(
                _style(STYLES / f"{style}.csl", language), source, formatter.html
            )
        root = self._bibliography.style.root
        self.in_notes = root.get("class") == "note"
        self._cited: list[str] = []
        self._says_ibid = root.find(".//*[@position]") is not None
        self._printed = _printed_before(works, style, language)

    def cite(self, citation: Citation) -> Inlines:
        """What the style prints for a citation, without brackets or a closing full stop of its own."""
        items = []
        for work in citation.works:
            extra = {"prefix": f"{work.prefix} "} if work.prefix else {}
            if work.locator:
                extra["suffix"] = f", {work.locator}"
            items.append(CitationItem(work.key, **extra))
            self._cited += [] if work.key in self._cited else [work.key]
        csl = CslCitation(items)
        self._bibliography.register(csl)
        printed = self._printed.citations
        if self._says_ibid or citation.works not in printed:
            printed[citation.works] = self._print(csl)
        return printed[citation.works]

    def _print(self, csl: CslCitation) -> Inlines:
        # citeproc-py prints the works of a note in the order of this list, and the author's order is meant
        keys = dict.fromkeys([*(item.key for item in csl.cites), *self._bibliography.keys])
        self._bibliography.keys = list(keys)
        return inlines_of(str(self._bibliography.cite(csl, lambda item: None)))

    def bibliography(self) -> tuple[BibliographyEntry, ...]:
        """The works cited so far, in the alphabet of their short names, by which the notes call them."""
        cited, printed = tuple(self._cited), self._printed.bibliographies
        if self._says_ibid or cited not in printed:
            printed[cited] = tuple(self._entries()) if cited else ()
        return printed[cited]

    def _entries(self) -> Iterator[BibliographyEntry]:
        printed = zip(self._cited, self._bibliography.bibliography(), strict=True)
        entries = (
            BibliographyEntry(key=key, short=self._short(key), full=inlines_of(_tidy(str(entry))), note=self._note(key))
            for key, entry in printed
        )
        yield from sorted(entries, key=lambda entry: entry.short.casefold())

    def _short(self, key: str) -> str:
        csl = CslCitation([CitationItem(key)])
        csl.bibliography = self._bibliography
        return plain(inlines_of(str(self._bibliography.cite(csl, lambda item: None)))).strip("()")

    def _note(self, key: str) -> str:
        return str(self.works[key].csl.get("note", ""))


@dataclass(frozen=True, slots=True)
class _Printed:
    """What was printed of some works in one style and one language: citations, and the bibliographies of works cited
    in some order."""

    works: Mapping[str, Work]
    citations: dict[tuple[Cited, ...], Inlines] = field(default_factory=dict)
    bibliographies: dict[tuple[str, ...], tuple[BibliographyEntry, ...]] = field(default_factory=dict)


def _printed_before(works: Mapping[str, Work], style: str, language: str) -> _Printed:
    """What was printed in this program, as long as the works are the same."""
    known = _PRINTED.get((style, language))
    if not known or known.works != works:
        _PRINTED[style, language] = known = _Printed(works)
    return known


_PRINTED: Kept[tuple[str, str], _Printed] = Kept()
"""By the style and the language."""


def _tidy(html: str) -> str:
    """No full stop behind a title that ends with a mark of its own."""
    return re.sub(r"([?!…](?:</i>|[’”])*)\.", r"\1", html)


def _csl(work: Work) -> dict[str, Any]:
    """The work with the one field that CSL-JSON spells in two ways."""
    return {"title-short": work.csl["shortTitle"], **work.csl} if "shortTitle" in work.csl else work.csl


def _style(path: Path, language: str) -> CitationStylesStyle:
    try:
        return CitationStylesStyle(str(path), locale=language, validate=False)
    except ValueError:  # a language that CSL has no locale for
        return CitationStylesStyle(str(path), locale=FALLBACK_LOCALE, validate=False)


# ---------------------------------------------------------------- citeproc's HTML into inlines


def inlines_of(html: str) -> Inlines:
    """Inlines from the little HTML that citeproc prints: words, italics and bold."""
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    return tuple(reader.stack[0])


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[list[Inline]] = [[]]

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.stack.append([])

    def handle_endtag(self, tag: str) -> None:
        content = tuple(self.stack.pop())
        match tag:
            case "i":
                self.stack[-1].append(Emphasis(content=content))
            case "b":
                self.stack[-1].append(Strong(content=content))
            case _:
                self.stack[-1].extend(content)

    def handle_data(self, data: str) -> None:
        for number, piece in enumerate(URL.split(data)):
            if number % 2:
                self.stack[-1].append(Link(url=piece, content=(Text(text=piece),)))
            elif piece:
                self.stack[-1].append(Text(text=piece))
