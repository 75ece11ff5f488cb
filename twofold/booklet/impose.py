"""Pages onto sheets, with pikepdf.

A page becomes a form XObject on one half of a side of a sheet, in the same PDF. Links are kept: they lead to the side
on which their page now stands. Tags are not: sheets are for the printer, the PDF with single pages is for reading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Page, Pdf, Rectangle, Stream

from twofold.booklet.saving import as_bytes
from twofold.sheets import Imposition, saddle_stitch, sheet_settings, trim_mark

MM = 72 / 25.4  # PDF units in a millimetre
STAYING = {"/Type", "/Pages", "/Lang"}  # of what a PDF for reading says of the whole of it
Stroke = tuple[float, float, float, float]  # from a point to another, in PDF units


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a sheet: its pages, two or a single one printed flat, how far (in PDF units) they are moved to the
    fold, whether it is printed upside down, and whether it is the outside of a section."""

    pages: tuple[int | None, ...]
    creep: float
    turned: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on the side with that number, from 0. `seen` is what is printed of it, in its own coordinates, which
    `matrix` takes to those of the side."""

    page: int
    side: int
    seen: Rectangle
    matrix: Matrix

    @property
    def area(self) -> Rectangle:
        """Where it stands on its side."""
        return self.matrix.transform(self.seen)


def impose(pdf: Pdf, imposition: Imposition) -> None:
    """Puts sheets in the place of a PDF's pages: front and back of each, from the outermost of the first section on."""
    pages = list(pdf.pages)
    sides = list(_sides(len(pages), imposition))
    placed = [one for number, side in enumerate(sides) for one in _placed(side, number, pages, imposition)]
    del pdf.pages[:]
    for number, side in enumerate(sides):
        _add_side(pdf, pages, side, [one for one in placed if one.side == number], imposition)
    _keep_links(pdf, pages, placed)
    for key in set(pdf.Root.keys()) - STAYING:
        del pdf.Root[key]
    turned = Name.DuplexFlipShortEdge if imposition.flip == "short" else Name.DuplexFlipLongEdge
    pdf.Root.ViewerPreferences = _asked_of_printer(turned)


def by_hand(sheets: Path, imposition: Imposition, fronts: Path, backs: Path) -> None:
    """Writes the two sides of sheets as two files, for a printer that prints one side at a time.

    A printer that lays its pages face down leaves the last sheet on top, with its empty side up: it takes that first,
    and so the backs are reversed. Where pages lie face up, the stack is turned over as a whole, and the first is on
    top. Links are left out, since half of the sides they lead to stand in the other file."""
    for target, first in ((fronts, 0), (backs, 1)):
        with pikepdf.open(sheets) as pages:
            sides = list(pages.pages)[first::2]
            if first and imposition.tray == "face-down":
                sides.reverse()
            with pikepdf.new() as out:
                out.pages.extend(sides)
                for side in out.pages:
                    if Name.Annots in side:
                        del side[Name.Annots]
                _keep_names(out, pages)
                out.Root.ViewerPreferences = _asked_of_printer(Name.Simplex)
                target.write_bytes(as_bytes(out))


def four_up(source: Path, target: Path) -> None:
    """Writes each page of a PDF four times onto a sheet of twice its width and height, to be cut along the middle."""
    with pikepdf.open(source) as pages, pikepdf.new() as out:
        for page in pages.pages:
            box = Rectangle(page.trimbox)
            side = out.add_blank_page(page_size=(2 * box.width, 2 * box.height))
            form = page.as_form_xobject()
            form.Resources = page.resources
            name = side.add_resource(out.copy_foreign(form), Name.XObject, Name.Page)
            corners = [(x * box.width - box.llx, y * box.height - box.lly) for y in (1, 0) for x in (0, 1)]
            placed = (b"q 1 0 0 1 %s cm %s Do Q\n" % (_numbers(*corner), bytes(name)) for corner in corners)
            side.obj.Contents = out.make_stream(b"".join(placed))
        _keep_names(out, pages)
        target.write_bytes(as_bytes(out))


def _sides(page_count: int, imposition: Imposition) -> Iterator[Side]:
    if imposition.flat:
        for page in range(1, page_count + 1):
            yield Side((page,), 0, turned=page % 2 == 0 and imposition.flip == "short", outside=False)
        return
    sections = saddle_stitch(page_count, imposition.signature)
    step = imposition.step(page_count) * MM  # a thinner last section creeps less
    for section in sections:
        for depth, (front, back) in enumerate(section):
            yield Side(front, step * depth, turned=False, outside=depth == 0)
            yield Side(back, step * depth, turned=imposition.flip == "long", outside=False)


def _placed(side: Side, number: int, pages: Sequence[Page], imposition: Imposition) -> Iterator[Placed]:
    """The pages of a side, each at the fold and at half the height; a single one in the middle."""
    width, height = (length * MM for length in imposition.side)
    turn = Matrix(-1, 0, 0, -1, width, height) if side.turned else Matrix()
    for page, left in zip(side.pages, (True, False), strict=False):
        if page is None:
            continue
        box = Rectangle(pages[page - 1].trimbox)
        x = width / 2 + (side.creep - box.width if left else -side.creep)
        if imposition.flat:
            x = (width - box.width) / 2
        place = Matrix(1, 0, 0, 1, x - box.llx, (height - box.height) / 2 - box.lly)
        first, last = (box.llx, box.urx - side.creep) if left else (box.llx + side.creep, box.urx)
        yield Placed(page, number, Rectangle(first, box.lly, last, box.ury), place @ turn)


