"""A course into a booklet: `lay_out` gives its pages, and `Booklet.write` the PDF."""

from twofold.booklet.layout import Booklet, lay_out
from twofold.sheets import sizes

__all__ = ["Booklet", "lay_out", "sizes"]
