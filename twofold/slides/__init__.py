"""Course into deck: `plan` decides what stands on which slide, `deck` writes it down for PowerPoint.

plan.py, choosing.py, deriving.py    what is on each slide, in which role; pure
lines.py                             blocks into lines of runs, or problems where a slide cannot say them; pure
theme.py, masters.py                 layouts/slides/theme.toml into typed values, and these into master and layouts
fit.py, room.py, labels.py           how much room text takes, and what is said where it has too little
deck.py, places.py                   the planned slides into a .pptx, place by place
charts.py, ranges.py, curves.py, chartparts.py    charts as native objects with their workbooks
former.py                            slides taken over from the deck as it was generated last
naming.py                            parts of the file, counted so that a long deck stays cheap
text.py, tables.py, pictures.py, timing.py, sections.py, xml.py, package.py     what deck.py is made of
"""
