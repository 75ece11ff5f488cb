"""What a deck costs as it grows: seconds and memory beside bare python-pptx and beside pandoc.

Each deck is made by a process of its own, from a generated course. Bare python-pptx writes the same words, pictures,
charts and tables into its default template, with the same counted names of parts; pandoc gets them as Markdown.

    python3 -m uv run --group bench bench/decks.py [--runs 3]
"""

import argparse
import gc
import pickle
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.clock import Cost, cost  # noqa: E402  # after the path to it
from bench.courses import write_course  # noqa: E402
from bench.engines import contents  # noqa: E402

CHAPTERS = (25, 80, 125)
"""Of which 201, 641 and 1,001 slides are made."""


def write(folder: Path, path: Path) -> None:
    """Read, plan, draw, look through, write."""
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.plan import plan

    gc.set_threshold(100_000)  # as both commands do
    opened = open_course(folder)
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)


def for_pandoc(slides: list[dict[str, Any]]) -> str:
    """The same slides as pandoc spells them; it makes no charts, so that their numbers are a table."""
    return "\n\n".join(
        f"## {(slide['texts'] or [''])[0]}\n\n" + "\n\n".join(_shown(slide)) + f"\n\n::: notes\n{slide['notes']}\n:::"
        for slide in slides
    )


def _shown(slide: dict[str, Any]) -> Iterator[str]:
    charts = ([[name, *values] for name, values in series] for _, series in slide["charts"])
    for rows in (*slide["tables"], *charts):
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
        yield "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    if slide["pictures"]:
        yield "![A picture](picture.png)"
    yield "\n".join(f"- {text}" for text in slide["texts"][1:] if text)


def middle(runs: int, *command: object) -> Cost:
    """The middle seconds of several runs, and the most memory."""
    seconds, memory = zip(*(cost(*command) for _ in range(runs)), strict=True)
    return Cost(statistics.median(seconds), max(memory))


def table(folder: Path, runs: int) -> None:
    import pypandoc

    print("slides   twofold        bare python-pptx   ratio   pandoc         ratio")
    taken = {}
    for chapters in CHAPTERS:
        place, deck, kept = folder / str(chapters), folder / "deck.pptx", folder / "kept"
        write_course(place, chapters)
        ours = middle(runs, sys.executable, __file__, "--write", place, deck)
        slides = contents(deck)
        kept.write_bytes(pickle.dumps(slides))
        bare = middle(runs, sys.executable, ROOT / "bench" / "engines.py", "pptx", kept, folder / "bare.pptx")
        (text := folder / "text.md").write_text(for_pandoc(slides), encoding="utf-8")
        (folder / "picture.png").write_bytes(next(one for slide in slides for one in slide["pictures"]))
        command = (pypandoc.get_pandoc_path(), text, "--resource-path", folder, "-o", folder / "pandoc.pptx")
        theirs = middle(1 if chapters > CHAPTERS[0] else runs, *command)
        taken[len(slides)] = ours.seconds
        print(
            f"{len(slides):6}   {ours.seconds:5.1f} s {ours.memory:4.0f} MB"
            f"   {bare.seconds:5.1f} s {bare.memory:4.0f} MB   {ours.seconds / bare.seconds:4.2f}"
            f"   {theirs.seconds:6.1f} s {theirs.memory:4.0f} MB   {ours.seconds / theirs.seconds:4.2f}",
            flush=True,
        )
    least, most = min(taken), max(taken)
    print(f"{most} slides take {taken[most] / taken[least]:.2f} times as long as {least}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", nargs=2, type=Path, metavar=("CHAPTERS", "DECK"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        write(*arguments.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        table(Path(folder), arguments.runs)


if __name__ == "__main__":
    main()
