"""Pages of a PDF as pictures: the one place where PDFium is called."""

from io import BytesIO
from pathlib import Path

import pypdfium2

SCALE = 1.5
"""Pixels to a point of the page."""


def draw_page(path: Path, number: int) -> bytes:
    """A page, counted from 1, as PNG. Raises IndexError where there is none, OSError without a file."""
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        if not 1 <= number <= len(pdf):
            raise IndexError(number)
        picture = BytesIO()
        pdf[number - 1].render(scale=SCALE).to_pil().save(picture, "PNG", compress_level=1)
        return picture.getvalue()
