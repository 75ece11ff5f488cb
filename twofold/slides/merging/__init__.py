"""The teacher's own changes, kept when the deck is made again: a merge of three decks.

*base* is what was generated last, *theirs* the deck on disk, *ours* the fresh one. What theirs has changed since the
base is done again on ours. So ours is whole in any case (also what LibreOffice loses comes back), and what the teacher
never touched follows the chapters.

1. A fresh deck is signed (base.py): every slide gets its key (identity.py: a tag, the name of a hidden shape beside
   the slide, and the name of the slide), and the deck's model (model.py, made by snapshot.py) goes into it as custom
   XML and into a file beside it. The base is always the generated deck, never a merged one: all that the teacher ever
   changed is the difference between the two, and the second merge of the same decks changes nothing.
2. In a model a look is a table of properties (looks.py), and a relationship stands there by what it leads to
   (references.py): so properties of different files can be compared, and carried from one to the other.
3. What is which: slides by key, of duplicates the one most like the base, without keys by their words; shapes by
   number, name, place, and after another program than PowerPoint by words and nearness (matching.py).
4. What was changed: exactly what differs, after PowerPoint. LibreOffice writes everything anew, so that only what it
   keeps is compared, with what was inherited (inheriting.py), as exactly as it counts (judging.py).
5. Each property is merged by itself: looks (judging.three_way), texts by paragraph and word (texts.py, sequences.py),
   tables by row, column and cell (tables.py), charts by cell (charts.py), clicks with the paragraphs that they show
   (clicks.py, animations.py), notes (notes.py). replay.py does it for one slide, decks.py for all, in their order and
   sections (sections.py). Shapes and slides that are the teacher's are copied with all that they need (copying.py).
6. Where both changed the same, the teacher's stays; what the chapters say goes into the report (report.py) and, if it
   is text, into the notes of the slide under a heading. Nothing is dropped without a line in the report.
7. handing.py writes the result; a deck that is not ours is refused, one that is open elsewhere gets a copy beside it.
"""
