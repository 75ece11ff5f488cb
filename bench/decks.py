"""What a deck costs as it grows: seconds and memory beside bare python-pptx and beside pandoc.

Each deck is made by a process of its own from the same generated course: six slides of ten hold points, two a
picture, one a chart and one a table, and all have notes. Bare python-pptx writes the same words, pictures, charts and
tables into its default template, with the same counted names of parts; pandoc gets the same text as Markdown.

    python3 -m uv run --group bench bench/decks.py [--runs 3]
"""

import argparse
import gc
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (200, 641, 1000)
IN_A_CHAPTER = 50
PICTURES = 20
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect x="{n}" width="40" height="40"/></svg>'
TEXT = "the camp elected its own commission which kept order for forty days and wrote down what it wanted"
WORDS = TEXT.split()


# ---------------------------------------------------------------- the course


def course(folder: Path, slides: int) -> None:
    """A course of so many slides beside its title and sections."""
    (folder / "figures").mkdir(parents=True)
    (folder / "course.toml").write_text('title = "A long course"\nlanguage = "en-GB"\n', encoding="utf-8")
    for number in range(PICTURES):
        (folder / "figures" / f"{number}.svg").write_text(SVG.format(n=number), encoding="utf-8")
    for first in range(0, slides, IN_A_CHAPTER):
        texts = (slide(number) for number in range(first, min(first + IN_A_CHAPTER, slides)))
        chapter = first // IN_A_CHAPTER + 1
        text = f"# Chapter {chapter}\n\n" + "\n\n".join(texts) + "\n"
        (folder / f"{chapter:02}-chapter-{chapter}.md").write_text(text, encoding="utf-8")


def slide(number: int) -> str:
    notes = f"::: notes\n{said(number, 30)}\n:::"
    return f'::: {{.slide title="{said(number, 7)}" #s{number}}}\n{shown(number)}\n\n{notes}\n:::'


def said(number: int, count: int) -> str:
    """Words that differ from slide to slide."""
    return f"{number} " + " ".join(WORDS[(number + word * 7) % len(WORDS)] for word in range(count))


def shown(number: int) -> str:
    match number % 10:
        case 6 | 7:
            return f"![A picture](figures/{number % PICTURES}.svg){{alt=picture}}"
        case 8:
            rows = "\n".join(f"Year {year},{year * number % 97}" for year in range(1, 5))
            return f'```{{.chart type=bar title="Years" alt="Bars"}}\nYear,Prisoners\n{rows}\n```'
        case 9:
            return "| Year | Prisoners |\n|---|---|\n" + "\n".join(f"| {year} | {year * number} |" for year in range(5))
        case _:
            return "\n".join(f"- {said(number + point, 8)}" for point in range(4))


# ---------------------------------------------------------------- who writes it


def ours(folder: Path, path: Path) -> None:
    """Read, plan, draw, look through, write."""
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.plan import plan

    opened = open_course(folder)
    build_deck(plan(opened.course), opened.course, opened.folder, opened.words, {}).write(path)


def contents(path: Path) -> list[dict[str, Any]]:
    """Words, notes, pictures, tables and charts of each slide of a deck."""
    from pptx import Presentation

    return [
        {
            "texts": [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame],
            "pictures": [shape.image.blob for shape in slide.shapes if hasattr(shape, "image")],
            "tables": [
                [[cell.text for cell in row.cells] for row in shape.table.rows]
                for shape in slide.shapes
                if shape.has_table
            ],
            "charts": [
                (
                    [str(name) for name in plot.categories],
                    [(series.name, list(series.values)) for series in plot.series],
                )
                for shape in slide.shapes
                if shape.has_chart
                for plot in shape.chart.plots
            ],
            "notes": slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
        }
        for slide in Presentation(str(path)).slides
    ]


