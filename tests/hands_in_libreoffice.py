"""A teacher in LibreOffice: python3 hands_in_libreoffice.py PROFILE DECK opens the deck, changes it as somebody with a
mouse would, and saves it. Runs in the Python that has LibreOffice's own module.

Slides are found by their place, shapes by what they say."""

import sys
from pathlib import Path

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue
from heights import office

SAVE = "Impress MS PowerPoint 2007 XML"


def setting(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def shape_saying(page, text):
    shapes = [page.getByIndex(n) for n in range(page.Count)]
    return next(one for one in shapes if hasattr(one, "String") and text in one.String)


def shape_of(page, kind):
    shapes = [page.getByIndex(n) for n in range(page.Count)]
    return next(one for one in shapes if one.ShapeType.endswith(kind))


def paragraph(shape, number):
    found = shape.createEnumeration()
    for _ in range(number):
        found.nextElement()
    return found.nextElement()


def replace_words(shape, old, new):
    """Types over words, as with search and replace: their look stays."""
    cursor = shape.createTextCursor()
    cursor.gotoStart(False)
    position = shape.String.replace("\r\n", "\n").index(old)
    cursor.goRight(position, False)
    cursor.goRight(len(old), True)
    cursor.String = new
    return cursor


def points(document):
    """Rewrites a point, makes a word bold and red, centres a point, paints the place."""
    body = shape_saying(document.DrawPages.getByIndex(2), "On 16 May")
    replace_words(body, "On 24 May nobody went to work", "Eight days later nobody worked")
    cursor = replace_words(body, "guards", "guards")
    cursor.CharWeight, cursor.CharColorTheme, cursor.CharColor = 150.0, -1, 0xCC0000
    paragraph(body, 0).ParaAdjust = uno.Enum("com.sun.star.style.ParagraphAdjust", "CENTER")
    body.FillStyle, body.FillColor = uno.Enum("com.sun.star.drawing.FillStyle", "SOLID"), 0xFFFAC8
    body.setPosition(Point(2000, 7000))
    body.setSize(Size(20000, 8000))


def picture(document):
    """Moves and crops the picture."""
    page = document.DrawPages.getByIndex(3)
    shape = shape_of(page, "GraphicObjectShape")
    shape.setPosition(Point(3000, 6000))
    box = document.createInstance("com.sun.star.drawing.TextShape")
    page.add(box)
    box.setPosition(Point(1000, 1000))
    box.setSize(Size(8000, 1200))
    box.String = "Homework: page 12"


def table(document):
    """Types over a cell."""
    page = document.DrawPages.getByIndex(4)
    model = shape_of(page, "TableShape").Model
    model.getCellByPosition(1, 1).String = "18,500"


def slides(document):
    """Notes, a new slide, a duplicate that is changed, a hidden slide, a deleted one."""
    pages = document.DrawPages
    notes = pages.getByIndex(2).NotesPage
    said = next(
        notes.getByIndex(n) for n in range(notes.Count) if "Ask what" in getattr(notes.getByIndex(n), "String", "")
    )
    said.String = said.String + "\nRoom 12 has no projector."
    pages.getByIndex(5).Visible = False
    new = pages.insertNewByIndex(4)
    box = document.createInstance("com.sun.star.drawing.TextShape")
    new.add(box)
    box.setPosition(Point(1000, 1000))
    box.setSize(Size(8000, 1200))
    box.String = "A slide of my own"
    copy = document.duplicate(pages.getByIndex(2))
    replace_words(shape_saying(copy, "On 16 May"), "On 16 May men broke out", "Once more, for the second group")
    pages.remove(next(p for p in map(pages.getByIndex, range(pages.Count)) if _says(p, "first the wall")))


def _says(page, text):
    return any(text in getattr(page.getByIndex(n), "String", "") for n in range(page.Count))


def main(profile, deck):
    process, desktop = office(profile)
    try:
        url = Path(deck).resolve().as_uri()
        document = desktop.loadComponentFromURL(url, "_blank", 0, (setting("Hidden", True),))
        for change in (points, picture, table, slides):
            change(document)
        document.storeToURL(url, (setting("FilterName", SAVE),))
        document.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # it says goodbye by breaking the connection
            process.kill()
        process.wait(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
