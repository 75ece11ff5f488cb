"""A course into a booklet: `lay_out` gives its pages, and `Booklet.write` the PDF."""

from twofold.booklet.layout import Booklet, Workshop, lay_out
from twofold.booklet.store import Store, store_for
from twofold.sheets import sizes

__all__ = ["Booklet", "Store", "Workshop", "lay_out", "sizes", "store_for"]