def _add_side(pdf: Pdf, pages: Sequence[Page], what: Side, placed: list[Placed], imposition: Imposition) -> None:
    width, height = (length * MM for length in imposition.side)
    side = pdf.add_blank_page(page_size=(width, height))
    spread = _spread(placed) if imposition.trimmed and placed else Rectangle(0, 0, width, height)
    strokes = [*_binding_marks(spread, imposition)] if what.outside else []
    if imposition.trimmed:
        strokes += _trim_marks(spread, placed, imposition.bleed)
        bleed = imposition.bleed * MM
        side.trimbox = spread.as_array()
        side.bleedbox = Array([spread.llx - bleed, spread.lly - bleed, spread.urx + bleed, spread.ury + bleed])
    content = _drawn(strokes)
    for one in placed:
        name = side.add_resource(_form(pages[one.page - 1]), Name.XObject, Name(f"/Page{one.page}"))
        seen = _numbers(one.seen.llx, one.seen.lly, one.seen.width, one.seen.height)
        content += b"q %s cm %s re W n %s Do Q\n" % (_numbers(*one.matrix.shorthand), seen, bytes(name))
    side.obj.Contents = pdf.make_stream(content)


def _form(page: Page) -> Object:
    """What a page draws as a form XObject (ISO 32000-1, 8.10.2). Where it is one stream, this becomes one as it is:
    pikepdf would unpack it and pack it again."""
    form = page.obj.get(Name.Contents)
    if not isinstance(form, Stream):
        form = page.as_form_xobject()
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, page.trimbox
    form.Resources = page.resources  # shared by all pages
    if Name.Group in page.obj:
        form.Group = page.obj.Group
    return form


def _spread(placed: list[Placed]) -> Rectangle:
    """What the pages of a side cover together; it is left when the side is trimmed."""
    areas = [one.area for one in placed]
    return Rectangle(
        min(area.llx for area in areas),
        min(area.lly for area in areas),
        max(area.urx for area in areas),
        max(area.ury for area in areas),
    )


def _binding_marks(spread: Rectangle, imposition: Imposition) -> Iterator[Stroke]:
    """Along the fold, where the staples go, and at its ends, unless there are trim marks."""
    marks = sheet_settings()["marks"]
    half, staple = marks["staple"] / 2 * MM, spread.height * marks["staple-at"]
    fold = imposition.paper.long / 2 * MM
    lines = [(staple - half, staple + half)]
    if not imposition.trimmed:
        lines.append((marks["fold"][0] * MM, marks["fold"][1] * MM))
    for start, stop in lines:
        yield fold, spread.lly + start, fold, spread.lly + stop
        yield fold, spread.ury - start, fold, spread.ury - stop


def _trim_marks(spread: Rectangle, placed: list[Placed], bleed: float) -> Iterator[Stroke]:
    """At the corners of the pages; at the fold none across, since it would stand in the other page."""
    near, far = (length * MM for length in trim_mark(bleed))
    for x in dict.fromkeys(round(end, 4) for one in placed for end in (one.area.llx, one.area.urx)):
        yield x, spread.lly - near, x, spread.lly - far
        yield x, spread.ury + near, x, spread.ury + far
    for y in (spread.lly, spread.ury):
        yield spread.llx - near, y, spread.llx - far, y
        yield spread.urx + near, y, spread.urx + far, y


def _drawn(strokes: list[Stroke]) -> bytes:
    if not strokes:
        return b""
    marks = sheet_settings()["marks"]
    lines = b" ".join(b"%s m %s l" % (_numbers(x, y), _numbers(to_x, to_y)) for x, y, to_x, to_y in strokes)
    return b"q %s w %s G %s S Q\n" % (_numbers(marks["line"] * MM), _numbers(marks["grey"]), lines)


def _keep_links(pdf: Pdf, pages: Sequence[Page], placed: list[Placed]) -> None:
    """Puts every link over its words, wherever their page stands now."""
    names = pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    named: Mapping[str | bytes, Object] = pikepdf.NameTree(names) if names is not None else {}
    sides = {pages[one.page - 1].obj.objgen: pdf.pages[one.side] for one in placed}
    for one in placed:
        links = Array()
        for link in pages[one.page - 1].get(Name.Annots, ()):
            if link.Subtype == Name.Link and (action := _action(link, named, sides)):
                area = one.matrix.transform(Rectangle(Array(link.Rect))).as_array()
                links.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=area, Border=[0, 0, 0], A=action))
        if links:
            side = pdf.pages[one.side]
            side[Name.Annots] = Array([*side.get(Name.Annots, ()), *links])


def _action(link: Object, named: Mapping[str | bytes, Object], sides: Mapping[tuple[int, int], Page]) -> Object | None:
    """What a link does on a sheet: it opens an address, or shows the side with the page it leads to."""
    goal = link.get(Name.Dest)
    if goal is None:
        return Dictionary(S=Name.URI, URI=link.A.URI) if Name.URI in link.get(Name.A, Dictionary()) else None
    if not isinstance(goal, Array):
        goal = named[str(goal)]
    return Dictionary(S=Name.GoTo, D=[sides[goal[0].objgen].obj, Name.Fit])


def _keep_names(out: Pdf, pages: Pdf) -> None:
    """Title, author and language as they were."""
    for key in (Name.Title, Name.Author):
        if key in pages.docinfo:
            out.docinfo[key] = pages.docinfo[key]
    if Name.Lang in pages.Root:
        out.Root.Lang = pages.Root.Lang


def _asked_of_printer(duplex: Name) -> Object:
    """What a viewer should ask of the printer (ISO 32000-1, 12.2)."""
    return Dictionary(DisplayDocTitle=True, Duplex=duplex, PickTrayByPDFSize=True, PrintScaling=Name("/None"))


def _numbers(*numbers: float) -> bytes:
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers).encode()
