"""Markdown chapters into a printable booklet and a lecture deck."""
