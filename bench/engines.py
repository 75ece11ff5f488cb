"""What engines alone do with what our commands are given: each runs as a process of its own, to be timed.

python bench/engines.py python FOLDER …             starts Python and hashes all files of folders
python bench/engines.py gather CHAPTERS FILE        is not timed: keeps what the next one is given
python bench/engines.py weasyprint FILE FOLDER      writes both editions, WeasyPrint looking up the page numbers
python bench/engines.py typst MAIN FONTS EDITION    compiles an edition; prints the seconds, without Python's start
python bench/engines.py pptx CONTENTS DECK          writes what stands on the slides of a deck with bare python-pptx
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FIRST = 1_000_001
"""From here on, pages are not pages but stand for anchors."""


def hash_files(*folders: str) -> None:
    import hashlib

    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    print(digest.hexdigest())


# ---------------------------------------------------------------- WeasyPrint


def gather(chapters: Path, file: Path) -> None:
    """Keeps the HTML of each edition as one document in which WeasyPrint looks up the page numbers, the style sheet,
    the drawings and fonts."""
    import pickle

    from twofold.booklet import lay_out
    from twofold.booklet.presses import press_for
    from twofold.opening import open_course
    from twofold.slides.plan import plan, slide_numbers

    opened = open_course(chapters)
    numbers, editions = slide_numbers(plan(opened.course)), {}
    for edition in ("student", "teacher"):
        booklet = lay_out(opened.course, opened.folder, opened.words, edition=edition, slide_numbers=numbers)
        anchors = dict(zip(range(FIRST, FIRST + 2 * len(booklet.pages), 2), booklet.pages, strict=True))
        marks = {anchor: number for number, anchor in anchors.items()}
        editions[edition] = _joined([laid.part.render(laid.folio, marks).html for laid in booklet.parts], anchors)
    press = press_for(opened.course.settings.booklet.size)
    kept = {
        "editions": editions,
        "css": _of_one_document(press.fonts.css + press.css),
        "drawings": press.shelf._drawings,
        "fonts": press.fonts.folder,
        "fontconfig": str(press.fonts.fontconfig),
    }
    file.write_bytes(pickle.dumps(kept))


def _joined(parts: list[str], anchors: dict[int, str]) -> str:
    """Parts as one document; links to anchors stand for their pages."""
    import re

    head = re.sub(r"<style>.*?</style>", "", parts[0].partition("<body")[0], flags=re.DOTALL)
    bodies = (part.partition("<body")[2].partition("</body>")[0] for part in parts)
    text = "\n".join(f"<div{body}</div>".replace('class="', 'class="part ', 1) for body in bodies)
    looked_up = re.sub(r"\b1\d{6}\b", lambda found: f'<a class="page" href="#{anchors[int(found[0])]}"></a>', text)
    return f"{head}<body>{looked_up}</body></html>"


def _of_one_document(css: str) -> str:
    """A style sheet for parts that are documents, for parts of one document."""
    import re

    css = re.sub(r"\bbody\b", ".part", css)
    css = re.sub(r"@page ([\w-]+):first", r"@page \1:nth(1 of \1)", css)
    return f"{css} .part {{ break-before: page }} a.page::after {{ content: target-counter(attr(href), page) }}"


def weasyprint_alone(gathered: Path, folder: Path) -> None:
    """One document an edition, as PDF/UA-1."""
    import logging
    import os
    import pickle

    kept = pickle.loads(gathered.read_bytes())
    os.environ["FONTCONFIG_FILE"] = kept["fontconfig"]  # WeasyPrint looks for fonts when it is loaded
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
    for edition, html in kept["editions"].items():
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        document.write_pdf(
            folder / f"{edition}.pdf", stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", dpi=300
        )


# ---------------------------------------------------------------- typst


def typst_alone(main: str, fonts: str, edition: str) -> None:
    import time

    import typst

    begun = time.perf_counter()
    typst.compile(
        main,
        output=str(Path(main).with_name(f"{edition}.pdf")),
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"edition": edition},
        pdf_standards="ua-1",
    )
    print(time.perf_counter() - begun)


# ---------------------------------------------------------------- python-pptx


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


def pptx_alone(kept: Path, path: Path) -> None:
    """Slides on python-pptx's own template, with counted names as ours have."""
    import io
    import pickle

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


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["python", *folders]:
            hash_files(*folders)
        case ["gather", chapters, file]:
            gather(Path(chapters), Path(file))
        case ["weasyprint", gathered, folder]:
            weasyprint_alone(Path(gathered), Path(folder))
        case ["typst", main, fonts, edition]:
            typst_alone(main, fonts, edition)
        case ["pptx", kept, deck]:
            pptx_alone(Path(kept), Path(deck))
        case _:
            sys.exit(__doc__)
