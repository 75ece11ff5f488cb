"""Runs of eight words, as short hashes: what the course must not share with the articles that it criticises.

The articles belong to their authors and are not here. `tests/data/articles.hashes` holds a salted hash of each run of
eight words in them, too short to tell the words; it was written from their texts with

    python -m tests.shingles article-a.txt article-b.txt article-c.txt
"""

import re
import sys
from hashlib import sha256
from pathlib import Path

HASHES = Path(__file__).parent / "data" / "articles.hashes"
RUN = 8
SALT = "kengir"
DIGITS = 12
WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(r"\{[^{}]*\}|\[@[^\]]*\]|<[^<>]*>", re.DOTALL)


def shingles(text: str) -> set[str]:
    """Every run of eight words in a text, in small letters and without apostrophes."""
    words = WORD.findall(re.sub("['’]", "", text.casefold()))
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def written(text: str) -> set[str]:
    """The same for a file of a course, with its markup read as words and without it."""
    return shingles(text) | shingles(MARKUP.sub("", text))


def hashed(shingle: str) -> str:
    """The hash of a run."""
    return sha256(f"{SALT} {shingle}".encode()).hexdigest()[:DIGITS]


def main() -> None:
    """Writes the hashes of the texts that are named, eight in a line."""
    runs = {shingle for name in sys.argv[1:] for shingle in shingles(Path(name).read_text(encoding="utf-8"))}
    hashes = sorted(map(hashed, runs))
    lines = (" ".join(hashes[start : start + 8]) for start in range(0, len(hashes), 8))
    HASHES.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
