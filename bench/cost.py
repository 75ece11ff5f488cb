"""What twofold costs beside its engines.

Times both commands on a course, as whole processes, against bare WeasyPrint writing the very HTML that the booklets
were made of and bare python-pptx writing slides with the same words, notes, pictures and tables. Prints the ratio.

    python3 -m uv run bench/cost.py [CHAPTERS] [--runs 5]
"""

import argparse
import io
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


# ---------------------------------------------------------------- the floor: what the engines alone are given


def unpack(chapters: Path) -> dict[str, Any]:
    """The HTML of each part of each edition with its style sheet and drawings, and what stands on each slide."""
    from twofold.booklet import lay_out
    from twofold.opening import open_course
    from twofold.slides.deck import build_deck
    from twofold.slides.plan import plan, slide_numbers

    opened = open_course(chapters)
    slides = plan(opened.course)
    numbers, editions = slide_numbers(slides), []
    for edition in ("student", "teacher"):
        booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, slide_numbers=numbers)
        editions.append([laid.part.html(laid.folio, booklet.pages) for laid in booklet._parts])
    press = booklet._press
    deck = build_deck(slides, opened.course, opened.folder, opened.words, booklet.pages)
    file = io.BytesIO()
    deck.presentation.save(file)
    return {
        "editions": editions,
        "css": press.fonts.css + press.css,
        "drawings": press.shelf._drawings,
        "fonts": press.fonts.folder,
        "fontconfig": str(press.fonts.fontconfig),
        "slides": slide_contents(file),
    }


def slide_contents(file: io.BytesIO) -> list[dict[str, Any]]:
    """Words, notes, pictures and tables of each slide of a deck."""
    from pptx import Presentation

    return [
        {
            "texts": [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame],
            "pictures": [shape.image.blob for shape in slide.shapes if hasattr(shape, "image")],
            "tables": [
                [[cell.text for cell in row.cells] for row in s.table.rows] for s in slide.shapes if s.has_table
            ],
            "notes": slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
        }
        for slide in Presentation(file).slides
    ]


def bare_booklets(kept: dict[str, Any]) -> None:
    """WeasyPrint alone: each part rendered once, each edition written once."""
    import logging

    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Kept(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            data = kept["drawings"].get(url) or (kept["fonts"] / url.removeprefix("font:")).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "image/svg+xml"} if url.endswith("svg") else None)

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher, fonts = Kept(allowed_protocols=("drawing", "font")), FontConfiguration()
    style = weasyprint.CSS(string=kept["css"], url_fetcher=fetcher, font_config=fonts)
    options = {"pdf_variant": "pdf/ua-1", "dpi": 300}
    for parts in kept["editions"]:
        documents = [
            weasyprint.HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=[style], **options)
            for html in parts
        ]
        documents[0].copy([page for document in documents for page in document.pages]).write_pdf(
            io.BytesIO(), **options
        )


def bare_deck(kept: dict[str, Any]) -> None:
    """python-pptx alone: the same slides on its default template."""
    from pptx import Presentation

    deck = Presentation()
    for content in kept["slides"]:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        title, *rest = content["texts"] or [""]
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(rest)
        for picture in content["pictures"]:
            slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
        for rows in content["tables"]:
            table = slide.shapes.add_table(len(rows), len(rows[0]), 0, 0, 9_000_000, 3_000_000).table
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    table.cell(y, x).text = cell
        if content["notes"]:
            slide.notes_slide.notes_text_frame.text = content["notes"]
    deck.save(io.BytesIO())


# ---------------------------------------------------------------- the clock


def cpu_seconds(*commands: list[str], **environment: str) -> float:
    """User and system time of commands run one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        line = [sys.executable, *command]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapters", nargs="?", type=Path, default=ROOT / "chapters")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bare", choices=["booklets", "deck"], help=argparse.SUPPRESS)
    parser.add_argument("--kept", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        kept = pickle.loads(arguments.kept.read_bytes())
        return bare_booklets(kept) if arguments.bare == "booklets" else bare_deck(kept)
    return compare(arguments.chapters, arguments.runs)


def compare(chapters: Path, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept, out = Path(folder) / "kept", Path(folder) / "out"
        contents = unpack(chapters)
        kept.write_bytes(pickle.dumps(contents))
        ours, floors = [], []
        for run in range(runs):
            commands = (
                [str(ROOT / name), str(chapters), "-o", str(out)] for name in ("make_booklet.py", "make_slides.py")
            )
            ours.append(cpu_seconds(*commands))
            bare = ([__file__, "--kept", str(kept), "--bare", what] for what in ("booklets", "deck"))
            floors.append(cpu_seconds(*bare, FONTCONFIG_FILE=contents["fontconfig"]))
            mine, floor = ours[-1], floors[-1]
            print(f"run {run + 1}: twofold {mine:.2f} s, bare engines {floor:.2f} s, ratio {mine / floor:.2f}")
        ratio = statistics.median(mine / floor for mine, floor in zip(ours, floors, strict=True))
        print(f"median ratio {ratio:.2f} (processor time; both editions and the deck)")


if __name__ == "__main__":
    main()