def bare(kept: Path, path: Path) -> None:
    """python-pptx alone, with counted names."""
    import io

    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    from twofold.slides.naming import opened

    deck = opened()
    for content in pickle.loads(kept.read_bytes()):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        title, *rest = content["texts"] or [""]
        slide.shapes.title.text, slide.placeholders[1].text = title, "\n".join(rest)
        for picture in content["pictures"]:
            slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
        for rows in content["tables"]:
            table = slide.shapes.add_table(len(rows), len(rows[0]), 0, 0, 9_000_000, 3_000_000).table
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    table.cell(y, x).text = cell
        for categories, series in content["charts"]:
            data = CategoryChartData()
            data.categories = categories
            for name, values in series:
                data.add_series(name, values)
            slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 9_000_000, 3_000_000, data)
        if content["notes"]:
            slide.notes_slide.notes_text_frame.text = content["notes"]
    deck.save(str(path))


def for_pandoc(slides: int) -> str:
    """The same text as pandoc spells it; it makes no charts, so that their numbers are a table."""
    return "\n\n".join(
        f"## {said(number, 7)}\n\n{_pandoc_shown(number)}\n\n::: notes\n{said(number, 30)}\n:::"
        for number in range(slides)
    )


def _pandoc_shown(number: int) -> str:
    if number % 10 == 8:
        return "| Year | Prisoners |\n|---|---|\n" + "\n".join(
            f"| Year {year} | {year * number % 97} |" for year in range(1, 5)
        )
    return shown(number).replace(f"figures/{number % PICTURES}.svg){{alt=picture}}", "picture.png)")


# ---------------------------------------------------------------- the clock


def cost(*command: object) -> tuple[float, float]:
    """Processor seconds and the most MB that a command took."""
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} … ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def best(runs: int, *command: object) -> tuple[float, float]:
    """The middle of several runs."""
    seconds, memory = zip(*(cost(*command) for _ in range(runs)), strict=True)
    return statistics.median(seconds), max(memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", nargs=3, metavar=("WHO", "FROM", "TO"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        who, source, path = arguments.write
        gc.set_threshold(100_000)  # as both commands do
        return {"ours": ours, "bare": bare}[who](Path(source), Path(path))
    with tempfile.TemporaryDirectory() as folder:
        table(Path(folder), arguments.runs)
    return None


def table(folder: Path, runs: int) -> None:
    import pypandoc

    print("slides   twofold        bare python-pptx   ratio   pandoc         ratio")
    taken: dict[int, float] = {}
    for slides in SIZES:
        place, deck = folder / str(slides), folder / f"{slides}.pptx"
        course(place, slides)
        mine, memory = best(runs, sys.executable, __file__, "--write", "ours", place, deck)
        (kept := folder / "kept").write_bytes(pickle.dumps(contents(deck)))
        floor, floor_memory = best(runs, sys.executable, __file__, "--write", "bare", kept, folder / "bare.pptx")
        (text := folder / "text.md").write_text(for_pandoc(slides), encoding="utf-8")
        (folder / "picture.png").write_bytes(_first_picture(kept))
        command = (pypandoc.get_pandoc_path(), text, "--resource-path", folder, "-o", folder / "pandoc.pptx")
        theirs, their_memory = best(1 if slides > SIZES[0] else runs, *command)
        taken[slides] = mine
        print(
            f"{slides:6}   {mine:5.1f} s {memory:4.0f} MB   {floor:5.1f} s {floor_memory:4.0f} MB   {mine / floor:4.2f}"
            f"   {theirs:6.1f} s {their_memory:4.0f} MB   {mine / theirs:4.2f}",
            flush=True,
        )
    print(f"{SIZES[-1]} slides take {taken[SIZES[-1]] / taken[SIZES[0]]:.2f} times as long as {SIZES[0]}")


def _first_picture(kept: Path) -> bytes:
    return next(picture for slide in pickle.loads(kept.read_bytes()) for picture in slide["pictures"])


if __name__ == "__main__":
    main()
