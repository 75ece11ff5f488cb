"""What LibreOffice makes of a deck: the height that each text takes, by asking every shape to grow with its text.

Run by the Python that knows UNO (Debian's python3-uno), which may be another than the tests': prints a JSON list of
[slide, name, height in points at the written size, height at the scale of its normAutofit], tables with a list of the
heights of their rows.

    /usr/bin/python3 tests/heights.py DECK.pptx PROFILE-FOLDER SCALES.json"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.awt import Size
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.drawing.TextFitToSizeType import NONE

PER_POINT = 2540 / 72  # LibreOffice counts in hundredths of a millimetre


def office(profile):
    """LibreOffice without windows, and its desktop."""
    pipe = "fit" + Path(profile).name.replace("-", "")
    options = ["--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    process = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except NoConnectException:
            time.sleep(0.5)
    process.kill()
    sys.exit("LibreOffice did not start")


def measured(desktop, path, scales):
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    deck = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
    for number in range(deck.DrawPages.Count):
        page = deck.DrawPages.getByIndex(number)
        for shape in (page.getByIndex(index) for index in range(page.Count)):
            if shape.ShapeType.endswith("TableShape"):
                yield number, shape.Name, list(rows(shape.Model)), 0
            elif getattr(shape, "String", ""):
                scale = scales.get(f"{number} {shape.Name}", 1)
                full = grown(shape)
                words = shape.createTextCursor()
                words.gotoEnd(True)
                words.CharHeight = words.CharHeight * scale
                yield number, shape.Name, full, grown(shape)
    deck.close(True)


def rows(table):
    """How high each row is at least: as the highest of its cells."""
    for row in range(table.RowCount):
        cells = (table.getCellByPosition(column, row) for column in range(table.ColumnCount))
        yield max(cell.getMinimumSize().Height for cell in cells) / PER_POINT


def grown(shape):
    """The height of a shape that is as high as its text."""
    shape.TextFitToSize = NONE
    shape.TextAutoGrowHeight = True
    shape.setPropertyValue("TextMinimumFrameHeight", 0)
    low = Size()
    low.Width, low.Height = shape.Size.Width, 100
    shape.setSize(low)
    return shape.Size.Height / PER_POINT


def main():
    path, profile, scales = sys.argv[1:]
    process, desktop = office(profile)
    print(json.dumps(list(measured(desktop, Path(path), json.loads(Path(scales).read_text())))))
    desktop.terminate()
    process.wait(60)


if __name__ == "__main__":
    main()
